"""An instance of pairs made ready: the rounds that are still open, those that are alike taken together."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kawka.engine.planner.instance import Instance, InstanceError, Pair, benefits, byes, company, meetings

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Stretch:
    """Rounds with the same people and tables.

    `value[a, b]` is what a talk of a and b in one of them adds to the objective, fairness left out.
    `pairs` of them sit in twos, `solos` alone at a table; the others sit it out.
    """

    rounds: tuple[int, ...]
    here: NDArray[np.bool_]
    pairs: int
    solos: int
    value: Numbers

    @property
    def is_full(self) -> bool:
        """Whether everybody has a partner in every round."""
        return 2 * self.pairs == int(self.here.sum())


@dataclass(frozen=True)
class Task:
    """What is still to be decided: stretches of rounds, who may meet whom, and what is settled already.

    `settled` is the worth of what cannot be changed, `before` what each person had in rounds that are
    history, `there` in how many rounds they are there,
    `spare_byes` how many more rounds each may sit out (none if there is no limit).
    """

    instance: Instance
    stretches: tuple[Stretch, ...]
    allowed: NDArray[np.bool_]
    must: tuple[Pair, ...]
    settled: float
    before: Numbers
    there: NDArray[np.int_]
    spare_byes: NDArray[np.int_] | None

    @property
    def grain(self) -> float:
        """Worth comes in multiples of this."""
        instance = self.instance
        whole = not self.is_fair and float(instance.repeat_cost or 0).is_integer()
        whole = whole and all((part.value == np.rint(part.value)).all() for part in self.stretches)
        return 1.0 if whole else 1e-6

    @property
    def history(self) -> list[list[list[int]]]:
        """The rounds that stay as they are."""
        previous = self.instance.previous or ()
        return [[list(table) for table in tables] for tables in previous[: self.instance.frozen]]

    @property
    def is_fair(self) -> bool:
        """Whether the worst-off person counts."""
        return self.instance.fairness > 0


def is_paired(instance: Instance) -> bool:
    """Whether no table that is still open has more than two people."""
    return all(size <= 2 for sizes in instance.sizes[instance.frozen :] for size in sizes)


def prepare(
    instance: Instance,
    *,
    apart: bool = False,
    extra: Numbers | None = None,
    there: NDArray[np.int_] | None = None,
) -> Task:
    """The task of an instance of pairs; `apart` takes every round by itself. Raises InstanceError.

    `extra` is what people have of other tables, `there` in how many rounds they are there with these.
    """
    history = [[list(table) for table in tables] for tables in (instance.previous or ())[: instance.frozen]]
    met = meetings(history)
    allowed = ~np.eye(instance.n, dtype=bool)
    for a, b in instance.never:
        allowed[a, b] = allowed[b, a] = False
    once = set(met) if instance.repeat_cost is None else set(met) & instance.must
    for a, b in once:
        allowed[a, b] = allowed[b, a] = False
    before = benefits(instance, history)
    before = before if extra is None else before + extra
    settled = (1 - instance.fairness) * float(before.sum())
    if instance.repeat_cost:
        settled -= instance.repeat_cost * sum(times - 1 for times in met.values())
    stretches, wanted = _stretches(instance, met, apart)
    return Task(
        instance=instance,
        stretches=stretches,
        allowed=allowed,
        must=tuple(sorted(instance.must - met.keys())),
        settled=settled - wanted,
        before=before,
        there=instance.present.sum(axis=1) if there is None else there,
        spare_byes=_spare_byes(instance, history),
    )


def _stretches(instance: Instance, met: dict[Pair, int], apart: bool) -> tuple[tuple[Stretch, ...], float]:
    """The open rounds, and what it costs if everybody's company changes; what stays then adds to value."""
    value = (1 - instance.fairness) * instance.weight(2) * instance.worth
    if instance.repeat_cost:
        for a, b in met:
            value[a, b] -= instance.repeat_cost
            value[b, a] -= instance.repeat_cost
    alike: dict[object, list[int]] = defaultdict(list)
    values: dict[int, Numbers] = {}
    cost = 0.0
    for number in range(instance.frozen, instance.rounds):
        values[number], lost = _with_stability(instance, number, value)
        cost += lost
        alone = apart or values[number] is not value
        here = instance.present[:, number].tobytes()
        alike[number if alone else (here, tuple(sorted(instance.sizes[number])))].append(number)
    stretches = tuple(
        Stretch(
            rounds=tuple(numbers),
            here=instance.present[:, numbers[0]],
            pairs=instance.sizes[numbers[0]].count(2),
            solos=instance.sizes[numbers[0]].count(1),
            value=values[numbers[0]],
        )
        for numbers in alike.values()
    )
    return stretches, cost


def _with_stability(instance: Instance, number: int, value: Numbers) -> tuple[Numbers, float]:
    """Values with a reward for company that stays, and what is lost if none does."""
    kept = [one for one in range(instance.n) if instance.kept(one, number)] if instance.stability else []
    if not kept or instance.previous is None:
        return value, 0.0
    before = company(instance.previous[number])
    changed = value.copy()
    lost = instance.stability * len(kept)
    for one in kept:
        mates = before.get(one, frozenset())
        if not mates:
            lost -= instance.stability
            changed[one, :] -= instance.stability
            changed[:, one] -= instance.stability
        elif len(mates) == 1:
            (mate,) = mates
            changed[one, mate] += instance.stability
            changed[mate, one] += instance.stability
    return changed, lost


def _spare_byes(instance: Instance, history: list[list[list[int]]]) -> NDArray[np.int_] | None:
    if instance.max_byes is None:
        return None
    spare = instance.max_byes - byes(instance, history)
    for person in np.nonzero(spare < 0)[0]:
        raise InstanceError(
            f"person {person} sat out {instance.max_byes - spare[person]} rounds already, which are history,"
            f" and may sit out {instance.max_byes}"
        )
    return spare
