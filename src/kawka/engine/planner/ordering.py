"""Talks of people who know one another come last: rounds rearranged without a change of who meets whom."""

from random import Random

import numpy as np

from kawka.engine.planner.colouring import colour_edges
from kawka.engine.planner.instance import Pair
from kawka.engine.planner.matching import best_round
from kawka.engine.planner.room import Room, Seating


def newest_first(room: Room, rounds: list[Seating], chance: Random) -> list[Seating]:
    """The rounds with fewer known pairs earlier, as far as the same people are present."""
    ordered = list(rounds)
    for there in {tuple(people) for people in room.present}:
        places = [number for number in range(len(rounds)) if tuple(room.present[number]) == there]
        mine = [rounds[place] for place in places]
        if sum(known_pairs(room, seating) for seating in mine):
            mine = _gathered(room, mine, chance)
        for place, seating in zip(places, sorted(mine, key=lambda one: known_pairs(room, one)), strict=True):
            ordered[place] = seating
    return ordered


def known_pairs(room: Room, seating: Seating) -> int:
    """How many of the pairs at these tables have talked before."""
    return sum(room.known[a][b] for table in seating for a in table for b in table if a < b)


def _gathered(room: Room, rounds: list[Seating], chance: Random) -> list[Seating]:
    """As many known pairs as possible drawn together into one round, then into another, and so on."""
    if any(len(table) != 2 for seating in rounds for table in seating):
        return rounds
    left, gathered = list(rounds), list[Seating]()
    while len(left) > 1:
        edges = [(a, b) for seating in left for a, b in seating]
        drawn = _drawn(room, edges, len(left[0]))
        rest = [edge for edge in edges if edge not in drawn]
        classes = colour_edges(room.size, rest, len(left) - 1, chance)
        if classes is None or not sum(room.known[a][b] for a, b in drawn):
            break
        gathered.append(sorted(drawn))
        left = [sorted(one) for one in classes]
    return [*left, *gathered]


def _drawn(room: Room, edges: list[Pair], pairs: int) -> list[Pair]:
    """One round of these talks with as many known pairs as can be."""
    value = np.zeros((room.size, room.size))
    allowed = np.zeros((room.size, room.size), bool)
    here = np.zeros(room.size, bool)
    for a, b in edges:
        allowed[a, b] = allowed[b, a] = True
        value[a, b] = value[b, a] = float(room.known[a][b])
        here[[a, b]] = True
    return best_round(value, allowed, here, pairs, np.zeros(room.size)) or []
