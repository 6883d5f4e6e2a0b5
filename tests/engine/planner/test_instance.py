"""Instances are read and checked; a plan's worth and faults are told."""

from typing import Any

import pytest

from kawka.engine.planner.instance import InstanceError, faults, score
from kawka.engine.planner.reading import read

FOUR: dict[str, Any] = {
    "format": "talk-instance/1",
    "n": 4,
    "rounds": 2,
    "sizes": [[2, 2], [2, 2]],
    "gain": [[0, 1, 5], [1, 0, 1], [2, 3, 2], [0, 2, 3]],
}


def four(**changes: Any) -> dict[str, Any]:
    return {**FOUR, **changes}


def test_a_plan_is_worth_what_both_have_of_it() -> None:
    instance = read(FOUR)

    assert score(instance, [[[0, 1], [2, 3]], [[0, 2], [1, 3]]]) == 11


def test_fairness_counts_the_worst_off() -> None:
    instance = read(four(fairness=0.5))

    assert score(instance, [[[0, 1], [2, 3]], [[0, 2], [1, 3]]]) == 0.5 * 11 + 0.5 * 0
    assert score(read(four(fairness=1, gain=[], gain_default=2)), [[[0, 1], [2, 3]], [[0, 2], [1, 3]]]) == 16


def test_repeats_and_changes_cost() -> None:
    previous = [[[0, 1], [2, 3]], [[0, 2], [1, 3]]]
    instance = read(four(repeat_cost=4, replan={"frozen": 1, "previous": previous, "stability": 10}))

    assert score(instance, [[[0, 1], [2, 3]], [[0, 1], [2, 3]]]) == 16 - 2 * 4 - 4 * 10
    assert score(instance, previous) == 11


def test_a_table_of_three_counts_less() -> None:
    instance = read(four(sizes=[[3], [3]], size_factor={"3": 0.5}, repeat_cost=0))

    assert score(instance, [[[0, 1, 2]], [[0, 1, 2]]]) == (5 + 1 + 3) * 0.5 * 2


@pytest.mark.parametrize(
    ("changes", "plan", "fault"),
    [
        ({}, [[[0, 1], [2, 3]]], "there are 1 rounds and not 2"),
        ({}, [[[0, 1], [2, 3]], [[0, 1], [2, 3]]], "people 0 and 1 meet 2 times"),
        ({}, [[[0, 1], [2, 3]], [[0, 2], [0, 3]]], "round 1: person 0 sits at 2 tables"),
        ({}, [[[0, 1], [2, 3]], [[0, 2]]], "round 1: the tables are of other sizes than asked for"),
        ({"never": [[1, 3]]}, [[[0, 1], [2, 3]], [[0, 2], [1, 3]]], "people 1 and 3 must never meet and do"),
        ({"must": [[0, 3]]}, [[[0, 1], [2, 3]], [[0, 2], [1, 3]]], "people 0 and 3 must meet and do not"),
        (
            {"present": [[0, 1], [0, 1], [0, 1], [0]], "sizes": [[2, 2], [2]]},
            [[[0, 1], [2, 3]], [[1, 3]]],
            "round 1: person 3 is not there",
        ),
        (
            {"sizes": [[2], [2]], "max_byes": 1, "repeat_cost": 0},
            [[[0, 1]], [[0, 1]]],
            "person 2 sits out 2 rounds",
        ),
    ],
)
def test_what_a_plan_breaks_is_told(changes: dict[str, Any], plan: Any, fault: str) -> None:
    instance = read(four(**changes))

    assert faults(instance, plan)[0] == fault
    assert faults(read(FOUR), [[[0, 1], [2, 3]], [[0, 2], [1, 3]]]) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"n": -1}, "n must be a whole number, 0 or more, not -1"),
        ({"sizes": [[2, 2]]}, "sizes must list the tables of each of the 2 rounds"),
        ({"sizes": [[2, 2], [3, 2]]}, "round 1 has 5 seats and only 4 people are there"),
        ({"sizes": [[2, 2], [0]]}, "sizes of round 1 must be whole numbers, 1 or more"),
        ({"must": [[3, 1]], "never": [[1, 3]]}, "people 1 and 3 must meet and must never meet"),
        ({"must": [[2, 2]]}, "person 2 cannot meet themselves, as the must pair 2-2 asks"),
        ({"must": [[0, 4]]}, "4 in must is no person; people are 0 to 3"),
        (
            {"must": [[0, 1], [0, 2], [0, 3]]},
            "people 0 and 1 must meet, but person 0 must meet 3 people in 2 rounds of pairs",
        ),
        (
            {"must": [[0, 1]], "present": [[0], [1], [0, 1], [0, 1]], "sizes": [[2], [2]]},
            "people 0 and 1 must meet and are never there together at a table",
        ),
        ({"fairness": 2}, "fairness must be a number between 0 and 1, not 2"),
        ({"gain_matrix": [[0]]}, "gain_matrix must have 4 rows of 4 numbers"),
        (
            {"never": [[0, 1]], "replan": {"frozen": 1, "previous": [[[0, 1], [2, 3]], []], "stability": 1}},
            "people 0 and 1 must never meet and did in round 0, which is history",
        ),
    ],
)
def test_what_cannot_be_had_is_said(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InstanceError) as refused:
        read(four(**changes))

    assert str(refused.value) == sentence


def test_nobody_is_a_room_too() -> None:
    instance = read({"n": 0, "rounds": 2, "sizes": [[], []]})

    assert faults(instance, [[], []]) == []
    assert score(instance, [[], []]) == 0
