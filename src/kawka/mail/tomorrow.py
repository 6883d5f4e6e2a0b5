"""The mail the afternoon before a date: people worth meeting there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kawka.mail.addresses import address_of, unsubscribe_address
from kawka.mail.messages import language_of, rendered, to_person
from kawka.mail.outbox import write
from kawka.models import Meeting, Membership, OutgoingMail, PersonalLink
from kawka.models.membership import ASKS


def tomorrow(
    place: Membership,
    meeting: Meeting,
    hints: Sequence[Any],
    *,
    link: PersonalLink,
    speaks: bool = False,
    now: datetime,
) -> OutgoingMail | None:
    """People worth meeting, each with the reason and a line to begin with, in the reader's language.

    `speaks`: everybody has their 60 seconds there, and the mail leads to where they are rehearsed.
    """
    person = place.person
    shown = {
        "meeting": meeting,
        "person": person,
        "group": meeting.group,
        "hints": hints,
        "link": address_of("tomorrow_by_link", token=link.token),
        "rehearsal": address_of("rehearsal", code=person.code) if speaks else "",
        "leave": unsubscribe_address(place, ASKS),
    }
    return write(
        key=f"tomorrow:{meeting.code}:{person.code}",
        kind="tomorrow",
        now=now,
        place=place,
        meeting=meeting,
        **to_person(person, meeting.group),
        **rendered("tomorrow", language_of(person, meeting.group), shown),
    )
