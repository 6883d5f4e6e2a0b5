"""Which pairs meet in which stretch of rounds: a linear program with columns priced in and odd sets cut off.

In a stretch of k rounds everybody has k talks, or fewer where people sit out; a pair meets once. What such a
program finds is no plan yet, but no plan is worth more, and the colouring usually makes a plan of it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kawka.engine.planner.cutting import Cut, Weights, by_pair, fractional_cuts, overfull_cuts
from kawka.engine.planner.instance import Pair
from kawka.engine.planner.program import Entries, Infeasible, Numbers, Places, Program, Values
from kawka.engine.planner.stretches import Task

SMALL = 1e-6
FIRST_PARTNERS = 12
MOST_STEPS = 60
MOST_PRICED = 6
MOST_DIVES = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """Talks by stretch (a pair stands there as often as it meets) and what bounds their worth."""

    talks: list[list[Pair]]
    bound: float


class Chooser:
    """The program of one task. Its columns are pairs in stretches, and what fairness and repeats need."""

    def __init__(self, task: Task, deadline: float) -> None:
        self.task = task
        self.n = task.instance.n
        self.program = Program(deadline)
        self.cuts: list[Cut] = []
        self.is_turned = False
        self.stretch, self.one, self.other, self.column = (np.zeros(0, int) for _ in range(4))
        shape = (len(task.stretches), self.n, self.n)
        self.place = np.full(shape, -1)
        self.open = np.zeros(shape, bool)
        for number, part in enumerate(task.stretches):
            self.open[number] = task.allowed & part.here[:, None] & part.here[None, :] & (part.pairs > 0)
        there = task.there
        self.scale = np.where(there > 0, task.instance.rounds / np.maximum(there, 1), 0.0)
        self.shares = task.instance.weight(2) * self.scale[:, None] * task.instance.gain
        self._add_rows()
        self._add_fairness(there)
        for number in range(len(task.stretches)):
            self._add_columns(number, self._best_partners(number))

    # What the program is made of

    def _add_rows(self) -> None:
        task, n, program = self.task, self.n, self.program
        self.degree = program.rows
        for part in task.stretches:
            most = np.where(part.here, float(len(part.rounds)), 0.0)
            program.add_rows(most if part.is_full else np.zeros(n), most)
        counts = np.array([float(part.pairs * len(part.rounds)) for part in task.stretches])
        self.count = program.add_rows(counts, counts)
        self.byes = -1
        if task.spare_byes is not None and not all(part.is_full for part in task.stretches):
            self.byes = self._add_byes(task.spare_byes)
        one = np.ones(len(task.must))
        first = program.add_rows(one, one)
        self.together = {both: first + number for number, both in enumerate(task.must)}

    def _add_byes(self, spare: NDArray[np.int_]) -> int:
        """Rows for how often everybody sits in a pair at least; somebody alone at a table sits as well."""
        there = np.zeros(self.n)
        for part in self.task.stretches:
            there += len(part.rounds) * part.here
        first = self.program.add_rows(np.maximum(there - spare, 0.0), np.full(self.n, np.inf))
        for number, part in enumerate(self.task.stretches):
            if part.solos:
                self._add_solos(number, first)
        return first

    def _add_solos(self, number: int, byes: int) -> None:
        part = self.task.stretches[number]
        people = np.nonzero(part.here)[0]
        seats = float(part.solos * len(part.rounds))
        row = self.program.add_rows(np.array([seats]), np.array([seats]))
        new, ones = np.arange(len(people)), np.ones(len(people))
        rows = [byes + people, self.degree + number * self.n + people, np.full(len(people), row)]
        most = np.full(len(people), float(len(part.rounds)))
        self.program.add_columns(
            np.zeros(len(people)), np.zeros(len(people)), most, [(new, one, ones) for one in rows]
        )

    def _add_fairness(self, there: NDArray[np.int_]) -> None:
        self.fair = -1
        people = np.nonzero(there > 0)[0]
        if not self.task.is_fair or not len(people):
            return
        upper = np.where(there > 0, self.task.before * self.scale, np.inf)
        self.fair = self.program.add_rows(np.full(self.n, -np.inf), upper)
        worth = np.array([self.task.instance.fairness * self.n])
        free = np.array([np.inf])
        entries = [(np.zeros(len(people), int), self.fair + people, np.ones(len(people)))]
        self.program.add_columns(worth, -free, free, entries)

    def _best_partners(self, number: int) -> NDArray[np.bool_]:
        part, wanted = self.task.stretches[number], self.open[number].copy()
        few = max(FIRST_PARTNERS, 2 * len(part.rounds) + 4)
        if few < self.n - 1:
            value = np.where(wanted, -part.value, np.inf)
            best = np.argpartition(value, few, axis=1)[:, :few]
            near = np.zeros_like(wanted)
            near[np.arange(self.n)[:, None], best] = True
            wanted &= near | near.T
        for a, b in self.task.must:
            wanted[a, b] = wanted[b, a] = self.open[number][a, b]
        return wanted

    def _add_columns(self, number: int, wanted: NDArray[np.bool_]) -> int:
        """Columns for pairs of one stretch that have none yet; how many there were."""
        one, other = np.nonzero(np.triu(wanted & (self.place[number] < 0), 1))
        count, part = len(one), self.task.stretches[number]
        if not count:
            return 0
        most = 1.0 if self.task.instance.repeat_cost is None else float(len(part.rounds))
        first = self.program.add_columns(
            part.value[one, other], np.zeros(count), np.full(count, most), self._entries(number, one, other)
        )
        self.place[number][one, other] = self.place[number][other, one] = first + np.arange(count)
        self.stretch = np.concatenate([self.stretch, np.full(count, number)])
        self.one, self.other = np.concatenate([self.one, one]), np.concatenate([self.other, other])
        self.column = np.concatenate([self.column, first + np.arange(count)])
        return count

    def _entries(self, number: int, one: Places, other: Places) -> Entries:
        new, ones = np.arange(len(one)), np.ones(len(one))
        base = self.degree + number * self.n
        entries = [
            (new, base + one, ones),
            (new, base + other, ones),
            (new, np.full(len(one), self.count + number), ones),
        ]
        if self.byes >= 0:
            entries += [(new, self.byes + one, ones), (new, self.byes + other, ones)]
        if self.fair >= 0:
            entries += [(new, self.fair + a, -self.shares[a, b]) for a, b in ((one, other), (other, one))]
        for (a, b), row in self.together.items():
            entries.append(_entry((one == a) & (other == b), row))
        for cut in self.cuts:
            if cut.stretch == number:
                entries.append(_entry(cut.within(one, other), cut.row))
        return entries

    # Solving

    def relax(self) -> Values:
        """The best values, whole or not, of all columns there could be. Raises Infeasible or OutOfTime."""
        for _ in range(MOST_STEPS):
            try:
                values = self.program.solve()
            except Infeasible:
                if not self._add_all():
                    raise
                continue
            if not (self._price(values) or self._keep_apart(values) or self._cut(values)):
                break
        return values

    def whole(self, values: Values) -> Choice | None:
        """The choice these values stand for, if they are whole."""
        held = values.columns[self.column]
        if np.abs(held - np.rint(held)).max(initial=0.0) > SMALL:
            return None
        return Choice(self._talks(held), values.objective + self.task.settled)

    def dive(self, values: Values) -> Choice | None:
        """A good whole choice: make some of the broken values whole, solve again, and so on."""
        settled: list[int] = []
        try:
            for _ in range(MOST_DIVES):
                broken = self._broken(values)
                if not len(broken):
                    return self.whole(values)
                batch = self._settle(broken, values)
                settled += batch
                values = self._solve_settled(batch)
            return None
        except Infeasible:
            return None
        finally:
            most = self._most()
            for place in settled:
                self.program.bound(int(self.column[place]), 0.0, float(most[place]))

    def _broken(self, values: Values) -> Places:
        """Places of the values between whole numbers, the largest parts first."""
        held = values.columns[self.column]
        part = held - np.floor(held + SMALL)
        broken = np.nonzero(part > SMALL)[0]
        return broken[np.argsort(-part[broken], kind="stable")]

    def _settle(self, broken: Places, values: Values) -> list[int]:
        """Round up some of the largest that do not touch one another."""
        taken: set[tuple[int, int]] = set()
        chosen: list[int] = []
        for place in broken[: max(1, len(broken) // 8)].tolist():
            seats = {(int(self.stretch[place]), int(end)) for end in (self.one[place], self.other[place])}
            if not seats & taken:
                taken |= seats
                chosen.append(place)
                up = float(np.ceil(values.columns[self.column[place]] - SMALL))
                self.program.bound(int(self.column[place]), up, up)
        return chosen

    def _solve_settled(self, batch: list[int]) -> Values:
        """Solve with what is settled; if that is too much with the first of it, or without it."""
        try:
            return self._solve_again()
        except Infeasible:
            most = self._most()
            for place in batch[1:]:
                self.program.bound(int(self.column[place]), 0.0, float(most[place]))
        if len(batch) > 1:
            try:
                return self._solve_again()
            except Infeasible:
                pass
        self.program.bound(int(self.column[batch[0]]), 0.0, 0.0)
        return self._solve_again()

    def _solve_again(self) -> Values:
        values = self.program.solve()
        while self._keep_apart(values) or self._cut(values):
            values = self.program.solve()
        return values

    def free(self, values: Values, known: float) -> int:
        """How many columns a search for something better than `known` would have to decide."""
        gap = values.objective + self.task.settled - known
        worth = np.where(self.open, self.reduced(values), np.nan)
        return int((np.abs(worth) <= gap + SMALL).sum()) // 2

    def choose(self, values: Values, known: float, *, nodes: int) -> Choice:
        """The best whole choice near these values, better than what is `known` where that can be had."""
        gap = values.objective + self.task.settled - known
        if np.isfinite(gap):
            self._price(values, within=gap)
        lower, upper = self._bounds(values, gap)
        bound = values.objective
        for _ in range(MOST_STEPS):
            found = self.program.solve_whole(
                self.column, lower, upper, nodes=nodes, gap=self.task.grain * 0.9
            )
            if not self._keep_apart(found):
                break
        if np.isfinite(gap):
            bound = min(bound, max(found.bound, known - self.task.settled))
        return Choice(self._talks(found.columns[self.column]), bound + self.task.settled)

    def cut_overfull(self, choice: Choice) -> int:
        """Cut off a whole choice that cannot be dealt to rounds; in how many ways."""
        found: list[Cut] = []
        for number, talks in enumerate(choice.talks):
            weights: Weights = {}
            for both in talks:
                weights[both] = weights.get(both, 0.0) + 1
            found += overfull_cuts(number, self.n, len(self.task.stretches[number].rounds), weights)
        return self._add_cuts(found)

    def turn(self, noise: Numbers) -> None:
        """Add a little to the worth of every pair, to find another choice among equals."""
        self.is_turned = True
        for number, one, other, column in zip(self.stretch, self.one, self.other, self.column, strict=True):
            worth = self.task.stretches[number].value[one, other] + noise[one, other]
            self.program.price(int(column), float(worth))

    def reduced(self, values: Values) -> Numbers:
        """What one more talk of each pair in each stretch would add, at the prices of the rows."""
        prices, task, n = values.prices, self.task, self.n
        common = np.zeros((n, n))
        if self.byes >= 0:
            each = prices[self.byes : self.byes + n]
            common += each[:, None] + each[None, :]
        if self.fair >= 0:
            shared = prices[self.fair : self.fair + n][:, None] * self.shares
            common -= shared + shared.T
        for (a, b), row in self.together.items():
            if row < len(prices):
                common[a, b] += prices[row]
                common[b, a] += prices[row]
        found = np.empty_like(self.place, dtype=float)
        for number, part in enumerate(task.stretches):
            each = prices[self.degree + number * n : self.degree + (number + 1) * n]
            found[number] = part.value - each[:, None] - each[None, :] - prices[self.count + number] - common
        for cut in self.cuts:
            if cut.row >= len(prices):
                continue
            inside = np.nonzero(cut.inside)[0]
            found[cut.stretch][np.ix_(inside, inside)] -= prices[cut.row]
            for a, b in cut.edges:
                if not (cut.inside[a] and cut.inside[b]):
                    found[cut.stretch][a, b] -= prices[cut.row]
                    found[cut.stretch][b, a] -= prices[cut.row]
        return found

    def _price(self, values: Values, within: float = 0.0) -> int:
        """Columns that would add something, or lose no more than `within`; how many there were."""
        worth = np.where(self.open & (self.place < 0), self.reduced(values), -np.inf)
        added = 0
        for number in range(len(self.task.stretches)):
            wanted = worth[number] > SMALL - within
            if not within and self.n > MOST_PRICED:
                least = np.partition(worth[number], -MOST_PRICED, axis=1)[:, -MOST_PRICED]
                wanted &= (worth[number] >= least[:, None]) | (worth[number] >= least[None, :])
            if wanted.any():
                added += self._add_columns(number, wanted)
        return added

    def _add_all(self) -> int:
        return sum(self._add_columns(number, self.open[number]) for number in range(len(self.task.stretches)))

    def _keep_apart(self, values: Values) -> int:
        """Rows for pairs that meet more than once where that is forbidden or costs; how many there were."""
        cost = self.task.instance.repeat_cost
        if cost is None and len(self.task.stretches) == 1:
            return 0
        held = by_pair(self.one, self.other, values.columns[self.column])
        twice = [both for both, times in held.items() if times > 1 + SMALL and both not in self.together]
        for a, b in twice:
            columns = self.place[:, a, b]
            columns = columns[columns >= 0]
            ones = np.ones(len(columns))
            row = self.program.add_row(-np.inf, 1.0, columns, ones)
            self.together[a, b] = row
            if cost is not None:
                entry = [(np.zeros(1, int), np.array([row]), -np.ones(1))]
                self.program.add_columns(np.array([-cost]), np.zeros(1), np.array([np.inf]), entry)
        return len(twice)

    def _cut(self, values: Values) -> int:
        once = self.task.instance.repeat_cost is None
        held = values.columns[self.column]
        found: list[Cut] = []
        for number, part in enumerate(self.task.stretches):
            mine = self.stretch == number
            weights = by_pair(self.one[mine], self.other[mine], held[mine])
            found += fractional_cuts(number, self.n, len(part.rounds), weights, once=once)
        return self._add_cuts(found)

    def _add_cuts(self, found: list[Cut]) -> int:
        for cut in found:
            mine = np.nonzero(self.stretch == cut.stretch)[0]
            mine = mine[cut.within(self.one[mine], self.other[mine])]
            cut.row = self.program.add_row(-np.inf, float(cut.most), self.column[mine], np.ones(len(mine)))
            self.cuts.append(cut)
        return len(found)

    def _bounds(self, values: Values, gap: float) -> tuple[Numbers, Numbers]:
        """What each column can be in a choice that loses no more than `gap`."""
        most = self._most()
        worth = self.reduced(values)[self.stretch, self.one, self.other]
        lower, upper = np.zeros(len(most)), most.copy()
        upper[worth < -gap - SMALL] = 0.0
        sure = (worth > gap + SMALL) & (most == 1)
        lower[sure] = 1.0
        return lower, upper

    def _most(self) -> Numbers:
        """How often each pair may meet in its stretch."""
        if self.task.instance.repeat_cost is None:
            return np.ones(len(self.column))
        return np.array([float(len(self.task.stretches[number].rounds)) for number in self.stretch])

    def _talks(self, held: Numbers) -> list[list[Pair]]:
        talks: list[list[Pair]] = [[] for _ in self.task.stretches]
        for place in np.nonzero(held > 0.5)[0]:
            both = (int(self.one[place]), int(self.other[place]))
            talks[self.stretch[place]].extend([both] * round(float(held[place])))
        return talks


def _entry(counted: NDArray[np.bool_], row: int) -> tuple[Places, Places, Numbers]:
    which = np.nonzero(counted)[0]
    return which, np.full(len(which), row), np.ones(len(which))
