"""The question whether somebody would look after a community whose owners have fallen silent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.community import Community
from kawka.models.person import Person


class OwnerAsk(models.Model):
    """That one person was asked to become an owner, and what they said."""

    class Reply(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("not me")

    community = models.ForeignKey(Community, models.CASCADE, related_name="owner_asks")
    person = models.ForeignKey(Person, models.CASCADE, related_name="owner_asks")
    asked_at = models.DateTimeField()
    reply = models.CharField(max_length=3, choices=Reply, blank=True, default="")
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("question to become an owner")
        verbose_name_plural = _("questions to become an owner")
        constraints = [
            models.UniqueConstraint(fields=["community", "person"], name="asked_once_to_become_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.community})"
