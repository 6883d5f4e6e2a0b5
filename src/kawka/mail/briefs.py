"""Mail the day before a meeting, to those who have something to do there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kawka.mail.addresses import link_address
from kawka.mail.roles import to_member
from kawka.models import Meeting, Membership, OutgoingMail, Person, PersonalLink, Turn


def brief_key(meeting: Meeting, person: Person) -> str:
    """The key of somebody's brief about a meeting."""
    return f"role_brief:{meeting.code}:{person.code}"


def role_brief(
    place: Membership,
    meeting: Meeting,
    turns: Sequence[Turn],
    *,
    guests: Sequence[Any],
    link: PersonalLink,
    now: datetime,
) -> OutgoingMail | None:
    """Everything somebody needs for their turns: steps, minutes, the note of who did it last, their guests.

    `guests` are cards as this person may see them (SeenCard).
    """
    shown = {"meeting": meeting, "turns": turns, "guests": guests, "link": link_address(link)}
    return to_member(place, "role_brief", f"{meeting.code}:{place.person.code}", shown, now)


def guest_to_greet(place: Membership, meeting: Meeting, guest: Any, *, now: datetime) -> OutgoingMail | None:
    """One more guest to meet, who answered after the brief had gone out."""
    key = f"{meeting.code}:{place.person.code}:{guest.person.code}"
    return to_member(place, "guest_to_greet", key, {"meeting": meeting, "guests": [guest]}, now)
