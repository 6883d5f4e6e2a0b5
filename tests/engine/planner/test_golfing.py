"""Whole tournaments: everybody sits every week, nobody meets twice, as many weeks as mathematics has."""

import time
from itertools import combinations

import pytest

from kawka.engine.planner.designs import most_weeks, pattern, stored
from kawka.engine.planner.golfing import schedule
from kawka.engine.planner.instance import Plan

SIZES = range(2, 11)


def assert_lawful(plan: Plan, groups: int, size: int) -> None:
    """Everybody sits at one table of the right size in every week, and no pair sits together twice."""
    met = [pair for tables in plan for table in tables for pair in combinations(sorted(table), 2)]
    assert len(met) == len(set(met))
    for tables in plan:
        assert {len(table) for table in tables} == {size}
        assert sorted(person for table in tables for person in table) == list(range(groups * size))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("groups", range(1, 17))
def test_patterns_are_lawful(groups: int, size: int) -> None:
    found = pattern(groups, size)

    assert_lawful(found, groups, size)
    assert 1 <= len(found) <= most_weeks(groups, size)


@pytest.mark.parametrize(
    ("groups", "size", "weeks"),
    [
        (10, 2, 19),
        (3, 3, 4),
        (5, 3, 7),
        (6, 3, 8),
        (7, 3, 10),
        (8, 3, 11),
        (9, 3, 13),
        (10, 3, 14),
        (15, 3, 22),
        (4, 4, 5),
        (5, 4, 5),
        (6, 4, 7),
        (7, 4, 9),
        (8, 4, 10),
        (9, 4, 11),
        (10, 4, 13),
        (13, 4, 17),
        (16, 4, 21),
        (5, 5, 6),
        (7, 5, 7),
        (8, 5, 8),
        (7, 6, 7),
        (10, 6, 7),
        (7, 7, 8),
        (10, 7, 6),
        (8, 8, 9),
        (10, 8, 5),
        (9, 9, 10),
        (10, 9, 4),
        (10, 10, 4),
    ],
)
def test_patterns_are_as_long_as_known(groups: int, size: int, weeks: int) -> None:
    assert len(pattern(groups, size)) == weeks


def test_stored_patterns_are_lawful_and_longer_than_others() -> None:
    for groups, size in [(5, 3), (6, 3), (6, 4), (9, 4), (10, 4), (10, 9)]:
        found = stored(groups, size)

        assert_lawful(found, groups, size)
        assert found == pattern(groups, size)


@pytest.mark.parametrize(("groups", "size"), [(6, 6), (10, 5), (12, 5), (14, 4), (10, 9)])
def test_a_search_finds_more_and_the_same_again(groups: int, size: int) -> None:
    first = schedule(groups, size, 99, time.thread_time() + 60, 1)
    again = schedule(groups, size, 99, time.thread_time() + 60, 1)

    assert_lawful(first, groups, size)
    assert len(first) >= len(pattern(groups, size))
    assert len(first) >= {6: 3, 5: 8, 4: 11, 9: 4}[size]
    assert first == again


def test_no_more_weeks_than_asked_for() -> None:
    assert len(schedule(8, 4, 3, time.thread_time(), 1)) == 3
    assert len(schedule(5, 1, 4, time.thread_time(), 1)) == 4
    assert schedule(2, 3, 4, time.thread_time(), 1) == [[[0, 1, 2], [3, 4, 5]]]
    assert schedule(0, 3, 4, time.thread_time(), 1) == []
