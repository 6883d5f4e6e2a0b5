"""Tables the host keeps together: planned around, and put back into the plan."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations

from kawka.actions.grounds import Grounds
from kawka.actions.seating import SeatedTable, reseated
from kawka.engine.types import Table, TalkPlan, TalkProblem, TalkRound

Kept = Mapping[int, TalkRound]


def kept_tables(seated: Iterable[SeatedTable], grounds: Grounds, *, from_round: int) -> Kept:
    """The tables kept together from a round (0 is the first) on, of those who are all still here."""
    here = set(grounds.problem.people)
    kept: dict[int, TalkRound] = {}
    for table in seated:
        number = table.round - 1
        if table.is_kept and number >= from_round and here >= set(table.codes):
            row = reseated(Table(table.number, ()), table.codes, grounds)
            kept[number] = (*kept.get(number, ()), row)
    return kept


def around(problem: TalkProblem, kept: Kept) -> TalkProblem:
    """The problem without those tables: their people are not there in that round, and meet in no other."""
    present = dict(problem.present)
    never = set(problem.never)
    for number, tables in kept.items():
        for table in tables:
            never.update(frozenset(pair) for pair in combinations(table.people, 2))
            for code in table.people:
                there = present.get(code, frozenset(range(problem.rounds)))
                present[code] = there - {number}
    return replace(problem, present=present, never=frozenset(never))


def without(plan: TalkPlan, kept: Kept) -> TalkPlan:
    """The plan with those tables taken away."""
    numbers = {(number, table.number) for number, tables in kept.items() for table in tables}
    rounds = tuple(
        tuple(table for table in tables if (number, table.number) not in numbers)
        for number, tables in enumerate(plan.rounds)
    )
    return replace(plan, rounds=rounds)


def with_kept(plan: TalkPlan, kept: Kept) -> TalkPlan:
    """The plan with those tables put back at their numbers; who has one of these numbers gets a free one."""
    last = max([len(plan.rounds), *(number + 1 for number in kept)])
    rounds = [plan.rounds[number] if number < len(plan.rounds) else () for number in range(last)]
    return replace(plan, rounds=tuple(joined(rounds[number], kept.get(number, ())) for number in range(last)))


def joined(tables: TalkRound, kept: TalkRound) -> TalkRound:
    """One round with its kept tables."""
    taken = {table.number for table in kept}
    clear = [table for table in tables if table.number not in taken]
    used = taken | {table.number for table in clear}
    free = (number for number in range(1, len(tables) + len(kept) + 1) if number not in used)
    moved = [replace(table, number=next(free)) for table in tables if table.number in taken]
    return tuple(sorted([*clear, *moved, *kept], key=lambda table: table.number))
