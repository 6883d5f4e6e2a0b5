"""Which threes and pairs meet: the program of pairs with columns for tables of three."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from kawka.engine.planner.choosing import Choice, Chooser
from kawka.engine.planner.instance import Instance
from kawka.engine.planner.program import Entries, Infeasible, Numbers, Places, Values
from kawka.engine.planner.stretches import prepare

Trio = tuple[int, int, int]
ALL_TRIOS_UP_TO = 40
PARTNERS, FEWER_PARTNERS = 12, 6
MANY_PEOPLE = 100
SMALL = 1e-6
MOST_PRICINGS = 12


class TrioChooser(Chooser):
    """The program of pairs with columns for threes besides."""

    def __init__(self, instance: Instance, deadline: float, chairs: int | None) -> None:
        task = prepare(instance)
        self.threes = [instance.sizes[part.rounds[0]].count(3) for part in task.stretches]
        self.triples: tuple[Places, ...] = (np.zeros(0, int),) * 3
        self.last: list[int] = []
        self.is_priced = instance.n <= ALL_TRIOS_UP_TO
        self.trio_stretch = self.trio_column = np.zeros(0, int)
        self.trio_most = np.zeros(0)
        super().__init__(task, deadline)
        self.worth = (1 - instance.fairness) * instance.weight(3) * instance.worth
        self.trio_shares = instance.weight(3) * self.scale[:, None] * instance.gain
        most = np.full(self.n, np.inf if chairs is None else float(chairs))
        self.chair = self.program.add_rows(np.zeros(self.n), most)
        totals = [
            float(threes * len(part.rounds)) for threes, part in zip(self.threes, task.stretches, strict=True)
        ]
        self.total = self.program.add_rows(np.array(totals), np.array(totals))
        for number, part in enumerate(task.stretches):
            if self.threes[number]:
                self._add_trios(number, _triples(self.worth, self.open_pairs(number)))
            if 2 * part.pairs + 3 * self.threes[number] == int(part.here.sum()):
                for person in np.nonzero(part.here)[0]:
                    seats = float(len(part.rounds))
                    self.program.bound_row(self.degree + number * self.n + int(person), seats, seats)

    def _add_trios(self, number: int, triples: tuple[Places, Places, Places]) -> None:
        part, (i, j, k) = self.task.stretches[number], triples
        new, ones = np.arange(len(i)), np.ones(len(i))
        entries: Entries = [(new, np.full(len(i), self.total + number), ones)]
        for one in (i, j, k):
            entries += [(new, self.degree + number * self.n + one, ones), (new, self.chair + one, ones)]
            if self.byes >= 0:
                entries.append((new, self.byes + one, ones))
        for (one_of, other_of), together in self.together.items():
            which = np.nonzero(_holding(one_of, other_of, (i, j, k)))[0]
            entries.append((which, np.full(len(which), together), np.ones(len(which))))
        if self.fair >= 0:
            share = self.trio_shares
            for gains, first, second in ((i, j, k), (j, k, i), (k, i, j)):
                entries.append((new, self.fair + gains, -share[gains, first] - share[gains, second]))
        value = self.worth[i, j] + self.worth[i, k] + self.worth[j, k]
        most = ones if self.task.instance.repeat_cost is None else ones * len(part.rounds)
        place = self.program.add_columns(value, np.zeros(len(i)), most, entries)
        self.triples = tuple(np.concatenate(both) for both in zip(self.triples, (i, j, k), strict=True))
        self.trio_stretch = np.concatenate([self.trio_stretch, np.full(len(i), number)])
        self.trio_column = np.concatenate([self.trio_column, place + new])
        self.trio_most = np.concatenate([self.trio_most, most])

    def open_pairs(self, number: int) -> NDArray[np.bool_]:
        """Who may meet in a stretch."""
        here = self.task.stretches[number].here
        return self.task.allowed & here[:, None] & here[None, :]

    def relax(self) -> Values:
        """The best values, whole or not, of all pairs and threes there could be."""
        values = super().relax()
        for _ in range(MOST_PRICINGS):
            added = sum(self._price_trios(number, values) for number in range(len(self.threes)))
            if not added:
                self.is_priced = True
                break
            values = super().relax()
        return values

    def _price_trios(self, number: int, values: Values) -> int:
        """Columns for the best three of each person, as far as they would add something."""
        n, prices = self.n, values.prices
        if n <= ALL_TRIOS_UP_TO or not self.threes[number]:
            return 0
        both = np.where(self.open_pairs(number), self._pair_worth(prices), -np.inf)
        alone = prices[self.degree + number * n :][:n] + prices[self.chair :][:n]
        if self.byes >= 0:
            alone = alone + prices[self.byes :][:n]
        least = prices[self.total + number] + SMALL
        found: set[tuple[int, ...]] = set()
        rest = both - alone[:, None] - alone[None, :]
        for one in np.nonzero(self.task.stretches[number].here)[0].tolist():
            worth = rest + both[one][:, None] + both[one][None, :]
            other, third = divmod(int(np.argmax(worth)), n)
            if worth[other, third] - alone[one] > least:
                found.add(tuple(sorted((one, other, third))))
        if found:
            i, j, k = np.array(sorted(found)).T
            self._add_trios(number, (i, j, k))
        return len(found)

    def _pair_worth(self, prices: Numbers) -> Numbers:
        """What a pair adds to a three at the prices of the rows, apart from its people's seats."""
        worth, n = self.worth.copy(), self.n
        if self.fair >= 0:
            shared = prices[self.fair : self.fair + n][:, None] * self.trio_shares
            worth += shared + shared.T
        for (a, b), row in self.together.items():
            if row < len(prices):
                worth[a, b] -= prices[row]
                worth[b, a] -= prices[row]
        return worth

    def _keep_apart(self, values: Values) -> int:
        """Rows for pairs that meet more than once, in pairs or threes."""
        cost = self.task.instance.repeat_cost
        met = np.zeros((self.n, self.n))
        np.add.at(met, (self.one, self.other), values.columns[self.column])
        i, j, k = self.triples
        held = values.columns[self.trio_column]
        for ones, others in ((i, j), (i, k), (j, k)):
            np.add.at(met, (ones, others), held)
        over = [(int(one), int(other)) for one, other in np.argwhere(met > 1 + SMALL)]
        twice = [both for both in over if both not in self.together]
        for a, b in twice:
            columns = self.place[:, a, b]
            columns = np.concatenate([columns[columns >= 0], self.trio_column[_holding(a, b, self.triples)]])
            row = self.program.add_row(-np.inf, 1.0, columns, np.ones(len(columns)))
            self.together[a, b] = row
            if cost is not None:
                entry = [(np.zeros(1, int), np.array([row]), -np.ones(1))]
                self.program.add_columns(np.array([-cost]), np.zeros(1), np.array([np.inf]), entry)
        return len(twice)

    def trios(self, values: Values, barred: set[int]) -> tuple[list[list[Trio]], Choice | None] | None:
        """Whole threes and pairs near these values for each stretch; none of the threes is barred."""
        settled = list(barred)
        try:
            for place in barred:
                self.program.bound(int(self.trio_column[place]), 0.0, 0.0)
            if barred:
                values = self._solve_again()
            held = values.columns[self.trio_column]
            while len(broken := np.nonzero(np.abs(held - np.rint(held)) > SMALL)[0]):
                place = int(broken[np.argmax(held[broken] - np.floor(held[broken]))])
                settled.append(place)
                up = float(np.ceil(held[place]))
                self.program.bound(int(self.trio_column[place]), up, up)
                values = self._solve_again()
                held = values.columns[self.trio_column]
            sure = np.nonzero(held > 0.5)[0].tolist()
            for place in sure:
                self.program.bound(int(self.trio_column[place]), float(round(held[place])), np.inf)
            settled += sure
            choice = self.whole(values) or self.dive(values)
        except Infeasible:
            return None
        finally:
            for place in settled:
                self.program.bound(int(self.trio_column[place]), 0.0, float(self.trio_most[place]))
        found: list[list[Trio]] = [[] for _ in self.threes]
        self.last = sure
        for place in sure:
            one, other, third = (int(column[place]) for column in self.triples)
            found[self.trio_stretch[place]] += [(one, other, third)] * round(float(held[place]))
        return found, choice


def without_threes(instance: Instance) -> tuple[tuple[int, ...], ...]:
    """The tables that are left when the threes of the open rounds are taken away."""
    return tuple(
        tuple(size for size in one if size < 3) if number >= instance.frozen else one
        for number, one in enumerate(instance.sizes)
    )


def _triples(worth: Numbers, allowed: NDArray[np.bool_]) -> tuple[Places, Places, Places]:
    """Threes who may meet: all of few people, of many those among best partners."""
    n = len(worth)
    if n <= ALL_TRIOS_UP_TO:
        triples = np.array(list(combinations(range(n), 3)), int).reshape(-1, 3)
    else:
        few = PARTNERS if n < MANY_PEOPLE else FEWER_PARTNERS
        best = np.argpartition(-np.where(allowed, worth, -np.inf), few, axis=1)[:, :few]
        first, second = np.triu_indices(few, 1)
        triples = np.stack(
            [np.repeat(np.arange(n), len(first)), best[:, first].ravel(), best[:, second].ravel()], axis=1
        )
        triples = np.unique(np.sort(triples, axis=1), axis=0)
    i, j, k = triples.T
    good = allowed[i, j] & allowed[i, k] & allowed[j, k]
    return i[good], j[good], k[good]


def _holding(a: int, b: int, triples: Sequence[Places]) -> NDArray[np.bool_]:
    """Which threes have both of these people."""
    held = np.zeros(len(triples[0]), int)
    for one in triples:
        held += (one == a) | (one == b)
    return held == 2
