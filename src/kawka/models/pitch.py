"""What a person prepares to say in the round."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.person import Person


class Pitch(models.Model):
    """A person's 60 seconds; seen by that person alone until spoken."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="pitch")
    text = models.TextField(_("my 60 seconds"), max_length=2000, blank=True, default="")
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pitch")
        verbose_name_plural = _("pitches")

    def __str__(self) -> str:
        return str(self.person)
