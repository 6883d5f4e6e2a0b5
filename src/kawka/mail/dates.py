"""Mail about dates: called off, moved."""

from collections.abc import Sequence
from datetime import datetime

from kawka.mail.addresses import link_address
from kawka.mail.messages import language_of, rendered, to_person
from kawka.mail.outbox import Attachment, write
from kawka.models import Meeting, OutgoingMail, Person, PersonalLink


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
