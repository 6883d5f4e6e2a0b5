"""The planner's front door: an instance in, the best plan found and how far it can be from the best out."""

import time
from dataclasses import dataclass

import numpy as np

from kawka.engine.planner.enumerating import MOST_TABLES, best_of_all, is_small
from kawka.engine.planner.explaining import why_not
from kawka.engine.planner.golfing import schedule
from kawka.engine.planner.greedy import seat_greedily
from kawka.engine.planner.instance import Instance, InstanceError, Plan
from kawka.engine.planner.pairs import solve_pairs
from kawka.engine.planner.program import Infeasible, OutOfTime
from kawka.engine.planner.reading import check
from kawka.engine.planner.search import Search
from kawka.engine.planner.stretches import is_paired
from kawka.engine.planner.tabling import solve_tables
from kawka.engine.planner.trios import has_few_trios, solve_with_trios

GRACE = 2.0
NODES_PER_SECOND = 300


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan, what it is worth, what no plan is worth more than, and whether the two are equal."""

    plan: Plan
    value: float
    bound: float
    proven: bool


def solve(instance: Instance, seconds: float = 1.0, seed: int = 1) -> Solution:
    """The best plan found in about so many seconds; the same for the same seed. Raises InstanceError.

    What is tried is counted in steps. The clock only stops a search that takes far longer than expected; it
    counts what this thread computes, so a busy machine gives the same plan, only later.
    """
    check(instance)
    deadline = time.thread_time() + GRACE + 2 * seconds
    search = Search(instance)
    try:
        if instance.kind == "golfer":
            search = _golf(instance, deadline, seed)
        elif is_paired(instance):
            search = solve_pairs(instance, deadline, seconds, seed)
            search.limit(_most(instance))
        else:
            search = _tables(instance, deadline, seconds, seed)
    except Infeasible:
        raise InstanceError(why_not(instance)) from None
    if search.plan is None:
        raise InstanceError(why_not(instance))
    return Solution(search.plan, search.value, max(search.bound, search.value), search.is_proven)


def _golf(instance: Instance, deadline: float, seed: int) -> Search:
    """As many rounds without a repeat as are known, where everybody plays at tables of one size."""
    search = Search(instance)
    search.limit(float(instance.rounds))
    sizes = {size for one in instance.sizes for size in one}
    groups = {len(one) for one in instance.sizes}
    if len(sizes) == len(groups) == 1 and instance.present.all() and not instance.never:
        plan = schedule(min(groups), min(sizes), instance.rounds, deadline, seed)
        search.offer(plan)
    if search.plan is None or len(search.plan) < 1:
        search.offer(seat_greedily(instance, seed, whole=False))
    return search


def _tables(instance: Instance, deadline: float, seconds: float, seed: int) -> Search:
    """Tables of any size: all of them in small rooms, by a search over exchanges in others."""
    search = Search(instance)
    search.limit(_most(instance))
    if has_few_trios(instance):
        seconds = 0.5 * seconds
        found = solve_with_trios(instance, deadline, seconds, seed)
        search.offer(found.plan)
        search.limit(found.bound)
    if not search.is_proven and is_small(instance):
        _enumerate(search, deadline, seconds)
    if not search.is_proven:
        search.offer(solve_tables(instance, deadline, seed, search.plan, seconds=seconds))
    if search.plan is None:
        search.offer(seat_greedily(instance, seed))
    if search.plan is None and is_small(instance, 80 * MOST_TABLES):
        _enumerate(search, deadline + seconds, 20 * seconds)
    return search


def _enumerate(search: Search, deadline: float, seconds: float) -> None:
    try:
        plan, bound = best_of_all(search.instance, deadline, int(NODES_PER_SECOND * seconds) + 1)
    except OutOfTime:
        return
    search.offer(plan)
    search.limit(bound)


def _most(instance: Instance) -> float:
    """What no plan is worth more than: everybody with their best partners only."""
    if not instance.n:
        return 0.0
    talks = sum(max(0, *sizes) - 1 for sizes in instance.sizes if sizes)
    factor = max((instance.weight(size) for sizes in instance.sizes for size in sizes), default=1.0)
    best = -np.sort(-np.maximum(instance.gain, 0.0), axis=1)[:, : max(talks, 0)]
    if instance.repeat_cost is not None:
        best = best[:, :1] * max(talks, 0)
    each = max(factor, 0.0) * best.sum(axis=1)
    scale = instance.rounds / np.maximum(instance.present.sum(axis=1), 1)
    least = float((each * scale).min())
    return (1 - instance.fairness) * float(each.sum()) + instance.fairness * instance.n * least
