"""Pairs with a few tables of three, as in odd rooms: the threes are chosen, the pairs solved around them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from random import Random

import numpy as np

from kawka.engine.planner.choosing import Choice
from kawka.engine.planner.colouring import colour_edges
from kawka.engine.planner.instance import Instance, InstanceError, Pair, Plan, benefits, pair
from kawka.engine.planner.pairs import solve_pairs
from kawka.engine.planner.program import Infeasible, OutOfTime, Values
from kawka.engine.planner.rematching import with_solos
from kawka.engine.planner.search import Search
from kawka.engine.planner.stretches import prepare
from kawka.engine.planner.threes import Trio, TrioChooser, without_threes

Trios = Mapping[int, Sequence[Trio]]
MOST_TRIOS = 3
TRIES_PER_SECOND = 30


def has_few_trios(instance: Instance) -> bool:
    """Whether the open rounds have pairs and at most a few tables of three each."""
    sizes = instance.sizes[instance.frozen :]
    return all(max(one, default=0) <= 3 and one.count(3) <= MOST_TRIOS for one in sizes)


def solve_with_trios(
    instance: Instance, deadline: float, seconds: float, seed: int, *, in_turn: bool = False
) -> Search:
    """The best plan found; `in_turn` lets nobody sit in a second trio before everybody could in a first."""
    search = Search(instance)
    try:
        _Trios(search, deadline, seconds, seed, in_turn).run()
    except (Infeasible, InstanceError, OutOfTime):
        search.notes.append("no trios")
    return search


class _Trios:
    def __init__(self, search: Search, deadline: float, seconds: float, seed: int, in_turn: bool) -> None:
        self.search = search
        self.instance = search.instance
        self.deadline, self.seconds, self.seed = deadline, seconds, seed
        self.chance = Random(seed)
        chairs = None
        if in_turn:
            threes = sum(one.count(3) for one in self.instance.sizes)
            chairs = -(-3 * threes // max(self.instance.n, 1))
        self.chooser = TrioChooser(self.instance, deadline, chairs)

    def run(self) -> None:
        """Choose threes, solve the pairs, then change one three at a time while that helps."""
        values = self.chooser.relax()
        if self.chooser.is_priced:
            self.search.limit(values.objective + self.chooser.task.settled)
        barred: set[int] = set()
        value = self._try(values, barred)
        size = max(self.instance.n, 12)
        tries = int(TRIES_PER_SECOND * self.seconds * (25 / size) ** 1.5)
        best = self.chooser.last
        for _ in range(tries):
            if self.search.is_proven or not best:
                break
            out = {self.chance.choice(best)}
            found = self._try(values, barred | out)
            if found > value:
                value, best, barred = found, self.chooser.last, barred | out

    def _try(self, values: Values, barred: set[int]) -> float:
        """What a plan near these values is worth, without some threes."""
        found = self.chooser.trios(values, barred)
        if found is None:
            return -np.inf
        trios, choice = found
        chosen: dict[int, list[Trio]] = {}
        for part, some, each in zip(self.chooser.task.stretches, trios, self.chooser.threes, strict=True):
            chosen.update(zip(part.rounds, _spread(some, len(part.rounds), each), strict=True))
        if any(len(chosen[number]) < self.instance.sizes[number].count(3) for number in chosen):
            return -np.inf
        plan = self._dealt(chosen, choice) if choice else None
        return self._offer(plan) if plan else self._solve(chosen)

    def _dealt(self, chosen: Trios, choice: Choice) -> Plan | None:
        """The pairs dealt to rounds around the threes; none if no way is found."""
        task, pairs = self.chooser.task, dict[int, list[Pair]]()
        for part, talks in zip(task.stretches, choice.talks, strict=True):
            taken = [{one for trio in chosen[number] for one in trio} for number in part.rounds]
            classes = colour_edges(self.instance.n, talks, len(part.rounds), self.chance, taken)
            if classes is None:
                return None
            pairs.update(zip(part.rounds, map(sorted, classes), strict=True))
        seated = {number: {one for trio in trios for one in trio} for number, trios in chosen.items()}
        open_rounds = with_solos(task, pairs, seated)
        first = self.instance.frozen
        return [
            *task.history,
            *([*map(list, chosen[first + k]), *tables] for k, tables in enumerate(open_rounds)),
        ]

    def _offer(self, plan: Plan) -> float:
        trial = Search(self.instance)
        trial.offer(plan)
        self.search.offer(plan)
        return trial.value

    def _solve(self, chosen: Trios) -> float:
        """The best pairs around these threes; what the whole plan is worth."""
        instance = self.instance
        there = instance.present.sum(axis=1)
        trios: Plan = [list(map(list, chosen.get(number, ()))) for number in range(instance.rounds)]
        task = prepare(_around(instance, chosen), extra=benefits(instance, trios), there=there)
        try:
            found = solve_pairs(task.instance, self.deadline, 0.1, self.seed, task)
        except Infeasible:
            return -np.inf
        if found.plan is None:
            return -np.inf
        plan = [[*trios[number], *tables] for number, tables in enumerate(found.plan)]
        return self._offer(plan)


def _spread(trios: list[Trio], rounds: int, each: int) -> list[list[Trio]]:
    """Threes for each round, nobody twice in one."""
    waiting, spread = list(trios), list[list[Trio]]()
    for _ in range(rounds):
        mine: list[Trio] = []
        for trio in list(waiting):
            if len(mine) < each and not {one for other in mine for one in other} & set(trio):
                mine.append(trio)
                waiting.remove(trio)
        spread.append(mine)
    return spread


def _around(instance: Instance, chosen: Trios) -> Instance:
    """What is left when these threes sit: the others in pairs, and nobody in pairs with whom they sat."""
    present = instance.present.copy()
    met = set()
    for number, trios in chosen.items():
        for trio in trios:
            present[list(trio), number] = False
            met |= {pair(a, b) for a, b in combinations(trio, 2)}
    sizes = without_threes(instance)
    once = met if instance.repeat_cost is None else met & instance.must
    return replace(
        instance, present=present, sizes=sizes, never=instance.never | once, must=instance.must - met
    )
