"""Dates come at their rhythm, and 8:30 stays 8:30."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawka.engine.rhythm import dates, moment, moved, moves
from kawka.engine.types import Rhythm

WEDNESDAYS = Rhythm("weekly", interval=1, weekday=2, nth=1, starts_on=date(2026, 3, 2))


def test_every_wednesday() -> None:
    found = dates(WEDNESDAYS, after=date(2026, 3, 4), until=date(2026, 3, 25))

    assert found == [date(2026, 3, 11), date(2026, 3, 18), date(2026, 3, 25)]


def test_a_weekly_rhythm_does_not_mind_its_interval() -> None:
    odd = replace(WEDNESDAYS, interval=3)

    assert dates(odd, after=date(2026, 3, 1), until=date(2026, 4, 1)) == dates(
        WEDNESDAYS, after=date(2026, 3, 1), until=date(2026, 4, 1)
    )


def test_no_date_lies_before_the_first() -> None:
    found = dates(WEDNESDAYS, after=date(2020, 1, 1), until=date(2026, 3, 11))

    assert found == [date(2026, 3, 4), date(2026, 3, 11)]


@pytest.mark.parametrize("after", [date(2026, 1, 1), date(2026, 3, 17), date(2026, 3, 18)])
def test_every_third_week_counts_from_the_first(after: date) -> None:
    rhythm = Rhythm("every_n_weeks", interval=3, weekday=2, nth=1, starts_on=date(2026, 3, 2))
    all_of_them = [date(2026, 3, 4), date(2026, 3, 25), date(2026, 4, 15)]

    found = dates(rhythm, after=after, until=date(2026, 4, 30))

    assert found == [one for one in all_of_them if one > after]


@pytest.mark.parametrize(
    ("nth", "days"), [(1, [6, 3, 1]), (2, [13, 10, 8]), (4, [27, 24, 22]), (-1, [27, 24, 29])]
)
def test_the_nth_friday_of_the_month(nth: int, days: list[int]) -> None:
    rhythm = Rhythm("monthly_nth", interval=1, weekday=4, nth=nth, starts_on=date(2026, 3, 1))

    found = dates(rhythm, after=date(2026, 2, 28), until=date(2026, 5, 31))

    assert [day.day for day in found] == days
    assert [day.month for day in found] == [3, 4, 5]


def test_dates_picked_by_hand_make_themselves_never() -> None:
    by_hand = replace(WEDNESDAYS, kind="by_hand")

    assert dates(by_hand, after=date(2026, 1, 1), until=date(2027, 1, 1)) == []


@pytest.mark.parametrize(
    "odd",
    [
        replace(WEDNESDAYS, kind="daily"),
        replace(WEDNESDAYS, weekday=7),
        replace(WEDNESDAYS, kind="every_n_weeks", interval=0),
        replace(WEDNESDAYS, kind="monthly_nth", nth=5),
    ],
)
def test_a_rhythm_that_does_not_exist_is_refused(odd: Rhythm) -> None:
    with pytest.raises(ValueError, match=r"."):
        dates(odd, after=date(2026, 1, 1), until=date(2027, 1, 1))


any_day = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    st.sampled_from(["weekly", "every_n_weeks", "monthly_nth"]),
    st.integers(1, 8),
    st.integers(0, 6),
    st.sampled_from([1, 2, 3, 4, -1]),
    any_day,
    any_day,
)
def test_dates_can_be_asked_for_in_two_parts(
    kind: str, interval: int, weekday: int, nth: int, starts_on: date, middle: date
) -> None:
    rhythm = Rhythm(kind, interval, weekday, nth, starts_on)
    first, last = date(2025, 12, 31), date(2028, 1, 31)

    whole = dates(rhythm, after=first, until=last)

    parts = dates(rhythm, after=first, until=middle) + dates(rhythm, after=middle, until=last)
    assert whole == parts
    assert all(day.weekday() == weekday and day >= starts_on for day in whole)


@pytest.mark.parametrize(
    ("on", "hour_in_utc"),
    [
        (date(2026, 3, 25), 7),
        (date(2026, 4, 1), 6),
        (date(2026, 10, 21), 6),
        (date(2026, 10, 28), 7),
        (date(2027, 3, 24), 7),
        (date(2027, 3, 31), 6),
        (date(2027, 10, 27), 6),
        (date(2027, 11, 3), 7),
    ],
)
def test_half_past_eight_stays_half_past_eight_in_warsaw(on: date, hour_in_utc: int) -> None:
    at = moment(on, time(8, 30), "Europe/Warsaw")

    assert at == datetime(on.year, on.month, on.day, hour_in_utc, 30, tzinfo=UTC)
    assert at.tzinfo is UTC


@pytest.mark.parametrize(
    ("zone", "on", "at", "expected"),
    [
        ("Europe/Warsaw", date(2026, 3, 29), time(1, 59), (2026, 3, 29, 0, 59)),
        ("Europe/Warsaw", date(2026, 3, 29), time(2, 0), (2026, 3, 29, 1, 0)),
        ("Europe/Warsaw", date(2026, 3, 29), time(2, 30), (2026, 3, 29, 1, 0)),
        ("Europe/Warsaw", date(2026, 3, 29), time(3, 0), (2026, 3, 29, 1, 0)),
        ("Europe/Warsaw", date(2027, 3, 28), time(2, 59, 59), (2027, 3, 28, 1, 0)),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), (2026, 10, 3, 15, 30)),
        ("America/Sao_Paulo", date(2018, 11, 4), time(0, 10), (2018, 11, 4, 3, 0)),
        ("Pacific/Apia", date(2011, 12, 30), time(8, 30), (2011, 12, 30, 10, 0)),
    ],
)
def test_a_time_the_clocks_skip_is_the_first_after_the_gap(
    zone: str, on: date, at: time, expected: tuple[int, int, int, int, int]
) -> None:
    assert moment(on, at, zone) == datetime(*expected, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "on", "at", "expected"),
    [
        ("Europe/Warsaw", date(2026, 10, 25), time(2, 30), (2026, 10, 25, 0, 30)),
        ("Europe/Warsaw", date(2027, 10, 31), time(2, 30), (2027, 10, 31, 0, 30)),
        ("Europe/Warsaw", date(2027, 10, 31), time(3, 0), (2027, 10, 31, 2, 0)),
        ("Australia/Lord_Howe", date(2027, 4, 4), time(1, 45), (2027, 4, 3, 14, 45)),
    ],
)
def test_a_time_the_clocks_show_twice_is_the_first(
    zone: str, on: date, at: time, expected: tuple[int, int, int, int, int]
) -> None:
    assert moment(on, at, zone) == datetime(*expected, tzinfo=UTC)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(any_day, st.times(), st.sampled_from(["Europe/Warsaw", "Australia/Lord_Howe", "America/New_York"]))
def test_local_clocks_show_the_time_or_the_first_after_it(on: date, at: time, zone: str) -> None:
    shown = moment(on, at, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    wanted = datetime.combine(on, at)
    assert timedelta(0) <= shown - wanted < timedelta(hours=1)


def test_a_time_with_a_zone_of_its_own_is_refused() -> None:
    with pytest.raises(ValueError, match="local time"):
        moment(date(2026, 3, 4), time(8, 30, tzinfo=UTC), "Europe/Warsaw")


@pytest.mark.parametrize(
    ("kind", "interval", "nth", "day", "to"),
    [
        ("weekly", 1, 1, date(2026, 11, 4), date(2026, 11, 5)),
        ("every_n_weeks", 3, 1, date(2026, 11, 4), date(2026, 11, 2)),
        ("monthly_nth", 1, 2, date(2026, 11, 11), date(2026, 11, 20)),
        ("monthly_nth", 1, -1, date(2026, 11, 25), date(2026, 11, 27)),
    ],
)
def test_what_follows_a_moved_date_falls_by_the_moved_rhythm(kind, interval, nth, day, to):
    old = Rhythm(kind, interval, 2, nth, date(2026, 10, 14))
    new = moved(old, day=day, to=to)
    was = dates(old, after=date(2026, 10, 13), until=date(2027, 10, 1))

    found = moves(old, new, day=day, to=to, since=was[0], until=was[-1])

    assert list(found) == was
    assert found[day] == to
    assert {one.weekday() for one in found.values()} == {to.weekday()}
    assert [one for one in found.values() if one >= to] == dates(
        new, after=to - timedelta(days=1), until=max(found.values())
    )
    assert sorted(set(found.values())) == list(found.values())


def test_the_last_stays_the_last_and_a_fifth_becomes_it():
    last = Rhythm("monthly_nth", 1, 4, -1, date(2026, 10, 1))

    assert moved(last, day=date(2026, 10, 30), to=date(2026, 10, 27)).nth == -1
    assert moved(last, day=date(2026, 10, 30), to=date(2026, 10, 20)).nth == 3
    assert moved(last, day=date(2026, 10, 30), to=date(2026, 10, 29)).nth == -1
