"""The outbox: mail is a row written with the change that caused it, once for each key."""

import hashlib
import threading
from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict

from django.conf import settings
from django.db import transaction

from kawka.models import Community, OutgoingMail, Person

NEW_MAIL = threading.Event()
FOR_UNPROVEN = frozenset({"answer_confirmed", "called_off"})


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
    reply_to: str = "",
    headers: dict[str, str] | None = None,
    attachments: Iterable[Attachment] = (),
) -> OutgoingMail | None:
    """Put a mail into the outbox, inside the caller's transaction; asked for twice with a `key` it is one.

    None when nothing may be sent: there is no address, or a stranger typed it in and has neither shown that
    it is theirs nor come to a meeting; only the confirmation, and that the date was called off, go there.
    """
    if not to or (person is not None and not may_be_mailed(person, kind)):
        return None
    mail, made = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "community": community,
            "person": person,
            "to": to,
            "reply_to": reply_to,
            "subject": " ".join(subject.split())[:250],
            "text": text,
            "html": html,
            "headers": {
                "Auto-Submitted": "auto-generated",
                "Message-ID": message_id(key),
                **(headers or {}),
            },
            "attachments": list(attachments),
            "created_at": now,
            "due_at": now,
        },
    )
    if made:
        transaction.on_commit(NEW_MAIL.set)
    return mail


def may_be_mailed(person: Person, kind: str) -> bool:
    """Whether mail of this kind may go to the address this person has."""
    return kind in FOR_UNPROVEN or not person.is_unproven or person.attendances.came().exists()


def message_id(key: str) -> str:
    """The same for the same mail, so that one delivered twice by a broken connection is shown once."""
    digest = hashlib.sha256(f"{settings.SECRET_KEY}/{key}".encode()).hexdigest()[:32]
    return f"<{digest}@{settings.SITE_HOST}>"
