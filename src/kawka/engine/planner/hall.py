"""From an instance to the numbers a search over tables works with, and back."""

from itertools import permutations
from random import Random

import numpy as np

from kawka.engine.planner.instance import Instance, Plan
from kawka.engine.planner.seats import Hall, Numbers, Places


def scale_of(instance: Instance) -> float:
    """How much one talk usually differs from another."""
    worth = instance.worth[np.triu_indices(instance.n, 1)]
    usual = float(np.std(worth)) if len(worth) else 0.0
    return usual or max(1.0, float(np.abs(worth).max(initial=0.0)))


def largest(instance: Instance) -> int:
    """The largest table."""
    return max((size for sizes in instance.sizes for size in sizes), default=0)


def hall_of(instance: Instance, law: float, weight: Numbers | None = None) -> Hall:
    """The hall where a broken rule costs so much, and what people gain weighs so much for each."""
    rounds, count = instance.rounds, instance.n
    width = max(map(len, instance.sizes)) + 2
    factor, seated = np.zeros((rounds, width)), np.zeros((rounds, width))
    for number, sizes in enumerate(instance.sizes):
        factor[number, : len(sizes)] = [instance.weight(size) for size in sizes]
        seated[number, : len(sizes)] = 1.0
    gain = instance.gain if weight is None else instance.gain * weight[:, None]
    worth = gain + gain.T
    np.fill_diagonal(worth, 0.0)
    again = 1.0 - np.eye(count)
    for a, b in instance.must:
        again[a, b] = again[b, a] = 10.0
    law_worth = worth + laws(instance, law)
    movable = instance.present.T.copy()
    movable[: instance.frozen] = False
    kept = _kept(instance, np.broadcast_to(law_worth, (rounds, count, count)))
    return Hall(kept, again, factor, seated, movable, instance.max_byes, law)


def laws(instance: Instance, law: float, *, never: bool = True) -> Numbers:
    """What the meeting of those adds who must meet, and takes of those who must not."""
    out = np.zeros((instance.n, instance.n))
    for pairs, sign in ((instance.must, 1.0), (instance.never if never else (), -1.0)):
        for a, b in pairs:
            out[a, b] = out[b, a] = sign * law
    return out


def _kept(instance: Instance, worth: Numbers) -> Numbers:
    """The worth with a share of what it costs to part those who were to sit together."""
    if instance.previous is None or not instance.stability:
        return worth
    out = worth.copy()
    for number in range(instance.frozen, min(instance.rounds, len(instance.previous))):
        for table in instance.previous[number]:
            share = 2 * instance.stability / max(len(table) - 1, 1) / (instance.weight(len(table)) or 1.0)
            for a, b in permutations(table, 2):
                out[number, a, b] += share
    return out


def patched(instance: Instance, chance: Random) -> Plan:
    """The previous plan with its gaps filled by those who have no seat; without one, all by chance."""
    plan: Plan = []
    previous = instance.previous or ()
    for number, sizes in enumerate(instance.sizes):
        before = [list(table) for table in previous[number]] if number < len(previous) else []
        if number < instance.frozen:
            plan.append(before)
            continue
        there = {int(person) for person in np.flatnonzero(instance.present[:, number])}
        left = sorted(([one for one in table if one in there] for table in before), key=len, reverse=True)
        wanted = sorted(sizes, reverse=True)
        tables = [table[:size] for table, size in zip(left, wanted, strict=False)]
        tables += [[] for _ in wanted[len(tables) :]]
        rest = sorted(there - {one for table in tables for one in table})
        chance.shuffle(rest)
        for table, size in zip(tables, wanted, strict=True):
            table += [rest.pop() for _ in range(size - len(table))]
        plan.append(tables)
    return plan


def tables_of(instance: Instance, plan: Plan) -> Places:
    """The table of each person in each round; tables in the order of the sizes asked for."""
    width = max(map(len, instance.sizes)) + 2
    out = np.full((instance.rounds, instance.n), width - 1)
    out[instance.present.T] = width - 2
    for number, (tables, sizes) in enumerate(zip(plan, instance.sizes, strict=True)):
        by_size = sorted(range(len(sizes)), key=lambda place: sizes[place])
        for at, table in zip(by_size, sorted(tables, key=len), strict=True):
            out[number, table] = at
    return out


def plan_of(instance: Instance, table: Places) -> Plan:
    """The plan in which everybody sits at these tables."""
    return [
        [[int(person) for person in np.flatnonzero(row == at)] for at in range(len(sizes))]
        for row, sizes in zip(table, instance.sizes, strict=True)
    ]
