"""The question of Sunday evening, for those who wanted it."""

from datetime import datetime

from kawka.mail.addresses import address_of, unsubscribe_address
from kawka.mail.messages import language_of, rendered, to_person
from kawka.mail.outbox import write
from kawka.models import Ask, Meeting, Membership, OutgoingMail, PersonalLink
from kawka.models.membership import WEEKLY


def weekly_ask(
    meeting: Meeting,
    membership: Membership,
    *,
    last: Ask | None,
    is_last: bool,
    link: PersonalLink,
    now: datetime,
) -> OutgoingMail | None:
    """What somebody looks for this week, with what they looked for last.

    `is_last`: when this one is let be too, none comes any more.
    """
    person, group = membership.person, meeting.group
    shown = {
        "meeting": meeting,
        "person": person,
        "last": last,
        "is_last": is_last,
        "link": address_of("weekly_ask_by_link", token=link.token),
        "leave": unsubscribe_address(membership, WEEKLY),
    }
    return write(
        key=f"weekly-ask:{meeting.code}:{person.code}",
        kind="weekly_ask",
        meeting=meeting,
        place=membership,
        now=now,
        **to_person(person, group),
        **rendered("weekly_ask", language_of(person, group), shown),
    )
