"""Run sheets: proposed from the purpose, changed by the host, checked against the number of people."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from kawka.actions.runsheet import Overrun, overrun, sheet_of
from kawka.models import Group, Meeting, Segment, SegmentKind

Row = tuple[str, str, int]  # kind, title, minutes

# Three talks of 8 minutes take 27: a minute goes by whenever people change tables.
BREAKFAST: tuple[Row, ...] = (
    (SegmentKind.COFFEE, "", 20),
    (SegmentKind.ROUND, "", 28),
    (SegmentKind.TALKS, "", 27),
    (SegmentKind.SPOTLIGHT, "", 10),
    (SegmentKind.NOTICES, "", 5),
)
OPEN_COFFEE: tuple[Row, ...] = ((SegmentKind.COFFEE, "", 33), (SegmentKind.TALKS, "", 27))
USUAL_LENGTH = timedelta(minutes=90)


def proposed_formula(purpose: str) -> str:
    """The formula that suits a purpose: "breakfast" to recommend one another, "open_coffee" to integrate."""
    return "open_coffee" if purpose == Group.Purpose.INTEGRATE else "breakfast"


@transaction.atomic
def set_segments(group: Group, rows: Iterable[Row]) -> None:
    """Replace the group's run sheet by these rows, in their order."""
    group.segments.all().delete()
    Segment.objects.bulk_create(
        Segment(group=group, position=position, kind=kind, title=title, minutes=minutes)
        for position, (kind, title, minutes) in enumerate(rows)
    )


def segments_of(group: Group) -> list[Row]:
    """The group's run sheet as rows."""
    return [(part.kind, part.title, part.minutes) for part in group.segments.all()]


def meeting_length(group: Group) -> timedelta:
    """How long a meeting of this group lasts: all segments together, an hour and a half without any."""
    minutes = sum(group.segments.values_list("minutes", flat=True))
    return timedelta(minutes=minutes) if minutes else USUAL_LENGTH


def usual_overrun(group: Group, *, people: int, starts_at: datetime) -> Overrun | None:
    """What does not fit when this many people come to a meeting of the group; None when all does."""
    usual = Meeting(group=group, starts_at=starts_at, ends_at=starts_at + meeting_length(group))
    return overrun(usual, sheet_of(usual, people=people), people=people)
