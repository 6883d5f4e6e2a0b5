"""Tables of three and more: exchanges of two people in one round, the best first, never back at once.

A repeat costs a price that rises while there are some and falls while there are none. The steps are counted;
the clock only ends what takes far too long.
"""

import time
from itertools import permutations
from random import Random

import numpy as np

from kawka.engine.planner.instance import Instance, Plan, score
from kawka.engine.planner.placing import fitting_pattern, place
from kawka.engine.planner.seats import Hall, Numbers, Places, Seats

_LAWS = 12.0
"""What a broken rule costs, in usual differences of worth."""


def solve_tables(
    instance: Instance, deadline: float, seed: int, start: Plan | None = None, *, seconds: float = 1.0
) -> Plan | None:
    """The best lawful plan found in about so many seconds, none if none was found."""
    if not instance.n or not instance.rounds:
        return [[] for _ in range(instance.rounds)]
    search = _Search(instance, deadline, Random(seed), seconds)
    search.run(start)
    return search.plan


class _Search:
    """The best seating so far and what is needed to look for a better one."""

    def __init__(self, instance: Instance, deadline: float, chance: Random, seconds: float) -> None:
        self.instance, self.deadline, self.chance = instance, deadline, chance
        self.scale = _scale(instance)
        self.hall = _hall(instance, self.scale * _LAWS)
        self.steps = int(seconds * 0.6 / _step_cost(instance))
        self.soft = instance.repeat_cost is not None
        self.table: Places | None = None
        self.top = -np.inf
        self.value = -np.inf

    @property
    def plan(self) -> Plan | None:
        """The best lawful plan so far."""
        return None if self.table is None else _plan(self.instance, self.table)

    def run(self, start: Plan | None) -> None:
        price = self.instance.repeat_cost if self.instance.repeat_cost is not None else 3.5 * self.scale
        pattern = fitting_pattern(self.instance, self.deadline, self.chance)
        first = _tables(self.instance, start or _patched(self.instance, self.chance))
        if pattern and _is_tight(self.instance) and not self.instance.previous:
            first = self._placed(pattern)
        seats = Seats(self.hall, first, price)
        self.offer(seats)
        self.tabu(seats, self.steps)

    def _placed(self, pattern: Plan) -> Places:
        instance = self.instance
        together = np.zeros((instance.n, instance.n))
        for tables in pattern:
            for table in tables:
                together[np.ix_(table, table)] += instance.weight(len(table))
        np.fill_diagonal(together, 0.0)
        order = place(self.hall.worth[0], together, 4000, self.chance)
        return _tables(instance, [[[order[p] for p in table] for table in tables] for tables in pattern])

    def tabu(self, seats: Seats, steps: int) -> None:
        """Walk so many steps from here."""
        until = np.zeros(seats.table.shape, dtype=int)
        shortest, longest = (2, 6) if _largest(self.instance) > 2 else (4, 12)
        value, lawful, broken = seats.value, 0, 0
        for step in range(steps):
            if step % 32 == 0 and time.perf_counter() > self.deadline:
                break
            number, a, b, more = _best_exchange(seats, until, step, self.top - value)
            if number < 0:
                continue
            seats.exchange(number, a, b)
            value += more
            until[number, a] = step + 1 + self.chance.randint(shortest, longest)
            until[number, b] = step + 1 + self.chance.randint(shortest, longest)
            clean = self.soft or seats.repeats == 0
            if clean and value > self.top + 1e-9:
                self.offer(seats)
            lawful, broken = (lawful + 1, 0) if clean else (0, broken + 1)
            if not self.soft and max(lawful, broken) >= 5:
                factor = 1.1 if broken else 1 / 1.1
                seats.reprice(min(max(seats.price * factor, 1.5 * self.scale), 10 * self.scale))
                value, lawful, broken = seats.value, 0, 0

    def offer(self, seats: Seats) -> None:
        """Keep the seating if it is lawful and better."""
        if not self._is_lawful(seats):
            return
        self.top = max(self.top, seats.value)
        value = score(self.instance, _plan(self.instance, seats.table)) if self._is_bent else self.top
        if value > self.value:
            self.value, self.table = value, seats.table.copy()

    @property
    def _is_bent(self) -> bool:
        """Whether the worth of a plan is more than the sum of its talks."""
        return self.instance.fairness > 0 or self.instance.previous is not None

    def _is_lawful(self, seats: Seats) -> bool:
        instance = self.instance
        if not self.soft and seats.repeats:
            return False
        if instance.max_byes is not None and (seats.byes > instance.max_byes).any():
            return False
        return all(seats.met[pair] == 0 for pair in instance.never) and all(
            seats.met[pair] == 1 for pair in instance.must
        )


def _best_exchange(seats: Seats, until: Places, step: int, wanted: float) -> tuple[int, int, int, float]:
    """The exchange that brings most; one of those who moved lately only if it brings more than wanted."""
    change = seats.change
    at = int(change.argmax())
    if change.flat[at] <= wanted + 1e-9:
        rounds, people = np.nonzero(until > step)
        change[rounds, people, :] = -np.inf
        change[rounds, :, people] = -np.inf
        at = int(change.argmax())
    more = float(change.flat[at])
    number, pair = divmod(at, seats.n * seats.n)
    a, b = divmod(pair, seats.n)
    return (number if more > -1e11 else -1), a, b, more


def _scale(instance: Instance) -> float:
    """How much one talk usually differs from another."""
    if instance.n < 2:
        return 1.0
    return float(np.std(instance.worth[np.triu_indices(instance.n, 1)])) or max(
        1.0, float(np.abs(instance.worth).max())
    )


def _largest(instance: Instance) -> int:
    return max((size for sizes in instance.sizes for size in sizes), default=0)


def _step_cost(instance: Instance) -> float:
    """About how many seconds one step takes."""
    return 60e-6 + 8e-9 * instance.rounds * instance.n**2


def _is_tight(instance: Instance) -> bool:
    """Whether everybody meets nearly half of the others or more."""
    return instance.rounds * (_largest(instance) - 1) >= 0.4 * (instance.n - 1)


def _hall(instance: Instance, law: float) -> Hall:
    rounds, count = instance.rounds, instance.n
    width = max(map(len, instance.sizes)) + 2
    factor, seated = np.zeros((rounds, width)), np.zeros((rounds, width))
    for number, sizes in enumerate(instance.sizes):
        factor[number, : len(sizes)] = [instance.weight(size) for size in sizes]
        seated[number, : len(sizes)] = 1.0
    worth = instance.worth.copy()
    again = np.ones((count, count))
    np.fill_diagonal(again, 0.0)
    np.fill_diagonal(worth, 0.0)
    for a, b in instance.must:
        worth[a, b] = worth[b, a] = worth[a, b] + law
        again[a, b] = again[b, a] = 10.0
    for a, b in instance.never:
        worth[a, b] = worth[b, a] = worth[a, b] - law
    worth = _kept(instance, np.broadcast_to(worth, (rounds, count, count)))
    movable = instance.present.T.copy()
    movable[: instance.frozen] = False
    return Hall(worth, again, factor, seated, movable, instance.max_byes, law)


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


def _patched(instance: Instance, chance: Random) -> Plan:
    """The previous plan with the gaps filled by those who have no seat."""
    plan: Plan = []
    previous = instance.previous or ()
    for number, sizes in enumerate(instance.sizes):
        before = [list(table) for table in previous[number]] if number < len(previous) else []
        if number < instance.frozen:
            plan.append(before)
            continue
        there = {int(person) for person in np.flatnonzero(instance.present[:, number])}
        left = [[one for one in table if one in there] for table in before]
        left = sorted(left, key=len, reverse=True) + [[] for _ in sizes]
        tables = [table[:size] for table, size in zip(left, sorted(sizes, reverse=True), strict=False)]
        rest = sorted(there - {one for table in tables for one in table})
        chance.shuffle(rest)
        for table, size in zip(tables, sorted(sizes, reverse=True), strict=True):
            table += [rest.pop() for _ in range(size - len(table))]
        plan.append(tables)
    return plan


def _tables(instance: Instance, plan: Plan) -> Places:
    """The table of each person in each round; tables in the order of the sizes asked for."""
    width = max(map(len, instance.sizes)) + 2
    out = np.full((instance.rounds, instance.n), width - 1)
    out[instance.present.T] = width - 2
    for number, (tables, sizes) in enumerate(zip(plan, instance.sizes, strict=True)):
        by_size = sorted(range(len(sizes)), key=lambda place: sizes[place])
        for at, table in zip(by_size, sorted(tables, key=len), strict=True):
            out[number, table] = at
    return out


def _plan(instance: Instance, table: Places) -> Plan:
    return [
        [[int(person) for person in np.flatnonzero(row == at)] for at in range(len(sizes))]
        for row, sizes in zip(table, instance.sizes, strict=True)
    ]
