"""Whom somebody would like to sit with at one meeting, known to its owner alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.meeting import Meeting
from kawka.models.person import Person


class SeatWish(models.Model):
    """That `owner` would like a talk with `other` at a meeting; nobody else ever sees it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="seat_wishes")
    owner = models.ForeignKey(Person, models.CASCADE, related_name="seat_wishes")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    wished_at = models.DateTimeField()

    class Meta:
        verbose_name = _("quiet wish to sit together")
        verbose_name_plural = _("quiet wishes to sit together")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "owner", "other"],
                name="one_seat_wish_for_each_person_and_meeting",
                violation_error_message=_("This wish is noted already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(owner=models.F("other")),
                name="seat_wish_is_about_somebody_else",
                violation_error_message=_("Choose somebody else than yourself."),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
