"""Tables of three and more: exchanges of two people in one round, the best first, never back at once.

A repeat costs a price that rises while there are some and falls while there are none. Where nearly everybody
meets everybody the search begins with people placed on a perfect pattern. The steps are counted; the clock
only ends what takes far too long.
"""

import time
from random import Random

import numpy as np

from kawka.engine.planner.greedy import seat_greedily
from kawka.engine.planner.hall import hall_of, largest, patched, plan_of, scale_of, tables_of
from kawka.engine.planner.instance import Instance, Plan, fair_share, score
from kawka.engine.planner.placing import best_placed
from kawka.engine.planner.seats import FEW, NEVER, Numbers, Places, Seats, best_exchange

LAW = 12.0
"""What a broken rule costs, in usual differences of worth."""
PRICES = (1.5, 3.5, 10.0)
"""What a repeat costs at least, at first and at most, in usual differences of worth."""
_RISE = 1.1
_HOLD = 5
_PATIENCE = 500
_KICKS = 4
_TURNS = 6
_MANY = 120
"""From how many people on it is too slow to begin by chance."""


def solve_tables(
    instance: Instance, deadline: float, seed: int, start: Plan | None = None, *, seconds: float = 1.0
) -> Plan | None:
    """The best lawful plan found in about so many seconds, none if none was found."""
    if not instance.n or not instance.rounds or not largest(instance):
        return [[[] for _ in sizes] for sizes in instance.sizes]
    search = _Search(instance, deadline, Random(seed))
    search.run(start, seconds)
    return search.plan


class _Search:
    """The best seating so far and what is needed to look for a better one."""

    def __init__(self, instance: Instance, deadline: float, chance: Random) -> None:
        self.instance, self.deadline, self.chance = instance, deadline, chance
        self.scale = scale_of(instance)
        self.soft = instance.repeat_cost is not None
        self.tenure = (2, 6) if largest(instance) > 2 else (4, 12)
        self.table: Places | None = None
        self.value = -np.inf
        self.top = -np.inf

    @property
    def plan(self) -> Plan | None:
        """The best lawful plan so far."""
        return None if self.table is None else plan_of(self.instance, self.table)

    def run(self, start: Plan | None, seconds: float) -> None:
        """Begin somewhere good and walk."""
        instance = self.instance
        price = PRICES[1] * self.scale if instance.repeat_cost is None else instance.repeat_cost
        hall = hall_of(instance, LAW * self.scale, self._weights(None))
        placed = best_placed(instance, hall, price, self.deadline, self.chance, 0.32 * seconds)
        if start is None and instance.n > _MANY and instance.previous is None:
            start = seat_greedily(instance, self.chance.randrange(1000))
        first = start or patched(instance, self.chance)
        seats = Seats(hall, tables_of(instance, first) if placed is None else placed, price)
        steps = int(seconds * (0.72 if placed is None else 0.4) / _step_cost(instance))
        self.offer(seats)
        if not instance.fairness:
            self.walk(seats, steps)
            return
        for _ in range(_TURNS):
            self.walk(seats, steps // _TURNS)
            table = seats.table if self.table is None else self.table
            hall = hall_of(instance, LAW * self.scale, self._weights(table))
            seats, self.top = Seats(hall, table, price), -np.inf

    def walk(self, seats: Seats, steps: int) -> None:
        """So many steps from here; back to the best one found when nothing better comes for long."""
        until = np.zeros(seats.table.shape, dtype=int)
        value, hold, last = seats.value, 0, 0
        for step in range(steps):
            if step % 32 == 0 and time.thread_time() > self.deadline:
                break
            number, a, b, more = best_exchange(seats, until, step, self.top - value)
            if number < 0:
                continue
            seats.exchange(number, a, b)
            value += more
            for one in (a, b):
                until[number, one] = step + 1 + self.chance.randint(*self.tenure)
            clean = self.soft or seats.repeats == 0
            if clean and (value > self.top + 1e-9 or self.instance.fairness) and self.offer(seats):
                last = step
            elif step - last > _PATIENCE and self.table is not None:
                self._kick(seats)
                until[:] = 0
                value, last = seats.value, step
            hold = max(hold, 0) + 1 if clean else min(hold, 0) - 1
            if not self.soft and abs(hold) >= _HOLD:
                self._reprice(seats, hold)
                value, hold = seats.value, 0

    def _kick(self, seats: Seats) -> None:
        """Back to the best seating, but for a few exchanges by chance."""
        assert self.table is not None
        seats.seat(self.table)
        for _ in range(_KICKS):
            open_to = np.flatnonzero(seats.change.ravel() > -NEVER / 10)
            if len(open_to):
                number, pair = divmod(int(self.chance.choice(open_to)), seats.n**2)
                seats.exchange(number, *divmod(pair, seats.n))

    def _reprice(self, seats: Seats, hold: int) -> None:
        """Repeats cost more if there were some for a while, less if there were none."""
        lowest, _, highest = (self.scale * price for price in PRICES)
        seats.reprice(min(max(seats.price * (_RISE if hold < 0 else 1 / _RISE), lowest), highest))

    def offer(self, seats: Seats) -> bool:
        """Keep the seating if it is lawful and better; whether it is."""
        if not self._is_lawful(seats):
            return False
        value = seats.value
        self.top = max(self.top, value)
        if self.instance.previous is not None:
            value = score(self.instance, plan_of(self.instance, seats.table))
        elif self.instance.fairness:
            value = self._fair_value(seats)
        if value <= self.value + 1e-9:
            return False
        self.value, self.table = value, seats.table.copy()
        return True

    def _is_lawful(self, seats: Seats) -> bool:
        instance = self.instance
        if not self.soft and seats.repeats:
            return False
        if instance.max_byes is not None and (seats.byes > instance.max_byes).any():
            return False
        return all(seats.met[pair] == 0 for pair in instance.never) and all(
            seats.met[pair] == 1 for pair in instance.must
        )

    def _benefits(self, table: Places) -> Numbers:
        """What each person has of a seating."""
        hall = hall_of(self.instance, 0.0)
        factor = hall.factor[np.arange(len(table))[:, None], table]
        together = (table[:, :, None] == table[:, None, :]) * factor[:, :, None]
        each: Numbers = (self.instance.gain * together.sum(axis=0)).sum(axis=1)
        return each

    def _fair_value(self, seats: Seats) -> float:
        instance = self.instance
        each = self._benefits(seats.table)
        value = (1 - instance.fairness) * float(each.sum()) + instance.fairness * fair_share(instance, each)
        return value - (instance.repeat_cost or 0.0) * seats.repeats

    def _weights(self, table: Places | None) -> Numbers | None:
        """What the gain of each person counts: those who have least count most."""
        instance = self.instance
        if not instance.fairness:
            return None
        there = instance.present.sum(axis=1)
        scale = instance.rounds / np.maximum(there, 1)
        if table is None:
            return (1 - instance.fairness) + instance.fairness * scale
        each = np.where(there > 0, self._benefits(table) * scale, np.inf)
        least = float(each.min())
        share = np.exp(-(each - least) / max(self.scale, 1e-9))
        return (1 - instance.fairness) + instance.fairness * instance.n * scale * share / share.sum()


def _step_cost(instance: Instance) -> float:
    """About how many seconds one step takes."""
    cells = instance.rounds * instance.n**2
    return 42e-6 + 6e-9 * cells if cells <= FEW else 100e-6 + 3.5e-9 * cells
