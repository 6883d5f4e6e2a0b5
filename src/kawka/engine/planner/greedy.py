"""Tables filled one after another with whoever fits best: a plan to begin with."""

import numpy as np

from kawka.engine.planner.instance import Instance, Plan

TRIES = 60


def seat_greedily(instance: Instance, seed: int, *, whole: bool = True) -> Plan | None:
    """All rounds, or as many as can be had if not `whole`; none if one round cannot be had."""
    chance = np.random.default_rng(seed)
    history: Plan = [
        [list(table) for table in tables] for tables in (instance.previous or ())[: instance.frozen]
    ]
    best: Plan = []
    for attempt in range(TRIES):
        plan = _attempt(instance, history, chance, attempt)
        if len(plan) == instance.rounds:
            return plan
        best = max(best, plan, key=len)
    return None if whole else best


def _attempt(instance: Instance, history: Plan, chance: np.random.Generator, attempt: int) -> Plan:
    room = _Room(instance, chance, attempt / TRIES)
    for tables in history:
        room.note(tables)
    plan = [*history]
    for number in range(len(plan), instance.rounds):
        filled = room.fill(number)
        if filled is None:
            break
        room.note(filled)
        here = instance.present[:, number].copy()
        here[[one for table in filled for one in table]] = False
        room.byes[here] += 1
        plan.append(filled)
    return plan


class _Room:
    """Who met whom so far, and who fits best."""

    def __init__(self, instance: Instance, chance: np.random.Generator, wildness: float) -> None:
        n = instance.n
        self.instance = instance
        self.never = np.eye(n, dtype=bool)
        for a, b in instance.never:
            self.never[a, b] = self.never[b, a] = True
        self.met = np.zeros((n, n), dtype=bool)
        self.byes = np.zeros(n)
        noise = chance.random((n, n))
        most = float(np.abs(instance.worth).max(initial=1.0))
        self.dear = 4 * most + 1
        self.worth = instance.worth + most * wildness * (noise + noise.T)
        for a, b in instance.must:
            self.worth[a, b] += self.dear
            self.worth[b, a] += self.dear

    def note(self, tables: list[list[int]]) -> None:
        """Remember who met."""
        for table in tables:
            self.met[np.ix_(table, table)] = True

    def fill(self, number: int) -> list[list[int]] | None:
        """The tables of one round, large ones first; none if somebody is missing for one."""
        cost = self.instance.repeat_cost
        barred = self.never | self.met if cost is None else self.never
        worth = self.worth if cost is None else self.worth - cost * self.met
        free = self.instance.present[:, number].copy()
        tables: list[list[int]] = []
        for size in sorted(self.instance.sizes[number], reverse=True):
            table: list[int] = []
            for _ in range(size):
                fits = free & ~barred[table].any(axis=0) if table else free
                if not fits.any():
                    return None
                alone = np.where(fits & ~barred, worth, -self.dear).max(axis=1)
                gain = worth[table].sum(axis=0) if table else alone
                one = int(np.argmax(np.where(fits, gain + self.byes * self.dear, -np.inf)))
                table.append(one)
                free[one] = False
            tables.append(table)
        return tables
