"""Talks in pairs: choose who meets whom, deal that out to rounds; proven best where both close."""

import math
from random import Random

import numpy as np

from kawka.engine.planner.choosing import Choice, Chooser
from kawka.engine.planner.colouring import colour_edges
from kawka.engine.planner.exchanging import Exchanges
from kawka.engine.planner.instance import Instance, Pair, Plan
from kawka.engine.planner.program import OutOfTime, Values
from kawka.engine.planner.rematching import deal, with_solos
from kawka.engine.planner.search import Search
from kawka.engine.planner.stretches import Task, prepare

COLOURINGS = 3
TURNS = 3
MOST_CUTS = 40
STEPS_PER_SECOND = 80_000
FREE_COLUMNS = 320


def solve_pairs(
    instance: Instance, deadline: float, seconds: float, seed: int, task: Task | None = None
) -> Search:
    """The best plan of pairs found. Raises Infeasible if there is none."""
    search = Search(instance)
    task = task or prepare(instance)
    _Pairs(search, task, deadline, seconds, seed).run()
    if search.plan is None:
        rounds = deal(task)
        search.offer(rounds.plan() if rounds else None)
    if search.plan is None and len(task.stretches) < instance.rounds - instance.frozen:
        _Pairs(search, prepare(instance, apart=True), deadline, seconds, seed).run()
    return search


class _Pairs:
    """One search for a task."""

    def __init__(self, search: Search, task: Task, deadline: float, seconds: float, seed: int) -> None:
        self.search = search
        self.task = task
        self.chance = Random(seed)
        self.seconds = seconds
        self.chooser = Chooser(task, deadline)

    def run(self) -> None:
        """Try until a choice can be dealt to rounds; turn to other choices of equal worth if need be."""
        try:
            for _ in range(TURNS):
                if self._close() or self.search.is_proven:
                    return
                self.chooser.turn(self._noise())
        except OutOfTime:
            self.search.notes.append("out of time")

    def _close(self) -> bool:
        """Whole values at once, or by diving, or by a search among whole ones; whether a plan came of it."""
        for _ in range(MOST_CUTS):
            values = self.chooser.relax()
            self._limit(values.objective + self.task.settled)
            choice = self.chooser.whole(values)
            if choice is None:
                return self._search(values)
            if self._offer(choice):
                return True
            if not self.chooser.cut_overfull(choice):
                return False
        return False

    def _search(self, values: Values) -> bool:
        """From values between whole numbers to plans."""
        for _ in range(MOST_CUTS):
            dived = self.chooser.dive(values)
            if dived is None or self._offer(dived):
                break
            if not self.chooser.cut_overfull(dived):
                break
            values = self.chooser.relax()
            self._limit(values.objective + self.task.settled)
        if self.search.is_proven:
            return True
        if self.search.plan is None:
            rounds = deal(self.task)
            self.search.offer(rounds.plan() if rounds else None)
        if dived is not None and self.task.is_fair:
            self._exchange(dived, values)
        return self._choose(values)

    def _choose(self, values: Values) -> bool:
        """A search among whole values, unless it would take too long."""
        most = int(FREE_COLUMNS * math.sqrt(self.seconds))
        if self.search.plan is not None and self.chooser.free(values, self.search.value) > most:
            return True
        for _ in range(MOST_CUTS):
            choice = self.chooser.choose(values, self.search.value, nodes=int(2000 * self.seconds))
            self._limit(choice.bound)
            if self.search.is_proven or self._offer(choice):
                return True
            if not self.chooser.cut_overfull(choice):
                break
        return False

    def _exchange(self, choice: Choice, values: Values) -> None:
        if self.chooser.free(values, self.search.value) <= FREE_COLUMNS:
            return
        talks = sum(map(len, choice.talks))
        steps = int(STEPS_PER_SECOND * self.seconds / max(40, min(talks, 110)))
        found = Exchanges(self.task, choice.talks, self.chance).search(steps)
        self._offer(Choice(found, choice.bound))

    def _limit(self, bound: float) -> None:
        """Note a bound, unless the worth of pairs was changed a little to find others."""
        if self.chooser.is_turned:
            return
        task = self.task
        if task.grain == 1:
            bound = task.settled + math.floor(bound - task.settled + 1e-6)
        self.search.limit(bound)

    def _offer(self, choice: Choice) -> bool:
        """Deal the choice to rounds; whether that was possible."""
        task, pairs = self.task, dict[int, list[Pair]]()
        for part, talks in zip(task.stretches, choice.talks, strict=True):
            for _ in range(COLOURINGS):
                classes = colour_edges(task.instance.n, talks, len(part.rounds), self.chance)
                if classes is not None:
                    break
            else:
                return False
            pairs.update(zip(part.rounds, map(sorted, classes), strict=True))
        plan: Plan = [*task.history, *with_solos(task, pairs)]
        return self.search.offer(plan)

    def _noise(self) -> np.ndarray:
        """Less for all talks together than the worth of two plans can differ."""
        n = self.task.instance.n
        noise = np.random.default_rng(self.chance.randrange(2**32)).random((n, n))
        return (noise + noise.T) * self.task.grain / (4.0 * self.task.instance.rounds * n + 4.0)
