"""iCalendar text of single dates; the feeds are made of them in `feeds.py`.

One VEVENT for each real date, with its own lasting UID (RFC 5545; METHOD from RFC 5546; NAME, SOURCE,
REFRESH-INTERVAL and COLOR from RFC 7986). Times are local with a VTIMEZONE of two yearly rules from 1970,
the form every reader understands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from kawka.models import Meeting

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def meeting_calendar(meeting: Meeting, *, address: str = "") -> bytes:
    """One date as a calendar file. `meeting.group` must be loaded; `address` is the page of the date."""
    calendar = empty_calendar()
    calendar.add_component(zone_component(meeting.group.zone, meeting.starts_at))
    calendar.add_component(event(meeting, address))
    return calendar.to_ical()


def dates_calendar(meetings: Sequence[Meeting]) -> bytes:
    """Several dates of one group as one calendar file. `meeting.group` must be loaded."""
    calendar = empty_calendar()
    calendar.add_component(zone_component(meetings[0].group.zone, meetings[0].starts_at))
    for meeting in meetings:
        calendar.add_component(event(meeting, ""))
    return calendar.to_ical()


def cancellation(meeting: Meeting) -> bytes:
    """The file by which a calendar takes out a date that was called off. `meeting.group` must be loaded."""
    calendar = empty_calendar(method="CANCEL")
    calendar.add_component(zone_component(meeting.group.zone, meeting.starts_at))
    calendar.add_component(event(meeting, ""))
    return calendar.to_ical()


def empty_calendar(method: str = "PUBLISH") -> Calendar:
    """A calendar with the head that all of ours share."""
    calendar = Calendar()
    calendar.add("prodid", "-//Kawka//Kawka//PL")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def event(meeting: Meeting, address: str) -> Event:
    """One VEVENT; a called-off date stays and says so."""
    called_off = meeting.state == Meeting.State.CALLED_OFF
    group, zone = meeting.group, meeting.group.zone
    entry = Event()
    entry.add("uid", meeting.calendar_uid)
    entry.add("dtstamp", meeting.changed_at.astimezone(UTC))
    entry.add("last-modified", meeting.changed_at.astimezone(UTC))
    entry.add("sequence", meeting.calendar_sequence)
    entry.add("dtstart", meeting.starts_at.astimezone(zone))
    entry.add("dtend", meeting.ends_at.astimezone(zone))
    entry.add("summary", _("CALLED OFF: %(name)s") % {"name": group.name} if called_off else group.name)
    entry.add("status", "CANCELLED" if called_off else "CONFIRMED")
    entry.add("location", ", ".join(filter(None, [meeting.where, meeting.where_address, group.town])))
    if address:
        entry.add("url", address)
    return entry


def zone_component(zone: ZoneInfo, around: datetime) -> Timezone:
    """The VTIMEZONE of a zone: two yearly rules from 1970, as its clocks change in the year of `around`."""
    component = Timezone()
    component.add("tzid", zone.key)
    component.add("x-lic-location", zone.key)
    year = around.astimezone(zone).year
    changes = clock_changes(zone.key, year)
    for change in changes:
        component.add_component(observance(change))
    if not changes:
        component.add_component(only_observance(datetime(year, 1, 1, tzinfo=zone)))
    return component


@dataclass(frozen=True, slots=True)
class ClockChange:
    """The moment clocks are changed, as they show it just before, and what changes."""

    shown: datetime
    offset_before: timedelta
    offset_after: timedelta
    name_after: str
    to_summer: bool


@lru_cache(maxsize=128)
def clock_changes(zone_name: str, year: int) -> tuple[ClockChange, ...]:
    """The clock changes of a zone in a year, found at half-hour steps; empty where clocks are left alone."""
    zone = ZoneInfo(zone_name)
    changes: list[ClockChange] = []
    step = timedelta(minutes=30)
    moment = datetime(year, 1, 1, tzinfo=UTC)
    while moment.year == year:
        before, after = moment.astimezone(zone), (moment + step).astimezone(zone)
        old, new = before.utcoffset(), after.utcoffset()
        if old is not None and new is not None and old != new:
            shown = before.replace(tzinfo=None) + step
            changes.append(ClockChange(shown, old, new, after.tzname() or "", bool(after.dst())))
        moment += step
    return tuple(changes)


def observance(change: ClockChange) -> TimezoneStandard | TimezoneDaylight:
    """One half of a VTIMEZONE: from which offset to which, on which day of every year since 1970."""
    part = TimezoneDaylight() if change.to_summer else TimezoneStandard()
    day = change.shown.date()
    nth = -1 if (day + timedelta(days=7)).month != day.month else (day.day - 1) // 7 + 1
    part.add("dtstart", datetime.combine(same_day_of_1970(day, nth), change.shown.time()))
    part.add("tzoffsetfrom", change.offset_before)
    part.add("tzoffsetto", change.offset_after)
    part.add("tzname", change.name_after)
    part.add("rrule", vRecur(freq="yearly", bymonth=day.month, byday=f"{nth}{WEEKDAYS[day.weekday()]}"))
    return part


def only_observance(local: datetime) -> TimezoneStandard:
    """The one observance of a zone whose clocks are never changed."""
    part = TimezoneStandard()
    part.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - local by definition
    part.add("tzoffsetfrom", local.utcoffset())
    part.add("tzoffsetto", local.utcoffset())
    part.add("tzname", local.tzname())
    return part


def same_day_of_1970(day: date, nth: int) -> date:
    """The nth (or last, -1) such weekday of that month in 1970."""
    first = date(1970, day.month, 1)
    month = (first + timedelta(days=number) for number in range(31))
    same = [d for d in month if d.month == day.month and d.weekday() == day.weekday()]
    return same[nth] if nth == -1 else same[nth - 1]
