"""Mail about seats: one that is free, and a list that goes on to the next date."""

from datetime import datetime

from kawka.mail.addresses import link_address
from kawka.mail.messages import language_of, rendered, to_person
from kawka.mail.outbox import write
from kawka.models import Answer, Meeting, OutgoingMail, PersonalLink, SeatOffer


def seat_offered(offer: SeatOffer, *, link: PersonalLink, now: datetime) -> OutgoingMail | None:
    """A seat is free for whoever waits longest, and until when it is kept."""
    meeting, person = offer.answer.meeting, offer.answer.person
    until = offer.expires_at.astimezone(meeting.group.zone)
    shown = {"meeting": meeting, "person": person, "until": until, "link": link_address(link)}
    return write(
        key=f"seat-offered:{meeting.code}:{person.code}:{offer.pk}",
        kind="seat_offered",
        meeting=meeting,
        now=now,
        **to_person(person, meeting.group),
        **rendered("seat_offered", language_of(person, meeting.group), shown),
    )


def list_moved(
    answer: Answer, *, next_meeting: Meeting, link: PersonalLink, now: datetime
) -> OutgoingMail | None:
    """No seat became free this time: whoever waited has the first place at the next date, if they want it."""
    meeting, person = answer.meeting, answer.person
    shown = {"meeting": meeting, "person": person, "next": next_meeting, "link": link_address(link)}
    return write(
        key=list_moved_key(answer),
        kind="list_moved",
        meeting=meeting,
        now=now,
        **to_person(person, meeting.group),
        **rendered("list_moved", language_of(person, meeting.group), shown),
    )


def list_moved_key(answer: Answer) -> str:
    """The key of the mail that asks about the next date: one for each meeting and person."""
    return f"list-moved:{answer.meeting.code}:{answer.person.code}"
