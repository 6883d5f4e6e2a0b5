"""Two talks exchange partners, over and over: for fairness, which a linear program sees only in part."""

from random import Random

import numpy as np
from numpy.typing import NDArray

from kawka.engine.planner.instance import Pair
from kawka.engine.planner.stretches import Task

MOST_TALKS = 110


class Exchanges:
    """Talks of a task with everybody's share; the search forbids for a while what it has just undone."""

    def __init__(self, task: Task, talks: list[list[Pair]], chance: Random) -> None:
        self.task = task
        self.n = task.instance.n
        self.chance = chance
        flat = [(number, a, b) for number, part in enumerate(talks) for a, b in part]
        self.talks = np.array(flat, int).reshape(-1, 3)
        self.value = np.stack([part.value for part in task.stretches])
        there = task.there
        self.counted = there > 0
        scale = np.where(self.counted, task.instance.rounds / np.maximum(there, 1), 0.0)
        self.share = task.instance.weight(2) * scale[:, None] * task.instance.gain
        self.free = np.stack(
            [task.allowed & part.here[:, None] & part.here[None, :] for part in task.stretches]
        )
        self.free &= np.stack([~_within(self.n, task.must)] * len(task.stretches))
        self.fixed = set(task.must)
        self.met = np.zeros((self.n, self.n), bool)
        self.met[self.talks[:, 1], self.talks[:, 2]] = self.met[self.talks[:, 2], self.talks[:, 1]] = True
        self.each = task.before * scale
        np.add.at(self.each, self.talks[:, 1], self.share[self.talks[:, 1], self.talks[:, 2]])
        np.add.at(self.each, self.talks[:, 2], self.share[self.talks[:, 2], self.talks[:, 1]])
        self.sum = float(self.value[self.talks[:, 0], self.talks[:, 1], self.talks[:, 2]].sum())

    @property
    def worth(self) -> float:
        """What the talks are worth, fairness included."""
        return self.sum + self._fair(float(self.each[self.counted].min()))

    def _fair(self, least: float) -> float:
        return self.task.instance.fairness * self.n * least

    def search(self, steps: int) -> list[list[Pair]]:
        """The best talks of a walk that always takes the best step, even if it leads down."""
        until = np.zeros((self.n, self.n), int)
        best, found = self.worth, self.talks.copy()
        movable = np.array([(int(a), int(b)) not in self.fixed for _, a, b in self.talks], bool)
        for step in range(steps):
            move = self._best_step(until, step, best, np.nonzero(movable)[0])
            if move is None:
                break
            self._take(move, until, step)
            if self.worth > best + 1e-9:
                best, found = self.worth, self.talks.copy()
        return [
            [(int(a), int(b)) for stretch, a, b in found if stretch == number]
            for number in range(len(self.task.stretches))
        ]

    def _best_step(
        self, until: NDArray[np.int_], step: int, best: float, movable: NDArray[np.int_]
    ) -> tuple[int, int, bool] | None:
        """Two talks and how they exchange partners."""
        if len(movable) > MOST_TALKS:
            worst = np.argsort(self.each[self.talks[movable, 1:]].min(axis=1), kind="stable")[
                : MOST_TALKS // 3
            ]
            others = self.chance.sample(range(len(movable)), MOST_TALKS - len(worst))
            movable = movable[np.unique(np.concatenate([worst, np.array(others)]))]
        first, second = np.triu_indices(len(movable), 1)
        first, second = movable[first], movable[second]
        same = self.talks[first, 0] == self.talks[second, 0]
        first, second = first[same], second[same]
        worths = [self._worth_of(first, second, crossed, until, step, best) for crossed in (False, True)]
        places = [int(np.argmax(worth)) if len(worth) else -1 for worth in worths]
        options = [(float(worths[k][places[k]]), k) for k in (0, 1) if places[k] >= 0]
        worth, crossed = max(options, default=(-np.inf, 0))
        if worth == -np.inf:
            return None
        place = places[crossed]
        return int(first[place]), int(second[place]), bool(crossed)

    def _worth_of(
        self,
        first: NDArray[np.int_],
        second: NDArray[np.int_],
        crossed: bool,
        until: NDArray[np.int_],
        step: int,
        best: float,
    ) -> NDArray[np.float64]:
        """What all is worth after talks ab and cd become ac and bd, or ad and bc."""
        number, a, b = self.talks[first].T
        _, c, d = self.talks[second].T
        if crossed:
            c, d = d, c
        share, value = self.share, self.value
        distinct = (a != c) & (a != d) & (b != c) & (b != d)
        new = ~self.met[a, c] & ~self.met[b, d] & self.free[number, a, c] & self.free[number, b, d]
        total = (
            self.sum + value[number, a, c] + value[number, b, d] - value[number, a, b] - value[number, c, d]
        )
        moved = np.stack(
            [
                self.each[a] - share[a, b] + share[a, c],
                self.each[b] - share[b, a] + share[b, d],
                self.each[c] - share[c, d] + share[c, a],
                self.each[d] - share[d, c] + share[d, b],
            ]
        )
        lowest = np.where(self.counted, self.each, np.inf)
        order = np.argsort(lowest, kind="stable")[:5]
        others = np.full(len(a), np.inf)
        for person in order[::-1]:
            apart = (a != person) & (b != person) & (c != person) & (d != person)
            others = np.where(apart, lowest[person], others)
        worth = total + self.task.instance.fairness * self.n * np.minimum(moved.min(axis=0), others)
        barred = np.maximum(until[a, c], until[b, d]) > step
        return np.where(distinct & new & (~barred | (worth > best + 1e-9)), worth, -np.inf)

    def _take(self, move: tuple[int, int, bool], until: NDArray[np.int_], step: int) -> None:
        first, second, crossed = move
        number, a, b = (int(x) for x in self.talks[first])
        _, c, d = (int(x) for x in self.talks[second])
        if crossed:
            c, d = d, c
        for one, other, sign in ((a, b, -1), (c, d, -1), (a, c, 1), (b, d, 1)):
            self.sum += sign * float(self.value[number, one, other])
            self.each[one] += sign * self.share[one, other]
            self.each[other] += sign * self.share[other, one]
            self.met[one, other] = self.met[other, one] = sign > 0
            if sign < 0:
                until[one, other] = until[other, one] = step + 8 + self.chance.randrange(8)
        self.talks[first] = (number, min(a, c), max(a, c))
        self.talks[second] = (number, min(b, d), max(b, d))


def _within(n: int, pairs: tuple[Pair, ...]) -> NDArray[np.bool_]:
    found = np.zeros((n, n), bool)
    for a, b in pairs:
        found[a, b] = found[b, a] = True
    return found
