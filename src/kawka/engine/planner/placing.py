"""A perfect pattern as a start: who takes which place of it, so that those who should talk meet."""

from itertools import combinations
from random import Random

import numpy as np
from numpy.typing import NDArray

from kawka.engine.planner.designs import Rounds, most_weeks
from kawka.engine.planner.golfing import schedule
from kawka.engine.planner.instance import Instance

_TRIES = 20


def fitting_pattern(instance: Instance, deadline: float, chance: Random) -> Rounds:
    """Rounds of the sizes asked for in which no two places meet twice; none if no pattern fits.

    Tables of two neighbouring sizes come from a pattern of the larger one in which some places, no two of
    which meet, stay empty.
    """
    sizes = [sorted(one) for one in instance.sizes]
    if not sizes or not sizes[0] or any(one != sizes[0] for one in sizes) or not instance.present.all():
        return []
    groups, size = len(sizes[0]), sizes[0][-1]
    empty = groups * size - instance.n
    if sum(sizes[0]) < instance.n or sizes[0] != [size - 1] * empty + [size] * (groups - empty) or size < 3:
        return []
    if most_weeks(groups, size) < instance.rounds:
        return []
    weeks = schedule(groups, size, groups * size, deadline, 1)
    if len(weeks) < instance.rounds:
        return []
    for _ in range(_TRIES):
        chosen = chance.sample(weeks, instance.rounds)
        ghosts = _strangers(chosen, groups * size, empty, chance)
        if len(ghosts) == empty:
            return _without(chosen, ghosts, groups * size)
    return []


def _strangers(weeks: Rounds, places: int, wanted: int, chance: Random) -> set[int]:
    """So many places no two of which meet."""
    if not wanted:
        return set()
    met = {pair for tables in weeks for table in tables for pair in combinations(sorted(table), 2)}
    out: list[int] = []
    for place in chance.sample(range(places), places):
        if all((min(place, other), max(place, other)) not in met for other in out):
            out.append(place)
        if len(out) == wanted:
            break
    return set(out)


def _without(weeks: Rounds, ghosts: set[int], places: int) -> Rounds:
    rest = {place: number for number, place in enumerate(sorted(set(range(places)) - ghosts))}
    return [[[rest[place] for place in table if place in rest] for table in tables] for tables in weeks]


def place(worth: NDArray[np.float64], together: NDArray[np.float64], steps: int, chance: Random) -> list[int]:
    """Who takes each place: a tabu search over exchanges of two people in all rounds at once.

    `worth[i, j]` is what the meeting of two people counts, `together[a, b]` how much of it two places have.
    """
    count = len(worth)
    order = np.array(chance.sample(range(count), count))
    met = np.empty_like(together)
    met[np.ix_(order, order)] = together
    best, value, top = order.copy(), 0.0, 0.0
    until = np.zeros(count, dtype=int)
    for step in range(steps):
        gain = worth @ met
        own = gain.diagonal().copy()
        change = gain + gain.T + 2 * worth * met
        change -= own[:, None]
        change -= own[None, :]
        np.fill_diagonal(change, -np.inf)
        at = int(change.argmax())
        if value + change.flat[at] <= top + 1e-9:
            barred = np.flatnonzero(until > step)
            change[barred] = -np.inf
            change[:, barred] = -np.inf
            at = int(change.argmax())
        a, b = divmod(at, count)
        value += float(change[a, b])
        met[[a, b]] = met[[b, a]]
        met[:, [a, b]] = met[:, [b, a]]
        place_of_a, place_of_b = np.flatnonzero(order == a)[0], np.flatnonzero(order == b)[0]
        order[place_of_a], order[place_of_b] = b, a
        until[a], until[b] = (
            step + chance.randint(2, 2 + count // 4),
            step + chance.randint(2, 2 + count // 4),
        )
        if value > top + 1e-9:
            best, top = order.copy(), value
    return [int(person) for person in best]
