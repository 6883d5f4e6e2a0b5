"""What is done around a meeting falls on the right local hour, and never on a weekend."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawka.engine.week import STEPS, moment_of

WARSAW = ZoneInfo("Europe/Warsaw")
WEDNESDAY = date(2026, 10, 28)  # the first after the clocks were put back in Warsaw


@pytest.mark.parametrize(
    ("step", "local"),
    [
        ("remind", (26, 9)),
        ("prepare", (27, 15)),
        ("freeze", (27, 20)),
        ("wrap_up", (29, 9)),
        ("thank", (29, 17)),
        ("call", (30, 9)),
        ("promote", (23, 12)),
    ],
)
def test_the_week_around_a_wednesday(step, local):
    found = moment_of(step, WEDNESDAY, WARSAW.key)

    assert found == datetime(2026, 10, *local, tzinfo=WARSAW).astimezone(UTC)


def test_nine_stays_nine_over_the_change_of_clocks():
    before = moment_of("remind", date(2026, 3, 30), WARSAW.key)  # a Monday; clocks change on Sunday

    assert before == datetime(2026, 3, 27, 8, tzinfo=UTC)


@given(st.sampled_from(sorted(STEPS)), st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_no_step_falls_on_a_weekend_or_on_the_wrong_side_of_the_meeting(step, on):
    local = moment_of(step, on, WARSAW.key).astimezone(WARSAW)

    assert local.weekday() < 5
    assert local.time() == STEPS[step].at
    assert (local.date() > on) == (STEPS[step].days > 0)
