"""Somebody comes late or leaves: their seats are found without a re-deal of the others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb
from random import Random

from kawka.engine.planner.dealing import deal_rounds
from kawka.engine.planner.improving import Effort, improve_rounds, split
from kawka.engine.planner.room import Group, Room, Seating, View
from kawka.engine.planner.telling import reasons_for, resting
from kawka.engine.types import Pair, Table, TalkPlan, TalkProblem, TalkRound

_MOST_TABLES = 3
_MOST_CHOICES = 500
_SECONDS = 0.05


def add_latecomer(
    plan: TalkPlan, problem: TalkProblem, person: str, *, from_round: int, seed: int
) -> TalkPlan:
    """The plan with this person at a table in every round from `from_round` (0 is the first) on.

    `problem.people` are those in the room now, with or without the late-comer. Earlier rounds stay as they
    are. In each later one the person sits with somebody who rests, makes two tables of a table of three, or
    joins a table of two: whichever changes the company of the fewest people among the ways that repeat no
    talk of this meeting; up to three tables are dealt again if a repeat can be avoided only so. Who may not
    meet never shares a table. All other tables keep their people, their numbers and their reasons. Rounds
    the room was too small for are added if it is large enough now. Doing it twice changes nothing more.
    """
    return _replanned(plan, problem, _Change(person, from_round, comes=True), seed)


def remove_leaver(
    plan: TalkPlan, problem: TalkProblem, person: str, *, from_round: int, seed: int
) -> TalkPlan:
    """The plan without this person in every round from `from_round` (0 is the first) on.

    `problem.people` are those in the room now, with or without the leaver. Earlier rounds stay as they are.
    Two who are left of a table of three go on as they are; one who is left alone gets company as a
    late-comer does (see `add_latecomer`), with the same promises. Doing it twice changes nothing more.
    """
    return _replanned(plan, problem, _Change(person, from_round, comes=False), seed)


@dataclass(frozen=True, slots=True)
class _Change:
    person: str
    from_round: int
    comes: bool


def _replanned(plan: TalkPlan, problem: TalkProblem, change: _Change, seed: int) -> TalkPlan:
    chance = Random(seed)
    room = Room.of(_as_of_now(plan, problem, change))
    rounds = [_seating(room, tables, number) for number, tables in enumerate(plan.rounds)]
    concerned = room.people.index(change.person)
    for number in range(change.from_round, len(rounds)):
        view = View(room, rounds[:number] + rounds[number + 1 :])
        rounds[number] = _reseated(view, rounds[number], room.present[number], concerned, chance)
    rounds = _extended(room, rounds, change.from_round, problem.rounds, chance)
    return _told(room, problem, plan, rounds, change.from_round)


def _as_of_now(plan: TalkPlan, problem: TalkProblem, change: _Change) -> TalkProblem:
    """The problem with everybody the plan names, each present as the change leaves them."""
    rounds = max(problem.rounds, len(plan.rounds))
    seated = {code for tables in plan.rounds for table in tables for code in table.people}
    gone = {code: frozenset[int]() for code in seated if code not in problem.people}
    present = {**problem.present, **gone}
    wanted = problem.present.get(change.person, range(rounds))
    present[change.person] = frozenset(
        number for number in wanted if (number >= change.from_round) is change.comes
    )
    people = (*problem.people, *seated, change.person)
    return replace(problem, people=people, rounds=rounds, present=present)


def _seating(room: Room, tables: TalkRound, number: int) -> Seating:
    """The tables in numbers, with a table of one for everybody who is present and has none."""
    place = {code: a for a, code in enumerate(room.people)}
    groups = [tuple(sorted(place[code] for code in table.people)) for table in tables]
    seated = {a for group in groups for a in group}
    return [*groups, *((a,) for a in room.present[number] if a not in seated)]


def _reseated(view: View, seating: Seating, there: Sequence[int], concerned: int, chance: Random) -> Seating:
    """The round with a seat for the person concerned, or without them and with company for their partner."""
    without = [tuple(a for a in group if a != concerned) for group in seating]
    left = [group for group, before in zip(without, seating, strict=True) if len(group) == 1 != len(before)]
    if concerned in there:
        if any(concerned in group for group in seating if len(group) > 1):
            return seating
        left = [(concerned,)]
    kept = [group for group in without if group and group not in left]
    if not left:
        return kept
    chance.shuffle(kept)
    return _with_company(view, kept, left[0][0])


def _with_company(view: View, kept: Seating, single: int) -> Seating:
    """The tables with this person at one of them, opening as few and changing as little as it takes."""
    best = [*kept, (single,)]
    price = _price(view, kept, [], [(single,)])
    for number in range(1, _MOST_TABLES + 1):
        if price[:2] == (0, 0) or (number > 1 and comb(len(kept), number) > _MOST_CHOICES):
            break
        for opened in combinations(kept, number):
            for dealt in _deals(view, kept, opened, single, price[0]):
                other = _price(view, kept, opened, dealt)
                if other < price:
                    best = [*(group for group in kept if group not in opened), *dealt]
                    price = other
    return best


def _deals(
    view: View, kept: Seating, opened: Sequence[Group], single: int, most_alone: int
) -> Iterator[Seating]:
    """Every way to seat the person with those of the opened tables that breaks no rule."""
    others = [group for group in kept if group not in opened]
    people = tuple(sorted((single, *(a for group in opened for a in group))))
    singles = most_alone - sum(len(group) == 1 for group in others)
    trios = 1 - sum(len(group) == 3 for group in others)
    for dealt in split(people, max(singles, 0), max(trios, 0)):
        if all(view.room.may_talk(a, b) for group in dealt for a, b in combinations(group, 2)):
            yield dealt


def _price(view: View, kept: Seating, opened: Sequence[Group], dealt: Seating) -> tuple[int, int, int, int]:
    """How many are alone, talks repeated, people whose company changes; last what the change costs."""
    alone = sum(len(group) == 1 for group in kept if group not in opened)
    alone += sum(len(group) == 1 for group in dealt)
    changed = [group for group in dealt if group not in opened]
    pairs = (pair for group in changed for pair in combinations(group, 2))
    repeats = sum(view.talk[a][b] >= view.room.forbidden for a, b in pairs)
    cost = sum(map(view.table, dealt)) - sum(map(view.table, opened))
    return alone, repeats, sum(map(len, changed)), cost


def _extended(
    room: Room, rounds: list[Seating], from_round: int, wanted: int, chance: Random
) -> list[Seating]:
    """The rounds with further ones, if the plan was short and they are possible now."""
    first = max(len(rounds), from_round)
    if first >= wanted:
        return rounds
    effort = Effort(_SECONDS)
    passed: list[Seating] = [[] for _ in range(first - len(rounds))]
    longer = deal_rounds(room, [*rounds, *passed], wanted, chance, effort)
    improve_rounds(room, longer, first, chance, effort)
    while len(longer) > len(rounds) and not any(len(group) > 1 for group in longer[-1]):
        longer.pop()
    return longer


def _told(
    room: Room, problem: TalkProblem, plan: TalkPlan, rounds: list[Seating], from_round: int
) -> TalkPlan:
    told = list(plan.rounds[:from_round])
    pauses = [plan.resting[number] if number < len(plan.resting) else () for number in range(len(told))]
    for number in range(len(told), len(rounds)):
        groups = [tuple(room.people[a] for a in group) for group in rounds[number] if len(group) > 1]
        before = plan.rounds[number] if number < len(plan.rounds) else ()
        met = frozenset(
            frozenset(pair) for tables in told for table in tables for pair in combinations(table.people, 2)
        )
        told.append(_tables(groups, before, problem, met))
        pauses.append(resting(room, rounds[number]))
    return TalkPlan(tuple(told), tuple(pauses), problem.rounds)


def _tables(
    groups: list[tuple[str, ...]], before: TalkRound, problem: TalkProblem, met: frozenset[Pair]
) -> TalkRound:
    """Tables that stayed as they were, and the others at the numbers where most of their people sat."""
    tables = [table for table in before if tuple(sorted(table.people)) in groups]
    stayed = {tuple(sorted(table.people)) for table in tables}
    numbers = {table.number: set(table.people) for table in before if table not in tables}
    waiting = [group for group in groups if group not in stayed]
    while waiting:
        shares = [(-len(set(group) & numbers[n]), n, group) for group in waiting for n in numbers]
        share, number, group = min(shares, default=(0, 0, waiting[0]))
        if share == 0:
            taken = {table.number for table in (*tables, *before)}
            number = next(free for free in range(1, len(taken) + 2) if free not in taken)
        numbers.pop(number, None)
        waiting.remove(group)
        tables.append(Table(number, group, reasons_for(group, problem, met)))
    return tuple(sorted(tables, key=lambda table: table.number))
