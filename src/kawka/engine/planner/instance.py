"""A problem of seating in numbers; what a plan of it is worth and which rules it breaks.

People are 0 … n-1, rounds 0 … rounds-1. The format of files is told in docs/engine.md.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Plan = list[list[list[int]]]
"""Rounds of tables of people."""
Pair = tuple[int, int]
"""Two people, the lower number first."""


class InstanceError(ValueError):
    """No plan can be had; the message says in one sentence why, and names people or rounds."""


@dataclass(frozen=True)
class Instance:
    """Everything a plan depends on.

    `gain[i, j]` is what a talk with j is worth to i. Rounds before `frozen` are history and equal those of
    `previous`; a person whose company differs from `previous` in a later round costs `stability`.
    """

    id: str
    n: int
    rounds: int
    sizes: tuple[tuple[int, ...], ...]
    present: NDArray[np.bool_]
    gain: NDArray[np.float64]
    factor: Mapping[int, float] = field(default_factory=dict)
    never: frozenset[Pair] = frozenset()
    must: frozenset[Pair] = frozenset()
    max_byes: int | None = None
    fairness: float = 0.0
    repeat_cost: float | None = None
    kind: str = "benefit"
    frozen: int = 0
    previous: tuple[tuple[tuple[int, ...], ...], ...] | None = None
    stability: float = 0.0
    previous_present: NDArray[np.bool_] | None = None

    @property
    def worth(self) -> NDArray[np.float64]:
        """What a talk of two is worth to both together."""
        return self.gain + self.gain.T

    def weight(self, size: int) -> float:
        """What the talk of one pair counts at a table of this size."""
        return float(self.factor.get(size, 1.0))

    def kept(self, person: int, number: int) -> bool:
        """Whether a change of this person's company in this round would cost."""
        return (
            self.previous is not None
            and self.frozen <= number < len(self.previous)
            and bool(self.present[person, number])
            and (self.previous_present is None or bool(self.previous_present[person, number]))
        )


def pair(a: int, b: int) -> Pair:
    """The two in order."""
    return (a, b) if a < b else (b, a)


def company(tables: Iterable[Sequence[int]]) -> dict[int, frozenset[int]]:
    """Whom each seated person sits with."""
    return {one: frozenset(table) - {one} for table in tables for one in table}


def score(instance: Instance, plan: Plan) -> float:
    """What the plan is worth: the objective of docs/engine.md."""
    if instance.kind == "golfer":
        return float(len(plan))
    each = benefits(instance, plan)
    worth = (1 - instance.fairness) * float(each.sum()) + instance.fairness * fair_share(instance, each)
    if instance.repeat_cost is not None:
        worth -= instance.repeat_cost * sum(times - 1 for times in meetings(plan).values())
    if instance.previous is not None:
        worth -= instance.stability * changes(instance, plan)
    return worth


def benefits(instance: Instance, plan: Plan) -> NDArray[np.float64]:
    """What each person has of the plan."""
    each = np.zeros(instance.n)
    for tables in plan:
        for table in tables:
            each[table] += instance.weight(len(table)) * instance.gain[np.ix_(table, table)].sum(axis=1)
    return each


def fair_share(instance: Instance, each: NDArray[np.float64]) -> float:
    """n times the benefit of the worst-off, measured by the rounds they are there."""
    there = instance.present.sum(axis=1)
    here = there > 0
    if not here.any():
        return 0.0
    return instance.n * float((each[here] * instance.rounds / there[here]).min())


def meetings(plan: Plan) -> Counter[Pair]:
    """How often each pair shares a table."""
    return Counter(pair(a, b) for tables in plan for table in tables for a, b in combinations(table, 2))


def changes(instance: Instance, plan: Plan) -> int:
    """How many people in how many rounds have other company than in the previous plan."""
    previous = instance.previous or ()
    changed = 0
    for number in range(instance.frozen, min(len(previous), len(plan))):
        before, now = company(previous[number]), company(plan[number])
        changed += sum(
            before.get(one, frozenset()) != now.get(one, frozenset())
            for one in range(instance.n)
            if instance.kept(one, number)
        )
    return changed


def faults(instance: Instance, plan: Plan) -> list[str]:
    """Every rule the plan breaks, in words; none if it is good."""
    return [
        *_faults_of_length(instance, plan),
        *(
            fault
            for number, tables in enumerate(plan)
            for fault in _faults_of_round(instance, number, tables)
        ),
        *_faults_of_pairs(instance, plan),
        *_faults_of_byes(instance, plan),
        *_faults_of_history(instance, plan),
    ]


def _faults_of_length(instance: Instance, plan: Plan) -> Iterator[str]:
    golfer = instance.kind == "golfer"
    if len(plan) > instance.rounds or (len(plan) < instance.rounds and not golfer):
        yield f"there are {len(plan)} rounds and not {instance.rounds}"


def _faults_of_round(instance: Instance, number: int, tables: Sequence[Sequence[int]]) -> Iterator[str]:
    if number >= instance.rounds:
        return
    for person, times in Counter(one for table in tables for one in table).items():
        if times > 1:
            yield f"round {number}: person {person} sits at {times} tables"
        if not instance.present[person, number]:
            yield f"round {number}: person {person} is not there"
    if sorted(map(len, tables)) != sorted(instance.sizes[number]):
        yield f"round {number}: the tables are of other sizes than asked for"


def _faults_of_pairs(instance: Instance, plan: Plan) -> Iterator[str]:
    met = meetings(plan)
    for (a, b), times in sorted(met.items()):
        if times > 1 and (instance.repeat_cost is None or (a, b) in instance.must):
            yield f"people {a} and {b} meet {times} times"
        if (a, b) in instance.never:
            yield f"people {a} and {b} must never meet and do"
    if instance.kind != "golfer":
        for a, b in sorted(instance.must - met.keys()):
            yield f"people {a} and {b} must meet and do not"


def _faults_of_byes(instance: Instance, plan: Plan) -> Iterator[str]:
    if instance.max_byes is None:
        return
    for person, count in enumerate(byes(instance, plan)):
        if count > instance.max_byes:
            yield f"person {person} sits out {count} rounds"


def byes(instance: Instance, plan: Plan) -> NDArray[np.int_]:
    """How many rounds of the plan each person is there and sits nowhere."""
    out = instance.present[:, : len(plan)].sum(axis=1).astype(int)
    for number, tables in enumerate(plan):
        for table in tables:
            for person in table:
                out[person] -= bool(instance.present[person, number])
    return out


def _faults_of_history(instance: Instance, plan: Plan) -> Iterator[str]:
    for number in range(min(instance.frozen, len(plan))):
        before = {frozenset(table) for table in (instance.previous or ())[number]}
        if before != {frozenset(table) for table in plan[number]}:
            yield f"round {number} is history and was changed"


def is_number(value: object) -> bool:
    """Whether it is a finite number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
