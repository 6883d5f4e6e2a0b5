"""One function for each mail Kawka writes, in the language of whoever receives it."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from kawka.mail.addresses import address_of, link_address, unsubscribe_address
from kawka.mail.outbox import Attachment, write
from kawka.models import (
    Account,
    Answer,
    Ask,
    Group,
    Hand,
    Meeting,
    Membership,
    OutgoingMail,
    Person,
    PersonalLink,
)
from kawka.models.membership import NEWS

EMPTY_LINES = re.compile(r"\n\s*\n")


def sign_in_code(
    account: Account, *, code: str, link: str, language: str, now: datetime
) -> OutgoingMail | None:
    """Six digits and a link, each good for a quarter of an hour."""
    shown = {"code": code, "link": link}
    return write(
        key=f"sign-in:{account.code}:{now.isoformat()}",
        kind="sign_in_code",
        to=account.email,
        now=now,
        **rendered("sign_in_code", account.language or language, shown),
    )


def sign_in_unknown(email: str, *, language: str, now: datetime) -> OutgoingMail | None:
    """Somebody asked to sign in with an address nobody here has: how to get in."""
    return write(
        key=f"sign-in:{email}:{now.isoformat()}",
        kind="sign_in_unknown",
        to=email,
        now=now,
        **rendered("sign_in_unknown", language, {"home": address_of("home")}),
    )


def answer_confirmed(
    answer: Answer,
    *,
    link: PersonalLink,
    file: Attachment | None,
    now: datetime,
    place: int = 0,
    again: int = 0,
) -> OutgoingMail | None:
    """What was answered for a date, with the link to change it and a file for the calendar.

    `place`: which one on the waiting list, for whoever waits. `again`: how many such mails there were, when
    the calendar has to hear of a change of mind; else the same answer is mailed once.
    """
    meeting, person = answer.meeting, answer.person
    coming = answer.choice == Answer.Choice.COMING
    shown = {"place": place, "meeting": meeting, "coming": coming, "link": link_address(link)}
    return write(
        key=f"answer:{meeting.code}:{person.code}:{answer.choice}" + (f":{again}" if again else ""),
        kind="answer_confirmed",
        meeting=meeting,
        attachments=[file] if file else [],
        now=now,
        **to_person(person, meeting.group),
        **rendered("answer_confirmed", language_of(person, meeting.group), {**shown, "person": person}),
    )


def recap(
    meeting: Meeting,
    membership: Membership,
    *,
    link: PersonalLink,
    answer_link: PersonalLink,
    present: Sequence[Person],
    asks: Sequence[tuple[Ask, int]],
    hands: Sequence[tuple[Hand, Sequence[str]]],
    talks: Sequence[tuple[int, Sequence[Person]]],
    next_meeting: Meeting | None,
    now: datetime,
) -> OutgoingMail | None:
    """What a meeting leaves with one participant; nothing for whoever asked for no such mail.

    `present` are the others who were there, `asks` what they asked with the number of hands, `hands` those
    raised for this person's own asks (with `person` and `ask` loaded) and how to reach who raised them:
    nobody else's. `talks` are this person's own, by round.
    """
    person, leave = membership.person, unsubscribe_address(membership, NEWS)
    shown = {
        "meeting": meeting,
        "person": person,
        "present": present,
        "asks": asks,
        "hands": hands,
        "talks": talks,
        "next_meeting": next_meeting,
        "link": link_address(link),
        "answer_link": link_address(answer_link),
        "leave": leave,
    }
    return write(
        key=f"recap:{meeting.code}:{person.code}",
        kind="recap",
        meeting=meeting,
        now=now,
        place=membership,
        **to_person(person, meeting.group),
        **rendered("recap", language_of(person, meeting.group), shown),
    )


def to_person(person: Person, group: Group) -> dict[str, Any]:
    """Where a mail of a group goes, who answers it, and which group it is from."""
    return {**to_address(person.email, group), "person": person}


def to_address(email: str, group: Group) -> dict[str, Any]:
    """The same for an address somebody typed who is not one of the people here."""
    return {
        "to": email,
        "community": group.community,
        "group": group,
        "reply_to": group.answers_mail,
    }


def language_of(person: Person, group: Group) -> str:
    """The language somebody is written to in: their own, else the group's."""
    return person.language or group.language


def rendered(name: str, language: str, shown: dict[str, Any]) -> dict[str, Any]:
    """The subject, text and HTML of the mail `name` in a language."""
    context = {**shown, "site": settings.SITE_URL}
    with translation.override(language):
        return {
            "subject": render_to_string(f"mail/{name}.subject.txt", context).strip(),
            "text": tidy(render_to_string(f"mail/{name}.txt", context)),
            "html": tidy(render_to_string(f"mail/{name}.html", context)),
        }


def tidy(text: str) -> str:
    """The text without the empty lines that tags leave behind; never more than one in a row."""
    return EMPTY_LINES.sub("\n\n", text).strip() + "\n"
