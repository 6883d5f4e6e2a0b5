"""What people can help with: single sentences, work or private."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_code


class HelpKind(models.TextChoices):
    """Work and private help weigh the same."""

    WORK = "work", _("work")
    PRIVATE = "private", _("private")


class Offer(models.Model):
    """A single thing a person can help with."""

    person = models.ForeignKey("kawka.Person", models.CASCADE, related_name="offers")
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("kind"), max_length=7, choices=HelpKind, default=HelpKind.WORK)
    text = models.CharField(_("I can help with"), max_length=400)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """The kind in words, as Django's own but fit for every row of a list."""
        return str(HelpKind(self.kind).label)
