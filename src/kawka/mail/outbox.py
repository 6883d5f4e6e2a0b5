"""The outbox: mail is a row written with the change that caused it, once for each key."""

import hashlib
import threading
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import formataddr
from typing import TypedDict

from django.conf import settings
from django.db import transaction

from kawka.mail.addresses import unsubscribe_address
from kawka.mail.push_notes import write_notes
from kawka.mail.quiet import next_allowed
from kawka.mail.reply_boxes import is_there, stop_box
from kawka.mail.rules import ALWAYS, Rule, rule_of
from kawka.models import Community, Group, Meeting, Membership, OutgoingMail, Person, Standing

NEW_MAIL = threading.Event()
GATHERED_FOR = timedelta(minutes=10)


class Attachment(TypedDict):
    """A file that goes with a mail, as text."""

    name: str
    type: str
    text: str


def write(
    *,
    key: str,
    kind: str,
    to: str,
    subject: str,
    text: str,
    html: str,
    now: datetime,
    person: Person | None = None,
    community: Community | None = None,
    group: Group | None = None,
    place: Membership | None = None,
    meeting: Meeting | None = None,
    reply_to: str = "",
    headers: dict[str, str] | None = None,
    attachments: Iterable[Attachment] = (),
    into: list[OutgoingMail] | None = None,
) -> OutgoingMail | None:
    """Put a mail into the outbox, inside the caller's transaction; asked for twice with a `key` it is one.

    `place`: how the person stands in the group, when the caller has it at hand. `meeting`: the date it is
    about; a mail of use only before it goes in time or not at all. `into`: only add it to this list, for
    `write_all`. None when nothing may be sent (see `mail/rules.py`): there is no address, its person has
    switched mail of this kind off for the group, or a stranger typed it in and has neither shown that it is
    theirs nor come to a meeting. Raises UnknownKind.
    """
    rule = rule_of(kind)
    if not to or (person is not None and not may_be_mailed(person, kind)):
        return None
    if place is None and person is not None and group is not None:
        place = Membership.objects.filter(group=group, person=person).first()
    if place is not None and not is_wanted(place, kind):
        return None
    row = OutgoingMail(
        key=key,
        kind=kind,
        community=community,
        person=person,
        group=group,
        meeting=meeting,
        to=to,
        reply_to=reply_to,
        subject=" ".join(subject.split())[:250],
        text=text,
        html=html,
        headers={**own_headers(key, rule, group, person, place), **(headers or {})},
        attachments=list(attachments),
        created_at=now,
        due_at=due_at(rule, group, meeting, now),
    )
    if into is not None:
        into.append(row)
        return row
    return keep(row, now)


def keep(row: OutgoingMail, now: datetime) -> OutgoingMail:
    """The mail in the outbox; devices are woken for a new one, and one with the same key stays as it is."""
    told = {field.attname: getattr(row, field.attname) for field in row._meta.fields if not field.primary_key}
    mail, made = OutgoingMail.objects.get_or_create(key=told.pop("key"), defaults=told)
    if made:
        transaction.on_commit(NEW_MAIL.set)
    if made and row.person is not None and row.meeting is not None:
        write_notes(key=row.key, kind=row.kind, person=row.person, meeting=row.meeting, now=now)
    return mail


def write_all(mails: list[OutgoingMail]) -> None:
    """Put mails that were gathered by `write(into=…)` into the outbox; a key that is there already stays."""
    OutgoingMail.objects.bulk_create(mails, ignore_conflicts=True)
    transaction.on_commit(NEW_MAIL.set)


def due_at(rule: Rule, group: Group | None, meeting: Meeting | None, now: datetime) -> datetime:
    """When mail goes: at once, or gathered for a few minutes with other mail, by day and on working days."""
    if rule.is_immediate or group is None:
        return now
    later = next_allowed(now + GATHERED_FOR, group.zone)
    return now if rule.before and meeting is not None and meeting.starts_at <= later else later


def may_be_mailed(person: Person, kind: str) -> bool:
    """Whether mail of this kind may go to the address this person has."""
    return rule_of(kind).to_unproven or not person.is_unproven or person.attendances.came().exists()


def is_wanted(place: Membership, kind: str) -> bool:
    """Whether this person lets mail of this kind come from this group; nobody does who has left it."""
    switch = rule_of(kind).switch
    return switch == ALWAYS or (place.standing != Standing.ALUMNUS and place.wants(switch))


def own_headers(
    key: str, rule: Rule, group: Group | None, person: Person | None, place: Membership | None
) -> dict[str, str]:
    """What every mail says of itself: that a machine wrote it, which one it is, which group it is from."""
    known = {"Auto-Submitted": "auto-generated", "Message-ID": message_id(key)}
    return {**known, **(list_headers(group, person, place, rule.switch) if group else {})}


def list_headers(
    group: Group, person: Person | None, place: Membership | None, switch: str
) -> dict[str, str]:
    """By which mail programs sort mail and stop it with one press (RFC 2919, RFC 8058).

    What cannot be stopped alone, such as that a date is called off, offers to stop all the rest.
    """
    headers = {"List-Id": formataddr((group.name, f"{group.slug}.{settings.SITE_HOST}"))}
    if place is not None and person is not None:
        place.person, place.group = person, group
        said = "unsubscribe" if switch == ALWAYS else f"unsubscribe%20{switch}"
        stop = unsubscribe_address(place, "" if switch == ALWAYS else switch)
        by_mail = f", <mailto:{stop_box(person, group)}?subject={said}>" if is_there() else ""
        headers["List-Unsubscribe"] = f"<{stop}>{by_mail}"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def message_id(key: str) -> str:
    """The same for the same mail, so that one delivered twice by a broken connection is shown once."""
    digest = hashlib.sha256(f"{settings.SECRET_KEY}/{key}".encode()).hexdigest()[:32]
    return f"<{digest}@{settings.SITE_HOST}>"
