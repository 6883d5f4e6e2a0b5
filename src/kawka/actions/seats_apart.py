"""Somebody says with whom they would rather not sit: it holds at once, also where tables are set already."""

from datetime import datetime

from django.db import transaction

from kawka.actions.grounds import grounds_of
from kawka.actions.live import lock
from kawka.actions.not_with_me import keep_apart
from kawka.actions.talks import Swap, pairs_of, rounds_begun, swap, swaps, tables
from kawka.engine.types import Pair, Table
from kawka.models import Meeting, Person


@transaction.atomic
def sit_apart(*, owner: Person, other: Person, by: Person, now: datetime) -> None:
    """Keep the two apart from now on, in rounds that are set and have not begun too, as far as it goes.

    Whoever changes seats for it is told no reason, and neither is the host.
    """
    keep_apart(owner=owner, other=other, by=by, now=now)
    ahead = Meeting.objects.filter(state__in=[Meeting.State.PLANNED, Meeting.State.LIVE])
    together = ahead.filter(talks__seats__person=owner).filter(talks__seats__person=other).distinct()
    for meeting in together.order_by("pk"):
        part(lock(meeting), owner, other, now=now)


def part(meeting: Meeting, owner: Person, other: Person, *, now: datetime) -> None:
    """Let the owner change seats, at the least cost, in each round ahead in which the two share a table."""
    begun = rounds_begun(meeting)
    for table in tables(meeting, of=owner):
        if table.round > begun and other.code in table.codes:
            never = grounds_of(meeting, table.round).problem.never
            found = swaps(meeting, tables(meeting), number=table.round, one=owner.code)
            good = [one for one in found if not seated(one) & never]
            if good:
                swap(
                    meeting=meeting,
                    number=table.round,
                    one=owner.code,
                    other=good[0].other.code,
                    by=None,
                    now=now,
                )


def seated(change: Swap) -> set[Pair]:
    """Those two by two who would share a table after a change of seats."""
    return pairs_of(tuple(Table(table.number, table.codes) for table in change.tables))
