"""A room as an instance of the solver: everybody in pairs, one table of three where they are odd."""

import time
from random import Random

import numpy as np

from kawka.engine.planner.instance import Instance, InstanceError, Plan
from kawka.engine.planner.pairs import solve_pairs
from kawka.engine.planner.program import Infeasible
from kawka.engine.planner.room import Room, Seating, worth_of
from kawka.engine.planner.stretches import is_paired
from kawka.engine.planner.trios import solve_with_trios
from kawka.engine.types import TalkProblem

KNOWN, AGAIN = 100, 4
"""What a talk of people who know one another costs, and each talk more, in the best talk's worth."""
MOST_TALKS = 8
GRACE = 20.0


def solved_rounds(room: Room, problem: TalkProblem, seed: int, seconds: float) -> list[Seating]:
    """All rounds wanted, with a seat for everybody there and no talk twice; none if that cannot be had."""
    order = Random(seed).sample(range(room.size), room.size)
    instance = _instance(room, problem, order)
    deadline = time.thread_time() + GRACE * seconds
    try:
        if is_paired(instance):
            search = solve_pairs(instance, deadline, seconds, seed)
        else:
            search = solve_with_trios(
                instance, deadline, seconds * min(1.0, 8 / room.size), seed, in_turn=True
            )
    except (Infeasible, InstanceError):
        return []
    return [] if search.plan is None else _rounds(room, search.plan, order)


def _instance(room: Room, problem: TalkProblem, order: list[int]) -> Instance:
    """The room with its people in another order, so that another seed finds another plan of equal worth."""
    rounds = most_rounds(room)
    place = {room.people[a]: number for number, a in enumerate(order)}
    present = np.zeros((room.size, rounds), dtype=bool)
    for number in range(rounds):
        present[[place[room.people[a]] for a in room.present[number]], number] = True
    value = np.array(worth_of(problem, room.people), dtype=float).reshape(room.size, room.size)[
        np.ix_(order, order)
    ]
    most = max(float(value.max(initial=0.0)), 1.0)
    for pair, times in problem.met.items():
        if times > 0 and pair <= place.keys():
            a, b = (place[code] for code in pair)
            guest = bool(pair & problem.newcomers)
            cost = most * (KNOWN + AGAIN * (min(times, MOST_TALKS) - 1 + guest))
            value[a, b] -= cost
            value[b, a] -= cost
    never = {tuple(sorted(place[code] for code in pair)) for pair in problem.never if pair <= place.keys()}
    return Instance(
        id="",
        n=room.size,
        rounds=rounds,
        sizes=tuple(_sizes(len(room.present[number])) for number in range(rounds)),
        present=present,
        gain=value / 2,
        never=frozenset((a, b) for a, b in never),
    )


def most_rounds(room: Room) -> int:
    """How many rounds there can be at most without a talk twice, as far as is known at once."""
    if room.is_plain and room.size % 2 == 0:
        return min(room.rounds, max(room.size - 1, 0))
    return room.rounds


def _sizes(people: int) -> tuple[int, ...]:
    if people < 2:
        return ()
    return (2,) * (people // 2) if people % 2 == 0 else (3, *(2,) * (people // 2 - 1))


def _rounds(room: Room, plan: Plan, order: list[int]) -> list[Seating]:
    rounds: list[Seating] = []
    for number, tables in enumerate(plan):
        seating = sorted(tuple(sorted(order[one] for one in table)) for table in tables)
        alone = room.present[number] if len(room.present[number]) == 1 else []
        rounds.append([*seating, *((one,) for one in alone)])
    return rounds
