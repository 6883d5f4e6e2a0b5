"""Many rounds for one room: a pattern in which nobody meets twice, then who takes which place in it."""

from itertools import combinations
from random import Random

from kawka.engine.planner.exhausting import best_rounds
from kawka.engine.planner.improving import Effort
from kawka.engine.planner.room import Group, Room, Seating
from kawka.engine.types import TalkProblem


def designed_rounds(room: Room, chance: Random, effort: Effort) -> list[Seating]:
    """As many rounds without a repeat as a pattern gives, cheap ones; none if no pattern is known.

    There is one for nine people, if everybody may meet everybody all the time; even rooms are solved.
    """
    if not room.is_plain or room.size != 9:
        return []
    pattern = _three_by_three(room.rounds)
    order = chance.sample(range(room.size), room.size)
    best = _place(pattern, order)
    price = room.price(best)
    for one, other in combinations(range(room.size), 2):
        if effort.is_spent or price <= room.least_price():
            break
        effort.left -= room.size * len(pattern)
        order[one], order[other] = order[other], order[one]
        rounds = _place(pattern, order)
        if room.price(rounds) < price:
            best, price = rounds, room.price(rounds)
        else:
            order[one], order[other] = order[other], order[one]
    return best


def _three_by_three(wanted: int) -> list[Seating]:
    """Nine people: six rounds of a table of three and three of two use every pair exactly once."""
    return best_rounds(Room.of(TalkProblem(tuple("abcdefghi"), min(wanted, 6))), Random(0))


def _place(pattern: list[Seating], order: list[int]) -> list[Seating]:
    def seat(table: Group) -> Group:
        return tuple(sorted(order[place] for place in table))

    return [[seat(table) for table in seating] for seating in pattern]
