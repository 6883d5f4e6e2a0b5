"""Mail about roles: turns proposed, a stand-in looked for and found, what falls to the host."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kawka.mail.addresses import address_of, link_address, unsubscribe_address
from kawka.mail.messages import language_of, rendered, to_person
from kawka.mail.outbox import write
from kawka.models import Meeting, Membership, OutgoingMail, Person, PersonalLink, TakeOver, Turn
from kawka.models.membership import ROLES


def turns_proposed(
    place: Membership, turns: Sequence[Turn], *, link: PersonalLink, now: datetime
) -> OutgoingMail | None:
    """The turns the rota proposes to one member, all in one mail; accepted on the page behind the link."""
    shown = {"turns": turns, "link": link_address(link)}
    first = min(turns, key=lambda turn: turn.meeting.starts_at)
    return to_member(place, "turns_proposed", f"{place.person.code}:{first.code}", shown, now)


def turn_call(
    place: Membership, turn: Turn, take_over: TakeOver, *, link: PersonalLink, now: datetime
) -> OutgoingMail | None:
    """Somebody cannot: will you take this turn? The first yes has it."""
    shown = {"turn": turn, "role": turn.role, "meeting": turn.meeting, "link": link_address(link)}
    return to_member(place, "turn_call", f"{take_over.code}:{place.person.code}", shown, now)


def turn_taken(
    place: Membership, turn: Turn, take_over: TakeOver, *, link: PersonalLink, now: datetime
) -> OutgoingMail | None:
    """The turn is taken: thanks to those who were asked, and to who gave it back in time."""
    shown = {
        "turn": turn,
        "role": turn.role,
        "meeting": turn.meeting,
        "gave_back": take_over.given_back_by_id == place.person_id,
        "link": link_address(link),
    }
    return to_member(place, "turn_taken", f"{take_over.code}:{place.person.code}", shown, now)


def turns_fell(
    host: Person,
    meeting: Meeting,
    turns: Sequence[Turn],
    *,
    phones: Sequence[tuple[Person, str]],
    link: PersonalLink,
    now: datetime,
) -> OutgoingMail | None:
    """Turns nobody has accepted half a day before: how each is done, and whom the host can still ring."""
    shown = {
        "person": host,
        "meeting": meeting,
        "turns": turns,
        "phones": phones,
        "link": link_address(link),
        "rota": address_of("group-roles", slug=meeting.group.slug),
    }
    return write(
        key=f"turns_fell:{meeting.code}:{host.code}:{turns[0].code}",
        kind="turns_fell",
        meeting=meeting,
        now=now,
        **to_person(host, meeting.group),
        **rendered("turns_fell", language_of(host, meeting.group), shown),
    )


def left_key(meeting: Meeting, owner: Person) -> str:
    """One such mail for each date and owner."""
    return f"turns_left:{meeting.code}:{owner.code}"


def turns_left(
    owner: Person,
    meeting: Meeting,
    turns: Sequence[Turn],
    *,
    phones: Sequence[tuple[Person, str]],
    now: datetime,
) -> OutgoingMail | None:
    """Half a day before, everybody who leads is away or said no: what is open, whom to ring, the way out."""
    shown = {
        "person": owner,
        "meeting": meeting,
        "turns": turns,
        "phones": phones,
        "rota": address_of("group-roles", slug=meeting.group.slug),
        "date": address_of("meeting-date", code=meeting.code),
    }
    return write(
        key=left_key(meeting, owner),
        kind="turns_left",
        meeting=meeting,
        now=now,
        **to_person(owner, meeting.group),
        **rendered("turns_left", language_of(owner, meeting.group), shown),
    )


def to_member(
    place: Membership, kind: str, key: str, shown: dict[str, Any], now: datetime
) -> OutgoingMail | None:
    """A mail about roles to a member who wants such mail, with a way to stop it; None for the others."""
    person, group, leave = place.person, place.group, unsubscribe_address(place, ROLES)
    context = {**shown, "person": person, "group": group, "leave": leave}
    return write(
        key=f"{kind}:{key}",
        kind=kind,
        now=now,
        place=place,
        meeting=shown.get("meeting"),
        **to_person(person, group),
        **rendered(kind, language_of(person, group), context),
    )
