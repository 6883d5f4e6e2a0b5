"""Mail to those who present: booked, and reminders with the template."""

from collections.abc import Sequence
from datetime import datetime

from kawka.mail.addresses import address_of
from kawka.mail.roles import to_member
from kawka.models import Meeting, Membership, OutgoingMail


def spotlight_booked(
    place: Membership, meeting: Meeting, *, title: str, minutes: int, now: datetime
) -> OutgoingMail | None:
    """The presentation has its date: when, and how long."""
    queue = address_of("group-spotlights", slug=meeting.group.slug)
    shown = {"meeting": meeting, "title": title, "minutes": minutes, "queue": queue}
    return to_member(
        place, "spotlight_booked", f"{meeting.code}:{place.person.code}:{meeting.local_date}", shown, now
    )


def reminder_key(meeting: Meeting, person_code: str, step: str) -> str:
    """The key of a reminder; a date that was moved is another one."""
    return f"{meeting.code}:{person_code}:{meeting.local_date}:{step}"


def spotlight_reminder(
    place: Membership,
    meeting: Meeting,
    *,
    step: str,
    title: str,
    minutes: int,
    headings: Sequence[tuple[str, str]],
    now: datetime,
) -> OutgoingMail | None:
    """A week ("week") or the evening ("eve") before: what is presented, and headings that help."""
    queue = address_of("group-spotlights", slug=meeting.group.slug)
    shown = {
        "meeting": meeting,
        "title": title,
        "minutes": minutes,
        "headings": headings,
        "is_eve": step == "eve",
        "queue": queue,
    }
    key = reminder_key(meeting, place.person.code, step)
    return to_member(place, "spotlight_reminder", key, shown, now)
