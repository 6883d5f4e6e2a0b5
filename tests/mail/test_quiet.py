"""Nobody is written to at night or at weekends, by the clock of their group's town."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kawka.mail.quiet import midnight, next_allowed, next_morning

WARSAW, TOKYO = ZoneInfo("Europe/Warsaw"), ZoneInfo("Asia/Tokyo")


def at(day: int, hour: int, minute: int = 0, *, month: int = 10, zone: ZoneInfo = WARSAW) -> datetime:
    """A moment of 2026; 12 October is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        (at(12, 8), at(12, 8)),
        (at(12, 19, 59), at(12, 19, 59)),
        (at(12, 20), at(13, 8)),
        (at(13, 7, 59), at(13, 8)),
        (at(16, 20), at(19, 8)),
        (at(17, 12), at(19, 8)),
        (at(18, 3), at(19, 8)),
        (at(23, 21), at(26, 8)),  # clocks go back on the Sunday between
        (at(27, 21, month=3), at(30, 8, month=3)),  # and forward
        (at(12, 4, zone=TOKYO), at(12, 8)),  # still Sunday evening in Warsaw
    ],
)
def test_the_next_moment_people_are_written_to(moment, allowed):
    assert next_allowed(moment, WARSAW) == allowed


def test_night_is_where_the_group_is():
    assert next_allowed(at(12, 12), TOKYO) == at(12, 12)
    assert next_allowed(at(12, 14), TOKYO) == at(13, 8, zone=TOKYO)


@pytest.mark.parametrize(("moment", "morning"), [(at(12, 9), at(13, 8)), (at(16, 9), at(19, 8))])
def test_the_next_morning(moment, morning):
    assert next_morning(moment, WARSAW) == morning


def test_a_day_begins_at_midnight_there():
    assert midnight(at(12, 0, 30), WARSAW) == datetime(2026, 10, 11, 22, tzinfo=UTC)
