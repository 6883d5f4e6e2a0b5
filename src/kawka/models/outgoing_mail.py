"""Mail as a row, written with the change that caused it and unique by key."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kawka.models.community import Community
from kawka.models.person import Person


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Questions about outgoing mail."""

    def waiting(self) -> "OutgoingMailQuerySet":
        """Mail that was not sent and that nobody is sending; of one table, so that a row can be claimed."""
        return self.filter(sent_at__isnull=True, claimed_at__isnull=True, failed_at__isnull=True)

    def failed(self) -> "OutgoingMailQuerySet":
        """Mail given up after its last try, with its words still there to send."""
        return self.filter(sent_at__isnull=True, failed_at__isnull=False).exclude(text="")

    def due(self, now: datetime) -> "OutgoingMailQuerySet":
        """Waiting mail whose time has come; none to the made-up people of the sample group."""
        return (
            self.waiting()
            .filter(due_at__lte=now)
            .exclude(community__is_sample=True, to__regex=r"@example\.(com|net|org)$")
        )


class OutgoingMail(models.Model):
    """One mail to one address. The same `key` is never written twice, so nothing is sent twice."""

    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=40)
    community = models.ForeignKey(Community, models.CASCADE, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    to = models.EmailField()
    reply_to = models.EmailField(blank=True, default="")
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True, default="")
    headers = models.JSONField(default=dict)
    attachments = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True, default="")

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(sent_at__isnull=True), name="unsent_mail_by_due"
            )
        ]

    def __str__(self) -> str:
        return self.key
