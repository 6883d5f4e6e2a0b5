"""Who can help whom: the one place where rows become the people the engine reads.

The engine keeps what it has read by the very words, so nothing here is ever out of date: a changed card is a
new text. Reading a card for the first time takes about 2 ms, asking those already read well under 1 ms.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from django.db.models import prefetch_related_objects

from kawka import access
from kawka.actions.cards import SeenCard
from kawka.actions.directory import folded, people_of
from kawka.actions.meaning import embedder
from kawka.engine.matching.asks import read_ask
from kawka.engine.matching.cards import Person as Told
from kawka.engine.matching.evidence import Match, Reason
from kawka.engine.matching.index import Index, build
from kawka.engine.matching.lexicon import Concept, lexicon
from kawka.models import Group, Person

INDEXES, CIRCLES = 64, 16
WORTH_A_TALK = 0.2
DOES, KNOWS = 0.55, 0.7
BESIDE = 2
HELPS, WANTS, SHARES = 1.0, 0.5, 0.25
BEGINNING = 4
TELLING, TELLING_CONCEPT = {"text": 0.15, "meaning": 0.5, "sphere": 0.9}, 0.5
Kind = Literal["helps", "wants", "shares"]


@dataclass(frozen=True, slots=True)
class Because:
    """Why a talk with somebody is worth it, as data; `reasons` and `talk_reasons` make sentences of it.

    `kind`: they may help with what one asks (`ask` is its code), may want what one offers, or share one's
    clients. `relation` (does, is, knows, needs), `concept` and `channel` are the engine's. `asked` is one's
    own ask, or words of the own card, `quote` those of the other's card, `line` the sentence they stand in.
    """

    kind: Kind
    relation: str
    channel: str
    concept: str
    asked: str
    field: str
    quote: str
    line: str
    ask: str = ""

    def as_data(self) -> dict[str, Any]:
        """Fit for JSON; `Because(**data)` reads it again."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Gain:
    """What a talk is worth to one of the two, 1 to 100, and why, the best reason first."""

    worth: int
    because: tuple[Because, ...]


def gains(people: Iterable[Person], *, group: Group, near: int = access.MET) -> dict[tuple[str, str], Gain]:
    """What a talk with b is worth to a, by the codes (a, b); a pair that has nothing in sight is left out.

    Read are the cards as the people of a meeting see them; with `near=access.FELLOW`, as members do, which is
    right before people have met. What an owner shows to fewer counts for nothing, their own asks included.
    The group's cards are read with those of `people` (who need not be in the group), so that somebody who
    arrives changes little. Three queries; 25 people whose cards were read before take a few ms.
    """
    wanted = {person.code: person for person in people}
    places = group.memberships.current().select_related("person__card")
    cards = [place.person for place in places.prefetch_related("person__offers", "person__asks")]
    inside = {person.code for person in cards}
    others = [person for code, person in wanted.items() if code not in inside]
    prefetch_related_objects(others, "card", "offers", "asks")
    seen = [SeenCard(one, access.visible_fields(one.card, near)) for one in (*cards, *others)]
    circle = circle_of(told_by(seen))
    return {
        (one, other): gain for one in wanted for other, gain in circle.around(one).items() if other in wanted
    }


def index_of(group: Group, *, reader: Person | None, is_host: bool = False) -> Index:
    """The cards of a group as this reader may see them, ready to be asked. Six queries."""
    return index_by(row.card for row in people_of(group, reader=reader, is_host=is_host))


def index_by(cards: Iterable[SeenCard]) -> Index:
    """The index of cards as far as they are seen."""
    return kept_index(told_by(cards))


def told_by(cards: Iterable[SeenCard]) -> tuple[Told, ...]:
    """Cards as the engine reads them, as far as they are seen; those that say nothing are left out."""
    told = (as_told(card) for card in cards if card.trade or not card.is_bare)
    return tuple(sorted(told, key=lambda one: one.id))


def as_told(card: SeenCard) -> Told:
    """One card as the engine reads it: ids are the codes of people and asks."""
    return Told(
        id=card.person.code,
        headline=card.trade or card.does,
        about="\n".join(text for text in (card.does, card.experience) if text),
        client=card.client,
        offers=tuple(offer.text for offer in card.offers),
        asks=tuple((ask.code, ask.text) for ask in card.asks),
        lang=card.person.language or "pl",
    )


@lru_cache(maxsize=INDEXES)
def kept_index(people: tuple[Told, ...]) -> Index:
    """The index of exactly these words; built once."""
    return build(people, embedder=embedder())


class Circle:
    """Who is worth talking to for whom; worked out for one person when first asked, then kept."""

    def __init__(self, people: tuple[Told, ...]) -> None:
        self.index = kept_index(people)
        self._kept: dict[str, dict[str, Gain]] = {}
        self._helpers: dict[str, tuple[Match, ...]] = {}

    def around(self, code: str) -> dict[str, Gain]:
        """Everybody who is worth a talk to this person, by code."""
        if code not in self.index.room.number:
            return {}
        if code not in self._kept:
            self._kept[code] = self._worked_out(code)
        return self._kept[code]

    def helpers(self, ask: str, asker: str) -> tuple[Match, ...]:
        """Who can help with this ask (both by their codes), best first."""
        if ask not in self._helpers:
            self._helpers[ask] = self.index.rank(ask, asker)
        return self._helpers[ask]

    def _worked_out(self, code: str) -> dict[str, Gain]:
        missing: dict[str, float] = {}
        found: dict[str, list[tuple[float, Because]]] = {}
        for share, because, match in self._chances(code):
            chance = share * match.score
            missing[match.person] = missing.get(match.person, 1.0) * (1 - chance)
            found.setdefault(match.person, []).append((chance, because))
        return {
            other: Gain(max(1, round(100 * (1 - missing[other]))), best_first(found[other]))
            for other in found
        }

    def _chances(self, code: str) -> Iterator[tuple[float, Because, Match]]:
        told = self.index.room.cards[self.index.room.number[code]].person
        for ask, text in told.asks:
            for match in self.helpers(ask, code):
                if match.score >= WORTH_A_TALK and is_telling(match):
                    yield HELPS, replace(because_of(self.index, match, ask=ask), asked=text), match
        for match in self.index.wanting(code):
            if match.score >= WORTH_A_TALK:
                yield WANTS, because_of(self.index, match, kind="wants"), match
        for match in self.index.sharing_client(code):
            if match.score >= WORTH_A_TALK:
                yield SHARES, because_of(self.index, match, kind="shares"), match


@lru_cache(maxsize=CIRCLES)
def circle_of(people: tuple[Told, ...]) -> Circle:
    """The circle of exactly these words; what it has worked out stays."""
    return Circle(people)


def is_telling(match: Match) -> bool:
    """Whether the strongest reason of a match is worth saying aloud."""
    reason = match.reasons[0]
    return reason.strength >= TELLING.get(reason.channel, TELLING_CONCEPT)


def is_likely(match: Match) -> bool:
    """Whether it is worth telling somebody that they may help; who only knows somebody, when surer."""
    does = match.relation in {"does", "is"}
    return is_telling(match) and match.score >= (DOES if does else KNOWS)


def best_first(weighed: Sequence[tuple[float, Because]]) -> tuple[Because, ...]:
    """Reasons by how much they count."""
    return tuple(because for _chance, because in sorted(weighed, key=lambda one: -one[0]))


def because_of(index: Index, match: Match, *, kind: Kind = "helps", ask: str = "") -> Because:
    """The strongest reason of a match, with the sentence of the card it rests on."""
    reason = match.reasons[0]
    told = index.room.cards[index.room.number[match.person]].person
    return Because(
        kind=kind,
        relation=reason.relation,
        channel=reason.channel,
        concept=reason.concept,
        asked=reason.asked,
        field=reason.field,
        quote=reason.quote,
        line=line_of(told, reason),
        ask=ask,
    )


def line_of(told: Told, reason: Reason) -> str:
    """The sentence of the card with the quoted words; else the one most like what is asked.

    A trade stands beside the name already, so what they say of it is told instead.
    """
    if reason.field == "headline":
        return next(lines_of(told, "about"), told.headline)
    lines = list(lines_of(told, reason.field))
    if reason.quote:
        return next((line for line in lines if reason.quote in line), reason.quote)
    asked = beginnings(reason.asked)
    return max(lines, key=lambda line: len(asked & beginnings(line)), default="")


def lines_of(told: Told, field: str) -> Iterator[str]:
    """What stands in one field of a card, sentence by sentence; "told" is all that people say they do."""
    if field in {"offers", "told"}:
        yield from told.offers
    if field in {"headline", "told"}:
        yield told.headline
    if field in {"about", "told"}:
        yield from (f"{part.strip(' .')}." for part in told.about.replace("\n", ". ").split(". ") if part)
    if field == "client":
        yield told.client
    if field == "asks":
        yield from (text for _code, text in told.asks)


def beginnings(text: str) -> set[str]:
    """How the longer words of a text begin, without marks."""
    return {word[:BEGINNING] for word in folded(text).split() if len(word) >= BEGINNING}


def trades_in(text: str, *, language: str, usual: str = "pl") -> list[str]:
    """Who could help with a request, whoever is here: trades by their names in this language, best first."""
    words = lexicon()
    wants = read_ask(text, words, usual).wants
    heads = [want for want in wants if want.head] or wants[:1]
    found = [words.concepts[want.concept] for want in heads]
    return [name_of(one, language) for one in found if one.kind == "trade"]


def names_of(index: Index, language: str) -> dict[str, str]:
    """The trade each of these people lives by, by the lexicon's name; by the codes of the people."""
    words = index.room.words
    mains = {card.person.id: sorted(card.main) for card in index.room.cards if card.main}
    return {code: name_of(words.concepts[main[0]], language) for code, main in mains.items()}


def trades_beside(index: Index, language: str) -> list[str]:
    """Trades none of these people is in that two or more send clients to, the most wanted first."""
    words = index.room.words
    wanted = Counter(
        other
        for card in index.room.cards
        for other in {one for trade in card.main for one in words.concepts[trade].sphere}
    )
    there = index.room.does
    missing = [(-count, one) for one, count in wanted.items() if count >= BESIDE and one not in there]
    return [name_of(words.concepts[one], language) for _count, one in sorted(missing)]


def name_of(concept: Concept, language: str) -> str:
    """A trade, a kind of client or a thing by its name."""
    return concept.pl if language == "pl" else concept.en


def warm_up() -> None:
    """Read the words Kawka knows (half a second), so that the first to ask does not wait."""
    lexicon()
