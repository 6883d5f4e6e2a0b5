"""vCards: a card as a file for the address book, and address books as rows of text.

3.0 is what phones understand everywhere; 4.0 only on request. The two write a photo differently.
"""

import base64
import logging
import re
from collections.abc import Collection, Iterator
from datetime import UTC
from typing import Any

import vobject
from django.conf import settings
from django.utils.translation import gettext as _

from kawka.models import Person

HEADER = ["name", "e-mail", "phone", "trade", "what I do", "town", "www"]
LINE = 75
PICTURE = re.compile(r"(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)\b", re.IGNORECASE)
PROPERTY = re.compile(r"[A-Za-z][\w.-]*(?:;[^:]*)?:")

# It would write down the lines of vCards it cannot read, and those are about people.
logging.getLogger("vobject.base").setLevel(logging.CRITICAL)


def card_file(
    person: Person, fields: Collection[str], *, version: str = "3.0", met: str = "", photo: bytes = b""
) -> bytes:
    """The card of `person` as one vCard with nothing but its name, trade and the `fields` allowed.

    `met` says where one met, for the note; `photo` is a JPEG, written only when "photo" is allowed.
    """
    card = person.card
    vcard = vobject.vCard()
    vcard.add("version").value = version
    vcard.add("fn").value = person.name
    given, _space, family = person.name.rpartition(" ")
    vcard.add("n").value = vobject.vcard.Name(family=family if given else "", given=given or family)
    vcard.add("uid").value = f"person-{person.code}@{settings.SITE_HOST}"
    changed = (card.updated_at or person.created_at).astimezone(UTC)
    vcard.add("rev").value = f"{changed:%Y%m%dT%H%M%SZ}"
    vcard.add("categories").value = [person.community.name]
    if card.trade:
        vcard.add("title").value = card.trade
    if "email" in fields and person.email:
        typed(vcard, "email", person.email, "INTERNET" if version == "3.0" else "")
    if "phone" in fields and card.phone:
        typed(vcard, "tel", card.phone, "CELL")
    if "website" in fields and card.website:
        vcard.add("url").value = card.website
    if note := note_of(person, fields, met):
        vcard.add("note").value = note
    text: str = vcard.serialize(lineLength=LINE)
    return with_photo(text, version, photo if "photo" in fields else b"").encode()


def typed(vcard: Any, name: str, value: str, kind: str) -> None:
    """Add a line with a TYPE, if there is one."""
    line = vcard.add(name)
    line.value = value
    if kind:
        line.type_param = kind


def note_of(person: Person, fields: Collection[str], met: str) -> str:
    """What the note says: where one met, what they do, what they look for."""
    parts = [_("Met: %(where)s.") % {"where": met}] if met else []
    if "does" in fields and person.card.does:
        parts.append(person.card.does)
    asks = [ask.text for ask in person.asks.all() if ask.closed_at is None] if "asks" in fields else []
    if asks:
        parts.append(_("Looks for: %(asks)s") % {"asks": "; ".join(asks)})
    return "\n".join(parts)


def with_photo(text: str, version: str, photo: bytes) -> str:
    """The vCard with a JPEG, in the form of its version, folded to lines of 75."""
    if not photo:
        return text
    begin = "PHOTO;ENCODING=b;TYPE=JPEG:" if version == "3.0" else "PHOTO:data:image/jpeg;base64,"
    line = begin + base64.b64encode(photo).decode()
    folded = [line[:LINE], *(f" {line[at : at + LINE - 1]}" for at in range(LINE, len(line), LINE - 1))]
    return text.replace("END:VCARD", "\r\n".join([*folded, "END:VCARD"]))


def read_cards(text: str) -> Iterator[list[str]]:
    """Each vCard of an address book, 2.1 to 4.0, as a row under HEADER; lines nobody can read are left out.

    Raises vobject.base.ParseError when the text is no address book.
    """
    for card in vobject.readComponents(without_pictures(text), ignoreUnreadable=True, allowQP=True):
        yield [
            first(card, "fn") or full_name(card),
            first(card, "email"),
            phone_of(card),
            first(card, "title") or first(card, "role"),
            " ".join(card.org.value) if hasattr(card, "org") else "",
            str(card.adr.value.city or "") if hasattr(card, "adr") else "",
            first(card, "url"),
        ]


def without_pictures(text: str) -> str:
    """The address book without photos and the like, which are never brought in and are often broken."""
    kept, skips = [], False
    for line in text.splitlines():
        if PROPERTY.match(line):
            skips = PICTURE.match(line) is not None
        if not skips:
            kept.append(line)
    return "\n".join(kept)


def first(card: Any, name: str) -> str:
    """The first value of this name as text."""
    lines = card.contents.get(name, [])
    return str(lines[0].value).strip() if lines else ""


def full_name(card: Any) -> str:
    """Given and family name, where there is no formatted one."""
    name = card.n.value if hasattr(card, "n") else None
    return f"{name.given} {name.family}".strip() if name else ""


def phone_of(card: Any) -> str:
    """The mobile number, or else the first."""
    lines = card.contents.get("tel", [])
    mobile = [line for line in lines if "CELL" in f"{line.params} {line.singletonparams}".upper()]
    return str((mobile or lines)[0].value).strip() if lines else ""
