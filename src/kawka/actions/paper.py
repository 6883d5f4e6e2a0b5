"""A date on paper: the list to tick off at the door and the run sheet, for a table without phones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kawka.actions.day_list import DayList, DayRow, Said, day_list
from kawka.actions.greetings import greetings_of
from kawka.actions.runsheet import lines, sheet_of
from kawka.engine.types import RunSheet
from kawka.engine.week import moment_of
from kawka.models import Meeting, PlusOne, Spotlight, Standing, Turn


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One person on the list: what they do there, and who meets them when they are a guest.

    `is_news`: they said so after the list was made.
    """

    row: DayRow
    roles: Sequence[str] = ()
    greeter: str = ""
    is_news: bool = False

    @property
    def is_guest(self) -> bool:
        """Whether they come as a guest."""
        return self.row.standing == Standing.GUEST


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed for one date. `made_at`: the evening from which on changes are marked as news."""

    made_at: datetime
    is_made: bool
    coming: Sequence[PaperRow]
    gone: Sequence[PaperRow]
    others: Sequence[PaperRow]
    companions: Sequence[PlusOne]
    turns: Sequence[Turn]
    spotlight: Spotlight | None
    sheet: RunSheet
    lines: Sequence[tuple[datetime, str, int]]

    @property
    def people(self) -> int:
        """How many are coming, those they bring included."""
        return len(self.coming) + len(self.companions)

    @property
    def guests(self) -> int:
        """How many of them come as guests."""
        return sum(one.is_guest for one in self.coming)


def paper_of(meeting: Meeting, *, now: datetime) -> Paper:
    """The print of a date as it is now; what changed since the evening before is marked."""
    made_at = moment_of("freeze", meeting.local_date, meeting.group.timezone)
    days, turns = day_list(meeting), turns_of(meeting)
    rows = paper_rows(meeting, days, turns, since=made_at)
    sheet = sheet_of(meeting, people=days.speakers)
    return Paper(
        made_at=made_at.astimezone(meeting.group.zone),
        is_made=now >= made_at,
        coming=said(rows, Said.COMING),
        gone=[one for one in said(rows, Said.NO) if one.is_news],
        others=said(rows, Said.WAITING, Said.NOTHING),
        companions=days.companions,
        turns=turns,
        spotlight=Spotlight.objects.filter(meeting=meeting).select_related("person").first(),
        sheet=sheet,
        lines=lines(sheet),
    )


def turns_of(meeting: Meeting) -> list[Turn]:
    """The roles of the date and who has them, in the order of the roles."""
    return list(meeting.turns.select_related("role", "person").order_by("role__position", "pk"))


def paper_rows(meeting: Meeting, days: DayList, turns: Iterable[Turn], *, since: datetime) -> list[PaperRow]:
    """Everybody of the day with their roles, their greeter, and whether it is news."""
    roles: dict[int | None, list[str]] = {}
    for turn in turns:
        if turn.state != Turn.State.OPEN:
            roles.setdefault(turn.person_id, []).append(turn.role.name)
    greeters = {one.guest_id: one.greeter.name for one in greetings_of([meeting])}
    news = set(meeting.answers.filter(answered_at__gt=since).order_by().values_list("person_id", flat=True))
    return [
        PaperRow(
            row=row,
            roles=roles.get(row.person.pk, []),
            greeter=greeters.get(row.person.pk, ""),
            is_news=row.person.pk in news,
        )
        for row in days.rows
    ]


def said(rows: Iterable[PaperRow], *choices: Said) -> list[PaperRow]:
    """Those who said one of these."""
    return [one for one in rows if one.row.said in choices]
