"""Invitations by mail that calendars answer (iTIP, RFC 5546 and 6047): one date, one attendee.

The organizer is a mailbox Kawka reads, with a tag that says whose answer it is; so pressing “yes” in a mail
program reaches the group. METHOD stands at the head, the identity is the date's own and never changes, and
the sequence rises with every mail.
"""

from datetime import UTC, datetime

from icalendar import Event, vCalAddress

from kawka.calendars.ical import empty_calendar, event, zone_component
from kawka.models import Meeting, Person

FIRST = datetime(2020, 1, 1, tzinfo=UTC)


def sequence_of(now: datetime) -> int:
    """A number that is higher in every later mail."""
    return int((now - FIRST).total_seconds())


def request(meeting: Meeting, person: Person, *, organizer: str, address: str, now: datetime) -> bytes:
    """The date as an invitation whose answer comes to `organizer`. `meeting.group` must be loaded."""
    return enclosed(meeting, "REQUEST", invited(meeting, person, organizer, address, now))


def cancel(meeting: Meeting, person: Person, *, organizer: str, now: datetime) -> bytes:
    """Takes the date out of one person's calendar, whether it is called off or they do not come."""
    entry = invited(meeting, person, organizer, "", now)
    entry["status"] = "CANCELLED"
    return enclosed(meeting, "CANCEL", entry)


def enclosed(meeting: Meeting, method: str, entry: Event) -> bytes:
    """A whole file around one entry."""
    calendar = empty_calendar(method=method)
    calendar.add_component(zone_component(meeting.group.zone, meeting.starts_at))
    calendar.add_component(entry)
    return calendar.to_ical()


def invited(meeting: Meeting, person: Person, organizer: str, address: str, now: datetime) -> Event:
    """The entry with who asks and who is asked."""
    entry = event(meeting, address)
    entry["sequence"] = sequence_of(now)
    del entry["dtstamp"]
    entry.add("dtstamp", now.astimezone(UTC))
    host = vCalAddress(f"mailto:{organizer}")
    host.params["CN"] = meeting.group.name
    guest = vCalAddress(f"mailto:{person.email}")
    guest.params.update(
        {"CN": person.name, "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "TRUE"}
    )
    entry.add("organizer", host)
    entry.add("attendee", guest)
    return entry
