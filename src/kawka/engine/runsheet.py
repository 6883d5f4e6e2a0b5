"""A meeting laid out in time: when each part begins, and what helps when it is too long."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from kawka.engine.types import (
    Outlook,
    PlacedSegment,
    Proposal,
    RunSheet,
    SegmentPlan,
    ShorterPitch,
    StartEarlier,
)

CHANGE_SECONDS = 8
SHORTEST_PITCH = 15
_PITCHES = (60, 45, 40, 30)
_TABLE_CHANGE = timedelta(minutes=1)
_ON_TIME = timedelta(0)


def lay_out(
    segments: Sequence[SegmentPlan],
    *,
    starts_at: datetime,
    people: int,
    pitch_seconds: int,
    change_seconds: int = CHANGE_SECONDS,
    talk_rounds: int,
    talk_minutes: int,
    minutes_planned: int,
) -> RunSheet:
    """The segments one after another, and how far they run over the planned end.

    A round lasts as long as its people need (each a pitch and a change), talks as long as their rounds need
    (each with a minute for changing tables), everything else its own minutes. Every proposal makes the
    meeting end on time by itself: the longest shorter pitch that does, and the start earlier by whole fives.
    """
    talks = talk_rounds * (timedelta(minutes=talk_minutes) + _TABLE_CHANGE)
    pitches = people * timedelta(seconds=pitch_seconds + change_seconds)
    placed = tuple(_place(segments, starts_at, {"round": pitches, "talks": talks}))
    ends_at = placed[-1].ends_at if placed else starts_at
    planned_end = starts_at + timedelta(minutes=minutes_planned)
    over_by = max(ends_at - planned_end, _ON_TIME)
    speeches = people * sum(segment.kind == "round" for segment in segments)
    proposals = tuple(_proposals(over_by, speeches, pitch_seconds))
    return RunSheet(placed, starts_at, ends_at, planned_end, over_by, proposals)


def remaining(
    sheet: RunSheet,
    *,
    now: datetime,
    current: int,
    elapsed: timedelta,
    speakers_left: int,
    pitch_seconds: int,
    change_seconds: int = CHANGE_SECONDS,
) -> Outlook:
    """When the running segment, and with it the meeting, ends if all goes on as laid out.

    `current` is the place of the running segment on the sheet. In a round `elapsed` belongs to the running
    pitch and `speakers_left` counts the one who speaks; elsewhere `elapsed` belongs to the whole segment.
    Time already overdrawn is not counted twice: what is over its length has nothing left, never less.
    """
    segment = sheet.segments[current]
    turn = timedelta(seconds=pitch_seconds + change_seconds)
    if segment.kind == "round":
        left = max(speakers_left * turn - min(elapsed, turn), _ON_TIME)
    else:
        left = max(segment.lasts - elapsed, _ON_TIME)
    segment_ends_at = now + left
    ends_at = segment_ends_at + (sheet.ends_at - segment.ends_at)
    return Outlook(segment_ends_at, ends_at, max(ends_at - sheet.planned_end, _ON_TIME))


def fair_pitch(seconds_left: float, speakers_left: int, change_seconds: int = CHANGE_SECONDS) -> int:
    """Whole seconds for each of those still to speak so that all fit; never under 15, nobody gets less."""
    each = int(seconds_left // max(speakers_left, 1)) - change_seconds
    return max(each, SHORTEST_PITCH)


def _place(
    segments: Sequence[SegmentPlan], starts_at: datetime, computed: dict[str, timedelta]
) -> Iterator[PlacedSegment]:
    for segment in segments:
        planned = timedelta(minutes=segment.minutes)
        lasts = computed.get(segment.kind, planned)
        over_by = max(lasts - planned, _ON_TIME)
        yield PlacedSegment(segment.kind, segment.title, starts_at, starts_at + lasts, over_by)
        starts_at += lasts


def _proposals(over_by: timedelta, speeches: int, pitch_seconds: int) -> Iterator[Proposal]:
    if not over_by:
        return
    for seconds in _PITCHES:
        saved = speeches * timedelta(seconds=pitch_seconds - seconds)
        if saved >= over_by:
            yield ShorterPitch(seconds)
            break
    yield StartEarlier(minutes=5 * -(-over_by // timedelta(minutes=5)))
