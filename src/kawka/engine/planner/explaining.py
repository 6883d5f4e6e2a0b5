"""Why no plan can be had, in one sentence that names people."""

from dataclasses import replace

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
    return _empty_round(instance) or _wish_in_the_way(instance) or _too_few(instance)


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
