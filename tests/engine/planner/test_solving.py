"""A plan breaks no rule, is worth no more than its bound, and comes again for the same seed."""

import json
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from kawka.engine.planner.__main__ import main
from kawka.engine.planner.instance import InstanceError, Plan, faults, score
from kawka.engine.planner.reading import read
from kawka.engine.planner.solving import solve
from tests.engine.planner.rooms import instances

quietly = settings(derandomize=True, deadline=None, max_examples=150)


def room(n: int, rounds: int, seed: int = 1, **wishes: Any) -> dict[str, Any]:
    chance = Random(seed)
    gain = [[chance.randint(0, 50) for _ in range(n)] for _ in range(n)]
    return {
        "id": "room",
        "n": n,
        "rounds": rounds,
        "sizes": [[2] * (n // 2)] * rounds,
        "gain_matrix": gain,
    } | wishes


@quietly
@given(instances())
def test_a_plan_breaks_no_rule_or_an_error_says_why(data: dict[str, Any]) -> None:
    try:
        instance = read(data)
        found = solve(instance, 0.1, 1)
    except InstanceError as error:
        assert "\n" not in str(error) and str(error)
        return

    assert faults(instance, found.plan) == []
    assert found.value == pytest.approx(score(instance, found.plan))
    assert found.value <= found.bound + 1e-6


@settings(quietly, max_examples=30)
@given(instances(most_people=10))
def test_the_same_seed_gives_the_same_plan(data: dict[str, Any]) -> None:
    try:
        instance = read(data)
        found = solve(instance, 0.1, 3)
    except InstanceError:
        return

    assert solve(instance, 0.1, 3) == found


@pytest.mark.parametrize("n", [6, 7, 10, 20, 25, 50])
def test_talks_in_pairs_are_proven_best(n: int) -> None:
    found = solve(read(room(n, 4)), 1, 1)

    assert found.proven


@pytest.mark.parametrize("seed", range(8))
def test_the_best_plan_of_a_few_is_found(seed: int) -> None:
    data = room(6, 2, seed, fairness=0.5 * (seed % 3), repeat_cost=None if seed % 2 else 12)

    found = solve(read(data), 1, 1)

    assert found.value == pytest.approx(max(score(read(data), plan) for plan in every_plan(data)))


@pytest.mark.parametrize(("n", "rounds"), [(7, 2), (9, 3), (15, 4), (25, 3)])
def test_an_odd_room_has_a_three_in_every_round(n: int, rounds: int) -> None:
    data = room(n, rounds, sizes=[[2] * ((n - 3) // 2) + [3]] * rounds, size_factor={"3": 0.7})

    found = solve(read(data), 0.5, 1)

    assert faults(read(data), found.plan) == []
    assert found.value >= 0.98 * found.bound


@pytest.mark.parametrize("seed", range(4))
def test_the_best_tables_of_a_few_are_found(seed: int) -> None:
    data = room(6, 2, seed, sizes=[[3, 3], [3, 3]], repeat_cost=10.0, fairness=0.5 * (seed % 2))
    halves = [
        [[0, *pair], [one for one in range(1, 6) if one not in pair]] for pair in combinations(range(1, 6), 2)
    ]

    found = solve(read(data), 0.5, 1)

    assert found.proven
    plans = [[list(map(list, one)), list(map(list, other))] for one in halves for other in halves]
    assert found.value == pytest.approx(max(score(read(data), plan) for plan in plans))


def test_who_comes_late_sits_only_when_there() -> None:
    there = [[1, 2, 3]] * 3 + [[0, 1, 2, 3]] * 17
    sizes = [[2] * 8, [2] * 10, [2] * 10, [2] * 10]

    found = solve(read(room(20, 4, present=there, sizes=sizes, must=[[0, 1]], max_byes=1)), 1, 1)

    assert found.proven


def test_history_stays_and_as_few_as_possible_notice() -> None:
    data = room(12, 4)
    before = solve(read(data), 1, 1).plan
    there = [[0, 1, 2, 3]] * 11 + [[0, 1]]
    sizes = [[2] * 6, [2] * 6, [2] * 5, [2] * 5]
    replan = {"frozen": 2, "previous": before, "stability": 1000}

    found = solve(read({**data, "present": there, "sizes": sizes, "replan": replan}), 1, 1)

    assert found.plan[:2] == before[:2]
    for number in (2, 3):
        kept = [table for table in found.plan[number] if sorted(table) in list(map(sorted, before[number]))]
        assert len(kept) == 5


def test_a_whole_tournament_is_planned() -> None:
    data = {"n": 9, "rounds": 4, "sizes": [[3, 3, 3]] * 4, "kind": "golfer"}

    assert solve(read(data), 1, 1).value == 4


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"never": list(combinations(range(4), 2))},
            "people 0 and 1 must never meet, like too many others in round 0 to fill its tables",
        ),
        ({"must": [[0, 1]], "never": [[1, 0]]}, "people 0 and 1 must meet and must never meet"),
        (
            {"must": [[0, 1], [1, 2], [0, 2]], "sizes": [[2, 2], [2, 2]]},
            "people 0 and 1 must meet, and so there is no plan",
        ),
        (
            {"must": [[0, 1], [0, 2], [0, 3]], "sizes": [[3], []]},
            "people 0 and 1 must meet, but person 0 must meet 3 people and sits with 2 at most",
        ),
        (
            {"sizes": [[3], [3]], "max_byes": 0},
            "the tables leave out 2 and max_byes 0 allows 0 rests",
        ),
        (
            {"sizes": [[4], [2, 2]]},
            "the 4 people at a table of round 0 cannot all part in round 1, where there are fewer tables",
        ),
        (
            {"sizes": [[3], [3]]},
            "the 3 people at a table of round 0 cannot all part in round 1, where there are fewer tables",
        ),
    ],
)
def test_no_plan_is_explained(changes: dict[str, Any], sentence: str, tmp_path: Path, capsys: Any) -> None:
    asked, out = tmp_path / "instance.json", tmp_path / "plan.json"
    asked.write_text(json.dumps(room(4, 2, **changes)))

    code = main(["solve", str(asked), "--out", str(out)])

    assert (code, out.exists()) == (2, False)
    assert capsys.readouterr().err == sentence + "\n"


@pytest.mark.parametrize("words", ["[" * 100_000, '{"n": 3,', "", "null"])
def test_what_is_no_instance_is_refused_in_one_line(words: str, tmp_path: Path, capsys: Any) -> None:
    asked, out = tmp_path / "instance.json", tmp_path / "plan.json"
    asked.write_text(words)

    code = main(["solve", str(asked), "--out", str(out)])

    assert (code, out.exists()) == (2, False)
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_hardly_anybody_is_a_room_too(n: int) -> None:
    found = solve(read({"n": n, "rounds": 1, "sizes": [[2] if n > 1 else []], "gain_default": 3}), 0.1, 1)

    worth = 6.0 if n > 1 else 0.0
    assert (found.value, found.bound, found.proven) == (worth, worth, True)


def test_a_plan_is_written(tmp_path: Path) -> None:
    asked, out = tmp_path / "instance.json", tmp_path / "plan.json"
    asked.write_text(json.dumps(room(4, 3)))

    code = main(["solve", str(asked), "--seconds", "0.5", "--seed", "2", "--out", str(out)])

    plan = json.loads(out.read_text())
    assert (code, plan["format"], plan["instance"], plan["proven"]) == (0, "talk-plan/1", "room", True)
    assert faults(read(room(4, 3)), plan["rounds"]) == []


@pytest.mark.parametrize("text", ["", "[]", '{"n": 3}', '{"n": 1e400}'])
def test_a_broken_file_is_named(text: str, tmp_path: Path, capsys: Any) -> None:
    asked = tmp_path / "instance.json"
    asked.write_text(text)

    assert main(["solve", str(asked), "--out", str(tmp_path / "plan.json")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def every_plan(data: dict[str, Any]) -> list[Plan]:
    """All plans of two rounds of six people."""
    rounds = every_round(list(range(6)))
    plans = [[one, other] for one in rounds for other in rounds]
    return [plan for plan in plans if not faults(read(data), plan)]


def every_round(people: list[int]) -> list[list[list[int]]]:
    if not people:
        return [[]]
    first, *others = people
    return [
        [[first, other], *rest]
        for other in others
        for rest in every_round([one for one in others if one != other])
    ]
