"""Mail about who looks after a community."""

from datetime import datetime

from kawka.mail.addresses import link_address
from kawka.mail.messages import language_of, rendered, to_person
from kawka.mail.outbox import write
from kawka.models import Group, OutgoingMail, Person, PersonalLink


def owner_ask(person: Person, group: Group, *, link: PersonalLink, now: datetime) -> OutgoingMail | None:
    """The owners have fallen silent: would you look after the group?"""
    return write(
        key=f"owner_ask:{group.community.code}:{person.code}",
        kind="owner_ask",
        now=now,
        **to_person(person, group),
        **rendered(
            "owner_ask",
            language_of(person, group),
            {"person": person, "group": group, "link": link_address(link)},
        ),
    )
