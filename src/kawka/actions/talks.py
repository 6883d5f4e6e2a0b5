"""Who talks with whom: dealt once, then changed only where somebody comes, goes or is swapped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kawka.actions.grounds import Grounds, grounds_of
from kawka.actions.keeping import around, kept_tables, with_kept, without
from kawka.actions.live import lock, roster_changed, state_of
from kawka.actions.seating import SeatedTable, as_plan, as_tables, keep, reseated, tables
from kawka.engine.planner import add_latecomer, plan_talks, remove_leaver
from kawka.engine.progress import TALKS, Phase
from kawka.engine.types import Pair, TalkPlan, TalkRound
from kawka.models import Meeting, Person, Refused

__all__ = ["Swap", "deal", "follow_room", "keep_together", "rounds_begun", "swap", "swaps", "tables"]
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
    grounds = grounds_of(meeting, meeting.group.talk_rounds)
    if len(grounds.problem.people) < 2:
        raise TooFewForTalks
    seated = tables(meeting)
    kept = kept_tables(seated, grounds, from_round=0)
    plan = plan_talks(around(grounds.problem, kept), seed=int(now.timestamp()))
    keep(meeting, as_plan(seated), with_kept(plan, kept), grounds=grounds, from_round=0)
    roster_changed(meeting=meeting, by=by, now=now)


@transaction.atomic
def follow_room(*, meeting: Meeting) -> None:
    """Make the rounds that have not begun agree with who is in the room; nobody else changes tables.

    Who came slots in, who left frees their partners. Without a plan, or after the last round has begun,
    nothing changes.
    """
    seated = tables(meeting)
    plan = as_plan(seated)
    begun = rounds_begun(meeting) if plan.rounds else ALL
    if begun >= len(plan.rounds):
        return
    grounds = grounds_of(meeting, len(plan.rounds))
    kept = kept_tables(seated, grounds, from_round=begun)
    problem = around(grounds.problem, kept)
    sitting = {code for seating in plan.rounds[begun:] for table in seating for code in table.people}
    after = without(plan, kept)
    for code in sorted(sitting - set(problem.people)):
        after = remove_leaver(after, problem, code, from_round=begun, seed=meeting.pk)
    for code in problem.people:
        if code not in sitting:
            after = add_latecomer(after, problem, code, from_round=begun, seed=meeting.pk)
    keep(meeting, plan, with_kept(after, kept), grounds=grounds, from_round=begun)


@transaction.atomic
def keep_together(
    *, meeting: Meeting, number: int, table: int, kept: bool, by: Person | None, now: datetime
) -> None:
    """Keep a table of one round as it is, whoever comes, leaves or is dealt anew; or let it go again.

    Raises RoundHasBegun.
    """
    meeting = lock(meeting)
    if number <= rounds_begun(meeting):
        raise RoundHasBegun
    meeting.talks.filter(round=number, table=table).update(is_kept=kept)


@transaction.atomic
def swap(*, meeting: Meeting, number: int, one: str, other: str, by: Person | None, now: datetime) -> None:
    """Let two people change seats in one round that has not begun. Raises RoundHasBegun or NoSuchSwap."""
    meeting = lock(meeting)
    plan = as_plan(tables(meeting))
    if not 1 <= number <= len(plan.rounds):
        raise NoSuchSwap
    if number <= rounds_begun(meeting):
        raise RoundHasBegun
    grounds = grounds_of(meeting, len(plan.rounds))
    swapped = exchanged(plan.rounds[number - 1], one, other, grounds)
    rounds = (*plan.rounds[: number - 1], swapped, *plan.rounds[number:])
    keep(meeting, plan, TalkPlan(rounds), grounds=grounds, from_round=number - 1)
    roster_changed(meeting=meeting, by=by, now=now)


def exchanged(seating: TalkRound, one: str, other: str, grounds: Grounds) -> TalkRound:
    """The round with two people in each other's seats, and why the people of their tables sit together."""
    homes = {code: table.number for table in seating for code in table.people}
    if one not in homes or other not in homes or homes[one] == homes[other]:
        raise NoSuchSwap
    seats = {one: other, other: one}
    return tuple(
        reseated(table, tuple(seats.get(code, code) for code in table.people), grounds)
        if table.number in (homes[one], homes[other])
        else table
        for table in seating
    )


@dataclass(frozen=True, slots=True)
class Swap:
    """What changing seats with `other` leads to: the two tables then, and what that costs or brings.

    `twice` are those who would meet twice today, `lost` and `won` how many useful talks go and come.
    """

    other: Person
    tables: Sequence[SeatedTable]
    twice: Sequence[tuple[Person, Person]]
    lost: int
    won: int

    @property
    def costs(self) -> int:
        """How many useful talks there would be less."""
        return max(0, self.lost - self.won)

    @property
    def brings(self) -> int:
        """How many useful talks there would be more."""
        return max(0, self.won - self.lost)


def swaps(meeting: Meeting, seated: Sequence[SeatedTable], *, number: int, one: str) -> list[Swap]:
    """Every seat somebody could change to in one round, with what that changes; the gentlest come first."""
    people = {person.code: person for table in seated for person in table.people}
    plan = as_plan(seated)
    seating = plan.rounds[number - 1] if 1 <= number <= len(plan.rounds) else ()
    homes = {code: table.number for table in seating for code in table.people}
    if one not in homes:
        return []
    grounds = grounds_of(meeting, len(plan.rounds))
    elsewhere = pairs_at(plan, without=number - 1)
    found = []
    for other in homes:
        if homes[other] == homes[one]:
            continue
        touched = (homes[one], homes[other])
        before = tuple(table for table in seating if table.number in touched)
        after = tuple(table for table in exchanged(seating, one, other, grounds) if table.number in touched)
        gone, come = pairs_of(before) - pairs_of(after), pairs_of(after) - pairs_of(before)
        twice = [named(pair, people) for pair in come & elsewhere]
        lost, won = (sum(map(grounds.is_useful, pairs - elsewhere)) for pairs in (gone, come))
        found.append(Swap(people[other], as_tables(number, after, people, grounds), twice, lost, won))
    return sorted(found, key=lambda swap: (len(swap.twice), swap.lost - swap.won, swap.other.sort_name))


def pairs_of(tables: TalkRound) -> set[Pair]:
    """Those two by two who sit at the same of these tables."""
    return {frozenset(pair) for table in tables for pair in combinations(table.people, 2)}


def pairs_at(plan: TalkPlan, *, without: int) -> set[Pair]:
    """Those two by two who sit together in a round, one round left out."""
    return {
        pair for number, tables in enumerate(plan.rounds) if number != without for pair in pairs_of(tables)
    }


def named(pair: Pair, people: dict[str, Person]) -> tuple[Person, Person]:
    """The two people of a pair, by name."""
    one, other = sorted((people[code] for code in pair), key=lambda person: (person.sort_name, person.pk))
    return one, other
