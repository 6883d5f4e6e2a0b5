"""Dates: made by the rhythm, added by hand, moved, called off. A date is a row that keeps its identity."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kawka.actions.date_news import tell_called_off
from kawka.actions.formulas import meeting_length
from kawka.actions.standing_answers import fill_dates
from kawka.engine.rhythm import dates, moment
from kawka.engine.types import Rhythm
from kawka.models import Answer, Group, Meeting, Person, Refused, Series

AHEAD = timedelta(weeks=8)
LONGEST_GAP = timedelta(weeks=5)  # between two dates once a month
CHANGED = [
    "series",
    "local_date",
    "starts_at",
    "ends_at",
    "place_name",
    "place_address",
    "changed_at",
    "calendar_sequence",
]
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


class MeetingHasBegun(Refused):
    """The meeting runs, is over or was called off."""

    message = _("This meeting has begun, is over or was called off, so its date stays as it is.")


@transaction.atomic
def make_dates(*, series: Series, now: datetime) -> list[Meeting]:
    """The meetings added so that the series has all its dates for the next 8 weeks; none the second time.

    Local time first: 8:30 stays 8:30 across the change of clocks. A date that was called off or moved is
    not made again.
    """
    group = Group.objects.select_for_update().get(pk=series.group_id)
    series = Series.objects.select_for_update().get(pk=series.pk)
    if series.ended_on is not None:
        return []
    today = now.astimezone(group.zone).date()
    until = max(today + AHEAD, series.starts_on + LONGEST_GAP)
    after = max(today - timedelta(days=1), series.made_until or date.min)
    rhythm = Rhythm(series.kind, series.interval, series.weekday, series.nth, series.starts_on)
    taken = set(series.meetings.values_list("local_date", flat=True))
    found = [on for on in dates(rhythm, after=after, until=until) if on not in taken]
    starts = {on: moment(on, series.starts_at, group.timezone) for on in found}
    by_hand = set(group.meetings.filter(starts_at__in=starts.values()).values_list("starts_at", flat=True))
    length = meeting_length(group)
    added = Meeting.objects.bulk_create(
        Meeting(
            group=group,
            series=series,
            local_date=on,
            starts_at=starts_at,
            ends_at=starts_at + length,
            created_at=now,
            changed_at=now,
        )
        for on, starts_at in starts.items()
        if starts_at > now and starts_at not in by_hand
    )
    Series.objects.filter(pk=series.pk).update(made_until=until)
    fill_dates(meetings=added, now=now)
    if added:
        group.touch_page()
    return added


def first_dates(series: Series, *, now: datetime, zone: str) -> list[datetime]:
    """The first four moments of a series, saved or not, as clocks in `zone` show them."""
    today = now.astimezone(ZoneInfo(zone)).date()
    if series.kind == Series.Kind.BY_HAND:
        found = [series.starts_on]
    else:
        rhythm = Rhythm(series.kind, series.interval, series.weekday, series.nth, series.starts_on)
        until = max(today, series.starts_on) + timedelta(weeks=20)
        found = dates(rhythm, after=today - timedelta(days=1), until=until)
    moments = [moment(on, series.starts_at, zone) for on in found]
    return [at.astimezone(ZoneInfo(zone)) for at in moments if at > now][:4]


def make_all_dates(now: datetime) -> int:
    """Make the dates of every series that still runs; how many were added. Run daily."""
    running = Series.objects.filter(ended_on__isnull=True).exclude(kind=Series.Kind.BY_HAND)
    return sum(len(make_dates(series=series, now=now)) for series in running)


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
def change_date(
    *,
    meeting: Meeting,
    on: date,
    at: time,
    place_name: str,
    place_address: str,
    by: Person | None,
    now: datetime,
) -> Meeting:
    """Another moment or place for one date; it stays the same date in everybody's calendar.

    A series does not fill the day a date was moved from. Raises MeetingHasBegun, DateHasPassed or
    DateIsTaken.
    """
    meeting = lock_planned(meeting, now)
    starts_at = future_moment(meeting.group, on, at, now)
    refuse_taken(meeting.group, starts_at, but=meeting)
    if on != meeting.local_date:
        meeting.series = None
    meeting.ends_at = starts_at + (meeting.ends_at - meeting.starts_at)
    meeting.starts_at, meeting.local_date = starts_at, on
    meeting.place_name, meeting.place_address = place_name, place_address
    meeting.changed_at = now
    meeting.calendar_sequence += 1
    meeting.save(update_fields=CHANGED)
    meeting.group.touch_page()
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
def skip(*, meeting: Meeting, by: Person | None, now: datetime) -> bool:
    """Let a date vanish that nobody has touched; its series does not make it again. False when somebody has.

    Raises MeetingHasBegun.
    """
    meeting = lock_planned(meeting, now)
    gone, _rows = Meeting.objects.filter(pk=meeting.pk).untouched().delete()
    if gone:
        meeting.group.touch_page()
    return bool(gone)


@transaction.atomic
def change_rhythm(*, group: Group, rhythm: Series, by: Person | None, now: datetime) -> Series:
    """Meet by another rhythm from now on; `rhythm` is a Series that is not saved yet.

    Another hour alone moves the dates still to come that stood at the old one. Another day ends the old
    series: its dates that nobody has answered go, the answered ones stay until the host moves or calls off.
    """
    group = Group.objects.select_for_update().get(pk=group.pk)
    old = group.series.filter(ended_on__isnull=True).order_by("pk").last()
    if old is not None and same_days(old, rhythm):
        move_hour(old, rhythm.starts_at, now)
        return old
    if old is not None:
        Series.objects.filter(pk=old.pk).update(ended_on=now.astimezone(group.zone).date())
        answered = Answer.objects.filter(is_standing=False).values("meeting")
        still_open = old.meetings.filter(starts_at__gt=now, state=Meeting.State.PLANNED)
        still_open.exclude(pk__in=answered).filter(spotlight__isnull=True, attendances__isnull=True).delete()
    rhythm.group = group
    rhythm.save(force_insert=True)
    if old is not None:
        old.meetings.filter(starts_at__gt=now).update(series=rhythm)
    make_dates(series=rhythm, now=now)
    group.touch_page()
    return rhythm


def same_days(one: Series, other: Series) -> bool:
    """Whether two series fall on the same days, whatever their hour."""
    fields = {"weekly": ("weekday",), "every_n_weeks": ("weekday", "interval", "starts_on")}
    fields |= {"monthly_nth": ("weekday", "nth"), "by_hand": ()}
    return one.kind == other.kind and all(getattr(one, f) == getattr(other, f) for f in fields[one.kind])


def move_hour(series: Series, at: time, now: datetime) -> None:
    """Move the coming dates that stand at the series' hour to another one, and the series with them."""
    zone, moved = series.group.timezone, []
    for meeting in series.meetings.filter(starts_at__gt=now, state=Meeting.State.PLANNED):
        starts_at = moment(meeting.local_date, at, zone)
        if meeting.starts_at != moment(meeting.local_date, series.starts_at, zone) or starts_at <= now:
            continue
        meeting.ends_at = starts_at + (meeting.ends_at - meeting.starts_at)
        meeting.starts_at, meeting.changed_at = starts_at, now
        meeting.calendar_sequence += 1
        moved.append(meeting)
    Meeting.objects.bulk_update(moved, ["starts_at", "ends_at", "changed_at", "calendar_sequence"])
    series.starts_at = at
    series.save(update_fields=["starts_at"])
    series.group.touch_page()


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
