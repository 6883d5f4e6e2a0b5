"""One date: added by hand, left out, called off. A date is a row that keeps its identity."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kawka.actions.date_news import tell_called_off, tell_taken_back
from kawka.actions.formulas import meeting_length
from kawka.actions.standing_answers import fill_dates
from kawka.engine.rhythm import moment
from kawka.models import Group, Meeting, Person, Refused

CALLED_OFF = [
    "state",
    "changed_at",
    "called_off_at",
    "called_off_reason",
    "tell_change_at",
    "calendar_sequence",
]


class DateHasPassed(Refused):
    """The moment lies in the past."""

    message = _("This moment has passed. Choose one that is still to come.")


class DateIsTaken(Refused):
    """The group already meets then."""

    message = _("The group already meets on that day at that hour.")


class NotCalledOff(Refused):
    """There is nothing to take back, or it is too late."""

    message = _("This date is not called off, or its hour has passed.")


class MeetingHasBegun(Refused):
    """The meeting runs, is over or was called off."""

    message = _("This meeting has begun, is over or was called off, so its date stays as it is.")


@transaction.atomic
def add_date(
    *,
    group: Group,
    on: date,
    at: time,
    place_name: str = "",
    place_address: str = "",
    by: Person | None,
    now: datetime,
) -> Meeting:
    """One date more, picked by hand. Raises DateHasPassed or DateIsTaken."""
    group = Group.objects.select_for_update().get(pk=group.pk)
    starts_at = future_moment(group, on, at, now)
    refuse_taken(group, starts_at)
    meeting = Meeting.objects.create(
        group=group,
        local_date=on,
        starts_at=starts_at,
        ends_at=starts_at + meeting_length(group),
        place_name=place_name,
        place_address=place_address,
        created_at=now,
        changed_at=now,
    )
    fill_dates(meetings=[meeting], now=now)
    group.touch_page()
    return meeting


@transaction.atomic
def call_off(*, meeting: Meeting, reason: str = "", by: Person | None, now: datetime) -> int:
    """The date does not take place; everybody it concerns is told at once, those who wait too: how many.

    The row stays, so that calendars can say so. Raises MeetingHasBegun.
    """
    meeting = lock_planned(meeting, now)
    meeting.state, meeting.changed_at = Meeting.State.CALLED_OFF, now
    meeting.called_off_at, meeting.called_off_reason = now, " ".join(reason.split())
    meeting.tell_change_at = None
    meeting.calendar_sequence += 1
    meeting.save(update_fields=CALLED_OFF)
    meeting.group.touch_page()
    return len(tell_called_off(meeting, now=now))


@transaction.atomic
def take_back(*, meeting: Meeting, by: Person | None, now: datetime) -> int:
    """A called-off date takes place after all; whoever heard that it does not is told at once: how many.

    Answers and turns are as they were. Raises NotCalledOff once its hour has passed, DateIsTaken when the
    group meets then otherwise.
    """
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("group__community")
    meeting = rows.get(pk=meeting.pk)
    if meeting.state != Meeting.State.CALLED_OFF or meeting.starts_at <= now:
        raise NotCalledOff
    refuse_taken(meeting.group, meeting.starts_at)
    meeting.state, meeting.changed_at = Meeting.State.PLANNED, now
    meeting.called_off_at, meeting.called_off_reason = None, ""
    meeting.kept_at = meeting.kept_at or now
    meeting.calendar_sequence += 1
    meeting.save(update_fields=[*CALLED_OFF, "kept_at"])
    fill_dates(meetings=[meeting], now=now)
    meeting.group.touch_page()
    return len(tell_taken_back(meeting, now=now))


@transaction.atomic
def skip(*, meeting: Meeting, by: Person | None, now: datetime) -> bool:
    """Let a date vanish that expects nobody; its series does not make it again. False otherwise.

    Raises MeetingHasBegun.
    """
    meeting = lock_planned(meeting, now)
    gone, _rows = Meeting.objects.filter(pk=meeting.pk).expecting_nobody().delete()
    if gone:
        meeting.group.touch_page()
    return bool(gone)


def change_length(*, group: Group, now: datetime) -> None:
    """Let the coming dates end when the group's run sheet ends."""
    length = meeting_length(group)
    coming = group.meetings.filter(starts_at__gt=now, state=Meeting.State.PLANNED)
    coming.exclude(ends_at=F("starts_at") + length).update(
        ends_at=F("starts_at") + length, changed_at=now, calendar_sequence=F("calendar_sequence") + 1
    )
    group.touch_page()


def change_zone(*, group: Group, zone: str, now: datetime) -> None:
    """Tell the group's times in another zone: what stood at 8:30 stands at 8:30 there."""
    coming = list(group.meetings.filter(starts_at__gt=now, state=Meeting.State.PLANNED))
    for meeting in coming:
        local, length = meeting.starts_at.astimezone(group.zone), meeting.ends_at - meeting.starts_at
        meeting.starts_at = moment(local.date(), local.time(), zone)
        meeting.ends_at, meeting.changed_at = meeting.starts_at + length, now
        meeting.calendar_sequence += 1
    Meeting.objects.bulk_update(coming, ["starts_at", "ends_at", "changed_at", "calendar_sequence"])


def future_moment(group: Group, on: date, at: time, now: datetime) -> datetime:
    """The moment clocks in the group's town show this. Raises DateHasPassed."""
    starts_at = moment(on, at, group.timezone)
    if starts_at <= now:
        raise DateHasPassed
    return starts_at


def refuse_taken(group: Group, starts_at: datetime, but: Meeting | None = None) -> None:
    """Raise DateIsTaken when the group meets at this very moment."""
    same = group.meetings.filter(starts_at=starts_at).exclude(state=Meeting.State.CALLED_OFF)
    if same.exclude(pk=but.pk if but else 0).exists():
        raise DateIsTaken


def lock_planned(meeting: Meeting, now: datetime) -> Meeting:
    """The row locked for a change. Raises MeetingHasBegun unless it is planned and not over."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("group__community")
    locked = rows.get(pk=meeting.pk)
    if locked.state != Meeting.State.PLANNED or locked.ends_at <= now:
        raise MeetingHasBegun
    return locked
