"""Somebody comes late or leaves: everybody keeps a seat, and hardly anybody notices."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawka.engine.planner import add_latecomer, plan_talks, remove_leaver
from kawka.engine.types import Reason, Table, TalkPlan, TalkProblem, TalkRound
from tests.engine.planner.laws import all_pairs, pair, pairs, people, seated

quietly = settings(derandomize=True, deadline=None, max_examples=40)
sizes = st.integers(1, 30)
rounds = st.integers(1, 5)
starts = st.integers(0, 5)


def plan_for(count: int, wanted: int, **wishes: object) -> tuple[TalkProblem, TalkPlan]:
    problem = replace(TalkProblem(people(count), wanted), **wishes)  # type: ignore[arg-type]
    return problem, plan_talks(problem, seed=count, seconds=0.02)


def company(tables: TalkRound) -> dict[str, set[str]]:
    return {one: set(table.people) for table in tables for one in table.people}


def changed(before: TalkRound, after: TalkRound, who: str) -> int:
    """How many people other than this one sit with others than before."""
    old, new = company(before), company(after)
    return sum(old.get(one) != new.get(one) for one in {*old, *new} - {who})


def assert_seated(tables: TalkRound, resting: tuple[str, ...], room: set[str]) -> None:
    assert sorted([*seated(tables), *resting]) == sorted(room)
    trios = len(room) % 2 if len(room) > 1 else 0
    assert Counter(len(table.people) for table in tables)[3] == trios
    assert len(resting) == (1 if len(room) == 1 else 0)
    assert len({table.number for table in tables}) == len(tables)


@quietly
@given(sizes, rounds, starts)
def test_a_latecomer_is_seated_and_few_notice(count: int, wanted: int, start: int) -> None:
    problem, plan = plan_for(count, wanted)

    later = add_latecomer(plan, problem, "zoe", from_round=start, seed=1)

    assert later.rounds[: min(start, len(plan.rounds))] == plan.rounds[:start]
    for number, tables in enumerate(later.rounds[start:], start=start):
        assert_seated(tables, later.resting[number], {*problem.people, "zoe"})
    if count > 10:
        assert max(Counter(all_pairs(later)).values(), default=1) == 1
        notice = [changed(old, new, "zoe") for old, new in zip(plan.rounds, later.rounds, strict=True)]
        assert notice[start:] == [3 if count % 2 else 2] * (wanted - start)


@quietly
@given(sizes, rounds, starts, st.randoms(use_true_random=False))
def test_after_somebody_left_everybody_else_is_seated(
    count: int, wanted: int, start: int, chance: Random
) -> None:
    problem, plan = plan_for(count, wanted)
    leaver = chance.choice(problem.people)

    later = remove_leaver(plan, problem, leaver, from_round=start, seed=1)

    assert later.rounds[: min(start, len(plan.rounds))] == plan.rounds[:start]
    for number, tables in enumerate(later.rounds[start:], start=start):
        assert_seated(tables, later.resting[number], {*problem.people} - {leaver})
    if count > 14:
        assert max(Counter(all_pairs(later)).values(), default=1) == 1
        notice = [changed(old, new, leaver) for old, new in zip(plan.rounds, later.rounds, strict=True)]
        assert max(notice[start:], default=0) <= 4


@quietly
@given(sizes, rounds, starts, st.booleans())
def test_doing_it_twice_changes_nothing_more(count: int, wanted: int, start: int, comes: bool) -> None:
    problem, plan = plan_for(count, wanted)
    replan, who = (add_latecomer, "zoe") if comes else (remove_leaver, "p00")

    once = replan(plan, problem, who, from_round=start, seed=1)
    now = replace(problem, people=(*problem.people, "zoe") if comes else problem.people[1:])

    assert replan(once, now, who, from_round=start, seed=2) == once


@quietly
@given(st.integers(4, 30), rounds, st.integers(0, 3))
def test_people_may_come_and_go_all_the_time(count: int, wanted: int, start: int) -> None:
    problem, plan = plan_for(count, wanted)

    for who in ("xenia", "yann", "zoe"):
        plan = add_latecomer(plan, problem, who, from_round=start, seed=1)
        problem = replace(problem, people=(*problem.people, who))
    for who in problem.people[:3]:
        plan = remove_leaver(plan, problem, who, from_round=start, seed=1)
        problem = replace(problem, people=problem.people[1:])

    for number, tables in enumerate(plan.rounds[start:], start=start):
        assert_seated(tables, plan.resting[number], set(problem.people))


def table(number: int, *names: str) -> Table:
    return Table(number, names)


FOUR = TalkPlan(((table(1, "a", "b"), table(2, "c", "d")), (table(1, "a", "c"), table(2, "b", "d"))))
FIVE = TalkPlan(((table(1, "a", "b"), table(2, "c", "d", "e")),))


def seats(plan: TalkPlan) -> list[list[tuple[int, str]]]:
    return [[(one.number, "".join(one.people)) for one in tables] for tables in plan.rounds]


def test_a_latecomer_makes_a_table_of_two_a_table_of_three() -> None:
    later = add_latecomer(FOUR, TalkProblem(tuple("abcd"), 2), "z", from_round=1, seed=1)

    assert later.rounds[0] == FOUR.rounds[0]
    assert seats(later)[1] in ([(1, "acz"), (2, "bd")], [(1, "ac"), (2, "bdz")])


def test_a_latecomer_makes_two_tables_of_a_table_of_three() -> None:
    met = {pair("z", "c"): 3, pair("z", "d"): 1}

    later = add_latecomer(FIVE, TalkProblem(tuple("abcde"), 1, met=met), "z", from_round=0, seed=1)

    assert seats(later) == [[(1, "ab"), (2, "cd"), (3, "ez")]]
    assert later.rounds[0][2].reasons == (Reason("never_talked", ("e", "z")),)


def test_tables_that_stay_keep_their_numbers_and_reasons() -> None:
    kept = Table(7, ("a", "b"), (Reason("newcomer", ("a", "b")),))
    plan = TalkPlan(((table(4, "c", "d", "e"), kept),))

    later = remove_leaver(plan, TalkProblem(tuple("abcde"), 1), "e", from_round=0, seed=1)

    assert later.rounds[0][1] is kept
    assert seats(later) == [[(4, "cd"), (7, "ab")]]


def test_whoever_is_left_takes_the_third_from_a_table_of_three() -> None:
    later = remove_leaver(FIVE, TalkProblem(tuple("abcde"), 1), "a", from_round=0, seed=1)

    assert len(later.rounds[0]) == 2
    assert {one.number for one in later.rounds[0]} == {1, 2}
    assert "b" in seated(later.rounds[0])


def test_whoever_is_left_joins_a_table_of_two() -> None:
    later = remove_leaver(FOUR, TalkProblem(tuple("abcd"), 2), "a", from_round=0, seed=1)

    assert seats(later) == [[(2, "bcd")], [(2, "bcd")]]


def test_a_latecomer_never_sits_with_whom_they_may_not_meet() -> None:
    never = frozenset({pair("z", "a"), pair("z", "d")})

    later = add_latecomer(FOUR, TalkProblem(tuple("abcd"), 2, never=never), "z", from_round=1, seed=1)

    assert not never & set(pairs(later.rounds[1]))
    assert sorted([*seated(later.rounds[1]), *later.resting[1]]) == list("abcdz")


def test_a_latecomer_sits_with_somebody_who_rests() -> None:
    plan = TalkPlan(((table(1, "a", "b"),),), resting=(("c",),))

    later = add_latecomer(plan, TalkProblem(("a", "b", "c"), 1), "z", from_round=0, seed=1)

    assert seats(later) == [[(1, "ab"), (2, "cz")]]
    assert later.resting == ((),)


def test_one_person_alone_gets_company() -> None:
    problem = TalkProblem(("a",), 2)

    later = add_latecomer(plan_talks(problem, seed=1), problem, "z", from_round=1, seed=1)

    assert seats(later) == [[], [(1, "az")]]


def test_rounds_are_added_when_the_room_becomes_large_enough() -> None:
    problem, plan = plan_for(3, 3)

    later = add_latecomer(plan, problem, "zoe", from_round=0, seed=1)

    assert (plan.rounds_possible, plan.is_short) == (1, True)
    assert (later.rounds_possible, later.is_short) == (3, False)
    assert len(set(all_pairs(later))) == 6


def test_no_talk_is_repeated_even_if_two_tables_have_to_be_dealt_again() -> None:
    plan = TalkPlan(
        (
            (table(1, "a", "b", "c"), table(2, "d", "e")),
            (table(1, "a", "d"), table(2, "b", "e"), table(3, "c", "z")),
        )
    )
    problem = TalkProblem(tuple("abcde"), 2)

    later = add_latecomer(plan, problem, "z", from_round=0, seed=1)

    assert max(Counter(all_pairs(later)).values()) == 1


@pytest.mark.parametrize("count", [25, 60])
def test_somebody_is_swapped_in_mid_meeting(count: int) -> None:
    problem, plan = plan_for(count, 3)

    left = remove_leaver(plan, problem, "p05", from_round=1, seed=1)
    swapped = add_latecomer(left, replace(problem, people=left_room(problem)), "zoe", from_round=1, seed=1)

    assert swapped.rounds[0] == plan.rounds[0]
    assert max(Counter(all_pairs(swapped)).values()) == 1


def left_room(problem: TalkProblem) -> tuple[str, ...]:
    return tuple(one for one in problem.people if one != "p05")
