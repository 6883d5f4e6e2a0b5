"""Rounds of pairs matched one after another, and matched again in turn: a good plan at once."""

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from kawka.engine.planner.instance import Pair, Plan
from kawka.engine.planner.matching import best_round
from kawka.engine.planner.stretches import Stretch, Task


class Rounds:
    """The open rounds of a task while they are planned; `pairs[number]` is none before it is."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.n = task.instance.n
        self.parts: dict[int, Stretch] = {number: part for part in task.stretches for number in part.rounds}
        self.pairs: dict[int, list[Pair]] = {}
        self.met = np.zeros((self.n, self.n), int)
        self.byes = np.zeros(self.n, int)
        spread = max((float(np.abs(part.value).max(initial=0.0)) for part in task.stretches), default=0.0)
        self.dear = 4.0 * (spread + 1.0) * (self.n + 1)

    def put(self, number: int, pairs: list[Pair]) -> None:
        """Plan a round that is not planned."""
        self.pairs[number] = pairs
        self._count(number, 1)

    def take(self, number: int) -> list[Pair]:
        """Open a planned round again."""
        self._count(number, -1)
        return self.pairs.pop(number)

    def _count(self, number: int, by: int) -> None:
        resting = self.parts[number].here.copy()
        for a, b in self.pairs[number]:
            self.met[a, b] += by
            self.met[b, a] += by
            resting[a] = resting[b] = False
        self.byes[resting] += by

    def best(self, number: int, given: NDArray[np.float64] | None = None) -> list[Pair] | None:
        """The best pairs for a round that is not planned, seen from those that are."""
        task, part = self.task, self.parts[number]
        allowed, value = task.allowed, part.value if given is None else given
        if task.instance.repeat_cost is None:
            allowed = allowed & (self.met == 0)
        else:
            value = value - task.instance.repeat_cost * (self.met > 0)
        missing = [
            both for both in task.must if not self.met[both] and part.here[both[0]] and part.here[both[1]]
        ]
        if missing:
            value = value.copy()
            for a, b in missing:
                value[a, b] += self.dear
                value[b, a] += self.dear
        rest = np.zeros(self.n)
        if task.spare_byes is not None:
            spare = task.spare_byes - self.byes
            rest = np.where(spare <= 0, -self.dear, np.minimum(spare - self._to_come(number), 0))
        if task.instance.repeat_cost is not None:
            allowed = allowed.copy()
            for a, b in task.must:
                if self.met[a, b]:
                    allowed[a, b] = allowed[b, a] = False
        return best_round(value, allowed, part.here, part.pairs, rest)

    def _to_come(self, number: int) -> NDArray[np.int_]:
        waiting = [one for one in self.parts if one not in self.pairs and one != number]
        return sum((self.parts[one].here.astype(int) for one in waiting), np.zeros(self.n, int))

    def plan(self) -> Plan:
        """History and the planned rounds with their tables."""
        return [*self.task.history, *with_solos(self.task, self.pairs)]


def with_solos(
    task: Task, pairs: Mapping[int, list[Pair]], seated: Mapping[int, Collection[int]] | None = None
) -> Plan:
    """Tables of the open rounds; those who sit alone are the ones with the most rounds to sit out.

    `seated` are those who sit at other tables.
    """
    parts = {number: part for part in task.stretches for number in part.rounds}
    out = np.zeros(task.instance.n, int)
    if task.spare_byes is not None:
        out = -task.spare_byes.copy()
    idle: dict[int, NDArray[np.int_]] = {}
    for number, part in parts.items():
        resting = part.here.copy()
        resting[[one for both in pairs[number] for one in both]] = False
        resting[list(seated[number]) if seated else []] = False
        idle[number] = np.nonzero(resting)[0]
        out[idle[number]] += 1
    plan: Plan = []
    for number in sorted(parts):
        people = sorted(idle[number].tolist(), key=lambda one: (-out[one], one))[: parts[number].solos]
        out[people] -= 1
        plan.append([list(both) for both in pairs[number]] + [[one] for one in people])
    return plan


def deal(task: Task, guide: NDArray[np.float64] | None = None) -> Rounds | None:
    """Every round in turn the best it can be, by a `guide` of values for each stretch; none if one fails."""
    rounds = Rounds(task)
    guides = (
        {} if guide is None else {n: guide[k] for k, part in enumerate(task.stretches) for n in part.rounds}
    )
    for number in sorted(rounds.parts):
        found = rounds.best(number, guides.get(number))
        if found is None:
            return None
        rounds.put(number, found)
    return rounds
