"""Which calendar file goes with a mail: an invitation where a mailbox hears the answer, else a plain file."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from kawka.calendars import invites
from kawka.calendars.ical import cancellation, dates_calendar, meeting_calendar
from kawka.mail.addresses import address_of
from kawka.mail.outbox import Attachment
from kawka.mail.reply_boxes import is_there, rsvp_box
from kawka.models import Meeting, OutgoingMail, Person

CONFIRMED = "answer_confirmed"


def invitation(meeting: Meeting, person: Person, *, now: datetime) -> Attachment:
    """The date for the calendar of somebody who comes."""
    if not is_there():
        return {
            "name": f"{meeting.local_date}.ics",
            "type": "text/calendar",
            "text": meeting_calendar(meeting).decode(),
        }
    address = address_of("meeting", code=meeting.code)
    organizer = rsvp_box(meeting, person)
    words = invites.request(meeting, person, organizer=organizer, address=address, now=now)
    return as_invite("REQUEST", words)


def withdrawal(meeting: Meeting, person: Person, *, now: datetime) -> Attachment:
    """What takes the date out of the calendar of somebody who was invited."""
    organizer = rsvp_box(meeting, person)
    return as_invite("CANCEL", invites.cancel(meeting, person, organizer=organizer, now=now))


def as_invite(method: str, words: bytes) -> Attachment:
    """A file as mail programs know it for what it is."""
    return {"name": "invite.ics", "type": f"text/calendar; method={method}", "text": words.decode()}


def called_off(meeting: Meeting, people: Iterable[Person], *, now: datetime) -> dict[int, Attachment]:
    """What takes a called-off date out of each calendar, by the row of the person."""
    plain = as_invite("CANCEL", cancellation(meeting))
    invited = invited_to([meeting])
    return {
        person.pk: withdrawal(meeting, person, now=now) if (meeting.pk, person.pk) in invited else plain
        for person in people
    }


def moved(dates: Sequence[Meeting], person: Person, *, now: datetime) -> list[Attachment]:
    """What moves these dates in the person's calendar: an invitation again for each they were invited to."""
    invited = invited_to(dates)
    anew = [one for one in dates if (one.pk, person.pk) in invited]
    others = [one for one in dates if one not in anew]
    files = [invitation(one, person, now=now) for one in anew]
    if others:
        files.append({"name": "invite.ics", "type": "text/calendar", "text": dates_calendar(others).decode()})
    return files


def invited_to(meetings: Iterable[Meeting]) -> set[tuple[int | None, int | None]]:
    """Who has an invitation to which of these dates in their calendar, as rows of date and person."""
    if not is_there():
        return set()
    mails = OutgoingMail.objects.filter(kind=CONFIRMED, meeting__in=list(meetings)).order_by("pk")
    last = {(mail.meeting_id, mail.person_id): mail for mail in mails}
    return {key for key, mail in last.items() if method_of(mail) == "REQUEST"}


def method_of(mail: OutgoingMail) -> str:
    """What the calendar file of a mail asks for; nothing when there is none or it asks for nothing."""
    return next((file["type"].partition("method=")[2] for file in mail.attachments), "")


def last_invite(meeting: Meeting, person: Person) -> tuple[str, int]:
    """What the last confirmation asked the person's calendar for, and how many there were."""
    if not is_there():
        return "", 0
    mails = list(OutgoingMail.objects.filter(kind=CONFIRMED, meeting=meeting, person=person).order_by("pk"))
    return (method_of(mails[-1]), len(mails)) if mails else ("", 0)
