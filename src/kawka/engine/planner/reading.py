"""Instances read from their files and checked, so that whatever is wrong is said in one sentence."""

from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kawka.engine.planner.instance import Instance, InstanceError, Pair, is_number, pair

FORMAT = "talk-instance/1"
MOST_PEOPLE = 5000


def read(data: Any) -> Instance:
    """The instance in a parsed file. Raises InstanceError."""
    if not isinstance(data, Mapping):
        raise InstanceError("the file holds no instance")
    if data.get("format", FORMAT) != FORMAT:
        raise InstanceError(f"the format is {data['format']!r} and not {FORMAT!r}")
    n = _count(data, "n")
    rounds = _count(data, "rounds")
    if n > MOST_PEOPLE:
        raise InstanceError(f"{n} people are more than the {MOST_PEOPLE} that can be planned for")
    replan = data.get("replan") or {}
    if not isinstance(replan, Mapping):
        raise InstanceError("replan must be an object")
    kind = data.get("kind", "benefit")
    if kind not in ("benefit", "golfer"):
        raise InstanceError(f"kind must be benefit or golfer, not {kind!r}")
    instance = Instance(
        id=str(data.get("id", "")),
        n=n,
        rounds=rounds,
        sizes=_sizes(data, rounds),
        present=_presence(data, "present", n, rounds),
        gain=_gain(data, n),
        factor=_factor(data),
        never=frozenset((a, b) for a, b in _pairs(data, "never", n) if a != b),
        must=frozenset(_pairs(data, "must", n)),
        max_byes=None if data.get("max_byes") is None else _count(data, "max_byes"),
        fairness=_number(data, "fairness", 0.0, most=1.0) or 0.0,
        repeat_cost=_number(data, "repeat_cost", None),
        kind=kind,
        frozen=_count(replan, "frozen") if replan else 0,
        previous=_previous(replan, n, rounds) if replan else None,
        stability=(_number(replan, "stability", 0.0) or 0.0) if replan else 0.0,
        previous_present=_presence(replan, "previous_present", n, rounds) if replan else None,
    )
    check(instance)
    return instance


def check(instance: Instance) -> None:
    """Say what cannot be had at first sight. Raises InstanceError naming people or rounds."""
    for number, sizes in enumerate(instance.sizes):
        there = int(instance.present[:, number].sum())
        if sum(sizes) > there:
            raise InstanceError(f"round {number} has {sum(sizes)} seats and only {there} people are there")
    _check_musts(instance)
    _check_history(instance)


def _check_musts(instance: Instance) -> None:
    if instance.kind == "golfer":
        return
    for a, b in sorted(instance.must):
        if a == b:
            raise InstanceError(f"person {a} cannot meet themselves, as the must pair {a}-{b} asks")
        if (a, b) in instance.never:
            raise InstanceError(f"people {a} and {b} must meet and must never meet")
        shared = instance.present[a] & instance.present[b]
        if not any(
            there and max(sizes, default=0) > 1 for there, sizes in zip(shared, instance.sizes, strict=True)
        ):
            raise InstanceError(f"people {a} and {b} must meet and are never there together at a table")
    if max((size for sizes in instance.sizes for size in sizes), default=0) > 2:
        return
    wanted: Counter[int] = Counter(one for both in instance.must for one in both)
    for a, b in sorted(instance.must):
        for one in (a, b):
            there = int(instance.present[one].sum())
            if wanted[one] > there:
                raise InstanceError(
                    f"people {a} and {b} must meet, but person {one} must meet {wanted[one]} people"
                    f" in {there} rounds of pairs"
                )


def _check_history(instance: Instance) -> None:
    previous = instance.previous
    if previous is None:
        return
    met: dict[Pair, int] = {}
    for number in range(instance.frozen):
        if sorted(map(len, previous[number])) != sorted(instance.sizes[number]):
            raise InstanceError(f"round {number} is history and its tables are of other sizes than asked for")
        for table in previous[number]:
            for one in table:
                if not instance.present[one, number]:
                    raise InstanceError(
                        f"round {number} is history and person {one}, who sits in it, is not there"
                    )
            for both in (pair(a, b) for a, b in combinations(table, 2)):
                _check_meeting(instance, number, both, met)


def _check_meeting(instance: Instance, number: int, both: Pair, met: dict[Pair, int]) -> None:
    a, b = both
    if both in instance.never:
        raise InstanceError(f"people {a} and {b} must never meet and did in round {number}, which is history")
    once = instance.repeat_cost is None or both in instance.must
    if both in met and once:
        raise InstanceError(f"people {a} and {b} met in rounds {met[both]} and {number}, which are history")
    met[both] = number


def _count(data: Mapping[str, Any], key: str) -> int:
    value = data.get(key)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InstanceError(f"{key} must be a whole number, 0 or more, not {value!r}")
    return value


def _number(
    data: Mapping[str, Any], key: str, default: float | None, most: float | None = None
) -> float | None:
    value = data.get(key)
    if value is None:
        return default
    if not is_number(value) or value < 0 or (most is not None and value > most):
        limit = "0 or more" if most is None else f"between 0 and {most:g}"
        raise InstanceError(f"{key} must be a number {limit}, not {value!r}")
    return float(value)


def _sizes(data: Mapping[str, Any], rounds: int) -> tuple[tuple[int, ...], ...]:
    sizes = data.get("sizes")
    if not isinstance(sizes, list) or len(sizes) != rounds:
        raise InstanceError(f"sizes must list the tables of each of the {rounds} rounds")
    for number, tables in enumerate(sizes):
        if not isinstance(tables, list) or not all(_is_whole(size) and size > 0 for size in tables):
            raise InstanceError(f"sizes of round {number} must be whole numbers, 1 or more")
    return tuple(map(tuple, sizes))


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _person(value: object, n: int, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < n:
        raise InstanceError(
            f"{value!r} in {where} is no person; people are 0 to {n - 1}"
            if n
            else f"{where} names {value!r} and there are no people"
        )
    return value


def _presence(data: Mapping[str, Any], key: str, n: int, rounds: int) -> NDArray[np.bool_]:
    lists = data.get(key)
    if lists is None:
        return np.ones((n, rounds), dtype=bool)
    if not isinstance(lists, list) or len(lists) != n or not all(isinstance(one, list) for one in lists):
        raise InstanceError(f"{key} must list the rounds of each of the {n} people")
    there = np.zeros((n, rounds), dtype=bool)
    for person, numbers in enumerate(lists):
        for number in numbers:
            if not _is_whole(number) or not 0 <= number < rounds:
                raise InstanceError(f"{key} of person {person} names round {number!r}, which there is not")
            there[person, number] = True
    return there


def _pairs(data: Mapping[str, Any], key: str, n: int) -> list[Pair]:
    pairs = data.get(key) or []
    if not isinstance(pairs, list) or not all(
        isinstance(one, list | tuple) and len(one) == 2 for one in pairs
    ):
        raise InstanceError(f"{key} must be a list of pairs")
    return [pair(_person(a, n, key), _person(b, n, key)) for a, b in pairs]


def _gain(data: Mapping[str, Any], n: int) -> NDArray[np.float64]:
    if data.get("gain_matrix") is not None:
        gain = _matrix(data["gain_matrix"], n)
    else:
        usual = data.get("gain_default", 0)
        if not is_number(usual):
            raise InstanceError(f"gain_default must be a number, not {usual!r}")
        gain = np.full((n, n), float(usual))
        for one in data.get("gain") or []:
            if not isinstance(one, list | tuple) or len(one) != 3 or not is_number(one[2]):
                raise InstanceError(f"gain must list two people and a number, not {one!r}")
            gain[_person(one[0], n, "gain"), _person(one[1], n, "gain")] = one[2]
    np.fill_diagonal(gain, 0.0)
    return gain


def _matrix(rows: Any, n: int) -> NDArray[np.float64]:
    try:
        gain = np.array(rows, dtype=float).reshape((n, n) if n == 0 else np.shape(rows))
    except (TypeError, ValueError):
        gain = np.zeros(0)
    if gain.shape != (n, n):
        raise InstanceError(f"gain_matrix must have {n} rows of {n} numbers")
    np.fill_diagonal(gain, 0.0)
    for person in range(n):
        if not np.isfinite(gain[person]).all():
            raise InstanceError(f"gain_matrix of person {person} must hold finite numbers")
    return gain


def _factor(data: Mapping[str, Any]) -> dict[int, float]:
    factors = data.get("size_factor") or {}
    if not isinstance(factors, Mapping):
        raise InstanceError("size_factor must name sizes and numbers")
    found: dict[int, float] = {}
    for size, value in factors.items():
        if not str(size).isdigit() or not is_number(value):
            raise InstanceError(
                f"size_factor of {size!r} must be a number for a size of table, not {value!r}"
            )
        found[int(size)] = float(value)
    return found


def _previous(replan: Mapping[str, Any], n: int, rounds: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
    plan = replan.get("previous")
    if not isinstance(plan, list) or not all(
        isinstance(tables, list) and all(isinstance(table, list) for table in tables) for tables in plan
    ):
        raise InstanceError("previous must be a plan: rounds of tables of people")
    frozen = _count(replan, "frozen")
    if frozen > min(len(plan), rounds):
        raise InstanceError(f"{frozen} rounds are history and only {min(len(plan), rounds)} are there")
    seated = tuple(
        tuple(tuple(_person(one, n, "previous") for one in table) for table in tables)
        for tables in plan[:rounds]
    )
    for number, tables in enumerate(seated):
        for person, times in Counter(one for table in tables for one in table).items():
            if times > 1:
                raise InstanceError(f"previous seats person {person} {times} times in round {number}")
    return seated
