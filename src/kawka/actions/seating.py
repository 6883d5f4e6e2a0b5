"""Talks between rows and the engine: a plan read from rows, a plan kept as rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from kawka.actions.grounds import Grounds
from kawka.engine.planner.telling import reasons_for
from kawka.engine.types import Reason, Table, TalkPlan, TalkRound
from kawka.models import Meeting, Person, Talk, TalkSeat

MOST_REASONS = 2


@dataclass(frozen=True, slots=True)
class SeatedTable:
    """One table of one round with the people at it; `reasons` are data for `kawka.actions.talk_reasons`."""

    round: int
    number: int
    people: Sequence[Person]
    reasons: Sequence[dict[str, Any]]
    is_kept: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the people."""
        return tuple(person.code for person in self.people)


def tables(meeting: Meeting, *, of: Person | None = None) -> list[SeatedTable]:
    """Every table of every round, in order, or those of one person; none before the deal. Two queries."""
    seats = Prefetch("seats", TalkSeat.objects.select_related("person__card"))
    talks = meeting.talks.filter(seats__person=of) if of else meeting.talks.all()
    rows = talks.order_by("round", "table").prefetch_related(seats)
    return [
        SeatedTable(
            row.round,
            row.table,
            sorted((seat.person for seat in row.seats.all()), key=lambda one: (one.sort_name, one.pk)),
            row.reasons,
            row.is_kept,
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
    number: int, seating: TalkRound, people: dict[str, Person], grounds: Grounds
) -> list[SeatedTable]:
    """The tables of one round with the rows of their people."""
    return [
        SeatedTable(number, table.number, [people[code] for code in table.people], as_data(table, grounds))
        for table in seating
    ]


def reseated(table: Table, people: tuple[str, ...], grounds: Grounds) -> Table:
    """The table with these people at it, and why each two of them sit together."""
    return Table(table.number, people, reasons_for(people, grounds.problem))


def as_data(table: Table, grounds: Grounds) -> list[dict[str, Any]]:
    """The reasons of a table as they are kept; in "newcomer" the new one comes first.

    A "gain" is kept with the words of both cards it rests on. One without such words rests on what somebody
    said for themselves alone, and is not kept.
    """
    kept: list[dict[str, Any]] = []
    for reason in table.reasons:
        one, other = reason.pair
        if reason.kind != "gain":
            turned = reason.kind == "newcomer" and one not in grounds.problem.newcomers
            kept.append({"kind": reason.kind, "pair": [other, one] if turned else [one, other]})
        elif words := grounds.because.get((one, other), ())[:MOST_REASONS]:
            because = [word.as_data() for word in words]
            kept.append({"kind": "gain", "pair": [one, other], "because": because})
    return kept


def keep(meeting: Meeting, before: TalkPlan, after: TalkPlan, *, grounds: Grounds, from_round: int) -> None:
    """Write the rounds from `from_round` (the first is 0) on that differ; the rows of the others stay."""
    last = max(len(before.rounds), len(after.rounds))
    changed = [number for number in range(from_round, last) if homes(before, number) != homes(after, number)]
    rows = meeting.talks.filter(round__in=[number + 1 for number in changed])
    pinned = pins(rows)
    rows.delete()
    talks = [
        (table, new_talk(meeting, number + 1, table, grounds, pinned))
        for number in changed
        for table in seating(after, number)
    ]
    Talk.objects.bulk_create([talk for _table, talk in talks])
    codes = {code for table, _talk in talks for code in table.people}
    people = dict(Person.objects.filter(code__in=codes).values_list("code", "pk"))
    TalkSeat.objects.bulk_create(
        TalkSeat(talk=talk, person_id=people[code]) for table, talk in talks for code in table.people
    )


def pins(rows: Iterable[Talk]) -> set[tuple[int, int, frozenset[str]]]:
    """Which of these tables the host keeps together: round, number, people."""
    seats = TalkSeat.objects.filter(talk__in=rows, talk__is_kept=True).order_by()
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for number, table, code in seats.values_list("talk__round", "talk__table", "person__code"):
        found[number, table].add(code)
    return {(number, table, frozenset(codes)) for (number, table), codes in found.items()}


def new_talk(
    meeting: Meeting,
    number: int,
    table: Table,
    grounds: Grounds,
    pinned: set[tuple[int, int, frozenset[str]]],
) -> Talk:
    """A row, not yet written, for one table."""
    return Talk(
        meeting=meeting,
        round=number,
        table=table.number,
        reasons=as_data(table, grounds),
        is_kept=(number, table.number, frozenset(table.people)) in pinned,
    )


def seating(plan: TalkPlan, number: int) -> TalkRound:
    """The tables of one round, the first is 0; none beyond the last."""
    return plan.rounds[number] if number < len(plan.rounds) else ()


def homes(plan: TalkPlan, number: int) -> dict[int, frozenset[str]]:
    """Who sits at which table in one round."""
    return {table.number: frozenset(table.people) for table in seating(plan, number)}
