"""Whom somebody would like to sit with at one meeting: said quietly, weighed when tables are set."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kawka.models import Meeting, Person, Refused, SeatWish

WORTH = 60


class NotComing(Refused):
    """Only who comes can be sat with."""

    message = _("Both of you have to come to this date first.")


def wish(*, meeting: Meeting, owner: Person, other: Person, by: Person, now: datetime) -> None:
    """Weigh a talk with `other` for `owner`; saying it twice changes nothing. Raises NotComing."""
    coming = meeting.answers.coming().filter(person__in=[owner, other])
    if owner == other or coming.count() < 2:
        raise NotComing
    SeatWish.objects.get_or_create(meeting=meeting, owner=owner, other=other, defaults={"wished_at": now})


def take_back(*, meeting: Meeting, owner: Person, other: Person, by: Person, now: datetime) -> None:
    """No longer so."""
    SeatWish.objects.filter(meeting=meeting, owner=owner, other=other).delete()


def wished_by(meeting: Meeting, owner: Person) -> set[int]:
    """The rows of those the owner would like to sit with. One query."""
    return set(SeatWish.objects.filter(meeting=meeting, owner=owner).values_list("other_id", flat=True))


def wishes_of(meeting: Meeting, codes: Iterable[str]) -> set[tuple[str, str]]:
    """Who of these people would like to sit with whom of them. One query."""
    people = list(codes)
    said = SeatWish.objects.filter(meeting=meeting, owner__code__in=people, other__code__in=people)
    return set(said.values_list("owner__code", "other__code"))
