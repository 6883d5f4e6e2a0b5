"""Who sits where in every round, and what each exchange of two people would change."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]

_FEW = 12_000
"""How many numbers are reckoned anew faster than followed."""

NEVER = 1e12
"""What bars an exchange that changes nothing or may not be."""


@dataclass(frozen=True)
class Hall:
    """What does not change while people are exchanged.

    Tables of a round have numbers; the last but one is the bench of those who sit the round out, the last one
    the place of those who are away. `worth[r, i, j]` is what a talk of the two in round r counts at a table
    of factor 1, `again[i, j]` how many times the price of a repeat it costs if they meet again.
    """

    worth: Numbers
    again: Numbers
    factor: Numbers
    seated: Numbers
    movable: NDArray[np.bool_]
    max_byes: int | None
    bye_price: float


class Seats:
    """A seating of all rounds; `change[r, i, j]` is what exchanging i and j in round r would bring."""

    def __init__(self, hall: Hall, table: Places, price: float) -> None:
        self.hall = hall
        self.rounds, self.n = table.shape
        self.bench = hall.factor.shape[1] - 2
        self.price = price
        self.away = table == self.bench + 1
        self.own = np.arange(self.rounds)[:, None]
        cells = np.arange(self.rounds * self.n).reshape(self.rounds, self.n, 1)
        self.offset = cells * hall.factor.shape[1]
        self.seat(table)

    def seat(self, table: Places) -> None:
        """Seat everybody anew."""
        hall = self.hall
        self.table = table.copy()
        self.factor = hall.factor[self.own, table]
        self.seated = hall.seated[self.own, table]
        self.spot = np.zeros((self.rounds, self.n, hall.factor.shape[1]))
        self.spot[self.own, np.arange(self.n), table] = 1.0
        together = (table[:, :, None] == table[:, None, :]) * self.seated[:, :, None]
        together[:, np.arange(self.n), np.arange(self.n)] = 0.0
        self.met = together.sum(axis=0)
        self.known = hall.again * (self.met - together >= 1)
        self.byes = ((table == self.bench) & ~self.away).sum(axis=0)
        self.draw()

    def draw(self) -> None:
        """Reckon the gains and changes anew."""
        hall = self.hall
        self.gain = (hall.worth @ self.spot) * hall.factor[:, None, :]
        self.gain -= self.price * (self.known @ self.spot) * hall.seated[:, None, :]
        if hall.max_byes is not None:
            others = self.byes - (self.table == self.bench)
            self.gain[:, :, self.bench] = -hall.bye_price * (others >= hall.max_byes)
        both = self.factor[:, :, None] + self.factor[:, None, :]
        either = self.seated[:, :, None] + self.seated[:, None, :]
        self.cross = hall.worth * both - self.price * self.known * either
        fixed = ~hall.movable
        self.bar = (self.table[:, :, None] == self.table[:, None, :]) | fixed[:, :, None] | fixed[:, None, :]
        self.cross[self.bar] = NEVER
        self.compare()

    def compare(self) -> None:
        """What each exchange changes, from what each person has at each table."""
        there = self.gain.ravel().take(self.offset + self.table[:, None, :])
        here = self.gain[self.own, np.arange(self.n), self.table]
        there -= here[:, :, None]
        self.change = there + there.transpose(0, 2, 1)
        self.change -= self.cross

    @property
    def value(self) -> float:
        """What the seating is worth, less the price of repeats and byes."""
        hall = self.hall
        worth = ((hall.worth @ self.spot) * self.spot * hall.factor[:, None, :]).sum() / 2
        again = (hall.again * np.maximum(self.met - 1, 0)).sum() / 2
        byes = 0 if hall.max_byes is None else np.maximum(self.byes - hall.max_byes, 0).sum()
        return float(worth - self.price * again - hall.bye_price * byes)

    @property
    def repeats(self) -> int:
        """How many meetings are not the first of their pair."""
        return int(np.maximum(self.met - 1, 0).sum()) // 2

    def reprice(self, price: float) -> None:
        """Let a repeat cost so much from now on."""
        if price != self.price:
            self.price = price
            self.draw()

    def exchange(self, number: int, a: int, b: int) -> None:
        """Exchange two people in one round."""
        here, there = int(self.table[number, a]), int(self.table[number, b])
        if self.change.size > _FEW:
            self._move_gains(number, a, b, here, there)
        self._move_meetings(number, a, b, here, there)
        for array in (self.table, self.factor, self.seated):
            array[number, a], array[number, b] = array[number, b], array[number, a]
        self.spot[number, [a, b]] = self.spot[number, [b, a]]
        if self.bench in (here, there):
            self._sit_out(a, b, 1 if there == self.bench else -1)
        if self.change.size > _FEW:
            self._follow(a, b)
        else:
            together = (self.table[:, :, None] == self.table[:, None, :]) * self.seated[:, :, None]
            self.known = self.hall.again * (self.met - together >= 1)
            self.draw()

    def _follow(self, a: int, b: int) -> None:
        """Reckon anew only what these two have changed."""
        hall = self.hall
        for one in (a, b):
            self._know(one)
            row = hall.worth[:, one] * (self.factor[:, one, None] + self.factor)
            row -= self.price * self.known[:, one] * (self.seated[:, one, None] + self.seated)
            barred = (self.table == self.table[:, one, None]) | ~hall.movable | ~hall.movable[:, one, None]
            row[barred] = NEVER
            self.cross[:, one, :] = row
            self.cross[:, :, one] = row
        self.compare()

    def _move_gains(self, number: int, a: int, b: int, here: int, there: int) -> None:
        """At the table of a there is b now, and the other way around."""
        hall = self.hall
        worth = hall.worth[number, b] - hall.worth[number, a]
        known = self.price * (self.known[number, b] - self.known[number, a])
        gain = self.gain[number]
        gain[:, here] += hall.factor[number, here] * worth - hall.seated[number, here] * known
        gain[:, there] -= hall.factor[number, there] * worth - hall.seated[number, there] * known

    def _move_meetings(self, number: int, a: int, b: int, here: int, there: int) -> None:
        hall = self.hall
        table = self.table[number]
        fresh = hall.seated[number, here] * (table == here) - hall.seated[number, there] * (table == there)
        fresh[a] = fresh[b] = 0.0
        self.met[b] += fresh
        self.met[:, b] += fresh
        self.met[a] -= fresh
        self.met[:, a] -= fresh

    def _know(self, one: int) -> None:
        """Note whom this person meets in other rounds, and what that costs them and the others."""
        together = (self.table == self.table[:, one, None]) * self.seated
        known = self.hall.again[one] * (self.met[one] - together >= 1)
        rounds, others = np.nonzero(known != self.known[:, one])
        if len(rounds):
            more = self.price * (known[rounds, others] - self.known[rounds, one, others])
            self.gain[rounds, others, self.table[rounds, one]] -= more * self.seated[rounds, one]
            cells = np.ravel_multi_index((rounds, one, self.table[rounds, others]), self.gain.shape)
            np.subtract.at(self.gain.reshape(-1), cells, more * self.seated[rounds, others])
            self.known[:, one, :] = known
            self.known[:, :, one] = known

    def _sit_out(self, a: int, b: int, step: int) -> None:
        """The first sits out one round more (or less), the other one less (or more)."""
        self.byes[a] += step
        self.byes[b] -= step
        if self.hall.max_byes is not None:
            for one in (a, b):
                others = self.byes[one] - (self.table[:, one] == self.bench)
                self.gain[:, one, self.bench] = -self.hall.bye_price * (others >= self.hall.max_byes)
