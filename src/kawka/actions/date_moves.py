"""Moving one date, it and all that follow, or all of its series: planned first, so nobody is surprised."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kawka.actions.date_news import concerned, known_of, put_off_telling, tell_later
from kawka.actions.dates import DateIsTaken, future_moment, lock_planned
from kawka.actions.series import rhythm_of
from kawka.engine.rhythm import moved, moves
from kawka.engine.types import Rhythm
from kawka.models import Group, Meeting, Person, Refused, Series

ONE, FOLLOWING, ALL = REACHES = ("one", "following", "all")
MOVED = [
    "series",
    "local_date",
    "starts_at",
    "ends_at",
    "place_name",
    "place_address",
    "changed_at",
    "calendar_sequence",
    "tell_change_at",
    "moved_from",
]


class PlanHasChanged(Refused):
    """What was shown to the host is no longer so."""

    message = _("Something changed in the meantime. Have another look before you confirm.")


@dataclass(frozen=True)
class Wanted:
    """What a host wants of a date: another day, hour or place."""

    on: date
    at: time
    place_name: str = ""
    place_address: str = ""
    changes_place: bool = False


@dataclass(frozen=True)
class Move:
    """One date that changes: where it goes, and whom that concerns."""

    meeting: Meeting
    on: date
    starts_at: datetime
    people: list[Person]
    changes_place: bool

    @property
    def changes(self) -> bool:
        """Whether anything about it changes."""
        return self.changes_place or self.starts_at != self.meeting.starts_at

    @property
    def local_start(self) -> datetime:
        """The new start as a clock in the group's town shows it."""
        return self.starts_at.astimezone(self.meeting.group.zone)


@dataclass(frozen=True)
class Plan:
    """Every date that changes, in order, and what becomes of the rhythm (None: it stays)."""

    meeting: Meeting
    reach: str
    wanted: Wanted
    moves: list[Move]
    rhythm: Rhythm | None = None
    everybody: list[Person] = field(default_factory=list)

    @property
    def changed(self) -> list[Move]:
        """The dates that will be told differently."""
        return [move for move in self.moves if move.changes]

    @property
    def needs_a_look(self) -> bool:
        """Whether the host is to see it before it is done: it concerns people, or several dates."""
        return bool(self.everybody) or (self.reach != ONE and bool(self.changed))

    @property
    def told(self) -> list[Person]:
        """Who gets a mail."""
        return [person for person in self.everybody if person.email]

    @property
    def by_voice(self) -> list[Person]:
        """Whom the host tells, for want of an address."""
        return [person for person in self.everybody if not person.email]

    @property
    def seen(self) -> str:
        """The same for the same plan: what a confirmation confirms."""
        lines = [
            f"{one.meeting.code} {one.meeting.calendar_sequence} {one.starts_at} "
            + " ".join(person.code for person in one.people)
            for one in self.moves
        ]
        return hashlib.sha256("\n".join([self.reach, repr(self.wanted), *lines]).encode()).hexdigest()[:24]


def plan(*, meeting: Meeting, wanted: Wanted, reach: str, now: datetime) -> Plan:
    """What happens when this date, it and those that follow, or all of its series change.

    A date whose hour was changed by itself keeps its own hour. Raises DateHasPassed or DateIsTaken.
    """
    series = meeting.series
    if reach == ONE or series is None or series.kind == Series.Kind.BY_HAND:
        days: dict[int, tuple[Meeting, date]] = {meeting.pk: (meeting, wanted.on)}
        return filled(meeting, ONE, wanted, days, None, now)
    rows = series.meetings.filter(state=Meeting.State.PLANNED, starts_at__gt=now).order_by("starts_at")
    if reach == FOLLOWING:
        rows = rows.filter(local_date__gte=meeting.local_date)
    dates = list(rows)
    for one in dates:
        one.group = meeting.group
    old = rhythm_of(series)
    new = moved(old, day=meeting.local_date, to=wanted.on)
    since, until = min(one.local_date for one in dates), max(one.local_date for one in dates)
    falls = moves(old, new, day=meeting.local_date, to=wanted.on, since=since, until=until)
    days = {one.pk: (one, falls[one.local_date]) for one in dates if one.local_date in falls}
    return filled(meeting, reach, wanted, days, new, now)


def filled(
    meeting: Meeting,
    reach: str,
    wanted: Wanted,
    days: dict[int, tuple[Meeting, date]],
    rhythm: Rhythm | None,
    now: datetime,
) -> Plan:
    """The plan with moments and people; refused where a moment has passed or is taken."""
    group, people = meeting.group, concerned((one for one, _on in days.values()), now=now)
    found = []
    for key, (one, on) in days.items():
        starts_at = future_moment(group, on, hour_of(one, meeting, wanted), now)
        found.append(Move(one, on, starts_at, people[key], wanted.changes_place))
    refuse_taken_by_others(group, found)
    everybody = {person.pk: person for move in found if move.changes for person in move.people}
    in_order = sorted(everybody.values(), key=lambda one: one.sort_name)
    return Plan(meeting, reach, wanted, found, rhythm, in_order)


def hour_of(one: Meeting, meeting: Meeting, wanted: Wanted) -> time:
    """The hour a date gets: the wanted one, unless it had its own before."""
    usual = meeting.series.starts_at if meeting.series else None
    own = one.local_start.time()
    return wanted.at if one.pk == meeting.pk or own == usual else own


def refuse_taken_by_others(group: Group, moves: Iterable[Move]) -> None:
    """Raise DateIsTaken when the group meets at one of these moments beside the dates that move."""
    found = list(moves)
    same = group.meetings.filter(starts_at__in=[one.starts_at for one in found])
    others = same.exclude(state=Meeting.State.CALLED_OFF).exclude(pk__in=[one.meeting.pk for one in found])
    if others.exists():
        raise DateIsTaken


@transaction.atomic
def change(
    *, meeting: Meeting, wanted: Wanted, reach: str, seen: str | None, by: Person | None, now: datetime
) -> Plan:
    """Do what was planned; whom it concerns is told half an hour after the last such change.

    `seen` is what the host confirmed; None when there was nothing to confirm. Dates keep their identity in
    calendars. "Following" parts the series: what was stays, what comes has a series of its own. Raises
    PlanHasChanged, MeetingHasBegun, DateHasPassed or DateIsTaken.
    """
    Group.objects.select_for_update(of=("self",)).get(pk=meeting.group_id)
    locked = lock_planned(meeting, now)
    planned = plan(meeting=locked, wanted=wanted, reach=reach, now=now)
    if planned.seen != seen and (seen is not None or planned.needs_a_look):
        raise PlanHasChanged
    series = locked.series
    if not planned.changed:
        return planned
    if planned.rhythm is not None and series is not None:
        series = follow(planned, series)
    for move in planned.moves:
        apply(move, planned, series, now)
    Meeting.objects.bulk_update([move.meeting for move in planned.moves], MOVED)
    put_off_telling(locked.group, now)
    locked.group.touch_page()
    return planned


def follow(planned: Plan, series: Series) -> Series:
    """The series the moved dates belong to: the same with a new rule, or one parted from it."""
    assert planned.rhythm is not None
    first, rhythm, wanted = planned.moves[0], planned.rhythm, planned.wanted
    begins = min(move.on for move in planned.moves)
    shift = wanted.on - planned.meeting.local_date
    Meeting.objects.filter(pk__in=[move.meeting.pk for move in planned.moves]).update(series=None)
    changed: dict[str, Any] = {
        "weekday": rhythm.weekday,
        "nth": rhythm.nth,
        "starts_at": wanted.at,
        "starts_on": begins,
        "made_until": series.made_until + shift if series.made_until else None,
        "place_name": wanted.place_name if wanted.changes_place else series.place_name,
        "place_address": wanted.place_address if wanted.changes_place else series.place_address,
    }
    if planned.reach == ALL:
        Series.objects.filter(pk=series.pk).update(**changed)
        return Series.objects.get(pk=series.pk)
    Series.objects.filter(pk=series.pk).update(ended_on=first.meeting.local_date - timedelta(days=1))
    paused = {name: getattr(series, name) for name in ("paused_from", "paused_until", "pause_reason")}
    return Series.objects.create(
        group_id=series.group_id, kind=series.kind, interval=series.interval, **paused, **changed
    )


def apply(move: Move, planned: Plan, series: Series | None, now: datetime) -> None:
    """Set the new moment and place on the row; the time a date lasts stays."""
    one, wanted, before = move.meeting, planned.wanted, known_of(move.meeting)
    one.series = series if planned.reach != ONE or move.on == one.local_date else None
    if not move.changes:
        return
    one.ends_at = move.starts_at + (one.ends_at - one.starts_at)
    one.starts_at, one.local_date = move.starts_at, move.on
    if wanted.changes_place:
        one.place_name, one.place_address = wanted.place_name, wanted.place_address
    one.changed_at = now
    one.calendar_sequence += 1
    tell_later(one, before=before, people=move.people, now=now)
