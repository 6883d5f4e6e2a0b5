"""Addresses of the mailbox Kawka reads, each with a tag that says whose mail arrives there."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from kawka.models import Group, Meeting, Person

CODE, PROOF = 10, 16
RSVP = re.compile(rf"([0-9a-z]{{{CODE}}})([0-9a-f]{{{PROOF}}})")
STOP = re.compile(rf"([0-9a-z]{{{CODE}}})([0-9a-z]{{{CODE}}})([0-9a-f]{{{PROOF}}})")


def is_there() -> bool:
    """Whether there is a mailbox that is read."""
    return settings.INBOX is not None


def own_address() -> str:
    """The mailbox's address, without a tag; nothing when there is none."""
    return settings.INBOX.address if settings.INBOX else ""


def tagged(tag: str) -> str:
    """The mailbox's address with a tag."""
    local, _at, host = own_address().rpartition("@")
    return f"{local}+{tag}@{host}"


def proof(salt: str, *words: str) -> str:
    """What only this instance can write behind these words; small letters, for mailboxes may fold them."""
    return salted_hmac(f"kawka.{salt}", ":".join(words)).hexdigest()[:PROOF]


def rsvp_box(meeting: Meeting, person: Person) -> str:
    """Where one person's answer to one date arrives."""
    return tagged(person.code + proof("rsvp", meeting.calendar_uid, person.code))


def stop_box(person: Person, group: Group) -> str:
    """Where one person's wish for no more mail of one group arrives."""
    return tagged(person.code + group.code + proof("stop", person.code, group.code))


def tags(addresses: Iterable[str]) -> list[str]:
    """The tags of those addresses that are the mailbox's own."""
    local, _at, host = own_address().lower().rpartition("@")
    own = re.compile(rf"{re.escape(local)}\+([0-9a-z]+)@{re.escape(host)}")
    return [match[1] for address in addresses if (match := own.fullmatch(address.strip().lower()))]


def whose_answer(tag: str, uid: str) -> str:
    """The code of the person who answers the date with this identity; nothing when the tag is not ours."""
    match = RSVP.fullmatch(tag)
    if match is None or not constant_time_compare(match[2], proof("rsvp", uid, match[1])):
        return ""
    return match[1]


def whose_stop(tag: str) -> tuple[str, str]:
    """The codes of the person and the group whose mail shall stop; nothing when the tag is not ours."""
    match = STOP.fullmatch(tag)
    if match is None or not constant_time_compare(match[3], proof("stop", match[1], match[2])):
        return "", ""
    return match[1], match[2]
