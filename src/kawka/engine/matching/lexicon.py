"""The compiled lexicon in memory: which words name which concepts, and how these hang together."""

import json
import tomllib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from kawka.engine.matching.words import (
    CAPITALS,
    COUNTS,
    Token,
    fold,
    plain_stop_words,
    read,
    singular,
    stop_words,
    tokenise,
)

Kind = Literal["trade", "segment", "item"]
Slots = tuple[tuple[str, ...], ...]
Forms = dict[str, tuple[str, ...]]

STRENGTH = {"name": 1.0, "service": 0.95, "problem": 0.85, "keyword": 0.85, "context": 0.75, "not": 0.0}
SHARED = {1: 1.0, 2: 0.9, 3: 0.75}
SHARED_BY_MANY = 0.6
POINTS_AT_MOST_AT = 6
COMPLETIONS, COMPLETIONS_TRIED = 4, 60
RECRUITERS = ("recruitment", "recruiter", "hr", "hr_consulting")


@dataclass(frozen=True, slots=True)
class Concept:
    """A trade, a segment (a kind of client) or an item (a thing, a place, a paper)."""

    id: str
    kind: Kind
    pl: str
    en: str
    private: bool = False
    near: dict[str, float] = field(default_factory=dict)
    serves: tuple[str, ...] = ()
    belongs: tuple[str, ...] = ()
    sphere: tuple[str, ...] = ()
    trades: tuple[str, ...] = ()
    are: tuple[str, ...] = ()
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name a concept; with `needs` they do so only when one of those is in the same sentence."""

    concept: str
    how: str
    slots: Slots
    strength: float
    needs: tuple[Slots, ...] = ()


class Lexicon:
    """Everything the compiled file says, looked up by form."""

    def __init__(self, text: str, abbreviations: str) -> None:
        parts = _parts(text)
        self._seen: dict[tuple[str, str], tuple[str, ...]] = {}
        self.digest = text.split(maxsplit=2)[1]
        self.forms, self.folded, self.plural = _forms(parts["forms"])
        self.lookalikes = frozenset(parts["lookalikes"])
        self.generic = frozenset(key for line in parts["generic"] for key in line.split("|"))
        raw = [json.loads(line) for line in parts["concepts"]]
        self.concepts = {entry["id"]: _concept(entry) for entry in raw}
        self.keys: frozenset[str] = frozenset()
        self.broad = frozenset(one for one, entry in self.concepts.items() if self._is_broad(entry))
        self._seen.clear()
        self.phrases = [phrase for phrase in _phrases(raw) if not self._says_nothing(phrase)]
        self.by_key = _anchored(self.phrases)
        self.keys = frozenset(key for phrase in self.phrases for slot in phrase.slots for key in slot)
        self.pointers = _pointers(self.phrases, self.concepts, self.generic)
        self.name_forms = _name_forms(self.phrases, self.forms)
        self.sorted_names = sorted(self.name_forms)
        self.members = _members(self.concepts)
        self._sizes = Counter(segment for segments in self.members.values() for segment in segments)
        self.abbreviations = _abbreviations(abbreviations)
        self.dull = frozenset(
            form for form, keys in self.forms.items() if any(key in self.generic for key in keys)
        )
        self.recruiters = tuple(one for one in RECRUITERS if one in self.concepts)

    def _is_broad(self, concept: Concept) -> bool:
        """Whether a segment is called by generic words alone, as companies are."""
        called = self.keys_of(tokenise(concept.pl)[0]) if len(tokenise(concept.pl)) == 1 else ()
        return concept.kind == "segment" and self.is_generic(called)

    def _says_nothing(self, phrase: Phrase) -> bool:
        """A single generic word names no trade, whatever the files say."""
        alone = len(phrase.slots) == 1 and not phrase.needs and phrase.how != "not"
        return alone and self.is_generic(phrase.slots[0]) and phrase.concept not in self.broad

    def keys_of(self, token: Token, language: str = "pl") -> tuple[str, ...]:
        """The words a token may be a form of; without diacritics only what they would not change."""
        seen = (token.text if token.text in CAPITALS else token.word, language)
        if seen not in self._seen:
            self._seen[seen] = self._look_up(token, language)
        return self._seen[seen]

    def _look_up(self, token: Token, language: str) -> tuple[str, ...]:
        if token.word in COUNTS or token.plain == "sie":
            return tuple(
                key
                for key in self.forms.get(token.word if token.word in COUNTS else "się", ())
                if key.endswith("/x")
            )
        english = language == "en" and token.word in stop_words()["en"] and token.text not in CAPITALS
        if english or token.word in stop_words()["pl"]:
            return ()
        found = self.forms.get(token.word, ())
        if not found and token.word == token.plain and token.plain not in plain_stop_words():
            found = self.folded.get(token.plain, ())
        if language == "en" or not found:
            one = singular(token.word) + "/e"
            if one in self.keys:
                found = (*found, one)
        return found

    def completed(self, text: str) -> tuple[str, ...]:
        """The text with its last, unfinished word as the names of trades that begin so; or as it stands."""
        tokens = tokenise(text)
        if not tokens or len(tokens[-1].plain) < 3 or text[-1:].isspace() or self.keys_of(tokens[-1]):
            return (text,)
        begun = tokens[-1].plain
        start = bisect_left(self.sorted_names, begun)
        found: dict[tuple[str, ...], str] = {}
        for name in self.sorted_names[start : start + COMPLETIONS_TRIED]:
            if name.startswith(begun):
                found.setdefault(self.name_forms[name], name)
        return (text, *(text[: tokens[-1].start] + name for name in list(found.values())[:COMPLETIONS]))

    def is_generic(self, keys: Iterable[str]) -> bool:
        """Whether a word says nothing by itself."""
        return any(key in self.generic for key in keys)

    def belonging(self, concept: str) -> tuple[str, ...]:
        """The segments a trade is itself in, with what these are part of."""
        return self.members.get(concept, ())

    def size_of(self, segment: str) -> int:
        """How many trades belong to a segment."""
        return self._sizes[segment]

    def within(self, segment: str) -> tuple[str, ...]:
        """The larger segments a segment is part of, nearest first."""
        found: list[str] = []
        parent = self.concepts[segment].parent if segment in self.concepts else ""
        while parent and parent in self.concepts and parent not in found:
            found.append(parent)
            parent = self.concepts[parent].parent
        return tuple(found)


@cache
def lexicon() -> Lexicon:
    """The one that comes with Kawka, read once."""
    return Lexicon(read("compiled.txt"), read("abbr.toml"))


def _parts(text: str) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    for line in text.splitlines()[1:]:
        if line.startswith("[") and line.endswith("]"):
            parts[line[1:-1]] = lines = []
        else:
            lines.append(line)
    return parts


def _forms(lines: Iterable[str]) -> tuple[Forms, Forms, frozenset[str]]:
    """Form to keys: as written, without diacritics for those who type none; and which forms are plural."""
    forms: Forms = {}
    folded: Forms = {}
    plural: set[str] = set()
    for line in lines:
        key, shared, endings = line.split("\t")
        for part, listed in enumerate(endings.split("|")):
            for ending in listed.split():
                form = shared if ending == "-" else shared + ending
                forms[form] = (*forms.get(form, ()), key)
                if part:
                    plural.add(fold(form))
                if not form.isascii():
                    plain = fold(form)
                    folded[plain] = (*folded.get(plain, ()), key)
    return forms, folded, frozenset(plural)


def _concept(entry: dict[str, Any]) -> Concept:
    return Concept(
        id=entry["id"],
        kind=entry["kind"],
        pl=entry["pl"],
        en=entry["en"],
        private=entry.get("private", False),
        near=dict(entry.get("near", []))
        if entry["kind"] == "trade"
        else dict.fromkeys(entry.get("near", []), 0.5),
        serves=tuple(entry.get("serves", ())),
        belongs=tuple(entry.get("is", ())),
        sphere=tuple(entry.get("sphere", ())),
        trades=tuple(entry.get("trades", ())),
        are=tuple(entry.get("are", ())),
        parent=entry.get("parent", ""),
    )


def _slots(phrase: str) -> Slots:
    return tuple(tuple(slot.split("|")) for slot in phrase.split(" "))


def _phrases(raw: list[dict[str, Any]]) -> list[Phrase]:
    users: dict[Slots, set[str]] = defaultdict(set)
    for entry in raw:
        for how in STRENGTH:
            if how not in ("context", "not"):
                for phrase in entry.get(how, ()):
                    users[_slots(phrase)].add(entry["id"])
    found: dict[tuple[str, Slots], Phrase] = {}
    for entry in raw:
        contexts = {
            _slots(word): tuple(_slots(other) for other in others)
            for word, others in entry.get("context", {}).items()
        }
        written = [
            (how, _slots(phrase)) for how in STRENGTH for phrase in entry.get(how, ()) if how != "context"
        ]
        for how, slots in [*written, *(("context", slots) for slots in contexts)]:
            strength = STRENGTH[how] * SHARED.get(len(users[slots]) or 1, SHARED_BY_MANY)
            needs = contexts.get(slots, ())
            key = (entry["id"], slots)
            if key not in found or found[key].strength < strength:
                found[key] = Phrase(entry["id"], how, slots, strength, needs)
    return list(found.values())


def _anchored(phrases: list[Phrase]) -> dict[str, list[Phrase]]:
    """Phrases by the word of theirs that the fewest share."""
    counts = Counter(key for phrase in phrases for slot in phrase.slots for key in slot)
    found: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        anchor = min(phrase.slots, key=lambda slot: sum(counts[key] for key in slot))
        for key in anchor:
            found[key].append(phrase)
    return dict(found)


def _pointers(
    phrases: list[Phrase], concepts: dict[str, Concept], generic: frozenset[str]
) -> dict[str, tuple[str, ...]]:
    """Words that occur only with a few trades, in whatever phrase: a faint hint."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for phrase in phrases:
        if phrase.how != "not" and concepts[phrase.concept].kind == "trade":
            for slot in phrase.slots:
                for key in slot:
                    if key not in generic:
                        found[key][phrase.concept] = None
    return {key: tuple(trades) for key, trades in found.items() if len(trades) <= POINTS_AT_MOST_AT}


def _name_forms(phrases: list[Phrase], forms: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Long one-word names of trades in all forms, without diacritics: what a typing error may have meant."""
    names = {
        key
        for phrase in phrases
        if phrase.how == "name" and len(phrase.slots) == 1
        for key in phrase.slots[0]
        if not key.endswith("/e")
    }
    found: dict[str, tuple[str, ...]] = {}
    for form, keys in forms.items():
        own = tuple(key for key in keys if key in names)
        if own and len(form) >= 6:
            found[fold(form)] = own
    return found


def _members(concepts: dict[str, Concept]) -> dict[str, tuple[str, ...]]:
    """Segments of each trade, by `is` of the trade and by `are` of the segment."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for concept in concepts.values():
        for segment in concept.belongs:
            found[concept.id][segment] = None
        for trade in concept.are:
            found[trade][concept.id] = None
    return {trade: tuple(segments) for trade, segments in found.items()}


def _abbreviations(text: str) -> dict[str, tuple[tuple[Token, ...], bool]]:
    """Abbreviation in lower case: what it means, and whether only capitals count."""
    return {
        short.casefold(): (tokenise(entry["means"]), bool(entry.get("exact")))
        for short, entry in tomllib.loads(text)["abbr"].items()
    }
