"""Better seatings by small exchanges between two or three tables."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random

from kawka.engine.planner.room import Group, Room, Seating, View

STEPS_PER_SECOND = 250_000


class Effort:
    """How much may still be tried, counted in steps and not by the clock, so that a plan can be had again."""

    __slots__ = ("left",)

    def __init__(self, seconds: float) -> None:
        """About as many steps as an ordinary machine makes in this time."""
        self.left = int(seconds * STEPS_PER_SECOND)

    @property
    def is_spent(self) -> bool:
        """Whether nothing more is to be tried."""
        return self.left <= 0


def improve_rounds(room: Room, rounds: list[Seating], first: int, chance: Random, effort: Effort) -> None:
    """Make the rounds from `first` on cheaper in place, one after another, until none gets any better."""
    waiting = list(range(first, len(rounds)))
    while waiting and not effort.is_spent:
        number = waiting.pop(0)
        view = View(room, rounds[:number] + rounds[number + 1 :])
        if improve(view, rounds[number], chance, effort):
            waiting = [
                *waiting,
                *(other for other in range(first, len(rounds)) if other not in (number, *waiting)),
            ]


def improve(view: View, seating: Seating, chance: Random, effort: Effort) -> bool:
    """Make one round cheaper in place and tell whether it became so; rules kept before stay kept."""
    before = sum(map(view.table, seating))
    _exchange_in_twos(view, seating, effort)
    for _ in range(20 * len(seating)):
        if len(seating) < 3 or effort.is_spent or not any(map(view.table, seating)):
            break
        if _exchange_in_threes(view, seating, chance, effort):
            _exchange_in_twos(view, seating, effort)
    return sum(map(view.table, seating)) < before


def split(people: Group, singles: int, trios: int) -> Iterator[Seating]:
    """Every way to seat these people in twos, with at most so many people alone and tables of three."""
    if not people:
        yield []
        return
    first, rest = people[0], people[1:]
    for number, second in enumerate(rest):
        others = rest[:number] + rest[number + 1 :]
        for seating in split(others, singles, trios):
            yield [(first, second), *seating]
        for place, third in enumerate(others[number:] if trios else ()):
            remaining = others[: number + place] + others[number + place + 1 :]
            for seating in split(remaining, singles, trios - 1):
                yield [(first, second, third), *seating]
    if singles:
        for seating in split(rest, singles - 1, trios):
            yield [(first,), *seating]


def _exchange_in_twos(view: View, seating: Seating, effort: Effort) -> None:
    """Exchange people between any two tables as long as that makes the round cheaper."""
    found = True
    while found and not effort.is_spent:
        found = False
        effort.left -= len(seating) * len(seating) // 2
        for one, other in combinations(range(len(seating)), 2):
            if one < len(seating) and other < len(seating):
                found = _exchange(view, seating, one, other) or found


def _exchange(view: View, seating: Seating, one: int, other: int) -> bool:
    tables = seating[one], seating[other]
    if len(tables[0]) == len(tables[1]) == 2:
        return _cross(view.pair, seating, one, other)
    return _deal_again(view, seating, (one, other))


def _cross(pair: list[list[int]], seating: Seating, one: int, other: int) -> bool:
    """Two tables of two: keep the cheapest of the three ways to pair these four people."""
    (a, b), (c, d) = seating[one], seating[other]
    price = pair[a][b] + pair[c][d]
    straight, crossed = pair[a][c] + pair[b][d], pair[a][d] + pair[b][c]
    if straight < price and straight <= crossed:
        seating[one], seating[other] = _table(a, c), _table(b, d)
    elif crossed < price:
        seating[one], seating[other] = _table(a, d), _table(b, c)
    else:
        return False
    return True


def _exchange_in_threes(view: View, seating: Seating, chance: Random, effort: Effort) -> bool:
    """Three tables of two, taken at random: the cheapest way to pair these six people."""
    effort.left -= 8
    places = chance.sample(range(len(seating)), 3)
    people = tuple(a for place in places for a in seating[place])
    if len(people) != 6 or any(len(seating[place]) != 2 for place in places):
        return False
    pair = view.pair
    price = sum(pair[a][b] for a, b in (seating[place] for place in places))
    best = min(
        (sum(pair[people[a]][people[b]] for a, b in pairing), number) for number, pairing in enumerate(_SIX)
    )
    if best[0] >= price:
        return False
    for place, (a, b) in zip(places, _SIX[best[1]], strict=True):
        seating[place] = _table(people[a], people[b])
    return True


def _deal_again(view: View, seating: Seating, places: Sequence[int]) -> bool:
    """Seat the people of these tables in the cheapest way; tell whether that was an improvement."""
    tables = [seating[place] for place in places]
    price = sum(map(view.table, tables))
    if not price:
        return False
    trios = 1 - sum(len(table) == 3 for table in seating) + sum(len(table) == 3 for table in tables)
    singles = sum(len(table) == 1 for table in tables)
    people = tuple(sorted(a for table in tables for a in table))
    best = min(split(people, singles, max(trios, 0)), key=lambda deal: sum(map(view.table, deal)))
    if sum(map(view.table, best)) >= price:
        return False
    for place in sorted(places, reverse=True):
        del seating[place]
    seating.extend(best)
    return True


def _table(a: int, b: int) -> Group:
    return (a, b) if a < b else (b, a)


_SIX = [tuple((table[0], table[1]) for table in pairing) for pairing in split((0, 1, 2, 3, 4, 5), 0, 0)]
