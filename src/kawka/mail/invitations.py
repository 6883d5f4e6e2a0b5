"""The mails of a pass: to whom it is for, and to who gave it."""

from collections.abc import Sequence
from datetime import datetime

from kawka.mail.addresses import address_of, link_address
from kawka.mail.messages import language_of, rendered, to_person
from kawka.mail.outbox import write
from kawka.models import Group, Invitation, Meeting, OutgoingMail, Person, PersonalLink


def invitation(pass_: Invitation, *, dates: Sequence[Meeting], now: datetime) -> OutgoingMail | None:
    """The pass itself, in the inviter's words; whoever answers writes to the inviter."""
    group = pass_.group
    shown = {
        "pass": pass_,
        "group": group,
        "dates": dates,
        "link": address_of("pass", token=pass_.token),
    }
    return write(
        key=f"invitation:{pass_.code}",
        kind="invitation",
        to=pass_.email,
        reply_to=pass_.inviter.email,
        community=group.community,
        group=group,
        now=now,
        **rendered("invitation", group.language, shown),
    )


def guest_chose(pass_: Invitation, *, meeting: Meeting, now: datetime) -> OutgoingMail | None:
    """To the inviter: on which date their guest comes."""
    inviter, group = pass_.inviter, pass_.group
    shown = {
        "pass": pass_,
        "person": inviter,
        "meeting": meeting,
        "link": address_of("invite", slug=group.slug),
    }
    return write(
        key=f"guest_chose:{pass_.code}:{meeting.code}",
        kind="guest_chose",
        meeting=meeting,
        now=now,
        **to_person(inviter, group),
        **rendered("guest_chose", language_of(inviter, group), shown),
    )


def guest_question(
    meeting: Meeting, guest: Person, *, greeter: Person | None, link: PersonalLink, now: datetime
) -> OutgoingMail | None:
    """The afternoon before a first visit: shall we keep a seat? A question, with who meets them."""
    shown = {
        "meeting": meeting,
        "person": guest,
        "greeter": greeter,
        "link": link_address(link) + "visit/",
    }
    return write(
        key=f"guest_question:{meeting.code}:{guest.code}",
        kind="guest_question",
        meeting=meeting,
        now=now,
        **to_person(guest, meeting.group),
        **rendered("guest_question", language_of(guest, meeting.group), shown),
    )


def first_thanks(
    meeting: Meeting, guest: Person, *, signed_by: Person | None, link: PersonalLink, now: datetime
) -> OutgoingMail | None:
    """After a first visit: one thank-you signed by who met them, with one page for what comes next."""
    shown = {
        "meeting": meeting,
        "person": guest,
        "signed_by": signed_by,
        "link": link_address(link) + "after/",
    }
    to = to_person(guest, meeting.group)
    if signed_by is not None and signed_by.email:
        to["reply_to"] = signed_by.email
    return write(
        key=f"first_thanks:{meeting.group.code}:{guest.code}",
        kind="first_thanks",
        meeting=meeting,
        now=now,
        **to,
        **rendered("first_thanks", language_of(guest, meeting.group), shown),
    )


def asked_again(
    group: Group, guest: Person, *, link: PersonalLink, on: str, now: datetime
) -> OutgoingMail | None:
    """A month later, because the guest asked for it: the next dates."""
    shown = {"group": group, "person": guest, "link": link_address(link)}
    return write(
        key=f"asked_again:{group.code}:{guest.code}:{on}",
        kind="asked_again",
        now=now,
        **to_person(guest, group),
        **rendered("asked_again", language_of(guest, group), shown),
    )


def soon_forgotten(
    group: Group, guest: Person, *, link: PersonalLink, on: datetime, now: datetime
) -> OutgoingMail | None:
    """Two weeks before a guest is forgotten: how to stay."""
    shown = {"group": group, "person": guest, "on": on, "link": link_address(link) + "stay/"}
    return write(
        key=f"soon_forgotten:{guest.code}:{on:%Y-%m-%d}",
        kind="soon_forgotten",
        now=now,
        **to_person(guest, group),
        **rendered("soon_forgotten", language_of(guest, group), shown),
    )
