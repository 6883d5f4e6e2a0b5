"""Rounds dealt one after another: first as many new pairs as possible, then everybody a seat."""

from itertools import combinations
from random import Random

from kawka.engine.planner.improving import Effort, improve
from kawka.engine.planner.pairing import SINGLE, pair_up
from kawka.engine.planner.room import Room, Seating, View


def deal_rounds(
    room: Room, earlier: list[Seating], wanted: int, chance: Random, effort: Effort
) -> list[Seating]:
    """The earlier rounds and further ones up to `wanted`, fewer if a round cannot be had without a repeat."""
    rounds = list(earlier)
    while len(rounds) < wanted:
        view = View(room, rounds)
        there = room.present[len(rounds)]
        seating = _deal(view, there, chance)
        improve(view, seating, chance, effort)
        broken = len(there) > 1 and any(not view.allows(table) for table in seating)
        if broken or not room.is_round(seating, len(rounds)):
            break
        rounds.append(seating)
    return rounds


def _deal(view: View, there: list[int], chance: Random) -> Seating:
    """A seating with as many new pairs, then as many pairs as there can be, then one table of three."""
    mate = [SINGLE] * view.room.size
    pairs = sorted(
        (view.pair[a][b], chance.random(), a, b) for a, b in combinations(there, 2) if view.allows((a, b))
    )
    new = [(a, b) for _, _, a, b in pairs if not view.known[a][b]]
    for a, b in new:
        if mate[a] == mate[b] == SINGLE:
            mate[a], mate[b] = b, a
    pair_up(_friends(view.room.size, new), mate)
    pair_up(_friends(view.room.size, [(a, b) for _, _, a, b in pairs]), mate)
    seating: Seating = [
        (a, mate[a]) if mate[a] != SINGLE else (a,) for a in there if mate[a] == SINGLE or a < mate[a]
    ]
    chance.shuffle(seating)
    return _with_trio(view, seating)


def _friends(size: int, pairs: list[tuple[int, int]]) -> list[list[int]]:
    friends: list[list[int]] = [[] for _ in range(size)]
    for a, b in pairs:
        friends[a].append(b)
        friends[b].append(a)
    return friends


def _with_trio(view: View, seating: Seating) -> Seating:
    """The seating with one of those left over as the third at a table, the cheapest way."""
    left = [table for table in seating if len(table) == 1]
    pairs = [table for table in seating if len(table) == 2]
    joins = [(single, pair) for single in left for pair in pairs if view.allows(single + pair)]
    if not joins:
        return seating
    single, pair = min(joins, key=lambda join: view.table(join[0] + join[1]) - view.table(join[0]))
    return [table for table in seating if table not in (single, pair)] + [tuple(sorted(single + pair))]
