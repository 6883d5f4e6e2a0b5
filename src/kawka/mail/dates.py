"""Mail about dates: called off, moved."""

from collections.abc import Sequence
from datetime import datetime

from kawka.mail.addresses import link_address
from kawka.mail.messages import language_of, rendered, to_person
from kawka.mail.outbox import Attachment, write
from kawka.models import Group, Meeting, OutgoingMail, Person, PersonalLink


def called_off(
    meeting: Meeting,
    person: Person,
    *,
    link: PersonalLink,
    later: Sequence[Meeting],
    calendar: str,
    now: datetime,
) -> OutgoingMail | None:
    """A date does not take place: why, and the next dates as buttons; calendars take it out by the file."""
    page = link_address(link)
    shown = {
        "meeting": meeting,
        "person": person,
        "later": [(date, f"{page}#answer-{date.code}") for date in later],
        "link": page,
    }
    file: Attachment = {"name": "invite.ics", "type": "text/calendar; method=CANCEL", "text": calendar}
    return write(
        key=f"called-off:{meeting.code}:{person.code}",
        kind="called_off",
        attachments=[file],
        now=now,
        **to_person(person, meeting.group),
        **rendered("called_off", language_of(person, meeting.group), shown),
    )


def moved(
    group: Group,
    person: Person,
    *,
    moves: Sequence[tuple[Meeting, datetime, dict[str, str]]],
    link: PersonalLink,
    calendar: str,
    now: datetime,
) -> OutgoingMail | None:
    """Dates of one person that have moved: each with the start it had and what else was known of it."""
    first = moves[0][0]
    shown = {"group": group, "person": person, "moves": moves, "meeting": first, "link": link_address(link)}
    file: Attachment = {"name": "invite.ics", "type": "text/calendar", "text": calendar}
    return write(
        key=f"moved:{first.code}:{first.calendar_sequence}:{person.code}",
        kind="moved",
        attachments=[file],
        now=now,
        **to_person(person, group),
        **rendered("moved", language_of(person, group), shown),
    )


def left_out(
    group: Group,
    person: Person,
    *,
    dates: Sequence[Meeting],
    reason: str,
    later: Sequence[Meeting],
    link: PersonalLink,
    now: datetime,
) -> OutgoingMail | None:
    """Dates somebody comes to as always are left out: which, why, and the next ones."""
    page = link_address(link)
    shown = {
        "group": group,
        "person": person,
        "dates": dates,
        "reason": reason,
        "later": [(date, f"{page}#answer-{date.code}") for date in later],
        "link": page,
    }
    return write(
        key=f"left-out:{dates[0].code}:{person.code}",
        kind="left_out",
        now=now,
        **to_person(person, group),
        **rendered("left_out", language_of(person, group), shown),
    )
