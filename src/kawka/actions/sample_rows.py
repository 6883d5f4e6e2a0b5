"""The people and the past meetings of the sample, turned into rows with as few statements as possible."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

from kawka.engine.planner import plan_talks
from kawka.engine.types import Table, TalkPlan, TalkProblem
from kawka.models import (
    Answer,
    Ask,
    Attendance,
    Card,
    Community,
    Group,
    Hand,
    Meeting,
    Membership,
    Note,
    Offer,
    Person,
    Pitch,
    Spotlight,
    Standing,
    Talk,
    TalkSeat,
)
from kawka.models.card import default_visibility

TALK_ROUNDS = 3
EARLY_BIRDS = 8


@dataclass(frozen=True)
class Cast:
    """The people of the sample in the order of the file, and their asks."""

    people: list[Person]
    asks: dict[tuple[int, int], Ask]


def add_people(community: Community, group: Group, entries: list[dict[str, Any]], now: datetime) -> Cast:
    """Everybody with card, offers, asks, 60 seconds and standing."""
    known_since = now - timedelta(weeks=10)
    people = Person.objects.bulk_create(
        Person(
            community=community,
            name=entry["name"],
            greeting=entry["greeting"],
            email=entry["email"],
            town=entry["town"],
            language=entry["lang"],
            created_at=known_since,
        )
        for entry in entries
    )
    pairs = list(zip(people, entries, strict=True))
    Card.objects.bulk_create(card_of(person, entry, now) for person, entry in pairs)
    Pitch.objects.bulk_create(
        Pitch(person=person, text=entry["pitch"], updated_at=known_since) for person, entry in pairs
    )
    Membership.objects.bulk_create(
        Membership(
            group=group,
            person=person,
            standing=entry["standing"],
            joined_at=now - timedelta(days=3) if entry["standing"] == Standing.GUEST else known_since,
        )
        for person, entry in pairs
    )
    Offer.objects.bulk_create(
        Offer(person=person, position=position, **line)
        for person, entry in pairs
        for position, line in enumerate(entry["offers"])
    )
    return Cast(people, add_asks(pairs, known_since))


def card_of(person: Person, entry: dict[str, Any], now: datetime) -> Card:
    """The card of one person, with the visibility the file asks for."""
    fields = ("trade", "does", "client", "experience", "phone", "website")
    return Card(
        person=person,
        seen_by={**default_visibility(), **entry["seen_by"]},
        updated_at=now - timedelta(weeks=7),
        **{field: entry[field] for field in fields},
    )


def add_asks(pairs: list[tuple[Person, dict[str, Any]]], since: datetime) -> dict[tuple[int, int], Ask]:
    """The asks, by the number of the person and of the ask in the file."""
    asks = {
        (number, position): Ask(person=person, position=position, created_at=since, **line)
        for number, (person, entry) in enumerate(pairs)
        for position, line in enumerate(entry["asks"])
    }
    Ask.objects.bulk_create(asks.values())
    return asks


def add_past(cast: Cast, meetings: Sequence[Meeting], entries: list[dict[str, Any]]) -> None:
    """What happened at the meetings that were: answers, attendance, talks, hands and presentations."""
    pairs = list(zip(meetings, entries, strict=True))
    Answer.objects.bulk_create(
        coming(meeting, cast.people[number], meeting.starts_at - timedelta(days=2))
        for meeting, entry in pairs
        for number in entry["present"]
    )
    Attendance.objects.bulk_create(
        attended(meeting, cast.people[number], late=number in entry["late"])
        for meeting, entry in pairs
        for number in entry["present"]
    )
    Spotlight.objects.bulk_create(spotlight(cast, meeting, entry["spotlight"]) for meeting, entry in pairs)
    Hand.objects.bulk_create(
        raised(cast, meeting, hand) for meeting, entry in pairs for hand in entry["hands"]
    )
    add_talks(cast, pairs)


def coming(meeting: Meeting, person: Person, at: datetime, choice: str = Answer.Choice.COMING) -> Answer:
    """An answer that this person gave at this moment."""
    return Answer(meeting=meeting, person=person, choice=choice, answered_by=person, answered_at=at)


def attended(meeting: Meeting, person: Person, *, late: bool) -> Attendance:
    """That a person was there, from the beginning or a quarter of an hour later."""
    return Attendance(
        meeting=meeting,
        person=person,
        state=Attendance.State.LATE if late else Attendance.State.PRESENT,
        arrived_at=meeting.starts_at + timedelta(minutes=15 if late else 0),
    )


def spotlight(cast: Cast, meeting: Meeting, entry: dict[str, Any]) -> Spotlight:
    """The presentation of one date."""
    person = cast.people[entry["person"]]
    return Spotlight(meeting=meeting, person=person, kind=entry["kind"], title=entry["title"])


def raised(cast: Cast, meeting: Meeting, entry: dict[str, Any]) -> Hand:
    """One hand raised for an ask in the middle of the round."""
    return Hand(
        meeting=meeting,
        asker=cast.people[entry["asker"]],
        ask=cast.asks[entry["asker"], entry["ask"]],
        person=cast.people[entry["who"]],
        kind=entry["kind"],
        key=f"{meeting.code}-{entry['asker']}-{entry['ask']}-{entry['who']}-{entry['kind']}",
        raised_at=meeting.starts_at + timedelta(minutes=35),
    )


def add_talks(cast: Cast, pairs: list[tuple[Meeting, dict[str, Any]]]) -> None:
    """Three rounds of talks for each past meeting; most of them were remembered as held."""
    codes = [person.code for person in cast.people]
    planned = [
        (Talk(meeting=meeting, round=turn, table=table.number, reasons=reasons_of(table, codes)), table)
        for (meeting, _entry), plan in zip(
            pairs, plans([entry["present"] for _m, entry in pairs]), strict=True
        )
        for turn, tables in enumerate(plan.rounds, start=1)
        for table in tables
    ]
    Talk.objects.bulk_create(talk for talk, _table in planned)
    TalkSeat.objects.bulk_create(
        TalkSeat(talk=talk, person=cast.people[int(number)], happened=None if talk.table == 1 else True)
        for talk, table in planned
        for number in table.people
    )


def plans(rooms: list[list[int]]) -> list[TalkPlan]:
    """The talks of meetings that follow one another: new people first, old acquaintances last."""
    met: Counter[frozenset[str]] = Counter()
    known: set[int] = set()
    made = []
    for seed, room in enumerate(rooms):
        newcomers = frozenset(str(number) for number in room if number not in known) if known else frozenset()
        people = tuple(str(number) for number in room)
        plan = plan_talks(TalkProblem(people, TALK_ROUNDS, met=dict(met), newcomers=newcomers), seed=seed)
        tables = [table for seating in plan.rounds for table in seating]
        met.update(frozenset(pair) for table in tables for pair in combinations(table.people, 2))
        known.update(room)
        made.append(plan)
    return made


def reasons_of(table: Table, codes: list[str]) -> list[dict[str, Any]]:
    """Why these people sat together, as it is kept with a talk."""
    return [
        {"kind": reason.kind, "pair": [codes[int(number)] for number in reason.pair]}
        for reason in table.reasons
    ]


def add_today(cast: Cast, today: Meeting, entry: dict[str, Any], now: datetime) -> None:
    """Today's answers, presentation, and the first people already at the table."""
    said_no = Answer.Choice.NOT_THIS_TIME
    expected = entry["present_expected"]
    ago = [now - timedelta(hours=20 + number) for number in range(len(cast.people))]
    answers = [coming(today, cast.people[number], ago[number]) for number in expected]
    answers += [coming(today, cast.people[number], ago[number], said_no) for number in entry["said_no"]]
    Answer.objects.bulk_create(answers)
    early = expected[:EARLY_BIRDS]
    Attendance.objects.bulk_create(
        Attendance(meeting=today, person=cast.people[number], arrived_at=now) for number in early
    )
    Spotlight.objects.bulk_create([spotlight(cast, today, entry["spotlight"])])


def add_next(cast: Cast, dates: Sequence[Meeting], expected: list[int], now: datetime) -> None:
    """Fewer answers the further the date is."""
    Answer.objects.bulk_create(
        coming(date, cast.people[number], now - timedelta(hours=number))
        for reach, date in enumerate(dates[:3])
        for number in expected[: 11 - 4 * reach]
    )


def add_notes(cast: Cast, entries: list[dict[str, Any]], now: datetime) -> None:
    """Private notes of some people about others."""
    Note.objects.bulk_create(
        Note(
            owner=cast.people[entry["owner"]],
            about=cast.people[entry["about"]],
            text=entry["text"],
            updated_at=now - timedelta(days=5),
        )
        for entry in entries
    )
