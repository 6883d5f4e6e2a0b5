"""Dates of a recurring meeting, local time first: 8:30 stays 8:30 across the change of clocks."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekdays

from kawka.engine.types import Rhythm

ONE_DAY = timedelta(days=1)
LONGEST_MONTHS = timedelta(days=66)


def dates(rhythm: Rhythm, *, after: date, until: date) -> list[date]:
    """The rhythm's dates later than `after` and no later than `until`, in order; by hand makes none.

    "Every n weeks" counts from the first such weekday on or after `starts_on`, whatever `after` is.
    Raises ValueError for a rhythm that does not exist.
    """
    if rhythm.kind == "by_hand":
        return []
    return [found.date() for found in _rule(rhythm, until) if found.date() > after]


def moved(rhythm: Rhythm, *, day: date, to: date) -> Rhythm:
    """The rhythm when what falls on `day` falls on `to` from now on; it begins there.

    Once a month keeps "the last" where `to` is a last one too; a fifth weekday counts as the last.
    """
    nth = (to.day - 1) // 7 + 1
    is_last = (to + timedelta(days=7)).month != to.month
    keeps = day == to or (rhythm.nth == -1 and is_last)
    return replace(
        rhythm,
        weekday=to.weekday(),
        nth=rhythm.nth if keeps else -1 if nth not in (1, 2, 3, 4) else nth,
        starts_on=to,
    )


def moves(old: Rhythm, new: Rhythm, *, day: date, to: date, since: date, until: date) -> dict[date, date]:
    """Where each date of `old` from `since` to `until` falls by `new`, one by one; `day` falls on `to`.

    Both rhythms are of one kind. `since` is one of the dates of `old`, and `day` is not earlier.
    """
    was = dates(old, after=since - ONE_DAY, until=until)
    before = sum(1 for one in was if one < day)
    begin = to - (day - since) - (timedelta(days=31) if new.kind == "monthly_nth" else timedelta())
    earlier = dates(replace(new, starts_on=begin), after=begin - ONE_DAY, until=to - ONE_DAY)
    later = dates(replace(new, starts_on=to), after=to - ONE_DAY, until=until + (to - day) + LONGEST_MONTHS)
    becomes = [*earlier[len(earlier) - before :], *later]
    return dict(zip(was, becomes, strict=False))


def moment(on: date, at: time, zone: str) -> datetime:
    """The moment, in UTC, when clocks in `zone` show this local date and time.

    A time the clocks skip becomes the first one after the gap; of a time they show twice it is the first.
    """
    if at.tzinfo is not None:
        raise ValueError("A local time has no zone of its own.")
    local = datetime.combine(on, at, ZoneInfo(zone)).replace(fold=0)
    first, second = local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
    return first if first <= second else _end_of_gap(second, first, ZoneInfo(zone))


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The second between the two moments at which clocks in the zone jump."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def _rule(rhythm: Rhythm, until: date) -> rrule:
    if rhythm.weekday not in range(7):
        raise ValueError(f"There is no weekday {rhythm.weekday}.")
    starts, ends = (datetime.combine(day, time.min) for day in (rhythm.starts_on, until))
    if rhythm.kind == "monthly_nth":
        return _monthly(rhythm, starts, ends)
    if rhythm.kind not in ("weekly", "every_n_weeks"):
        raise ValueError(f"There is no rhythm {rhythm.kind!r}.")
    weeks = 1 if rhythm.kind == "weekly" else rhythm.interval
    if weeks < 1:
        raise ValueError("A rhythm counts at least one week.")
    first = starts + timedelta(days=(rhythm.weekday - starts.weekday()) % 7)
    return rrule(WEEKLY, interval=weeks, dtstart=first, until=ends)


def _monthly(rhythm: Rhythm, starts: datetime, ends: datetime) -> rrule:
    if rhythm.nth not in (1, 2, 3, 4, -1):
        raise ValueError(f"Not every month has a weekday number {rhythm.nth}.")
    return rrule(MONTHLY, dtstart=starts, until=ends, byweekday=weekdays[rhythm.weekday](rhythm.nth))
