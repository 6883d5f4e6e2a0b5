"""Small rooms with any tables: every table there could be is a column of one integer program."""

from itertools import combinations
from math import comb

import numpy as np

from kawka.engine.planner.instance import Instance, Plan, benefits, company, meetings, score
from kawka.engine.planner.program import Entries, Infeasible, Places, Program

Table = tuple[int, ...]
MOST_TABLES = 250


def is_small(instance: Instance, most: int = MOST_TABLES) -> bool:
    """Whether all tables of all open rounds are few enough."""
    count = 0
    for number in range(instance.frozen, instance.rounds):
        here = int(instance.present[:, number].sum())
        count += sum(comb(here, size) for size in set(instance.sizes[number]))
    return count <= most


def best_of_all(instance: Instance, deadline: float, nodes: int) -> tuple[Plan, float]:
    """A plan and what no plan is worth more than. Raises Infeasible or OutOfTime."""
    return _Tables(instance, deadline).solve(nodes)


class _Tables:
    def __init__(self, instance: Instance, deadline: float) -> None:
        self.instance = instance
        self.history: Plan = [
            [list(table) for table in tables] for tables in (instance.previous or ())[: instance.frozen]
        ]
        self.met = meetings(self.history)
        self.program = Program(deadline)
        self.tables = [
            (number, table)
            for number in range(instance.frozen, instance.rounds)
            for size in sorted(set(instance.sizes[number]))
            for table in combinations(np.nonzero(instance.present[:, number])[0].tolist(), size)
            if self._may_sit(table)
        ]
        self.entries: Entries = []
        self._seat_rows()
        self._pair_rows()
        self._bye_rows()
        self.column = self._table_columns()
        self._repeat_columns()

    def _may_sit(self, table: Table) -> bool:
        instance = self.instance
        for a, b in combinations(table, 2):
            once = instance.repeat_cost is None or (a, b) in instance.must
            if (a, b) in instance.never or (once and (a, b) in self.met):
                return False
        return True

    def _seat_rows(self) -> None:
        """Nobody sits twice in a round, and there are as many tables of each size as asked for."""
        instance, program = self.instance, self.program
        for number in range(instance.frozen, instance.rounds):
            sizes = instance.sizes[number]
            first = program.add_rows(np.zeros(instance.n), np.ones(instance.n))
            kinds = sorted(set(sizes))
            counts = np.array([float(sizes.count(size)) for size in kinds])
            count = program.add_rows(counts, counts)
            for column, (round_of, table) in enumerate(self.tables):
                if round_of == number:
                    rows = [first + one for one in table] + [count + kinds.index(len(table))]
                    self._enter(column, rows)

    def _enter(self, column: int, rows: list[int], value: float = 1.0) -> None:
        self.entries.append((np.full(len(rows), column), np.array(rows, int), np.full(len(rows), value)))

    def _pair_rows(self) -> None:
        instance = self.instance
        self.pairs = {both: place for place, both in enumerate(combinations(range(instance.n), 2))}
        lower = np.array([float(both in instance.must and both not in self.met) for both in self.pairs])
        self.first_pair = self.program.add_rows(lower, np.ones(len(lower)))
        for column, (_, table) in enumerate(self.tables):
            self._enter(column, [self.first_pair + self.pairs[both] for both in combinations(table, 2)])

    def _bye_rows(self) -> None:
        instance = self.instance
        if instance.max_byes is None:
            return
        sat = np.zeros(instance.n)
        for tables in self.history:
            sat[[one for table in tables for one in table]] += 1
        wanted = np.maximum(instance.present.sum(axis=1) - instance.max_byes - sat, 0.0)
        first = self.program.add_rows(wanted, np.full(instance.n, np.inf))
        for column, (_, table) in enumerate(self.tables):
            self._enter(column, [first + one for one in table])

    def _table_columns(self) -> Places:
        """What each table is worth, and what it gives to whom where fairness counts."""
        instance = self.instance
        gain = np.zeros(len(self.tables))
        there = np.maximum(instance.present.sum(axis=1), 1)
        first = -1
        here = np.nonzero(instance.present.any(axis=1))[0]
        if instance.fairness and len(here):
            upper = np.full(instance.n, np.inf)
            upper[here] = (benefits(instance, self.history) * instance.rounds / there)[here]
            first = self.program.add_rows(np.full(instance.n, -np.inf), upper)
        for column, (number, table) in enumerate(self.tables):
            square = instance.weight(len(table)) * instance.gain[np.ix_(table, table)]
            gain[column] = (1 - instance.fairness) * square.sum() + self._kept(number, table)
            if first >= 0:
                rows = np.array([first + one for one in table])
                shares = -square.sum(axis=1) * instance.rounds / there[list(table)]
                self.entries.append((np.full(len(rows), column), rows, shares))
        ones = np.ones(len(self.tables))
        start = self.program.add_columns(gain, 0 * ones, ones, self.entries)
        if first >= 0:
            least = [(np.zeros(len(here), int), first + here, np.ones(len(here)))]
            free = np.array([np.inf])
            self.program.add_columns(np.array([instance.fairness * instance.n]), -free, free, least)
        return start + np.arange(len(self.tables))

    def _kept(self, number: int, table: Table) -> float:
        """What is not lost by changes if this table is set."""
        instance = self.instance
        if not instance.stability or instance.previous is None or number >= len(instance.previous):
            return 0.0
        before = company(instance.previous[number])
        same = 0
        for one in table:
            old, new = before.get(one, frozenset()), frozenset(table) - {one}
            same += instance.kept(one, number) * ((old == new) - (not old))
        return instance.stability * same

    def _repeat_columns(self) -> None:
        cost = self.instance.repeat_cost
        if cost is None:
            return
        for both, place in self.pairs.items():
            if both in self.instance.must:
                continue
            row = self.first_pair + place
            if both in self.met:
                self.program.bound_row(row, 0.0, 0.0)
            entry = [(np.zeros(1, int), np.array([row]), -np.ones(1))]
            self.program.add_columns(np.array([-cost]), np.zeros(1), np.array([np.inf]), entry)

    def solve(self, nodes: int) -> tuple[Plan, float]:
        """The plan and its bound."""
        ones = np.ones(len(self.tables))
        if not self.tables and any(self.instance.sizes[self.instance.frozen :]):
            raise Infeasible
        found = self.program.solve_whole(self.column, 0 * ones, ones, nodes=nodes, gap=1e-7)
        plan: Plan = [*self.history, *([] for _ in range(self.instance.frozen, self.instance.rounds))]
        for column, (number, table) in zip(self.column, self.tables, strict=True):
            if found.columns[column] > 0.5:
                plan[number].append(list(table))
        return plan, score(self.instance, plan) + max(0.0, found.bound - found.objective)
