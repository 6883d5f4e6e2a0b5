"""The mails around a date: who has not answered, how it looks, how many the place sets the table for."""

from collections.abc import Sequence
from datetime import datetime

from kawka.mail.addresses import address_of, link_address, unsubscribe_address
from kawka.mail.messages import language_of, rendered, to_person
from kawka.mail.outbox import write
from kawka.models import Meeting, Membership, OutgoingMail, PersonalLink
from kawka.models.membership import DATES


def reminder(
    meeting: Meeting,
    membership: Membership,
    *,
    link: PersonalLink,
    asked_by_host: bool = False,
    into: list[OutgoingMail] | None = None,
    now: datetime,
) -> OutgoingMail | None:
    """Whether somebody who has not answered comes; none for who asked for no such mail (`into`: see `write`).

    `asked_by_host`: the host sees a small round coming and asks those who usually come, once for each date.
    """
    person, leave = membership.person, unsubscribe_address(membership, DATES)
    shown = {"meeting": meeting, "person": person, "link": link_address(link), "leave": leave}
    kind = "reminder_small_round" if asked_by_host else "reminder"
    return write(
        key=f"{kind}:{meeting.code}:{person.code}",
        kind=kind,
        now=now,
        place=membership,
        meeting=meeting,
        into=into,
        **to_person(person, meeting.group),
        **rendered(kind, language_of(person, meeting.group), shown),
    )


def week_ahead(
    meeting: Meeting,
    membership: Membership,
    *,
    coming: int,
    silent: int,
    expected: int,
    low: int,
    high: int,
    open_roles: int,
    wanted: Sequence[tuple[str, int]] = (),
    now: datetime,
) -> OutgoingMail | None:
    """How the date looks two days before it, for one host; nothing for whoever asked for no such mail.

    `wanted`: trades that are asked for and that nobody who comes has, and by how many.
    """
    person, group = membership.person, meeting.group
    shown = {
        "meeting": meeting,
        "person": person,
        "coming": coming,
        "silent": silent,
        "expected": expected,
        "low": low,
        "high": high,
        "open_roles": open_roles,
        "wanted": wanted,
        "link": address_of("group-week", slug=group.slug),
    }
    return write(
        key=f"week_ahead:{meeting.code}:{person.code}",
        kind="week_ahead",
        now=now,
        place=membership,
        meeting=meeting,
        **to_person(person, group),
        **rendered("week_ahead", language_of(person, group), shown),
    )


def headcount(
    meeting: Meeting, *, people: int, low: int, high: int, number: int, now: datetime
) -> OutgoingMail | None:
    """How many people the place may expect, without names; `number` counts the mails about this date."""
    group = meeting.group
    host = group.memberships.hosts().exclude(person__email="").select_related("person").order_by("pk").first()
    shown = {
        "meeting": meeting,
        "people": people,
        "low": low,
        "high": high,
        "is_correction": number > 1,
        "host": host.person if host else None,
    }
    return write(
        key=f"headcount:{meeting.code}:{number}",
        kind="headcount",
        to=group.venue_email,
        reply_to=host.person.email if host else "",
        community=group.community,
        group=group,
        meeting=meeting,
        now=now,
        **rendered("headcount", group.language, shown),
    )


def wrap_up(
    meeting: Meeting,
    membership: Membership,
    *,
    came: int,
    guests: int,
    asks: int,
    following: Meeting | None,
    open_roles: int,
    now: datetime,
) -> OutgoingMail | None:
    """How a meeting was and what comes next, for one host; nothing for whoever asked for no such mail."""
    person, group = membership.person, meeting.group
    shown = {
        "meeting": meeting,
        "person": person,
        "came": came,
        "guests": guests,
        "asks": asks,
        "following": following,
        "open_roles": open_roles,
        "link": address_of("group-week", slug=group.slug),
    }
    return write(
        key=f"wrap_up:{meeting.code}:{person.code}",
        kind="wrap_up",
        now=now,
        place=membership,
        meeting=meeting,
        **to_person(person, group),
        **rendered("wrap_up", language_of(person, group), shown),
    )
