"""Talks between rows and the engine: what a plan depends on, a plan read from rows, a plan kept as rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db.models import Prefetch

from kawka.actions.not_with_me import pairs_kept_apart
from kawka.engine.planner.telling import reasons_for
from kawka.engine.types import Pair, Reason, Table, TalkPlan, TalkProblem, TalkRound
from kawka.models import Attendance, Meeting, Person, Standing, Talk, TalkSeat


@dataclass(frozen=True, slots=True)
class SeatedTable:
    """One table of one round with the people at it; `reasons` are data for `kawka.actions.reasons`."""

    round: int
    number: int
    people: Sequence[Person]
    reasons: Sequence[dict[str, Any]]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the people."""
        return tuple(person.code for person in self.people)


def tables(meeting: Meeting) -> list[SeatedTable]:
    """Every table of every round, in order; empty before the talks are dealt. Two queries."""
    seats = Prefetch("seats", TalkSeat.objects.select_related("person__card"))
    rows = meeting.talks.order_by("round", "table").prefetch_related(seats)
    return [
        SeatedTable(
            row.round,
            row.table,
            sorted((seat.person for seat in row.seats.all()), key=lambda one: (one.sort_name, one.pk)),
            row.reasons,
        )
        for row in rows
    ]


def as_plan(seated: Iterable[SeatedTable]) -> TalkPlan:
    """The tables as the engine knows them; whoever sits nowhere in a round rests."""
    rounds: dict[int, list[Table]] = defaultdict(list)
    for table in seated:
        rounds[table.round].append(Table(table.number, table.codes, tuple(map(as_reason, table.reasons))))
    last = max(rounds, default=0)
    return TalkPlan(tuple(tuple(rounds[number]) for number in range(1, last + 1)), rounds_wanted=last)


def as_reason(data: dict[str, Any]) -> Reason:
    """A reason from its data."""
    one, other = data["pair"]
    return Reason(data["kind"], (one, other))


def as_tables(
    number: int, seating: TalkRound, people: dict[str, Person], problem: TalkProblem
) -> list[SeatedTable]:
    """The tables of one round with the rows of their people."""
    return [
        SeatedTable(
            number,
            table.number,
            [people[code] for code in table.people],
            as_data(table, problem.newcomers),
        )
        for table in seating
    ]


def problem_of(meeting: Meeting, rounds: int) -> TalkProblem:
    """Everything the talks of this meeting depend on. Six queries, however many people."""
    here = list(meeting.attendances.in_room().select_related("person").order_by("arrived_at", "pk"))
    people = tuple(row.person.code for row in here)
    return TalkProblem(
        people=people,
        rounds=rounds,
        met=talked_before(meeting, people),
        newcomers=newcomers(meeting, here),
        never=pairs_kept_apart(people),
    )


def newcomers(meeting: Meeting, here: Sequence[Attendance]) -> frozenset[str]:
    """Guests, and whoever is at a meeting of this group for the first time; nobody when all are."""
    people = [row.person_id for row in here]
    earlier = Attendance.objects.came().filter(
        person__in=people, meeting__group=meeting.group_id, meeting__starts_at__lt=meeting.starts_at
    )
    known = set(earlier.values_list("person_id", flat=True))
    guests = meeting.group.memberships.filter(standing=Standing.GUEST, person__in=people)
    guest_keys = set(guests.values_list("person_id", flat=True))
    new = [row.person.code for row in here if row.person_id not in known or row.person_id in guest_keys]
    return frozenset(new) if len(new) < len(here) else frozenset()


def talked_before(meeting: Meeting, people: Sequence[str]) -> Counter[Pair]:
    """How often each two of these people talked at earlier closed meetings of the community. One query.

    A planned talk counts unless one of the two said that it did not take place.
    """
    seats = (
        TalkSeat.objects.filter(
            person__code__in=people,
            talk__meeting__group__community=meeting.group.community_id,
            talk__meeting__state=Meeting.State.CLOSED,
            talk__meeting__starts_at__lt=meeting.starts_at,
        )
        .exclude(happened=False)
        .order_by("talk_id")
        .values_list("talk_id", "person__code")
    )
    at_table: dict[int, list[str]] = defaultdict(list)
    for talk, code in seats:
        at_table[talk].append(code)
    return Counter(frozenset(pair) for codes in at_table.values() for pair in combinations(codes, 2))


def reseated(table: Table, people: tuple[str, ...], problem: TalkProblem) -> Table:
    """The table with these people at it, and why each two of them sit together."""
    return Table(table.number, people, reasons_for(people, problem))


def as_data(table: Table, newcomers: frozenset[str]) -> list[dict[str, Any]]:
    """The reasons of a table as they are kept; in "newcomer" the new one comes first."""
    kept = []
    for reason in table.reasons:
        one, other = reason.pair
        turned = reason.kind == "newcomer" and one not in newcomers
        kept.append({"kind": reason.kind, "pair": [other, one] if turned else [one, other]})
    return kept


def keep(
    meeting: Meeting, before: TalkPlan, after: TalkPlan, *, problem: TalkProblem, from_round: int
) -> None:
    """Write the rounds from `from_round` (the first is 0) on that differ; the rows of the others stay."""
    last = max(len(before.rounds), len(after.rounds))
    changed = [number for number in range(from_round, last) if homes(before, number) != homes(after, number)]
    meeting.talks.filter(round__in=[number + 1 for number in changed]).delete()
    talks = [
        (table, new_talk(meeting, number + 1, table, problem))
        for number in changed
        for table in seating(after, number)
    ]
    Talk.objects.bulk_create([talk for _table, talk in talks])
    codes = {code for table, _talk in talks for code in table.people}
    people = dict(Person.objects.filter(code__in=codes).values_list("code", "pk"))
    TalkSeat.objects.bulk_create(
        TalkSeat(talk=talk, person_id=people[code]) for table, talk in talks for code in table.people
    )


def new_talk(meeting: Meeting, number: int, table: Table, problem: TalkProblem) -> Talk:
    """A row, not yet written, for one table."""
    reasons = as_data(table, problem.newcomers)
    return Talk(meeting=meeting, round=number, table=table.number, reasons=reasons)


def seating(plan: TalkPlan, number: int) -> TalkRound:
    """The tables of one round, the first is 0; none beyond the last."""
    return plan.rounds[number] if number < len(plan.rounds) else ()


def homes(plan: TalkPlan, number: int) -> dict[int, frozenset[str]]:
    """Who sits at which table in one round."""
    return {table.number: frozenset(table.people) for table in seating(plan, number)}
