"""Planning all talk rounds of a meeting at once."""

from random import Random

from kawka.engine.planner.dealing import deal_rounds
from kawka.engine.planner.designing import designed_rounds
from kawka.engine.planner.exhausting import MOST_PEOPLE, best_rounds
from kawka.engine.planner.improving import Effort, improve_rounds
from kawka.engine.planner.ordering import known_pairs, newest_first
from kawka.engine.planner.room import Room, Seating
from kawka.engine.planner.solved import solved_rounds
from kawka.engine.planner.telling import tell
from kawka.engine.types import TalkPlan, TalkProblem

_PATIENCE = 3
_TRIES_WHEN_SHORT = 40
FEW_PEOPLE = 15


def plan_talks(problem: TalkProblem, *, seed: int, seconds: float = 0.2) -> TalkPlan:
    """Who talks with whom in each of the rounds.

    In every round everybody who is present sits at a table of two, one table has three if they are odd, and
    nobody meets the same person twice. Where that cannot go on the plan has fewer rounds than wanted
    (`rounds_possible`). People who may not meet never share a table; only somebody who may not meet
    everybody ever rests, and only if there is nobody left for them. Subject to this, as many talks as can be
    found are between people who never talked, everybody gets somebody new where possible, those who know one
    another have talked least, the third chair goes around, and talks are worth most, to newcomers above all.
    Talks between people who never talked come in the earlier rounds.

    The same problem and seed give the same plan. `seconds` bounds the search in steps that take about so
    long; the clock only stops what takes far longer. Up to eight people the number of rounds is the largest
    there is; in even rooms no plan is better.
    """
    room, chance = Room.of(problem), Random(seed)
    rounds = best_rounds(room, chance) if room.size <= MOST_PEOPLE else _solve(room, problem, seed, seconds)
    while rounds and all(len(table) < 2 for table in rounds[-1]):
        rounds.pop()
    return tell(room, problem, newest_first(room, rounds, chance))


def _solve(room: Room, problem: TalkProblem, seed: int, seconds: float) -> list[Seating]:
    """The rounds worth most if everybody has a seat in all of them, else as many rounds as a search finds."""
    chance, effort = Random(seed), Effort(seconds)
    rounds = solved_rounds(room, problem, seed, seconds)
    if not rounds:
        return _search(room, chance, effort)
    if sum(known_pairs(room, seating) for seating in rounds):
        improve_rounds(room, rounds, 0, chance, effort)
        if room.size % 2 and room.size <= FEW_PEOPLE:
            others = _search(room, chance, Effort(seconds))
            rounds = min(rounds, others, key=lambda one: (-len(one), room.price(one)))
    return rounds


def _search(room: Room, chance: Random, effort: Effort) -> list[Seating]:
    """The best of several plans, each begun anew."""
    best: list[Seating] = []
    price, tries, since = room.price(best), 0, 0
    while tries < _TRIES_WHEN_SHORT and (tries == 0 or not effort.is_spent or len(best) < room.rounds):
        rounds = deal_rounds(room, [], room.rounds, chance, effort)
        improve_rounds(room, rounds, 0, chance, effort)
        tries, since = tries + 1, since + 1
        if (len(best), -price) < (len(rounds), -room.price(rounds)) or tries == 1:
            best, price, since = rounds, room.price(rounds), 0
        if len(best) == room.rounds and (price <= room.least_price() or since >= _PATIENCE):
            break
    designed = designed_rounds(room, chance, effort) if len(best) < room.rounds else []
    return designed if len(designed) > len(best) else best
