"""The order of the round before it is spoken: proposed, and moved by hand."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kawka.actions.day_list import been_before
from kawka.actions.live import in_room, set_order, state_of
from kawka.actions.speaking_order import order_for
from kawka.engine.progress import Phase
from kawka.models import Meeting, Person, Refused


class NewPeopleDoNotOpen(Refused):
    """Nobody has to open a round at their first visit."""

    message = _("Somebody who is here for the first time does not open the round. Choose somebody else.")


class NotInTheOrder(Refused):
    """Only who waits for their turn can be moved."""

    message = _("This person is not waiting for a turn.")


def current_order(meeting: Meeting) -> list[str]:
    """The codes of those who are going to speak, in order: as set by a host, else as proposed."""
    state = state_of(meeting)
    if state.phase == Phase.LIVE:
        return list(state.waiting)
    return order_for(meeting, in_room(meeting), chosen=state.order)


@transaction.atomic
def move(*, meeting: Meeting, person: Person, step: int, by: Person | None, now: datetime) -> Sequence[str]:
    """Move somebody one place up (-1) or down (1); at the end of the list nothing changes.

    Raises NotInTheOrder or NewPeopleDoNotOpen.
    """
    order = current_order(meeting)
    if person.code not in order:
        raise NotInTheOrder
    place = order.index(person.code)
    target = place + step
    if not 0 <= target < len(order):
        return order
    order[place], order[target] = order[target], order[place]
    if 0 in (place, target) and meeting.state == Meeting.State.PLANNED:
        refuse_new_opener(meeting, order)
    set_order(meeting=meeting, people=order, by=by, now=now)
    return order


def refuse_new_opener(meeting: Meeting, order: Sequence[str]) -> None:
    """Raise NewPeopleDoNotOpen if a first visit would open although somebody else could."""
    known = Person.objects.filter(pk__in=been_before(meeting), code__in=order).values_list("code", flat=True)
    seasoned = set(known)
    if seasoned and order[0] not in seasoned:
        raise NewPeopleDoNotOpen


def propose_anew(*, meeting: Meeting, by: Person | None, now: datetime) -> Sequence[str]:
    """Forget what was moved by hand: the order is proposed from who is here and what they wish."""
    if meeting.state == Meeting.State.PLANNED:
        set_order(meeting=meeting, people=[], by=by, now=now)
    return current_order(meeting)
