"""A private note on a person, seen by its owner alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.person import Person


class Note(models.Model):
    """What `owner` wants to remember about `about`; nobody else ever sees it."""

    owner = models.ForeignKey(Person, models.CASCADE, related_name="notes")
    about = models.ForeignKey(Person, models.CASCADE, related_name="+")
    text = models.TextField(_("note"), max_length=2000)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("private note")
        verbose_name_plural = _("private notes")
        constraints = [
            models.UniqueConstraint(fields=["owner", "about"], name="one_note_per_owner_and_person")
        ]

    def __str__(self) -> str:
        return f"{self.owner} → {self.about}"
