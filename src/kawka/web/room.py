"""What the three faces of a running meeting show: its state, and of everybody what the others may see."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from kawka import access
from kawka.access import tokens
from kawka.actions import live
from kawka.actions.announcements import Snapshot
from kawka.actions.answers import next_dates
from kawka.actions.seating import SeatedTable, tables
from kawka.actions.talk_reasons import say
from kawka.models import Ask, Attendance, Hand, Meeting, Person, SegmentKind, Spotlight
from kawka.models.formula import segments_of, timetable

Tapped = tuple[int, int | None, str]  # asker, ask, kind


@dataclass(frozen=True)
class Wanted:
    """An ask with the taps the viewer made on it; without an ask the taps are for the person."""

    ask: Ask | None
    taps: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class Seat:
    """Somebody in the room, as far as the others may see them."""

    attendance: Attendance
    trade: str
    does: str
    wanted: list[Wanted] = field(default_factory=list)

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.attendance.person


@dataclass(frozen=True)
class Part:
    """One part of the run sheet, with the moment it is planned for."""

    index: int
    name: str
    begins: datetime
    minutes: int


@dataclass(frozen=True)
class MyTalk:
    """With whom the viewer talks in one round, where, and why."""

    round: int
    table: int
    partners: list[Person]
    reasons: list[str]


@dataclass(frozen=True)
class Tables:
    """Who sits where, as `me` sees it: what a face fetches first when somebody comes or leaves."""

    meeting: Meeting
    me: Person | None
    snapshot: Snapshot
    seated: list[SeatedTable]

    @property
    def rounds(self) -> list[tuple[int, list[SeatedTable]]]:
        """The talk rounds with their tables."""
        return [(number, list(seated)) for number, seated in groupby(self.seated, lambda table: table.round)]

    @property
    def my_talks(self) -> list[MyTalk]:
        """The viewer's talks, round by round."""
        return [my_talk(table, self.me) for table in self.seated if self.me and self.me.code in table.codes]


@dataclass(frozen=True)
class Room(Tables):
    """Everything a face shows of one meeting."""

    seats: dict[str, Seat]
    parts: list[Part]
    spotlight: Spotlight | None
    next_date: Meeting | None

    @property
    def scene(self) -> str:
        """What is on: "before", "over", or the kind of the running segment."""
        return self.snapshot["kind"] or self.snapshot["phase"]

    @property
    def speaker(self) -> Seat | None:
        """Who has the floor."""
        return self.seats.get(self.snapshot["speaker"] or "")

    @property
    def waiting(self) -> list[Seat]:
        """Those who have yet to speak, the next one first."""
        return [self.seats[code] for code in self.snapshot["waiting"] if code in self.seats]

    @property
    def part(self) -> Part | None:
        """The part that is on."""
        index = self.snapshot["segment"]
        return None if index is None else self.parts[index]

    @property
    def following(self) -> Part | None:
        """The part that comes next."""
        index = self.snapshot["segment"]
        later = self.parts[index + 1 :] if index is not None else self.parts
        return later[0] if later else None

    @property
    def my_turn(self) -> bool:
        """Whether the viewer has the floor."""
        return self.me is not None and self.snapshot["speaker"] == self.me.code


def wants_tables(request: HttpRequest) -> bool:
    """Whether a face asks for the tables alone."""
    return request.headers.get("X-Kawka-Part") == "tables"


def tables_of(meeting: Meeting, *, me: Person | None) -> Tables:
    """The tables alone. Three queries, however many people."""
    return Tables(meeting, me, live.snapshot_of(meeting, live.state_of(meeting)), tables(meeting, of=me))


def room_of(meeting: Meeting, *, me: Person | None, now: datetime) -> Room:
    """The room as `me` sees it, `me` None standing for the projector; queries do not grow with people."""
    state = live.state_of(meeting)
    return Room(
        meeting=meeting,
        me=me,
        snapshot=live.snapshot_of(meeting, state),
        seats=seats_of(meeting, me),
        parts=parts_of(meeting, [(one.kind, one.title, one.seconds) for one in state.segments]),
        seated=tables(meeting, of=me),
        spotlight=Spotlight.objects.filter(meeting=meeting).select_related("person").first(),
        next_date=next(iter(next_dates(meeting.group, now=now, after=meeting, limit=1)), None),
    )


def seats_of(meeting: Meeting, me: Person | None) -> dict[str, Seat]:
    """Everybody who came, by code; in the room everybody has met everybody."""
    rows = (
        meeting.attendances.came()
        .select_related("person__card")
        .prefetch_related("person__asks")
        .order_by("person__sort_name", "pk")
    )
    hands = Hand.objects.filter(meeting=meeting, person=me)
    raised: set[Tapped] = {(hand.asker_id, hand.ask_id, hand.kind) for hand in hands} if me else set()
    return {row.person.code: seat_of(row, me, raised) for row in rows}


def seat_of(row: Attendance, me: Person | None, raised: set[Tapped]) -> Seat:
    """One person's seat with what the viewer may see of the card."""
    card = row.person.card
    fields = access.visible_fields(card, access.SELF if row.person == me else access.MET)
    asks: list[Ask | None] = []
    if "asks" in fields:
        asks = [ask for ask in row.person.asks.all() if ask.closed_at is None]
    return Seat(
        attendance=row,
        trade=card.headline if "does" in fields else card.trade,
        does=card.does if "does" in fields else "",
        wanted=[Wanted(ask, taps_on(row.person, ask, raised)) for ask in asks or [None]],
    )


def taps_on(asker: Person, ask: Ask | None, raised: set[Tapped]) -> list[tuple[str, str, bool]]:
    """The three taps: what each sends, what stands on it, whether it was made."""
    return [
        (
            f"{kind.value}.{asker.code}.{ask.code if ask else ''}",
            str(kind.label),
            (asker.pk, ask.pk if ask else None, kind.value) in raised,
        )
        for kind in Hand.Kind
    ]


def parts_of(meeting: Meeting, begun: list[tuple[str, str, int]]) -> list[Part]:
    """The run sheet: as it was when the meeting began, before that as the group has it."""
    zone = meeting.group.zone
    if not begun:
        planned = timetable(segments_of(meeting), meeting.local_start)
        return [
            Part(index, capfirst(one.name), begins.astimezone(zone), one.minutes)
            for index, (begins, one) in enumerate(planned)
        ]
    begins = (meeting.opened_at or meeting.starts_at).astimezone(zone)
    parts = []
    for index, (kind, title, seconds) in enumerate(begun):
        parts.append(Part(index, capfirst(title or str(SegmentKind(kind).label)), begins, seconds // 60))
        begins += timedelta(seconds=seconds)
    return parts


def my_talk(table: SeatedTable, me: Person | None) -> MyTalk:
    """One table as somebody who sits there sees it."""
    partners = [person for person in table.people if person != me]
    return MyTalk(table.round, table.number, partners, say(table.reasons, table.people, viewer=me))


def face(room: Room, role: str) -> dict[str, Any]:
    """What every face needs beside the room: where to listen, and the state to begin with."""
    token = tokens.stream_token(room.meeting, role)
    return {
        "room": room,
        "state": json.dumps(room.snapshot),
        "meeting": room.meeting,
        "group": room.meeting.group,
        "stream": f"/live/stream/{token}",
    }


def join_address(meeting: Meeting) -> str:
    """The address phones open to take part."""
    return f"{settings.SITE_URL}{reverse('join', args=[meeting.room_code])}"


@lru_cache(maxsize=64)
def qr_code(text: str) -> SafeString:
    """The text as a QR code, drawn in the page; made of squares only, so nothing of it needs escaping."""
    drawn = segno.make(text, micro=False).svg_inline(
        border=2, omitsize=True, svgclass=None, lineclass=None, light="#fff"
    )
    return mark_safe(drawn)
