"""Browsers that may be woken up, and what each is woken up for."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.account import Account
from kawka.models.codes import new_code
from kawka.models.meeting import Meeting


class PushSubscription(models.Model):
    """One browser of one account, as its push service knows it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="push_subscriptions")
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    endpoint = models.URLField(max_length=700, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("push subscription")
        verbose_name_plural = _("push subscriptions")

    def __str__(self) -> str:
        return f"{self.account}: {self.code}"


class PushNoteQuerySet(models.QuerySet["PushNote"]):
    """Questions about push notes."""

    def due(self, now: datetime) -> "PushNoteQuerySet":
        """Notes whose time has come, that nobody sends and nobody gave up."""
        waiting = self.filter(sent_at__isnull=True, failed_at__isnull=True, claimed_at__isnull=True)
        return waiting.filter(due_at__lte=now)


class PushNote(models.Model):
    """That one browser is told to look at one date; without a word about people. Unique by key."""

    class Kind(models.TextChoices):
        """The mails a note may go with."""

        TURN_CALL = "turn_call", _("A stand-in is needed")
        CALLED_OFF = "called_off", _("A date is called off")
        SEAT_OFFERED = "seat_offered", _("A seat is free")

    key = models.CharField(max_length=180, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    subscription = models.ForeignKey(PushSubscription, models.CASCADE, related_name="notes")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = PushNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("push note")
        verbose_name_plural = _("push notes")

    def __str__(self) -> str:
        return self.key
