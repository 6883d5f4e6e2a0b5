"""The run sheet of a day: what happens when, and what helps when it does not fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from kawka.engine.runsheet import lay_out
from kawka.engine.types import RunSheet, SegmentPlan, ShorterPitch
from kawka.models import Meeting, Person, Refused, SegmentKind, Spotlight
from kawka.models.formula import segments_of


class AlreadyBegun(Refused):
    """The start of a meeting that runs, or ran, stays what it was."""

    message = _("This meeting has already begun, so its start stays as it is.")


class TooLateToStartEarlier(Refused):
    """The earlier start would lie in the past."""

    message = _("It is too late to start that early. Shorter speaking times still help.")


@dataclass(frozen=True, slots=True)
class Overrun:
    """The round needs more minutes than it has; how many people, seconds and minutes, and what helps."""

    people: int
    seconds: int
    needed: int
    planned: int
    over: int
    shorter: int | None
    earlier: int | None
    earlier_start: datetime | None


def sheet_of(meeting: Meeting, *, people: int) -> RunSheet:
    """The segments of the meeting laid out in the group's time for so many speakers. One query."""
    group = meeting.group
    segments = [SegmentPlan(one.kind, one.name, one.minutes) for one in segments_of(meeting)]
    return lay_out(
        segments,
        starts_at=meeting.local_start,
        people=people,
        pitch_seconds=meeting.speaking_seconds,
        talk_rounds=group.talk_rounds,
        talk_minutes=group.talk_minutes,
        minutes_planned=minutes(meeting.ends_at - meeting.starts_at),
    )


def overrun(meeting: Meeting, sheet: RunSheet, *, people: int) -> Overrun | None:
    """What does not fit, in numbers, and the proposals that help; None when the meeting ends as planned."""
    if sheet.fits:
        return None
    rounds = [one for one in sheet.segments if one.kind == SegmentKind.ROUND]
    needed = sum((one.lasts for one in rounds), timedelta())
    shorter = next((one.seconds for one in sheet.proposals if isinstance(one, ShorterPitch)), None)
    earlier = next((one.minutes for one in sheet.proposals if not isinstance(one, ShorterPitch)), None)
    return Overrun(
        people=people,
        seconds=meeting.speaking_seconds,
        needed=minutes(needed),
        planned=minutes(needed - sum((one.over_by for one in rounds), timedelta())),
        over=minutes(sheet.over_by),
        shorter=shorter,
        earlier=earlier,
        earlier_start=sheet.starts_at - timedelta(minutes=earlier) if earlier else None,
    )


def minutes(length: timedelta) -> int:
    """The nearest whole minutes; what takes any time at all takes at least one."""
    return max((length + timedelta(seconds=30)) // timedelta(minutes=1), int(length > timedelta()))


def lines(sheet: RunSheet) -> list[tuple[datetime, str, int]]:
    """Each segment with the clock at its start and its minutes, as they add up on the clock."""
    clocks = [one.starts_at.replace(second=0) for one in sheet.segments]
    ends = [*clocks[1:], sheet.ends_at.replace(second=0)][: len(clocks)]
    return [
        (clock, one.title, minutes(end - clock))
        for one, clock, end in zip(sheet.segments, clocks, ends, strict=True)
    ]


@transaction.atomic
def speak_for(*, meeting: Meeting, seconds: int, by: Person | None, now: datetime) -> Meeting:
    """Everybody speaks this many seconds at this meeting; the group's own setting stays.

    Raises AlreadyBegun: a round that runs keeps its pace.
    """
    if meeting.state != Meeting.State.PLANNED:
        raise AlreadyBegun
    meeting.pitch_seconds = seconds
    meeting.save(update_fields=["pitch_seconds"])
    meeting.group.touch_page()
    return meeting


@transaction.atomic
def start_earlier(*, meeting: Meeting, by_minutes: int, by: Person | None, now: datetime) -> Meeting:
    """This one date begins earlier and ends as planned; calendars that follow the group move it.

    Raises AlreadyBegun or TooLateToStartEarlier.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
    if meeting.state != Meeting.State.PLANNED:
        raise AlreadyBegun
    begins = meeting.starts_at - timedelta(minutes=by_minutes)
    if begins <= now:
        raise TooLateToStartEarlier
    meeting.starts_at, meeting.changed_at = begins, now
    meeting.local_date = meeting.local_start.date()
    meeting.calendar_sequence = models.F("calendar_sequence") + 1
    meeting.save(update_fields=["starts_at", "local_date", "changed_at", "calendar_sequence"])
    meeting.refresh_from_db(fields=["calendar_sequence"])
    meeting.group.touch_page()
    return meeting


@transaction.atomic
def book_spotlight(
    *, meeting: Meeting, person: Person, kind: str, title: str, by: Person | None, now: datetime
) -> Spotlight:
    """Who presents what at this meeting, instead of whoever was booked."""
    booked, _made = Spotlight.objects.update_or_create(
        meeting=meeting, defaults={"person": person, "kind": kind, "title": title}
    )
    meeting.group.touch_page()
    return booked


def free_spotlight(*, meeting: Meeting, by: Person | None, now: datetime) -> None:
    """Nobody presents at this meeting; freeing what is free changes nothing."""
    if Spotlight.objects.filter(meeting=meeting).delete()[0]:
        meeting.group.touch_page()


def candidates(meeting: Meeting) -> Sequence[Person]:
    """Whom a presentation can be booked for: the people of the group, by name."""
    return list(Person.objects.filter(memberships__group=meeting.group_id).distinct())
