"""Seats: whom somebody brings along, and a free seat offered to whoever waits longest."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.answer import Answer
from kawka.models.codes import new_code
from kawka.models.person import Person


class PlusOne(models.Model):
    """Somebody a person brings along to one date, by name; takes a seat, and leaves when the person does.

    `person` is who they turned out to be, once they came.
    """

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="plus_ones")
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    name = models.CharField(_("name"), max_length=120)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("companion")
        verbose_name_plural = _("companions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class SeatOfferQuerySet(models.QuerySet["SeatOffer"]):
    """Questions about offers of seats."""

    def open(self) -> "SeatOfferQuerySet":
        """Offers neither taken, declined nor run out."""
        return self.filter(outcome="")

    def run_out(self, now: datetime) -> "SeatOfferQuerySet":
        """Open offers whose time is over."""
        return self.open().filter(expires_at__lte=now)


class SeatOffer(models.Model):
    """A free seat, kept for one person who waits until `expires_at`."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("taken")
        DECLINED = "declined", _("declined")
        RAN_OUT = "ran_out", _("ran out")

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="seat_offers")
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SeatOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offered seat")
        verbose_name_plural = _("offered seats")
        constraints = [
            models.UniqueConstraint(
                fields=["answer"],
                condition=models.Q(outcome=""),
                name="one_open_seat_offer_per_answer",
                violation_error_message=_("A seat is already being offered."),
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("offered_at")),
                name="seat_offer_lasts_a_while",
                violation_error_message=_("An offered seat is kept for a while."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer}"
