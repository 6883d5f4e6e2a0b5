"""Who talks with whom: dealt once, then changed only where somebody comes, goes or is swapped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kawka.actions.live import lock, roster_changed, state_of
from kawka.actions.seating import SeatedTable, as_plan, as_tables, keep, problem_of, reseated, tables
from kawka.engine.planner import add_latecomer, plan_talks, remove_leaver
from kawka.engine.progress import TALKS, Phase
from kawka.engine.types import TalkPlan, TalkProblem, TalkRound
from kawka.models import Meeting, Person, Refused

__all__ = ["Swap", "deal", "follow_room", "rounds_begun", "swap", "swaps", "tables"]
ALL = 10_000


class TalksHaveBegun(Refused):
    """What people already sit at is not dealt again."""

    message = _("The talks have begun, so they are not dealt again. Two people can still be swapped.")


class RoundHasBegun(Refused):
    """A round that is on, or over, stays as it was."""

    message = _("This round has begun already. Swap people in a later one.")


class TooFewForTalks(Refused):
    """It takes two to talk."""

    message = _("Talks need at least two people in the room. Check people in first.")


class NoSuchSwap(Refused):
    """The two do not both sit at different tables of this round."""

    message = _("These two cannot be swapped: each needs a seat at another table of this round.")


def rounds_begun(meeting: Meeting) -> int:
    """How many talk rounds have begun; more than there can be when the meeting is over. One query."""
    if meeting.is_over:
        return ALL
    state = state_of(meeting)
    if state.phase != Phase.LIVE:
        return 0 if state.phase == Phase.BEFORE else ALL
    over = [one.first + one.rounds - 1 for one in state.segments[: state.index] if one.kind == TALKS]
    return max([state.talk, *over])


@transaction.atomic
def deal(*, meeting: Meeting, by: Person | None, now: datetime) -> None:
    """Deal the talks of those in the room anew. Raises TalksHaveBegun or TooFewForTalks."""
    meeting = lock(meeting)
    if rounds_begun(meeting):
        raise TalksHaveBegun
    problem = problem_of(meeting, meeting.group.talk_rounds)
    if len(problem.people) < 2:
        raise TooFewForTalks
    plan = plan_talks(problem, seed=int(now.timestamp()))
    keep(meeting, as_plan(tables(meeting)), plan, problem=problem, from_round=0)
    roster_changed(meeting=meeting, by=by, now=now)


@transaction.atomic
def follow_room(*, meeting: Meeting) -> None:
    """Make the rounds that have not begun agree with who is in the room; nobody else changes tables.

    Who came slots in, who left frees their partners. Without a plan, or after the last round has begun,
    nothing changes.
    """
    plan = as_plan(tables(meeting))
    begun = rounds_begun(meeting) if plan.rounds else ALL
    if begun >= len(plan.rounds):
        return
    problem = problem_of(meeting, len(plan.rounds))
    ahead = [table for seating in plan.rounds[begun:] for table in seating]
    seated = {code for table in ahead for code in table.people}
    after = plan
    for code in sorted(seated - set(problem.people)):
        after = remove_leaver(after, problem, code, from_round=begun, seed=meeting.pk)
    for code in problem.people:
        if code not in seated:
            after = add_latecomer(after, problem, code, from_round=begun, seed=meeting.pk)
    keep(meeting, plan, after, problem=problem, from_round=begun)


@transaction.atomic
def swap(*, meeting: Meeting, number: int, one: str, other: str, by: Person | None, now: datetime) -> None:
    """Let two people change seats in one round that has not begun. Raises RoundHasBegun or NoSuchSwap."""
    meeting = lock(meeting)
    plan = as_plan(tables(meeting))
    if not 1 <= number <= len(plan.rounds):
        raise NoSuchSwap
    if number <= rounds_begun(meeting):
        raise RoundHasBegun
    problem = problem_of(meeting, len(plan.rounds))
    swapped = exchanged(plan.rounds[number - 1], one, other, problem)
    rounds = (*plan.rounds[: number - 1], swapped, *plan.rounds[number:])
    keep(meeting, plan, TalkPlan(rounds), problem=problem, from_round=number - 1)
    roster_changed(meeting=meeting, by=by, now=now)


def exchanged(seating: TalkRound, one: str, other: str, problem: TalkProblem) -> TalkRound:
    """The round with two people in each other's seats, and why the people of their tables sit together."""
    homes = {code: table.number for table in seating for code in table.people}
    if one not in homes or other not in homes or homes[one] == homes[other]:
        raise NoSuchSwap
    seats = {one: other, other: one}
    return tuple(
        reseated(table, tuple(seats.get(code, code) for code in table.people), problem)
        if table.number in (homes[one], homes[other])
        else table
        for table in seating
    )


@dataclass(frozen=True, slots=True)
class Swap:
    """What changing seats with `other` leads to: the two tables then, and who would meet twice."""

    other: Person
    tables: Sequence[SeatedTable]
    twice: Sequence[tuple[Person, Person]]


def swaps(meeting: Meeting, seated: Sequence[SeatedTable], *, number: int, one: str) -> list[Swap]:
    """Every seat somebody could change to in one round, with what that changes; the gentlest come first."""
    people = {person.code: person for table in seated for person in table.people}
    plan = as_plan(seated)
    seating = plan.rounds[number - 1] if 1 <= number <= len(plan.rounds) else ()
    homes = {code: table.number for table in seating for code in table.people}
    if one not in homes:
        return []
    problem = problem_of(meeting, len(plan.rounds))
    elsewhere = {
        frozenset(pair) for table in seated if table.round != number for pair in combinations(table.codes, 2)
    }
    found = []
    for other in homes:
        if homes[other] == homes[one]:
            continue
        changed = tuple(
            table
            for table in exchanged(seating, one, other, problem)
            if table.number in (homes[one], homes[other])
        )
        pairs = [pair for table in changed for pair in combinations(table.people, 2)]
        twice = [(people[a], people[b]) for a, b in pairs if frozenset((a, b)) in elsewhere]
        found.append(Swap(people[other], as_tables(number, changed, people, problem), twice))
    return sorted(found, key=lambda swap: (len(swap.twice), swap.other.sort_name))
