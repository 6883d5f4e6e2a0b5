"""What a person's card says: what they do, who they are, whom they serve and know, what they need."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from kawka.engine.matching.asks import Need, read_ask
from kawka.engine.matching.heads import Role, roles
from kawka.engine.matching.lexicon import Lexicon
from kawka.engine.matching.tagging import Tag, Tagged, tag
from kawka.engine.matching.words import cues, tokenise

FIELDS = {"headline": 1.0, "offers": 1.0, "about": 0.75}
KNOWING = cues("knowing")
SERVING = cues("serving")
FORMERLY = cues("formerly")
AT_SOMEBODYS = frozenset(["u"])
GOES_ON = re.compile(r"\s*(?:,|i|oraz|lub|albo|and|or)\s*$")
INSIDE = cues("inside")
GIVING = cues("giving")
REMEMBERED = 2_000
PARENT = 0.85
BY_THE_WAY, ASIDE = frozenset(["problem", "keyword", "context"]), 0.6
LIVES_BY = 0.95
ITEM_MENTIONED = 0.35
PART: dict[Role, float] = {"head": 1.0, "next": 1.0, "attribute": 0.7, "broad": 0.5}


@dataclass(frozen=True, slots=True)
class Person:
    """A card: what somebody wrote about themselves and what they ask for."""

    id: str
    headline: str = ""
    about: str = ""
    client: str = ""
    offers: tuple[str, ...] = ()
    asks: tuple[tuple[str, str], ...] = ()
    lang: str = "pl"


@dataclass(frozen=True, slots=True)
class Evidence:
    """How surely a card says something, with which words of which field, and how the lexicon knows them."""

    weight: float
    field: str
    quote: str
    how: str = ""


Facts = dict[str, Evidence]


@dataclass(slots=True)
class Card:
    """A person's card, read."""

    person: Person
    does: Facts = field(default_factory=dict)
    is_: Facts = field(default_factory=dict)
    serves: Facts = field(default_factory=dict)
    knows: Facts = field(default_factory=dict)
    typical: Facts = field(default_factory=dict)
    needs: Facts = field(default_factory=dict)
    main: frozenset[str] = frozenset()
    called: dict[str, str] = field(default_factory=dict)
    asks: dict[str, Need] = field(default_factory=dict)


def person_from(raw: Mapping[str, Any]) -> Person:
    """A person as the data files write one."""
    return Person(
        id=raw["id"],
        headline=raw.get("headline") or "",
        about=raw.get("about") or "",
        client=raw.get("client") or "",
        offers=tuple(raw.get("offers") or ()),
        asks=tuple((ask["id"], ask["text"]) for ask in raw.get("asks") or ()),
        lang=raw.get("lang") or "pl",
    )


@lru_cache(maxsize=REMEMBERED)
def read_card(person: Person, lexicon: Lexicon) -> Card:
    """Reads everything a person wrote. The same words are read once; a card stays as it was read."""
    card = Card(person)
    around = _around(person, lexicon)
    for name, text in _texts(person):
        _read_field(card, name, tag(text, lexicon, person.lang, around), lexicon)
    for one in tag(person.client, lexicon, person.lang).tags:
        _note(
            card.serves,
            one.concept,
            Evidence(one.strength, "client", _quoted(person.client, one, lexicon, person)),
        )
    card.main = _main(card, lexicon)
    _doubt(card)
    _belong(card, lexicon)
    for facts in (card.is_, card.serves):
        _widen(facts, lexicon)
    for code, text in person.asks:
        need = read_ask(text, lexicon, person.lang, card.main)
        card.asks[code] = need
        _note_needs(card, need, lexicon)
    return card


def _texts(person: Person) -> Iterable[tuple[str, str]]:
    yield "headline", person.headline
    for offer in person.offers:
        yield "offers", offer
    yield "about", person.about


def _around(person: Person, lexicon: Lexicon) -> frozenset[str]:
    """The words of what somebody does, which settle ambiguous ones."""
    return frozenset(
        key
        for text in (person.headline, *person.offers)
        for token in tokenise(text)
        for key in lexicon.keys_of(token, person.lang)
    )


def _quoted(text: str, one: Tag, lexicon: Lexicon, person: Person) -> str:
    return tag(text, lexicon, person.lang).quote(one.places)


def _read_field(card: Card, name: str, tagged: Tagged, lexicon: Lexicon) -> None:
    content = [place for place, keys in enumerate(tagged.keys) if keys]
    served = -1
    for one, role in roles(tagged.tags, tagged, content, lexicon, commas_part=True):
        concept = lexicon.concepts[one.concept]
        before = {token.plain for token in tagged.tokens[max(0, one.first - 4) : one.first]}
        close = {token.plain for token in tagged.tokens[max(0, one.first - 2) : one.first]}
        sentence = tagged.tokens[one.first].sentence
        whole = {
            token.plain
            for token in tagged.tokens
            if token.sentence == sentence and token.end <= tagged.tokens[one.first].start
        }
        weight = one.strength * FIELDS[name] * PART[role] * (0.5 if before & FORMERLY else 1.0)
        said = Evidence(weight, name, tagged.quote(one.places), one.how)
        if name == "headline" and role == "head" and concept.kind == "trade":
            card.called.setdefault(concept.id, one.how)
        if whole & KNOWING:
            _note(card.knows, concept.id, said)
        elif concept.kind == "segment":
            first = name == "headline" and one.first == 0
            share = 1.0 if first else 0.8 if whole & SERVING else 0.6 if name == "headline" else 0.45
            _note(card.is_ if first else card.serves, concept.id, Evidence(weight * share, name, said.quote))
        elif concept.kind == "item":
            spoken = {token.plain for token in tagged.tokens}
            share = 1.0 if spoken & GIVING else ITEM_MENTIONED
            _note(card.does, concept.id, Evidence(weight * share, name, said.quote))
        elif close & AT_SOMEBODYS:
            continue
        elif close & SERVING or _goes_on(served, one, tagged):
            served = one.places[-1]
            _note(card.serves, concept.id, Evidence(weight * 0.8, name, said.quote))
        else:
            inside = 0.6 if name == "about" and close & INSIDE else 1.0
            _note(card.does, concept.id, Evidence(weight * inside, name, said.quote, one.how))


def _goes_on(end: int, one: Tag, tagged: Tagged) -> bool:
    """Whether this only goes on a list that ends there: „dla piekarni i kawiarni”."""
    return end >= 0 and bool(
        GOES_ON.match(tagged.text[tagged.tokens[end].end : tagged.tokens[one.first].start])
    )


def _note(facts: Facts, concept: str, said: Evidence) -> None:
    if concept not in facts or facts[concept].weight < said.weight:
        facts[concept] = said


def _main(card: Card, lexicon: Lexicon) -> frozenset[str]:
    """The trades somebody lives by: those of the headline, else the best of the offers."""
    named = frozenset(one for one, how in card.called.items() if how == "name" and one in card.does)
    called = named or frozenset(
        one for one, how in card.called.items() if how != "problem" and one in card.does
    )
    if called:
        return called
    trades = {one: said for one, said in card.does.items() if lexicon.concepts[one].kind == "trade"}
    best = max((said.weight for said in trades.values()), default=0.0)
    return frozenset(one for one, said in trades.items() if said.weight >= best - 0.05)


def _doubt(card: Card) -> None:
    """Who calls their trade by its name does others less surely that only some word of theirs points to.

    A roofer writes of leaks, and is no plumber.
    """
    if "name" in card.called.values():
        for trade, said in card.does.items():
            if trade not in card.main and said.how in BY_THE_WAY:
                card.does[trade] = replace(said, weight=said.weight * ASIDE)


def _belong(card: Card, lexicon: Lexicon) -> None:
    """What follows from a trade: the segments it belongs to, and its typical clients."""
    for trade, said in list(card.does.items()):
        sure = max(LIVES_BY, said.weight) if trade in card.main else 0.4 * said.weight
        for segment in lexicon.belonging(trade):
            _note(card.is_, segment, Evidence(sure, said.field, said.quote))
        if trade in card.main:
            for segment in lexicon.concepts[trade].serves:
                _note(card.typical, segment, Evidence(said.weight, said.field, said.quote))


def _widen(facts: Facts, lexicon: Lexicon) -> None:
    """Who serves dentists serves the health sector."""
    for concept, said in list(facts.items()):
        weight = said.weight
        for parent in lexicon.within(concept):
            weight *= PARENT
            _note(facts, parent, Evidence(weight, said.field, said.quote))


def _note_needs(card: Card, need: Need, lexicon: Lexicon) -> None:
    if need.client >= 0.75 and not need.partner:
        return
    for want in need.wants:
        if lexicon.concepts[want.concept].kind != "segment" and want.concept not in card.main:
            _note(card.needs, want.concept, Evidence(want.weight, "asks", need.tagged.text))
