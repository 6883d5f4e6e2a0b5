"""A group being set up, kept between the six steps so that nothing is lost on reload."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kawka.models.account import Account


class SetupDraft(models.Model):
    """The answers given so far by one account."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="setup_draft")
    answers = models.JSONField(default=dict)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("group being set up")
        verbose_name_plural = _("groups being set up")

    def __str__(self) -> str:
        return str(self.account)
