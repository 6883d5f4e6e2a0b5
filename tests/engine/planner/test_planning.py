"""A plan of talks keeps its laws in every room, and is as good as it can be in small ones."""

from collections import Counter
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings

from kawka.engine.planner import plan_talks
from kawka.engine.types import Reason, Table, TalkPlan, TalkProblem
from tests.engine.planner.laws import (
    all_pairs,
    assert_lawful,
    known_pairs,
    pair,
    pairs,
    people,
    problems,
    seated,
)

quietly = settings(derandomize=True, deadline=None, max_examples=40)


@pytest.mark.parametrize("count", range(41))
def test_everybody_talks_in_every_round(count: int) -> None:
    for rounds in range(1, 7):
        problem = TalkProblem(people(count), rounds)

        plan = plan_talks(problem, seed=count)

        assert_lawful(plan, problem)
        assert all(sorted(seated(tables)) == list(problem.people) for tables in plan.rounds)
        assert plan.rounds_possible == min(rounds, MOST_ROUNDS.get(count, 6))


MOST_ROUNDS = {0: 0, 1: 0, 2: 1, 3: 1, 4: 3, 5: 1, 6: 5, 7: 3}


@pytest.mark.parametrize("count", [2, 4, 6, 8, 10, 12, 16])
def test_an_even_room_can_go_on_until_everybody_met_everybody(count: int) -> None:
    problem = TalkProblem(people(count), rounds=count + 2)

    plan = plan_talks(problem, seed=1)

    assert_lawful(plan, problem)
    assert plan.rounds_possible == count - 1
    assert plan.is_short
    assert sorted(map(sorted, all_pairs(plan))) == sorted(map(sorted, combinations(problem.people, 2)))


def test_nine_people_meet_one_another_in_six_rounds() -> None:
    plan = plan_talks(TalkProblem(people(9), rounds=6), seed=1)

    assert plan.rounds_possible == 6
    assert len(all_pairs(plan)) == 36


@pytest.mark.parametrize("seed", range(3))
def test_no_plan_of_an_even_room_is_worth_more(seed: int) -> None:
    chance = Random(seed)
    room = people(10)
    gain = {(a, b): chance.randint(1, 90) for a in room for b in room if a != b}
    worths = []
    for first in every_round(room):
        worths.append(sum(gain[one[:3], one[3:]] + gain[one[3:], one[:3]] for one in first))

    plan = plan_talks(TalkProblem(room, rounds=1, gain=gain), seed=seed)

    talks = [sorted(found) for found in all_pairs(plan)]
    assert sum(gain[a, b] + gain[b, a] for a, b in talks) == max(worths)


@quietly
@given(problems())
def test_every_plan_is_lawful(problem: TalkProblem) -> None:
    plan = plan_talks(problem, seed=1, seconds=0.05)

    assert_lawful(plan, problem)


@settings(quietly, max_examples=20)
@given(problems(most_people=20))
def test_the_same_seed_gives_the_same_plan(problem: TalkProblem) -> None:
    shuffled = replace(problem, people=tuple(reversed(problem.people)))

    plans = [plan_talks(one, seed=5, seconds=0.05) for one in (problem, problem, shuffled)]

    assert plans[0] == plans[1] == plans[2]


def test_another_seed_gives_another_plan() -> None:
    problem = TalkProblem(people(12), rounds=3)

    assert plan_talks(problem, seed=1) != plan_talks(problem, seed=2)


@pytest.mark.parametrize("seed", range(12))
def test_as_many_new_pairs_as_there_can_be(seed: int) -> None:
    chance = Random(seed)
    room = people(4 + seed % 4)
    met = {pair(a, b): chance.randint(1, 4) for a, b in combinations(room, 2) if chance.random() < 0.6}
    problem = TalkProblem(room, rounds=2 if len(room) != 5 else 1, met=met)

    plan = plan_talks(problem, seed=seed)

    assert known_pairs(plan, problem) == fewest_known(problem, [], 0)


@pytest.mark.parametrize("seed", range(6))
def test_new_pairs_are_found_where_there_is_only_one_way(seed: int) -> None:
    room = Random(seed).sample(people(24), 24)
    fresh = {pair(room[number], room[(number + 1) % 24]) for number in range(24)}
    met = {pair(a, b): 1 for a, b in combinations(room, 2) if pair(a, b) not in fresh}

    plan = plan_talks(TalkProblem(tuple(room), rounds=2, met=met), seed=seed)

    assert set(all_pairs(plan)) == fresh


def test_new_pairs_come_before_known_ones() -> None:
    room = people(12)
    met = {pair(a, b): 1 for a, b in combinations(room, 2) if (a < "p06") == (b < "p06")}

    plan = plan_talks(TalkProblem(room, rounds=7, met=met), seed=3)

    assert [sum(found in met for found in pairs(tables)) for tables in plan.rounds] == [0, 0, 0, 0, 0, 0, 6]


def test_people_who_know_one_another_have_talked_least() -> None:
    room = people(6)
    often = {pair("p00", "p01"), pair("p02", "p03"), pair("p04", "p05")}
    met = {pair(a, b): 7 if pair(a, b) in often else 1 for a, b in combinations(room, 2)}

    plan = plan_talks(TalkProblem(room, rounds=4, met=met), seed=1)

    assert not often & set(all_pairs(plan))


@pytest.mark.parametrize(("count", "rounds"), [(9, 3), (13, 4), (15, 5), (19, 6), (25, 6), (41, 6)])
def test_the_third_chair_goes_around(count: int, rounds: int) -> None:
    plan = plan_talks(TalkProblem(people(count), rounds), seed=1)

    trios = Counter(one for tables in plan.rounds for table in tables for one in table.people[2:])
    assert sum(trios.values()) == rounds
    in_trios = Counter(
        one for tables in plan.rounds for table in tables if len(table.people) == 3 for one in table.people
    )
    assert max(in_trios.values()) == 1


def test_newcomers_get_the_most_fruitful_talks() -> None:
    room = people(14)
    gain = {("p00", "p07"): 5, ("p00", "p08"): 5, ("p03", "p07"): 8, ("p04", "p08"): 8}

    plan = plan_talks(TalkProblem(room, rounds=1, gain=gain, newcomers=frozenset({"p00"})), seed=1)

    assert set(all_pairs(plan)) & {pair("p00", "p07"), pair("p00", "p08")}


def test_everybody_gets_somebody_new_where_possible() -> None:
    room = people(20)
    guests = set(room[:10])
    met = {pair(a, b): 2 for a, b in combinations(room, 2) if a not in guests and b not in guests}

    plan = plan_talks(TalkProblem(room, rounds=1, met=met), seed=1)

    assert known_pairs(plan, TalkProblem(room, rounds=1, met=met)) == 0


def test_whoever_may_not_meet_anybody_left_rests() -> None:
    problem = TalkProblem(people(4), rounds=3, never=frozenset({pair("p00", "p01")}))

    plan = plan_talks(problem, seed=1)

    assert sorted(plan.resting) == [(), (), ("p00", "p01")]
    assert plan.rounds_possible == 3


def test_two_who_may_not_meet_have_no_talk() -> None:
    problem = TalkProblem(("a", "b"), rounds=3, never=frozenset({pair("a", "b")}))

    assert plan_talks(problem, seed=1) == TalkPlan((), (), rounds_wanted=3)


def test_colleagues_who_may_not_meet_sit_with_others() -> None:
    room = people(20)
    never = frozenset(pair(a, b) for a, b in combinations(room[:10], 2))

    plan = plan_talks(TalkProblem(room, rounds=3, never=never), seed=1)

    assert plan.resting == ((), (), ())


def test_people_sit_only_in_the_rounds_they_are_there() -> None:
    present = {"p00": frozenset({1, 2}), "p01": frozenset({0})}

    plan = plan_talks(TalkProblem(people(7), rounds=3, present=present), seed=1)

    assert [len(seated(tables)) for tables in plan.rounds] == [6, 6, 6]
    assert ["p00" in seated(tables) for tables in plan.rounds] == [False, True, True]


def test_every_table_says_why() -> None:
    problem = TalkProblem(
        ("ada", "ben", "cleo"),
        rounds=1,
        met={pair("ada", "ben"): 2},
        newcomers=frozenset({"cleo"}),
        gain={("cleo", "ada"): 4},
    )

    plan = plan_talks(problem, seed=1)

    reasons = (
        Reason("talked_before", ("ada", "ben")),
        Reason("newcomer", ("ada", "cleo")),
        Reason("never_talked", ("ada", "cleo")),
        Reason("gain", ("cleo", "ada")),
        Reason("newcomer", ("ben", "cleo")),
        Reason("never_talked", ("ben", "cleo")),
    )
    assert plan.rounds == ((Table(1, ("ada", "ben", "cleo"), reasons),),)


def fewest_known(problem: TalkProblem, used: list[str], known: int, number: int = 0) -> int:
    """By trying every plan: how few pairs have to know one another."""
    if number == problem.rounds:
        return known
    found = [
        fewest_known(
            problem, [*used, *keys], known + sum(key in known_keys(problem) for key in keys), number + 1
        )
        for keys in every_round(problem.people)
        if not set(keys) & set(used)
    ]
    return min(found, default=99)


def known_keys(problem: TalkProblem) -> set[str]:
    return {"".join(sorted(found)) for found in problem.met}


def every_round(room: tuple[str, ...]) -> list[list[str]]:
    if not room:
        return [[]]
    if len(room) == 3:
        return [[a + b for a, b in combinations(room, 2)]]
    first, *others = room
    found = [
        [first + other, *rest]
        for other in others
        for rest in every_round(tuple(one for one in others if one != other))
    ]
    if len(room) % 2:
        for b, c in combinations(others, 2):
            left = tuple(one for one in others if one not in (b, c))
            found += [[first + b, first + c, b + c, *rest] for rest in every_round(left)]
    return found
