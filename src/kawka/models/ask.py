"""What people are looking for: single sentences, work or private."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_code
from kawka.models.offer import HelpKind


class AskQuerySet(models.QuerySet["Ask"]):
    """Questions about asks."""

    def open(self) -> "AskQuerySet":
        """Asks still waiting for help."""
        return self.filter(closed_at__isnull=True)


class Ask(models.Model):
    """A single thing or person somebody is looking for; it stays until helped or withdrawn."""

    class Outcome(models.TextChoices):
        HELPED = "helped", _("helped")
        WITHDRAWN = "withdrawn", _("withdrawn")

    person = models.ForeignKey("kawka.Person", models.CASCADE, related_name="asks")
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("kind"), max_length=7, choices=HelpKind, default=HelpKind.WORK)
    text = models.CharField(_("I am looking for"), max_length=400)
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True, default="")

    objects = AskQuerySet.as_manager()

    class Meta:
        verbose_name = _("ask")
        verbose_name_plural = _("asks")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, outcome="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(outcome="")),
                name="ask_is_closed_with_an_outcome",
                violation_error_message=_("A closed ask says whether it was helped or withdrawn."),
            )
        ]

    def __str__(self) -> str:
        return self.text

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """The kind in words, as Django's own but fit for every row of a list."""
        return str(HelpKind(self.kind).label)
