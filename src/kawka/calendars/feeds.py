"""Feeds to subscribe to: of a group, of a community, and of one person with their dates and turns.

One VEVENT for each real date with a lasting UID: readers mishandle recurrence rules with exceptions. Heads as
RFC 7986 has them (NAME, SOURCE, REFRESH-INTERVAL, COLOR) beside the older X- names that readers know.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, timedelta

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from kawka.calendars.ical import empty_calendar, event, zone_component
from kawka.models import Group, Meeting, Turn

REFRESH = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class FeedDate:
    """A date in a feed: where it links to, and whether the reader only waits for a seat."""

    meeting: Meeting
    address: str
    is_tentative: bool = False


def feed(
    name: str,
    dates: Iterable[FeedDate],
    *,
    source: str,
    turns: Iterable[Turn] = (),
    zone: str = "",
    alarm: int = 0,
) -> bytes:
    """A feed of past, coming and called-off dates, each with its own identity, and of turns beside them.

    `source` is the feed's own address, `zone` the zone a reader shows first, `alarm` minutes before each date
    at which a reader reminds (0: not at all). `meeting.group` must be loaded, and `turn.role`.
    """
    calendar = head(name, source, zone)
    listed, duties = list(dates), list(turns)
    zones = {one.meeting.group.timezone: one.meeting for one in listed}
    zones.update({turn.meeting.group.timezone: turn.meeting for turn in duties})
    for meeting in zones.values():
        calendar.add_component(zone_component(meeting.group.zone, meeting.starts_at))
    for one in listed:
        calendar.add_component(entry_of(one, alarm))
    for turn in duties:
        calendar.add_component(duty(turn, alarm))
    return calendar.to_ical()


def group_feed(
    group: Group, meetings: Iterable[Meeting], *, source: str, address: str, alarm: int = 0
) -> bytes:
    """The feed of a group, every date linking to the group's page."""
    dates = list(meetings)
    for meeting in dates:
        meeting.group = group
    listed = [FeedDate(meeting, address) for meeting in dates]
    return feed(group.name, listed, source=source, zone=group.timezone, alarm=alarm)


def head(name: str, source: str, zone: str) -> Calendar:
    """What stands above the entries of a feed."""
    calendar = empty_calendar()
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    if zone:
        calendar.add("x-wr-timezone", zone)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    calendar.add("source", source, parameters={"VALUE": "URI"})
    calendar.add("color", "sienna")
    return calendar


def entry_of(one: FeedDate, alarm: int) -> Event:
    """One date; tentative while its reader waits for a seat."""
    entry = event(one.meeting, one.address)
    if one.is_tentative and one.meeting.state != Meeting.State.CALLED_OFF:
        entry["status"] = "TENTATIVE"
    return with_alarm(entry, alarm)


def duty(turn: Turn, alarm: int) -> Event:
    """A turn as an entry of its own: when one is needed, and how it is done, step by step."""
    meeting, role = turn.meeting, turn.role
    called_off = meeting.state == Meeting.State.CALLED_OFF
    entry = Event()
    entry.add("uid", f"turn-{turn.code}@{meeting.calendar_uid.rpartition('@')[2]}")
    entry.add("dtstamp", meeting.changed_at.astimezone(UTC))
    entry.add("sequence", meeting.calendar_sequence)
    zone = meeting.group.zone
    entry.add("dtstart", (meeting.starts_at - timedelta(minutes=role.minutes_before)).astimezone(zone))
    entry.add("dtend", (meeting.ends_at + timedelta(minutes=role.minutes_after)).astimezone(zone))
    name = _("My turn: %(role)s") % {"role": role.name}
    entry.add("summary", _("CALLED OFF: %(name)s") % {"name": name} if called_off else name)
    entry.add("status", "CANCELLED" if called_off else "CONFIRMED")
    if role.steps:
        entry.add("description", role.steps)
    return with_alarm(entry, alarm)


def with_alarm(entry: Event, minutes: int) -> Event:
    """The entry with a reminder so many minutes before; without one for 0 and for what is called off."""
    if minutes and entry["status"] != "CANCELLED":
        bell = Alarm()
        bell.add("action", "DISPLAY")
        bell.add("description", str(entry["summary"]))
        bell.add("trigger", -timedelta(minutes=minutes))
        entry.add_component(bell)
    return entry
