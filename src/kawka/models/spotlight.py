"""A short presentation booked for a date."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.meeting import Meeting
from kawka.models.person import Person


class Spotlight(models.Model):
    """Who presents what at a meeting."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        TOPIC = "topic", _("topic")
        PROJECT = "project", _("project")

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="spotlight")
    person = models.ForeignKey(Person, models.CASCADE, related_name="spotlights")
    kind = models.CharField(_("what is presented"), max_length=7, choices=Kind, default=Kind.COMPANY)
    title = models.CharField(_("title"), max_length=160)

    class Meta:
        verbose_name = _("presentation")
        verbose_name_plural = _("presentations")

    def __str__(self) -> str:
        return self.title
