"""Who has talked with whom at a table, over a season.

A host sees the talks that were planned: whether one took place, and whether it was good, those who sat there
say for themselves alone. Each person sees their own, by what they said themselves.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from django.db.models import QuerySet

from kawka import access
from kawka.actions.matches import gains
from kawka.models import Group, Meeting, Person, Standing, TalkSeat

SEASON = timedelta(days=365)
Pairs = set[frozenset[int]]


@dataclass(frozen=True, slots=True)
class Row:
    """One member with those they have sat with and not yet, and with one mark for each column."""

    person: Person
    talked: Sequence[Person]
    not_yet: Sequence[Person]
    marks: Sequence[bool | None]


@dataclass(frozen=True, slots=True)
class Season:
    """Who of the members has sat with whom: `talked` of all `pairs`, `helped` of the `helpful` ones.

    A pair is helpful when one of the two offers what the other asks for, by their cards as members see them.
    """

    people: Sequence[Person]
    rows: Sequence[Row]
    talked: int
    pairs: int
    helped: int
    helpful: int


@dataclass(frozen=True, slots=True)
class Mine:
    """With whom of those one knows in a group one has talked this season, and with whom not yet."""

    talked: Sequence[Person]
    not_yet: Sequence[Person]

    @property
    def people(self) -> int:
        """How many there are together."""
        return len(self.talked) + len(self.not_yet)


def season_of(group: Group, *, now: datetime) -> Season:
    """The members of a group, two by two. Five queries, however many people."""
    people = list(members(group))
    met = pairs_of(seats_of(group, now).values_list("talk_id", "person_id"))
    rows = [row_of(person, people, met) for person in people]
    talked = sum(len(row.talked) for row in rows) // 2
    helpful = helpful_pairs(group, people)
    return Season(
        people, rows, talked, len(people) * (len(people) - 1) // 2, len(helpful & met), len(helpful)
    )


def helpful_pairs(group: Group, people: Sequence[Person]) -> Pairs:
    """Those two by two of whom one may help the other."""
    keys = {person.code: person.pk for person in people}
    found = gains(people, group=group, near=access.FELLOW)
    return {
        frozenset(keys[code] for code in pair)
        for pair, gain in found.items()
        if any(because.kind in ("helps", "wants") for because in gain.because)
    }


def my_season(group: Group, person: Person, *, now: datetime) -> Mine:
    """The same for one person. Two queries, however many people."""
    mine = seats_of(group, now).filter(person=person).exclude(happened=False).values("talk")
    beside = seats_of(group, now).filter(talk__in=mine).values_list("person_id", flat=True)
    met = {frozenset((person.pk, other)) for other in beside}
    known = access.known_to(person).filter(memberships__group=group).select_related("card")
    people = known.exclude(memberships__group=group, memberships__standing=Standing.ALUMNUS).distinct()
    row = row_of(person, list(people), met)
    return Mine(row.talked, row.not_yet)


def members(group: Group) -> Iterable[Person]:
    """Everybody who belongs to the group and is more than a guest, by name."""
    inner = group.memberships.filter(standing__in=access.INNER).order_by()
    return Person.objects.filter(pk__in=inner.values("person"))


def seats_of(group: Group, now: datetime) -> QuerySet[TalkSeat]:
    """The seats at the tables of the season's closed meetings."""
    return TalkSeat.objects.filter(
        talk__meeting__group=group,
        talk__meeting__state=Meeting.State.CLOSED,
        talk__meeting__starts_at__gt=now - SEASON,
    ).order_by()


def pairs_of(seats: Iterable[tuple[int, int]]) -> Pairs:
    """Those two by two who have a seat in the same talk."""
    at_table: dict[int, list[int]] = defaultdict(list)
    for talk, person in seats:
        at_table[talk].append(person)
    return {frozenset(pair) for people in at_table.values() for pair in combinations(people, 2)}


def row_of(person: Person, people: Sequence[Person], met: Pairs) -> Row:
    """One person beside the others; the mark of the person themselves is None."""
    marks = [None if one == person else frozenset((one.pk, person.pk)) in met for one in people]
    talked = [one for one, mark in zip(people, marks, strict=True) if mark]
    not_yet = [one for one, mark in zip(people, marks, strict=True) if mark is False]
    return Row(person, talked, not_yet, marks)
