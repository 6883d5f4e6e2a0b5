"""People somebody brings along to one date, by name."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kawka.actions.people import tidy_name
from kawka.actions.seats import locked, offer_free_seats, seats_of
from kawka.models import Answer, Meeting, Person, PlusOne, Refused

AT_MOST = 2


class NotComing(Refused):
    """Whoever brings somebody comes too."""

    message = _("Say that you are coming first, then whom you bring.")


class TooMany(Refused):
    """Nobody fills the room alone."""

    message = _("Two companions at a time are enough. Others are welcome with an answer of their own.")


class NoSeatForThem(Refused):
    """All seats are taken."""

    message = _(
        "There is no free seat for one more. Whoever you wanted to bring can put themselves on the waiting "
        "list on the group's page."
    )


@transaction.atomic
def bring(*, meeting: Meeting, person: Person, name: str, by: Person, now: datetime) -> PlusOne:
    """Bring somebody along; they take a seat of their own. The same name twice is the same companion.

    Raises NotComing, TooMany or NoSeatForThem, and changes nothing then.
    """
    meeting, name = locked(meeting), tidy_name(name)
    answer = Answer.objects.coming().filter(meeting=meeting, person=person).first()
    if answer is None or meeting.is_over or meeting.ends_at <= now:
        raise NotComing
    there = {companion.name.lower(): companion for companion in answer.plus_ones.all()}
    if name.lower() in there:
        return there[name.lower()]
    if len(there) >= AT_MOST:
        raise TooMany
    offer_free_seats(meeting, now)
    if not seats_of([meeting], now)[meeting.pk].free_for(is_holder=False):
        raise NoSeatForThem
    companion = PlusOne.objects.create(answer=answer, name=name)
    meeting.group.touch_page()
    return companion


@transaction.atomic
def leave_out(*, meeting: Meeting, person: Person, code: str, by: Person, now: datetime) -> bool:
    """A companion does not come after all, and their seat is free; False when there is none of this code."""
    meeting = locked(meeting)
    gone, _rows = PlusOne.objects.filter(answer__meeting=meeting, answer__person=person, code=code).delete()
    if gone:
        offer_free_seats(meeting, now)
        meeting.group.touch_page()
    return bool(gone)
