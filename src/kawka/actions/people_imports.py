"""Bringing a list of people in: looked at first, changed as a whole, the same list twice changes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Manager, Model
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kawka.forms import rows as lists
from kawka.forms.columns import MEANINGS
from kawka.forms.rows import Entry, Sentence
from kawka.forms.tables import Table
from kawka.models import Ask, Card, Group, Membership, Offer, PeopleImport, Person, Refused, Standing

ON_PERSON, ON_CARD = ("greeting", "town"), ("trade", "does", "client", "experience", "phone", "website")
AT_ONCE = 500


class HasProblems(Refused):
    """Some rows are wrong and nobody said to leave them."""

    message = _("Some rows need a correction. Choose whether to bring in the others without them.")


class AlreadyBroughtIn(Refused):
    """The list was confirmed before."""

    message = _("This list has already been brought in.")


class State(Enum):
    """What a row will do."""

    NEW = "new"
    SAME = "same"
    ADDS = "adds"
    WRONG = "wrong"


@dataclass(frozen=True)
class Known:
    """Somebody who is here, as far as a list can add to it."""

    person: Person
    sentences: dict[str, set[str]]
    is_current: bool


@dataclass(frozen=True)
class Planned:
    """One row: what it says, what it will do, what it adds in words or what is wrong with it."""

    entry: Entry
    state: State
    known: Known | None = None
    adds: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass
class Plan:
    """What bringing a list in will do, row by row."""

    rows: list[Planned]
    counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.counts = {state.value: 0 for state in State}
        for row in self.rows:
            self.counts[row.state.value] += 1

    @property
    def right(self) -> int:
        """How many rows can be brought in."""
        return len(self.rows) - self.counts["wrong"]

    def of(self, state: State) -> list[Planned]:
        """The rows of this state."""
        return [row for row in self.rows if row.state == state]


def start(*, group: Group, source: str, table: Table, by: Person | None, now: datetime) -> PeopleImport:
    """Keep a list to be looked at; nobody is changed yet."""
    return PeopleImport.objects.create(
        group=group,
        source=source[:120],
        header=table.header,
        rows=table.rows,
        mapping=table.mapping,
        created_by=by,
        created_at=now,
    )


def remap(*, brought: PeopleImport, mapping: dict[str, str], by: Person | None, now: datetime) -> None:
    """Say anew what the columns of a list mean. Raises AlreadyBroughtIn."""
    if not PeopleImport.objects.filter(pk=brought.pk, confirmed_at=None).update(mapping=mapping):
        raise AlreadyBroughtIn
    brought.mapping = mapping


def plan(brought: PeopleImport) -> Plan:
    """What each row of the list will do as things stand. Changes nothing, asks a constant number of times."""
    entries = lists.read_rows(((number, cells) for number, cells in brought.rows), brought.mapping)
    doubled = lists.doubled(entries)
    by_email, by_name = here(brought.group, entries)
    planned = []
    for entry in entries:
        problems = tuple(lists.problems(entry)) + (
            (doubled[entry.number],) if entry.number in doubled else ()
        )
        if problems:
            planned.append(Planned(entry, State.WRONG, problems=problems))
            continue
        known = by_email.get(entry.email) or by_name.get(entry.name.casefold())
        planned.append(against(entry, known))
    return Plan(planned)


def here(group: Group, entries: Sequence[Entry]) -> tuple[dict[str, Known], dict[str, Known]]:
    """Who of the list is here: by e-mail in the community, and by name those of the group without an e-mail.

    A name stands for somebody only when one person without an e-mail, or for a row without one any one person
    of the group, has it.
    """
    emails = {entry.email for entry in entries if entry.email}
    community = Person.objects.filter(community_id=group.community_id).annotate(low=Lower("email"))
    members = set(Membership.objects.current().filter(group=group).values_list("person_id", flat=True))
    people: dict[int, Person] = {
        person.pk: person for person in community.filter(low__in=emails).select_related("card")
    }
    fellows = Person.objects.filter(memberships__group=group).select_related("card")
    people |= {person.pk: person for person in fellows}
    sentences = sentences_of(people)
    known = {pk: Known(person, sentences[pk], pk in members) for pk, person in people.items()}
    return {k.person.email.lower(): k for k in known.values() if k.person.email}, named(
        known.values(), entries
    )


def named(known: Iterable[Known], entries: Iterable[Entry]) -> dict[str, Known]:
    """Who is meant by a name alone."""
    with_email = {entry.name.casefold() for entry in entries if entry.email}
    by_name: dict[str, list[Known]] = defaultdict(list)
    for one in known:
        by_name[one.person.name.casefold()].append(one)
    return {
        name: those[0]
        for name, those in by_name.items()
        if len(those) == 1 and (name not in with_email or not those[0].person.email)
    }


def sentences_of(people: Iterable[int]) -> dict[int, dict[str, set[str]]]:
    """The offers and asks of people, asks that are closed too: what was answered is not asked anew."""
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: {"offers": set(), "asks": set()})
    ids = list(people)
    for meaning, model in (("offers", Offer), ("asks", Ask)):
        for pk, text in model._default_manager.filter(person_id__in=ids).values_list("person_id", "text"):
            found[pk][meaning].add(text)
    return found


def against(entry: Entry, known: Known | None) -> Planned:
    """What a right row does to somebody who is here, or that it brings somebody new."""
    if known is None:
        return Planned(entry, State.NEW)
    adds = [str(MEANINGS[name]) for name in filled(entry, known.person)]
    for meaning in ("offers", "asks"):
        if missing(getattr(entry, meaning), known.sentences[meaning]):
            adds.append(str(MEANINGS[meaning]))
    if not known.is_current:
        adds.append(str(_("a place in this group")))
    return Planned(entry, State.ADDS if adds else State.SAME, known, tuple(adds))


def filled(entry: Entry, person: Person) -> dict[str, str]:
    """The empty fields of somebody's card that the row fills; what is there is never replaced."""
    said = {"email": entry.email, "language": entry.language, **entry.texts}
    there = {name: getattr(person, name) for name in ("email", "language", *ON_PERSON)} | {
        name: getattr(person.card, name) for name in ON_CARD
    }
    return {name: text for name, text in said.items() if text and not there[name]}


def missing(said: Sequence[Sentence], there: set[str]) -> list[Sentence]:
    """The sentences that are not there yet."""
    return [(kind, text) for kind, text in said if text not in there]


def confirm(*, brought: PeopleImport, leave_wrong: bool, by: Person | None, now: datetime) -> Plan:
    """Bring the list in as a whole; returns what was done. Of two at once one does it, the other is refused.

    Raises HasProblems, changing nothing, when rows are wrong and they are not to be left; AlreadyBroughtIn.
    Rows that are left stay with the list; the others are forgotten with it.
    """
    try:
        return brought_in(brought, leave_wrong, now)
    except IntegrityError:  # somebody on the list came in meanwhile: look again
        return brought_in(brought, leave_wrong, now)


@transaction.atomic
def brought_in(brought: PeopleImport, leave_wrong: bool, now: datetime) -> Plan:
    """Claim the list, plan it as things stand now, and write it."""
    if not PeopleImport.objects.filter(pk=brought.pk, confirmed_at=None).update(confirmed_at=now):
        raise AlreadyBroughtIn
    cards = Card.objects.filter(person__community=brought.group.community_id)
    list(cards.select_for_update(of=("self",)).values_list("pk"))  # nobody changes theirs meanwhile
    planned = plan(PeopleImport.objects.select_related("group").get(pk=brought.pk))
    wrong = {row.entry.number for row in planned.of(State.WRONG)}
    if wrong and not leave_wrong:
        raise HasProblems
    write_new(brought.group, [row.entry for row in planned.of(State.NEW)], now)
    write_added(brought.group, planned.of(State.ADDS), now)
    left = [[number, cells] for number, cells in brought.rows if number in wrong]
    PeopleImport.objects.filter(pk=brought.pk).update(rows=left)
    brought.rows, brought.confirmed_at = left, now
    return planned


def write_new(group: Group, entries: Sequence[Entry], now: datetime) -> None:
    """Make people, cards and places in the group."""
    people = Person.objects.bulk_create(
        [
            Person(
                community_id=group.community_id,
                name=entry.name,
                email=entry.email,
                language=entry.language,
                created_at=now,
                **{name: entry.texts.get(name, "") for name in ON_PERSON},
            )
            for entry in entries
        ],
        batch_size=AT_ONCE,
    )
    pairs = list(zip(people, entries, strict=True))
    Card.objects.bulk_create(
        [
            Card(person=person, updated_at=now, **{name: entry.texts.get(name, "") for name in ON_CARD})
            for person, entry in pairs
        ],
        batch_size=AT_ONCE,
    )
    Membership.objects.bulk_create([member(group, person, now) for person in people], batch_size=AT_ONCE)
    write_sentences([(person, entry.offers, entry.asks, 0) for person, entry in pairs], now)


def write_added(group: Group, planned: Sequence[Planned], now: datetime) -> None:
    """Fill what is empty, add what is missing, and give a place in the group to who has none."""
    people, cards, sentences, joining = [], [], [], []
    for row in planned:
        assert row.known is not None
        person, said = row.known.person, filled(row.entry, row.known.person)
        for name, text in said.items():
            setattr(person.card if name in ON_CARD else person, name, text)
        if said.keys() & {"email", "language", *ON_PERSON}:
            people.append(person)
        person.card.updated_at = now
        cards.append(person.card)
        fresh = [missing(getattr(row.entry, name), row.known.sentences[name]) for name in ("offers", "asks")]
        sentences.append((person, fresh[0], fresh[1], max(map(len, row.known.sentences.values()))))
        if not row.known.is_current:
            joining.append(person)
    rewrite(Person.objects, people, ["email", "language", *ON_PERSON])
    rewrite(Card.objects, cards, [*ON_CARD, "updated_at"])
    write_sentences(sentences, now)
    admit_all(group, joining, now)


def rewrite(manager: Manager[Any], rows: Sequence[Model], fields: Sequence[str]) -> None:
    """Write these fields of rows that are there; an upsert, for a bulk_update of thousands takes seconds."""
    unique = {row.pk: row for row in rows}.values()
    manager.bulk_create(
        unique, update_conflicts=True, unique_fields=["id"], update_fields=fields, batch_size=AT_ONCE
    )


def write_sentences(
    people: Sequence[tuple[Person, Sequence[Sentence], Sequence[Sentence], int]], now: datetime
) -> None:
    """Add offers and asks behind those there; `people` are (person, offers, asks, how many are there)."""
    Offer.objects.bulk_create(
        [
            Offer(person=person, kind=kind, text=text, position=after + position)
            for person, offers, _asks, after in people
            for position, (kind, text) in enumerate(offers)
        ],
        batch_size=AT_ONCE,
    )
    Ask.objects.bulk_create(
        [
            Ask(person=person, kind=kind, text=text, position=after + position, created_at=now)
            for person, _offers, asks, after in people
            for position, (kind, text) in enumerate(asks)
        ],
        batch_size=AT_ONCE,
    )


def admit_all(group: Group, people: Sequence[Person], now: datetime) -> None:
    """A member's place in the group for those who have none or had gone."""
    gone = Membership.objects.filter(group=group, person__in=people, standing=Standing.ALUMNUS)
    gone.update(standing=Standing.MEMBER)
    there = set(Membership.objects.filter(group=group, person__in=people).values_list("person_id", flat=True))
    Membership.objects.bulk_create(
        [member(group, person, now) for person in people if person.pk not in there], batch_size=AT_ONCE
    )


def member(group: Group, person: Person, now: datetime) -> Membership:
    """The place of somebody on a list: it is the group's own, so they are its members."""
    return Membership(group=group, person=person, standing=Standing.MEMBER, joined_at=now)
