"""The week around a meeting: when, by the clock of the group's town, each thing is done for it.

Days are counted from the day of the meeting. What falls on a Saturday or Sunday is done on the Friday before
(what comes before a meeting) or on the Monday after (what follows it); nobody is written to at weekends.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kawka.engine.rhythm import moment

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Step:
    """So many days from the meeting (negative: before it), at this hour."""

    days: int
    at: time


STEPS: Mapping[str, Step] = {
    "promote": Step(-5, time(12)),
    "remind": Step(-2, time(9)),
    "prepare": Step(-1, time(15)),
    "freeze": Step(-1, time(20)),
    "wrap_up": Step(1, time(9)),
    "thank": Step(1, time(17)),
    "call": Step(2, time(9)),
}


WEEKLY_ASK_AT = time(18)


def weekly_ask_at(on: date, zone: str) -> datetime:
    """Six in the evening of the last Sunday before this local day, in UTC."""
    return moment(on - timedelta(days=on.isoweekday()), WEEKLY_ASK_AT, zone)


def moment_of(step: str, on: date, zone: str) -> datetime:
    """The moment, in UTC, of a step of STEPS for a meeting on this local day. Raises KeyError."""
    wanted = STEPS[step]
    day = on + timedelta(days=wanted.days)
    if day.weekday() >= SATURDAY:
        back, forth = day.weekday() - SATURDAY + 1, 7 - day.weekday()
        day += timedelta(days=forth if wanted.days > 0 else -back)
    return moment(day, wanted.at, zone)
