"""Mail as a row, written with the change that caused it and unique by key."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kawka.models.community import Community
from kawka.models.group import Group
from kawka.models.meeting import Meeting
from kawka.models.person import Person


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Questions about outgoing mail."""

    def waiting(self) -> "OutgoingMailQuerySet":
        """Mail that was not sent and that nobody is sending; of one table, so that a row can be claimed."""
        unsent = self.filter(sent_at__isnull=True, claimed_at__isnull=True)
        return unsent.filter(failed_at__isnull=True, dropped_at__isnull=True)

    def failed(self) -> "OutgoingMailQuerySet":
        """Mail given up after its last try, with its words still there to send."""
        return self.filter(sent_at__isnull=True, failed_at__isnull=False).exclude(text="")

    def due(self, now: datetime) -> "OutgoingMailQuerySet":
        """Waiting mail whose time has come; none to paused addresses or the sample group's made-up people."""
        return (
            self.waiting()
            .filter(due_at__lte=now, person__mail_paused_at__isnull=True)
            .exclude(community__is_sample=True, to__regex=r"@example\.(com|net|org)$")
        )


class OutgoingMail(models.Model):
    """One mail to one address. The same `key` is never written twice, so nothing is sent twice.

    `meeting`: the date it is about. `dropped_at`: when it was left unsent because its reason was gone.
    """

    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=40)
    community = models.ForeignKey(Community, models.CASCADE, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, null=True, blank=True, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, null=True, blank=True, related_name="+")
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
    dropped_at = models.DateTimeField(null=True, blank=True)
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
            ),
            models.Index(fields=["to", "sent_at"], name="mail_by_address"),
        ]

    def __str__(self) -> str:
        return self.key
