"""One row of a list as a person: what it says, and what is wrong with it in words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _

from kawka.forms.addresses import name_of
from kawka.forms.columns import MEANINGS, SENTENCES, plain
from kawka.models import Ask, Card, HelpKind, Offer, Person

MODELS = {"name": Person, "greeting": Person, "town": Person} | dict.fromkeys(
    ("trade", "does", "client", "experience", "phone", "website"), Card
)
FIELDS = [(name, model._meta.get_field(name)) for name, model in MODELS.items()] + [
    ("offers", Offer._meta.get_field("text")),
    ("asks", Ask._meta.get_field("text")),
]
LIMITS: dict[str, int] = {name: getattr(found, "max_length", 0) for name, found in FIELDS}
MOST_SENTENCES = 40
NOTHING = frozenset({"", "-", "–", "—", "brak", "nd", "nd.", "n/a", "null", "none"})
WRAPPED = re.compile(r"<([^\s<>]+@[^\s<>]+)>")
SLIP = re.compile(r"\s*(?:\(at\)|\[at\]|@+)\s*")
HIDDEN_EMAIL = re.compile(r"[^\s@<>;,]{1,64}@[^\s@<>;,]+\.")
PRIVATE = re.compile(
    r"^\s*\(?\s*(?:prywatnie|prywatne|priv|private|privately)\s*(?:\)|:)\s*"
    r"|\s*\((?:prywatnie|prywatne|priv|private|privately)\)\s*$",
    re.IGNORECASE,
)
BULLET = re.compile(r"^\s*(?:[-*•·–]|\d{1,2}[.)])\s+")
TEXTS = ("greeting", "phone", "trade", "does", "client", "experience", "town", "website")
VALID_EMAIL = EmailValidator()
VALID_URL = URLValidator(schemes=["http", "https"])
Sentence = tuple[str, str]  # its kind and its text


@dataclass(frozen=True)
class Entry:
    """A person as one row says it."""

    number: int
    name: str = ""
    email: str = ""
    language: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    offers: tuple[Sentence, ...] = ()
    asks: tuple[Sentence, ...] = ()


def read_rows(rows: Iterable[tuple[int, Sequence[str]]], mapping: Mapping[str, str]) -> list[Entry]:
    """Every row as a person, by what the columns mean."""
    rows = list(rows)
    columns = [(int(number), meaning) for number, meaning in mapping.items() if meaning in MEANINGS]
    meanings = [meaning for _at, meaning in columns]
    parts = {
        at: separator(
            [cells[at] for _n, cells in rows if at < len(cells)], alone=meanings.count(meaning) == 1
        )
        for at, meaning in columns
        if meaning in SENTENCES
    }
    return [read_row(number, cells, columns, parts) for number, cells in rows]


def separator(cells: Sequence[str], *, alone: bool) -> str:
    """What parts several sentences in the cells of one column: a new line, else " | ", else "; ".

    Where several columns hold the sentences a semicolon belongs to a sentence.
    """
    for mark in ("\n", " | ", ";") if alone else ("\n", " | "):
        if any(mark in cell for cell in cells):
            return mark
    return "\n"


def read_row(
    number: int, cells: Sequence[str], columns: Sequence[tuple[int, str]], parts: Mapping[int, str]
) -> Entry:
    """One row as a person."""
    said: dict[str, str] = {}
    sentences: dict[str, list[Sentence]] = {"offers": [], "asks": []}
    for at, meaning in columns:
        text = clean(cells[at]) if at < len(cells) else ""
        if not text:
            continue
        if meaning in SENTENCES:
            kind = HelpKind.PRIVATE if meaning.endswith("_private") else HelpKind.WORK
            add_sentences(sentences[meaning.removesuffix("_private")], text.split(parts[at]), kind)
        else:
            said[meaning] = f"{said[meaning]}\n{text}" if meaning in said else text
    email = clean_email(said.get("email", ""))
    named = {meaning for _at, meaning in columns} & {"name", "first_name", "last_name"}
    name = said.get("name") or " ".join(filter(None, (said.get("first_name"), said.get("last_name"))))
    return Entry(
        number=number,
        name=" ".join((name if named else name_of(email)).split()),
        email=email,
        language=clean_language(said.get("language", "")),
        texts={text: tidied(text, said[text]) for text in TEXTS if text in said},
        offers=tuple(sentences["offers"]),
        asks=tuple(sentences["asks"]),
    )


def clean(text: str) -> str:
    """A cell without what stands for nothing, and without the apostrophe that keeps a formula asleep."""
    text = text.strip()
    if text[:1] == "'" and text[1:2] in set("=+-@\t"):
        text = text[1:]
    return "" if text.lower() in NOTHING else text


def clean_email(text: str) -> str:
    """An address in small letters, without what it was wrapped in or the name before it."""
    wrapped = WRAPPED.search(text)
    text = wrapped.group(1) if wrapped else text
    return text.strip().removeprefix("mailto:").strip("<>;, ").rstrip(".").lower()


def clean_language(text: str) -> str:
    """A language Kawka speaks, or nothing."""
    beginning = plain(text[:20])[:2]
    return {"pl": "pl", "po": "pl", "en": "en", "an": "en"}.get(beginning, "")


def tidied(meaning: str, text: str) -> str:
    """A text as its field keeps it: only long texts have line breaks, a website has its scheme."""
    if meaning in {"does", "client", "experience"}:
        return text
    text = " ".join(text.split())
    if meaning == "phone":
        return text.removesuffix(".0")
    if meaning == "website" and not urlsplit(text).scheme:
        return f"https://{text}"
    return text


def add_sentences(sentences: list[Sentence], texts: Iterable[str], kind: str) -> None:
    """Add each text once as a sentence, private where it is marked so."""
    for text in texts:
        sentence = clean(" ".join(BULLET.sub("", text).split()))
        bare = PRIVATE.sub("", sentence)
        if bare and all(bare != there for _kind, there in sentences):
            sentences.append((HelpKind.PRIVATE if bare != sentence else kind, bare))


def problems(entry: Entry) -> list[str]:
    """What is wrong with the row by itself, each with how to mend it."""
    found = name_problems(entry.name)
    found += email_problems(entry.email)
    texts = {"name": entry.name, **entry.texts}
    found += [too_long(meaning, text) for meaning, text in texts.items() if len(text) > LIMITS[meaning]]
    for meaning, sentences in (("offers", entry.offers), ("asks", entry.asks)):
        found += [too_long(meaning, text) for _kind, text in sentences if len(text) > LIMITS[meaning]]
        if len(sentences) > MOST_SENTENCES:
            found.append(_("“%(what)s” has more than 40 sentences.") % {"what": MEANINGS[meaning]})
    if (website := entry.texts.get("website")) and not is_valid(VALID_URL, website):
        found.append(_("“%(address)s” is not the address of a website.") % {"address": website[:60]})
    return found


def name_problems(name: str) -> list[str]:
    """What is wrong with a name: it is missing, or swallowed what stood beside it."""
    if not any(letter.isalnum() for letter in name):
        return [_("The name is missing. Type it in the file.")]
    if HIDDEN_EMAIL.search(name):
        return [_("There is an e-mail address in the name. Give it a column of its own.")]
    return []


def email_problems(email: str) -> list[str]:
    """What is wrong with an address; with the address that was probably meant, where one can tell."""
    if not email or (is_valid(VALID_EMAIL, email) and len(email) <= 254):
        return []
    meant = email if len(email) > 254 else SLIP.sub("@", email).replace(",", ".").replace(" ", "")
    if meant != email and is_valid(VALID_EMAIL, meant):
        return [
            _("The e-mail “%(email)s” has a slip in it. Is it %(meant)s?")
            % {"email": email[:80], "meant": meant}
        ]
    return [_("“%(email)s” is not an e-mail address. Correct it or leave it empty.") % {"email": email[:80]}]


def too_long(meaning: str, text: str) -> str:
    """That a text does not fit, by how much."""
    return _("“%(what)s” has %(length)s characters, and %(limit)s fit. Shorten it.") % {
        "what": MEANINGS[meaning],
        "length": len(text),
        "limit": LIMITS[meaning],
    }


def is_valid(validator: EmailValidator | URLValidator, text: str) -> bool:
    """Whether the validator has nothing against the text."""
    try:
        validator(text)
    except ValidationError:
        return False
    return True


def doubled(entries: Sequence[Entry]) -> dict[int, str]:
    """By its number, each row that repeats another: an earlier e-mail, or without any e-mail a name."""
    emails: dict[str, int] = {}
    names: dict[str, int] = {}
    for entry in entries:
        if entry.email:
            emails.setdefault(entry.email, entry.number)
            names.setdefault(entry.name.casefold(), entry.number)
    found: dict[int, str] = {}
    for entry in entries:
        if entry.email and emails[entry.email] != entry.number:
            row = {"row": emails[entry.email]}
            found[entry.number] = _("The same e-mail as in row %(row)s. Leave one of the two.") % row
        elif entry.name and not entry.email:
            row = {"row": names.setdefault(entry.name.casefold(), entry.number)}
            if row["row"] != entry.number:
                found[entry.number] = (
                    _("The same name as in row %(row)s, and no e-mail tells them apart. Add one.") % row
                )
    return found
