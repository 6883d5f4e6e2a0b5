"""Who sits where in every round, and what each exchange of two people would change."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]

FEW = 12_000
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

    @cached_property
    def plain(self) -> Numbers:
        """What talks count if all tables count the same."""
        return self.worth * float(self.factor.max(initial=0.0))


class Seats:
    """A seating of all rounds; `change[r, i, j]` is what exchanging i and j in round r would bring."""

    def __init__(self, hall: Hall, table: Places, price: float) -> None:
        self.hall = hall
        self.rounds, self.n = table.shape
        self.bench = hall.factor.shape[1] - 2
        self.own = np.arange(self.rounds)[:, None]
        self.offset = np.arange(self.rounds * self.n).reshape(self.rounds, self.n) * hall.factor.shape[1]
        self.is_plain = _is_plain(hall) and not (table == self.bench).any()
        self.price = price
        self.seat(table)

    def seat(self, table: Places) -> None:
        """Seat everybody anew."""
        hall = self.hall
        self.table = table.copy()
        self.spot = np.zeros((self.rounds, self.n, hall.factor.shape[1]))
        self.spot[self.own, np.arange(self.n), table] = 1.0
        same = table[:, :, None] == table[:, None, :]
        fixed = ~hall.movable
        self.bar = np.where(same | fixed[:, :, None] | fixed[:, None, :], NEVER, 0.0)
        seated = hall.seated[self.own, table]
        self.together = same * seated[:, :, None]
        self.together[:, np.arange(self.n), np.arange(self.n)] = 0.0
        self.met = self.together.sum(axis=0)
        self.byes = (table == self.bench).sum(axis=0)
        factor = hall.factor[self.own, table]
        self.both = factor[:, :, None] + factor[:, None, :]
        self.either = seated[:, :, None] + seated[:, None, :]
        self.draw()

    def draw(self) -> None:
        """Reckon what people have at each table, and all changes."""
        hall = self.hall
        self.cost = self.price * hall.again * (self.met - self.together >= 1)
        if self.is_plain:
            pull = hall.plain - self.cost
            self.gain = self._by_table(pull)
            self.cross = pull + pull
        else:
            self.gain = self._by_table(hall.worth) * hall.factor[:, None, :]
            self.gain -= self._by_table(self.cost) * hall.seated[:, None, :]
            self.cross = hall.worth * self.both - self.cost * self.either
        if hall.max_byes is not None:
            others = self.byes - (self.table == self.bench)
            self.gain[:, :, self.bench] = -hall.bye_price * (others >= hall.max_byes)
        self.cross += self.bar
        self.lead = self.gain.take(self.offset[:, :, None] + self.table[:, None, :])
        self.lead -= self.gain.take(self.offset + self.table)[:, :, None]
        self.change = self.lead + self.lead.transpose(0, 2, 1)
        self.change -= self.cross

    def _by_table(self, pull: Numbers) -> Numbers:
        """The sum over those at each table; large rooms without the threads of matrix products."""
        if pull.size <= FEW:
            return np.asarray(pull @ self.spot)
        out = np.zeros_like(self.spot)
        for number, table in enumerate(self.table):
            order = np.argsort(table, kind="stable")
            tables, starts = np.unique(table[order], return_index=True)
            out[number][:, tables] = np.add.reduceat(pull[number][order], starts, axis=0).T
        return out

    @property
    def value(self) -> float:
        """What the seating is worth, less the price of repeats and byes."""
        hall = self.hall
        worth = np.einsum("rij,rij,rij->", hall.worth, self.together, self.both) / 4
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
        if self.change.size > FEW:
            self._move_gains(number, a, b, here, there)
        fresh = self.together[number, b] - self.together[number, a]
        self.met[a] += fresh
        self.met[b] -= fresh
        self.met[:, a] += fresh
        self.met[:, b] -= fresh
        ab, ba = [a, b], [b, a]
        for square in (
            (self.together, self.bar)
            if self.is_plain
            else (
                self.together,
                self.bar,
                self.both,
                self.either,
            )
        ):
            square[number, ab] = square[number, ba]
            square[number, :, ab] = square[number, :, ba]
        self.spot[number, ab] = self.spot[number, ba]
        self.table[number, a], self.table[number, b] = there, here
        self.byes[a] += (there == self.bench) - (here == self.bench)
        self.byes[b] += (here == self.bench) - (there == self.bench)
        if self.change.size > FEW:
            self._follow(number, a, b)
        else:
            self.draw()

    def _move_gains(self, number: int, a: int, b: int, here: int, there: int) -> None:
        """At the table of a there is b now, and the other way around."""
        hall = self.hall
        worth = hall.worth[number, b] - hall.worth[number, a]
        cost = self.cost[number, b] - self.cost[number, a]
        gain = self.gain[number]
        gain[:, here] += hall.factor[number, here] * worth - hall.seated[number, here] * cost
        gain[:, there] -= hall.factor[number, there] * worth - hall.seated[number, there] * cost

    def _follow(self, number: int, a: int, b: int) -> None:
        """Reckon anew only what these two have changed."""
        hall = self.hall
        touched = {a, b}
        for one in (a, b):
            touched.update(self._know(one))
            row = hall.worth[:, one] * self.both[:, one] - self.cost[:, one] * self.either[:, one]
            row += self.bar[:, one]
            self.cross[:, one, :] = row
            self.cross[:, :, one] = row
            if hall.max_byes is not None:
                others = self.byes[one] - (self.table[:, one] == self.bench)
                self.gain[:, one, self.bench] = -hall.bye_price * (others >= hall.max_byes)
        people = sorted(touched)
        lead = self.gain[:, people].transpose(1, 0, 2)
        lead = np.take_along_axis(lead, np.broadcast_to(self.table, (len(people), *self.table.shape)), axis=2)
        here = np.take_along_axis(self.gain[:, people], self.table[:, people, None], axis=2)
        self.lead[:, people] = lead.transpose(1, 0, 2) - here
        rows = self.lead[:, people] + self.lead[:, :, people].transpose(0, 2, 1) - self.cross[:, people]
        self.change[:, people] = rows
        self.change[:, :, people] = rows.transpose(0, 2, 1)
        lead = self.gain[number].take(self.table[number], axis=1)
        lead -= lead.diagonal()[:, None].copy()
        self.lead[number] = lead
        self.change[number] = lead + lead.T - self.cross[number]

    def _know(self, one: int) -> list[int]:
        """Note whom this person meets in other rounds, what that costs them and the others; who they are."""
        hall = self.hall
        cost = self.price * hall.again[one] * (self.met[one] - self.together[:, one] >= 1)
        rounds, others = np.nonzero(cost != self.cost[:, one])
        if len(rounds):
            more = cost[rounds, others] - self.cost[rounds, one, others]
            tables = self.table[rounds, one]
            self.gain[rounds, others, tables] -= more * hall.seated[rounds, tables]
            tables = self.table[rounds, others]
            cells = np.ravel_multi_index((rounds, one, tables), self.gain.shape)
            np.subtract.at(self.gain.reshape(-1), cells, more * hall.seated[rounds, tables])
            self.cost[:, one, :] = cost
            self.cost[:, :, one] = cost
        return [int(other) for other in others]


def best_exchange(seats: Seats, until: Places, step: int, wanted: float) -> tuple[int, int, int, float]:
    """The exchange that brings most; one of those who moved lately only if it brings more than wanted."""
    change = seats.change
    at = int(change.argmax())
    more = float(change.flat[at])
    if more <= wanted + 1e-9:
        rounds, people = np.nonzero(until > step)
        rows, columns = change[rounds, people, :], change[rounds, :, people]
        change[rounds, people, :] = -np.inf
        change[rounds, :, people] = -np.inf
        at = int(change.argmax())
        more = float(change.flat[at])
        change[rounds, people, :] = rows
        change[rounds, :, people] = columns
    number, pair = divmod(at, seats.n * seats.n)
    a, b = divmod(pair, seats.n)
    return (number if more > -NEVER / 10 else -1), a, b, more


def _is_plain(hall: Hall) -> bool:
    """Whether all tables count the same."""
    return len(set(hall.factor[hall.seated > 0].tolist())) < 2
