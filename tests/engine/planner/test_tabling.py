"""Tables of three and more: every plan is lawful, the same for the same seed, and worth what can be had."""

import time
from random import Random
from typing import Any

import pytest

from kawka.engine.planner.instance import Instance, Plan, faults, score
from kawka.engine.planner.reading import read
from kawka.engine.planner.tabling import solve_tables


def gains(count: int, chance: Random) -> list[list[int]]:
    return [[0 if a == b else chance.randint(0, 50) for b in range(count)] for a in range(count)]


def instance(seed: int, sizes: list[int], rounds: int, **more: Any) -> Instance:
    chance = Random(seed)
    present = more.get("present")
    count = more.pop("n", len(present) if present else sum(sizes))
    said = {
        "format": "talk-instance/1",
        "id": f"tables-{seed}",
        "n": count,
        "rounds": rounds,
        "sizes": [sizes] * rounds,
        "gain_matrix": gains(count, chance),
        "never": [[0, 1], [2, 3]],
        "must": [[0, 4]],
    }
    return read({**said, **more})


def solved(problem: Instance, seed: int = 1, seconds: float = 0.1, start: Plan | None = None) -> Plan:
    plan = solve_tables(problem, time.thread_time() + 60, seed, start, seconds=seconds)
    assert plan is not None
    return plan


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("sizes", "rounds", "more"),
    [
        ([3, 3, 3, 3], 3, {}),
        ([2, 2, 2, 3], 4, {}),
        ([4, 4, 3, 3], 3, {}),
        ([4, 4, 4, 4], 4, {}),
        ([5, 5, 5, 5, 5], 5, {"never": [[0, 1]], "must": []}),
        ([4, 4, 4, 4, 4, 4], 6, {}),
        ([3, 3, 3, 3], 4, {"n": 14, "max_byes": 1}),
        ([3, 3, 3, 2], 3, {"present": [[0, 1, 2]] * 10 + [[0, 1], [1, 2]]}),
        ([6, 6, 6, 6], 3, {"repeat_cost": 150}),
        ([3, 3, 3, 3], 3, {"fairness": 0.5}),
        ([3, 3, 2, 2], 4, {"size_factor": {"2": 1, "3": 0.7}}),
    ],
)
def test_plans_break_no_rule(seed: int, sizes: list[int], rounds: int, more: dict[str, Any]) -> None:
    problem = instance(seed, sizes, rounds, **more)

    plan = solved(problem)

    assert faults(problem, plan) == []
    assert plan == solved(problem)


def test_all_who_want_one_another_meet() -> None:
    wanted = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (6, 7), (6, 8), (7, 8)]
    gain = [[a, b, 10] for a, b in wanted] + [[b, a, 10] for a, b in wanted]
    problem = read({"n": 9, "rounds": 1, "sizes": [[3, 3, 3]], "gain_default": 1, "gain": gain})

    plan = solved(problem)

    assert sorted(map(sorted, plan[0])) == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    assert score(problem, plan) == 180


def test_what_was_talked_stays_and_few_others_notice() -> None:
    problem = instance(3, [3, 3, 3, 3], 3)
    before = solved(problem)
    replan = {"frozen": 1, "previous": before, "stability": 1000}
    again = instance(3, [3, 3, 3, 3], 3, replan=replan)

    plan = solved(again)

    assert faults(again, plan) == []
    assert sorted(map(sorted, plan[0])) == sorted(map(sorted, before[0]))
    assert score(again, plan) == score(problem, before)


def test_where_there_is_no_plan_there_is_none() -> None:
    problem = instance(1, [3, 3], 2, never=[[0, b] for b in range(1, 6)], must=[])

    assert solve_tables(problem, time.thread_time() + 60, 1, seconds=0.05) is None


def test_rooms_without_people_or_rounds() -> None:
    empty = read({"n": 0, "rounds": 2, "sizes": [[], []]})
    alone = read({"n": 1, "rounds": 1, "sizes": [[1]]})

    assert solve_tables(empty, time.thread_time(), 1) == [[], []]
    assert solved(alone) == [[[0]]]
