"""A whole tournament of equal tables in which no two people meet twice."""

import time
from random import Random

from kawka.engine.planner.designs import Rounds, in_columns, most_weeks, pattern
from kawka.engine.planner.instance import Plan

_STEPS = 60_000
"""How often one search tries a place: about a tenth of a second."""
_TRIES = 40


def schedule(groups: int, size: int, weeks: int, deadline: float, seed: int) -> Plan:
    """As many weeks as are known or found, at most those asked for; the same for the same seed.

    `deadline` is a moment of time.thread_time() at which no further search begins.
    """
    if groups < 1 or size < 1 or weeks < 1:
        return []
    rounds = pattern(groups, size)
    if size == 1:
        return rounds * weeks
    if len(rounds) < min(weeks, most_weeks(groups, size)):
        rounds = _search(groups, size, weeks, rounds, deadline, Random(seed))
    return rounds[:weeks]


def _search(groups: int, size: int, weeks: int, best: Rounds, deadline: float, chance: Random) -> Rounds:
    for _ in range(_TRIES):
        if len(best) >= weeks or time.thread_time() > deadline:
            break
        found = _sloped(groups, size, chance)
        best = max(best, found, key=len)
    return best


def _sloped(groups: int, size: int, chance: Random) -> Rounds:
    """Weeks of tables that hold one place of each of `size` columns, turned `groups` times.

    A week says how far each column is shifted; the difference of two columns' shifts is new each week.
    """
    used = [[0] * size for _ in range(size)]
    rounds: Rounds = []
    while len(rounds) < groups:
        shifts = _shifts(groups, size, used, chance)
        if not shifts:
            break
        for late in range(size):
            for early in range(late):
                used[late][early] |= 1 << (shifts[late] - shifts[early]) % groups
        rounds.append(
            [
                [column * groups + (start + shift) % groups for column, shift in enumerate(shifts)]
                for start in range(groups)
            ]
        )
    return rounds + in_columns(groups, size)


def _shifts(groups: int, size: int, used: list[list[int]], chance: Random) -> list[int]:
    """One more week, found by trying and going back; nothing if there is none or it takes too long."""
    orders = [chance.sample(range(groups), groups) for _ in range(size)]
    orders[0] = [0]
    shifts: list[int] = []
    at = [0] * size
    for _ in range(_STEPS):
        column = len(shifts)
        if column == size:
            return shifts
        if at[column] == len(orders[column]):
            if column == 0:
                break
            at[column] = 0
            shifts.pop()
            continue
        shift = orders[column][at[column]]
        at[column] += 1
        if not any(used[column][early] >> (shift - value) % groups & 1 for early, value in enumerate(shifts)):
            shifts.append(shift)
    return []
