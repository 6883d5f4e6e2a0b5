"""From numbers back to people: tables with the reasons for them."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from kawka.engine.planner.room import Room, Seating
from kawka.engine.types import Pair, Reason, Table, TalkPlan, TalkProblem


def tell(room: Room, problem: TalkProblem, rounds: Sequence[Seating]) -> TalkPlan:
    """The plan in words of the problem: tables numbered from 1, and those who rest."""
    seated = tuple(_tables(room, problem, seating) for seating in rounds)
    return TalkPlan(seated, tuple(resting(room, seating) for seating in rounds), problem.rounds)


def resting(room: Room, seating: Seating) -> tuple[str, ...]:
    """Who sits this round out."""
    return tuple(room.people[table[0]] for table in sorted(seating) if len(table) == 1)


def reasons_for(
    people: Sequence[str], problem: TalkProblem, met_today: frozenset[Pair] = frozenset()
) -> tuple[Reason, ...]:
    """Why these people sit together, pair by pair, the warmest reason first."""
    return tuple(reason for pair in combinations(people, 2) for reason in _reasons(pair, problem, met_today))


def _tables(room: Room, problem: TalkProblem, seating: Seating) -> tuple[Table, ...]:
    groups = [tuple(room.people[a] for a in table) for table in sorted(seating) if len(table) > 1]
    return tuple(
        Table(number, people, reasons_for(people, problem)) for number, people in enumerate(groups, start=1)
    )


def _reasons(pair: tuple[str, str], problem: TalkProblem, met_today: frozenset[Pair]) -> Iterator[Reason]:
    one, other = pair
    both = frozenset(pair)
    if both & problem.newcomers:
        yield Reason("newcomer", pair)
    if both in met_today or problem.met.get(both, 0) > 0:
        yield Reason("talked_before", pair)
    else:
        yield Reason("never_talked", pair)
    for gainer, source in (pair, (other, one)):
        if problem.gain.get((gainer, source), 0) > 0:
            yield Reason("gain", (gainer, source))
