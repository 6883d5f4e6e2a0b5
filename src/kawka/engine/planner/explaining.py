"""Why no plan can be had, in one sentence that names people."""

from collections import Counter
from dataclasses import replace
from itertools import permutations

import numpy as np

from kawka.engine.planner.choosing import Chooser
from kawka.engine.planner.instance import Instance, InstanceError
from kawka.engine.planner.program import Infeasible, OutOfTime
from kawka.engine.planner.stretches import is_paired, prepare

TRIES = 40
MOST_PEOPLE = 60
FOREVER = float("inf")


def why_not(instance: Instance) -> str:
    """What stands in the way: a round nobody can fill, a pair that must meet, or pairs that must not."""
    return (
        _empty_round(instance)
        or _too_many_wishes(instance)
        or _too_many_rests(instance)
        or _too_many_meetings(instance)
        or _wish_in_the_way(instance)
        or _too_few(instance)
    )


def _empty_round(instance: Instance) -> str:
    """A round with more tables than there are people who may meet."""
    allowed = ~np.eye(instance.n, dtype=bool)
    for a, b in instance.never:
        allowed[a, b] = allowed[b, a] = False
    for number in range(instance.frozen, instance.rounds):
        here = instance.present[:, number]
        seats = sum(size for size in instance.sizes[number] if size > 1)
        may = here & (allowed & here[None, :]).any(axis=1)
        if seats and int(may.sum()) < seats:
            apart = [both for both in sorted(instance.never) if not may[both[0]] and here[list(both)].all()]
            for a, b in apart:
                return (
                    f"people {a} and {b} must never meet, like too many others in round {number}"
                    " to fill its tables"
                )
    return ""


def _too_many_wishes(instance: Instance) -> str:
    """Somebody who must meet more people than they sit with in all rounds."""
    wanted = Counter(one for both in instance.must for one in both)
    company = [max(sizes, default=1) - 1 for sizes in instance.sizes]
    for one, count in sorted(wanted.items()):
        most = sum(others for others, there in zip(company, instance.present[one], strict=True) if there)
        if count > most:
            a, b = min(both for both in instance.must if one in both)
            return (
                f"people {a} and {b} must meet, but person {one} must meet {count} people"
                f" and sits with {most} at most"
            )
    return ""


def _too_many_rests(instance: Instance) -> str:
    """More places missing than rests allowed."""
    if instance.max_byes is None:
        return ""
    there = instance.present.sum(axis=1)
    missing = int(there.sum()) - sum(map(sum, instance.sizes))
    allowed = int(np.minimum(there, instance.max_byes).sum())
    if missing > allowed:
        return f"the tables leave out {missing} and max_byes {instance.max_byes} allows {allowed} rests"
    return ""


def _too_many_meetings(instance: Instance) -> str:
    """A table whose people have too few tables to part to in another round, or more meetings than pairs."""
    if instance.repeat_cost is not None or instance.previous is not None:
        return ""
    for number, other in permutations(range(instance.rounds), 2):
        free = len(instance.sizes[other]) + instance.n - sum(instance.sizes[other])
        size = max(instance.sizes[number], default=0)
        if size > free:
            return (
                f"the {size} people at a table of round {number} cannot all part in round {other},"
                " where there are fewer tables"
            )
    meetings = sum(size * (size - 1) // 2 for sizes in instance.sizes for size in sizes)
    pairs = instance.n * (instance.n - 1) // 2 - len(instance.never)
    if meetings > pairs:
        return f"{meetings} meetings are asked for and only {pairs} pairs may meet, each of them once"
    return ""


def _wish_in_the_way(instance: Instance) -> str:
    """A pair without whose wish there would be a plan, else the first that has one."""
    wishes = [
        ("must meet", both, replace(instance, must=instance.must - {both})) for both in sorted(instance.must)
    ] + [
        ("must never meet", both, replace(instance, never=instance.never - {both}))
        for both in sorted(instance.never)
    ]
    if is_paired(instance) and instance.n <= MOST_PEOPLE:
        for words, (a, b), without in wishes[:TRIES]:
            if _may_work(without):
                return f"people {a} and {b} {words}, and so there is no plan"
    for words, (a, b), _ in wishes[:1]:
        return f"no plan was found with all wishes, for example that people {a} and {b} {words}"
    return ""


def _too_few(instance: Instance) -> str:
    who = f"people 0 and 1 among {instance.n}" if instance.n > 1 else f"{instance.n} people"
    return (
        f"no plan of {instance.rounds} rounds was found for {who} without a meeting twice or a rest too many"
    )


def _may_work(instance: Instance) -> bool:
    try:
        Chooser(prepare(instance), FOREVER).relax()
    except Infeasible:
        return False
    except (OutOfTime, InstanceError):
        return True
    return True
