"""The chain that finds a stand-in for a turn."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_code
from kawka.models.person import Person
from kawka.models.role import Turn


class TakeOver(models.Model):
    """A search for somebody who takes a turn over; the first yes ends it.

    `wave`: how many waves of people have been asked; `next_wave_at`: when the next is due.
    """

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("taken over")
        HOST = "host", _("with the host")
        CLOSED = "closed", _("not needed any more")

    turn = models.ForeignKey(Turn, models.CASCADE, related_name="take_overs")
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    given_back_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="turns_given_back"
    )
    taken_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="turns_taken_over"
    )
    wave = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    next_wave_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=6, choices=Outcome, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("take-over")
        verbose_name_plural = _("take-overs")
        constraints = [
            models.UniqueConstraint(
                fields=["turn"],
                condition=models.Q(outcome=""),
                name="one_open_take_over_per_turn",
                violation_error_message=_("A stand-in for this turn is already being looked for."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.turn}"


class TakeOverAsk(models.Model):
    """One person asked to take a turn over, in one wave, and what they said."""

    class Reply(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("not this time")
        LATE = "late", _("yes, but somebody was quicker")

    take_over = models.ForeignKey(TakeOver, models.CASCADE, related_name="asks")
    person = models.ForeignKey(Person, models.CASCADE, related_name="take_over_asks")
    wave = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    reply = models.CharField(max_length=4, choices=Reply, blank=True, default="")
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("call for a stand-in")
        verbose_name_plural = _("calls for a stand-in")
        constraints = [
            models.UniqueConstraint(fields=["take_over", "person"], name="asked_once_per_take_over"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.take_over}"
