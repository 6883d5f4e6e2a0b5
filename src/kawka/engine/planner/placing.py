"""A perfect pattern as a start: who takes which place of it, so that those who should talk meet."""

import time
from dataclasses import replace
from itertools import combinations
from random import Random

import numpy as np

from kawka.engine.planner.designs import Rounds, most_weeks
from kawka.engine.planner.golfing import schedule
from kawka.engine.planner.hall import laws, patched, plan_of, scale_of, tables_of
from kawka.engine.planner.instance import Instance, Plan
from kawka.engine.planner.seats import Hall, Numbers, Places, Seats, best_exchange

_TRIES = 20
_TIGHT = 0.4
"""From which share of all others on, met by everybody, a pattern helps."""
_PATTERNS = 5
_STEPS = 500
_IDLE = 300


def best_placed(
    instance: Instance, hall: Hall, price: float, deadline: float, chance: Random, seconds: float
) -> Places | None:
    """The best of many placings of people on patterns; none if no pattern helps."""
    if not instance.present.all() or instance.previous is not None or instance.n < 3:
        return None
    steps = max(_STEPS, 15 * instance.n)
    tries = int(seconds / (20e-6 + 1.5e-8 * instance.n**2) / steps / _PATTERNS) + 1
    best, top = None, -np.inf
    for _ in range(_PATTERNS):
        pattern = _pattern(instance, hall, price, deadline, chance)
        for _ in range(tries if pattern else 0):
            if time.thread_time() > deadline:
                break
            order = place(_terms(instance, hall, pattern), steps, chance)
            seated = [[[order[one] for one in table] for table in tables] for tables in pattern]
            table = tables_of(instance, seated)
            value = Seats(hall, table, price).value
            if value > top:
                best, top = table, value
    return best


def _pattern(instance: Instance, hall: Hall, price: float, deadline: float, chance: Random) -> Plan:
    """A perfect pattern where people meet many others; one of few repeats where these are dear."""
    sizes = max(map(max, instance.sizes))
    if instance.rounds * (sizes - 1) >= _TIGHT * (instance.n - 1):
        found = fitting_pattern(instance, deadline, chance)
        if found:
            return found
    if instance.repeat_cost is None or price < scale_of(instance):
        return []
    return _thin(instance, hall, chance)


def _thin(instance: Instance, hall: Hall, chance: Random) -> Plan:
    """A pattern with few repeats."""
    flat = replace(hall, worth=np.zeros_like(hall.worth), again=1.0 - np.eye(instance.n))
    seats = Seats(flat, tables_of(instance, patched(instance, chance)), 1.0)
    until = np.zeros(seats.table.shape, dtype=int)
    value = least = seats.value
    best, step, last = seats.table.copy(), 0, 0
    while least < 0 and step - last < _IDLE:
        number, a, b, more = best_exchange(seats, until, step, least - value)
        if number < 0:
            break
        seats.exchange(number, a, b)
        value += more
        for one in (a, b):
            until[number, one] = step + 1 + chance.randint(2, 6)
        if value > least + 1e-9:
            least, best, last = value, seats.table.copy(), step
        step += 1
    return plan_of(instance, best)


def _terms(instance: Instance, hall: Hall, pattern: Plan) -> list[tuple[Numbers, Numbers]]:
    """What meetings count; those who must meet count for meeting exactly once."""
    together, times = np.zeros((instance.n, instance.n)), np.zeros((instance.n, instance.n))
    for table in (table for tables in pattern for table in tables):
        together[np.ix_(table, table)] += instance.weight(len(table))
        times[np.ix_(table, table)] += 1.0
    for square in (together, times):
        np.fill_diagonal(square, 0.0)
    law = laws(instance, hall.bye_price, never=False)
    terms = [(hall.worth[0] - law, together)]
    return [*terms, (law, (times == 1) - 2.0 * (times > 1))] if instance.must else terms


def fitting_pattern(instance: Instance, deadline: float, chance: Random) -> Rounds:
    """Rounds of the sizes asked for in which no two places meet twice; none if no pattern fits.

    Tables of two neighbouring sizes come from a pattern of the larger one in which some places, no two of
    which meet, stay empty.
    """
    sizes = [sorted(one) for one in instance.sizes]
    if not sizes or not sizes[0] or any(one != sizes[0] for one in sizes) or not instance.present.all():
        return []
    groups, size = len(sizes[0]), sizes[0][-1]
    empty = groups * size - instance.n
    if sum(sizes[0]) < instance.n or sizes[0] != [size - 1] * empty + [size] * (groups - empty) or size < 3:
        return []
    if most_weeks(groups, size) < instance.rounds:
        return []
    weeks = schedule(groups, size, groups * size, deadline, 1)
    if len(weeks) < instance.rounds:
        return []
    for _ in range(_TRIES):
        chosen = chance.sample(weeks, instance.rounds)
        ghosts = _strangers(chosen, groups * size, empty, chance)
        if len(ghosts) == empty:
            return _without(chosen, ghosts, groups * size)
    return []


def _strangers(weeks: Rounds, places: int, wanted: int, chance: Random) -> set[int]:
    """So many places no two of which meet."""
    if not wanted:
        return set()
    met = {pair for tables in weeks for table in tables for pair in combinations(sorted(table), 2)}
    out: list[int] = []
    for place in chance.sample(range(places), places):
        if all((min(place, other), max(place, other)) not in met for other in out):
            out.append(place)
        if len(out) == wanted:
            break
    return set(out)


def _without(weeks: Rounds, ghosts: set[int], places: int) -> Rounds:
    rest = {place: number for number, place in enumerate(sorted(set(range(places)) - ghosts))}
    return [[[rest[place] for place in table if place in rest] for table in tables] for tables in weeks]


def place(terms: list[tuple[Numbers, Numbers]], steps: int, chance: Random) -> list[int]:
    """Who takes each place: a tabu search over exchanges of two people in all rounds at once.

    A term tells what the meeting of two people counts, and how much of it two places have.
    """
    count = len(terms[0][0])
    order = np.array(chance.sample(range(count), count))
    where = np.argsort(order)
    worths = [worth for worth, _ in terms]
    mets = [together[np.ix_(where, where)] for _, together in terms]
    best, value, top = order.copy(), 0.0, 0.0
    until = np.zeros(count, dtype=int)
    for step in range(steps):
        change = _changes(worths, mets)
        at = int(change.argmax())
        if value + change.flat[at] <= top + 1e-9:
            barred = np.flatnonzero(until > step)
            change[barred] = -np.inf
            change[:, barred] = -np.inf
            at = int(change.argmax())
        a, b = divmod(at, count)
        value += float(change[a, b])
        for met in mets:
            met[[a, b]] = met[[b, a]]
            met[:, [a, b]] = met[:, [b, a]]
        order[where[[a, b]]] = b, a
        where[[a, b]] = where[[b, a]]
        for one in (a, b):
            until[one] = step + chance.randint(2, 2 + count // 4)
        if value > top + 1e-9:
            best, top = order.copy(), value
    return [int(person) for person in best]


def _changes(worths: list[Numbers], mets: list[Numbers]) -> Numbers:
    """What each exchange of two people would bring."""
    gain = np.zeros_like(mets[0])
    for worth, met in zip(worths, mets, strict=True):
        gain += worth @ met
    own = gain.diagonal().copy()
    change = gain + gain.T
    for worth, met in zip(worths, mets, strict=True):
        change += 2 * worth * met
    change -= own[:, None]
    change -= own[None, :]
    np.fill_diagonal(change, -np.inf)
    return change
