"""Mail about telling others of a date."""

from datetime import datetime

from kawka.mail.addresses import address_of, unsubscribe_address
from kawka.mail.messages import language_of, rendered, to_person
from kawka.mail.outbox import write
from kawka.models import Meeting, Membership, OutgoingMail
from kawka.models.membership import DATES


def campaign_ready(
    meeting: Meeting, membership: Membership, *, text: str, now: datetime
) -> OutgoingMail | None:
    """Texts and pictures of a date are ready to post, the shortest text at once; for one host."""
    person, group = membership.person, meeting.group
    shown = {
        "meeting": meeting,
        "person": person,
        "words": text,
        "link": address_of("meeting-campaign", code=meeting.code),
        "leave": unsubscribe_address(membership, DATES),
    }
    return write(
        key=f"campaign:{meeting.code}:{person.code}",
        kind="campaign_ready",
        meeting=meeting,
        place=membership,
        now=now,
        **to_person(person, group),
        **rendered("campaign_ready", language_of(person, group), shown),
    )
