"""Everybody a host may have to tick off today, in the order the host looks for them."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kawka.actions.attendance import Mark
from kawka.models import Attendance, Meeting, Person, PlusOne, Standing


class Said(StrEnum):
    """What somebody answered beforehand, in the order of the list."""

    COMING = "coming"
    WAITING = "waiting"
    NOTHING = "nothing"
    NO = "no"


@dataclass(frozen=True, slots=True)
class DayRow:
    """One person on the day list."""

    person: Person
    said: Said
    standing: str
    attendance: Attendance | None
    is_first_visit: bool

    @property
    def mark(self) -> Mark:
        """What is noted of this person now."""
        row = self.attendance
        if row is None or row.state == Attendance.State.REPRESENTED:
            return Mark.AWAY
        if row.state == Attendance.State.EXCUSED:
            return Mark.EXCUSED
        if row.left_at is not None:
            return Mark.LEFT
        return Mark.LATE if row.state == Attendance.State.LATE else Mark.HERE

    @property
    def is_here(self) -> bool:
        """Whether they are in the room."""
        return self.mark in (Mark.HERE, Mark.LATE)

    @property
    def is_expected(self) -> bool:
        """Whether they said they come and nobody has noted anything yet."""
        return self.said == Said.COMING and self.mark == Mark.AWAY

    @property
    def wish(self) -> str:
        """Where in the round they like to speak."""
        return self.attendance.wish if self.attendance else Attendance.Wish.ANY


@dataclass(frozen=True, slots=True)
class DayList:
    """The list of a day, those who said they come first; `companions` are expected, but not people yet."""

    rows: Sequence[DayRow] = field(default_factory=tuple)
    companions: Sequence[PlusOne] = field(default_factory=tuple)

    @property
    def here(self) -> int:
        """How many are in the room."""
        return sum(row.is_here for row in self.rows)

    @property
    def late(self) -> int:
        """How many of those in the room came late."""
        return sum(row.mark == Mark.LATE for row in self.rows)

    @property
    def expected(self) -> int:
        """How many said they come and are not here yet."""
        return sum(row.is_expected for row in self.rows) + len(self.companions)

    @property
    def new(self) -> int:
        """How many in the room are here for the first time."""
        return sum(row.is_here and row.is_first_visit for row in self.rows)

    @property
    def speakers(self) -> int:
        """How many are going to speak: in the room or still expected, and not passing today."""
        likely = (row for row in self.rows if row.is_here or row.is_expected)
        return sum(row.wish != Attendance.Wish.PASS for row in likely) + len(self.companions)

    @property
    def speakers_here(self) -> int:
        """How many of those in the room do not pass today."""
        return sum(row.is_here and row.wish != Attendance.Wish.PASS for row in self.rows)

    def find(self, wanted: str) -> "DayList":
        """Those whose name or trade contains all the words, whatever the accents and letter case."""
        words = folded(wanted).split()
        return DayList(
            [row for row in self.rows if all(word in search_text(row.person) for word in words)],
            [one for one in self.companions if all(word in folded(one.name) for word in words)],
        )

    def row_of(self, person: Person) -> DayRow | None:
        """The row of one person."""
        return next((row for row in self.rows if row.person.pk == person.pk), None)

    def parts(self) -> list[tuple[Said, list[DayRow]]]:
        """The rows by what they said; empty parts are left out."""
        grouped = [(said, [row for row in self.rows if row.said == said]) for said in Said]
        return [(said, rows) for said, rows in grouped if rows]


def day_list(meeting: Meeting) -> DayList:
    """Members, whoever answered and whoever came, with what is noted of them. Six queries.

    At the first meeting of a group nobody is marked as new: everybody is.
    """
    answers = dict(meeting.answers.order_by().values_list("person_id", "choice"))
    came = {row.person_id: row for row in meeting.attendances.all()}
    members = meeting.group.memberships.current().order_by()
    standings = dict(members.values_list("person_id", "standing"))
    people = Person.objects.filter(pk__in={*standings, *answers, *came}).select_related("card")
    known = set(been_before(meeting))
    rows = [
        DayRow(
            person=person,
            said=said_by(answers.get(person.pk)),
            standing=standings.get(person.pk, Standing.GUEST),
            attendance=came.get(person.pk),
            is_first_visit=bool(known) and person.pk not in known,
        )
        for person in people
    ]
    order = list(Said)
    brought = PlusOne.objects.filter(answer__in=meeting.answers.coming(), person__isnull=True)
    return DayList(
        sorted(rows, key=lambda row: (order.index(row.said), row.person.sort_name)),
        list(brought.select_related("answer__person")),
    )


def been_before(meeting: Meeting) -> Iterable[int]:
    """The keys of those who came to an earlier meeting of this group. One query."""
    earlier = Attendance.objects.came().filter(
        meeting__group=meeting.group_id, meeting__starts_at__lt=meeting.starts_at
    )
    return earlier.values_list("person_id", flat=True).distinct()


def said_by(choice: str | None) -> Said:
    return Said(choice) if choice else Said.NOTHING


def namesakes(meeting: Meeting, name: str) -> list[Person]:
    """People of the group with the same name: to ask "did you mean" before making a second one."""
    wanted = folded(name)
    found = Person.objects.filter(memberships__group=meeting.group_id).select_related("card").distinct()
    return [person for person in found if folded(person.name) == wanted]


def folded(text: str) -> str:
    """The text in small letters without accents and with single spaces."""
    plain = unicodedata.normalize("NFKD", " ".join(text.lower().split()).replace("ł", "l"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def search_text(person: Person) -> str:
    """What the search on the day page looks through."""
    return folded(f"{person.name} {person.card.headline}")
