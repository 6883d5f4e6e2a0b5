"""What a person prepares to say in the round, and what they prepared before."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_code
from kawka.models.person import Person


class Pitch(models.Model):
    """A person's 60 seconds; seen by that person alone until spoken.

    `text` is what is said. Where it was typed in parts, `parts` maps their names to them; else it is empty.
    """

    PARTS: ClassVar[tuple[str, ...]] = ("does", "client", "experience", "ask")

    person = models.OneToOneField(Person, models.CASCADE, related_name="pitch")
    text = models.TextField(_("my 60 seconds"), max_length=2000, blank=True, default="")
    parts = models.JSONField(default=dict, blank=True)
    is_kept = models.BooleanField(_("stays as a version when it is changed"), default=False)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pitch")
        verbose_name_plural = _("pitches")

    def __str__(self) -> str:
        return str(self.person)


class PitchVersion(models.Model):
    """A text of somebody's 60 seconds before it was changed."""

    pitch = models.ForeignKey(Pitch, models.CASCADE, related_name="versions")
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    text = models.TextField(_("my 60 seconds"), max_length=2000)
    parts = models.JSONField(default=dict, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("earlier pitch")
        verbose_name_plural = _("earlier pitches")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="pitch_version_says_something",
                violation_error_message=_("An empty text needs no version."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pitch}, {self.written_at:%d.%m.%Y}"
