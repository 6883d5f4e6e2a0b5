"""Mail about what people look for: a hand raised on the board, and thanks to who helped."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kawka.mail.addresses import link_address, unsubscribe_address
from kawka.mail.messages import language_of, rendered, to_person
from kawka.mail.outbox import write
from kawka.models import Hand, Membership, OutgoingMail, PersonalLink
from kawka.models.membership import ASKS


def ask_hand(
    place: Membership, hand: Hand, *, ways: Sequence[str], link: PersonalLink, now: datetime
) -> OutgoingMail | None:
    """Somebody can help with what this person looks for, or knows somebody; and how to reach them."""
    return about_ask(place, "ask_hand", hand, {"ways": ways, "link": board(link)}, now)


def ask_thanks(place: Membership, hand: Hand, *, link: PersonalLink, now: datetime) -> OutgoingMail | None:
    """To who helped: what they helped with, and the thanks in the asker's own words."""
    return about_ask(place, "ask_thanks", hand, {"link": board(link)}, now)


def about_ask(
    place: Membership, kind: str, hand: Hand, shown: dict[str, Any], now: datetime
) -> OutgoingMail | None:
    """A mail about one hand, once for each."""
    person, group = place.person, place.group
    context = {"hand": hand, "person": person, "group": group, "leave": unsubscribe_address(place, ASKS)}
    return write(
        key=f"{kind}:{hand.key}",
        kind=kind,
        now=now,
        place=place,
        **to_person(person, group),
        **rendered(kind, language_of(person, group), {**context, **shown}),
    )


def board(link: PersonalLink) -> str:
    """The board of asks behind a personal link."""
    return f"{link_address(link)}asks/"
