"""The cards of a group, posted by concept and by letters, so that one request need not read them all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from kawka.engine.matching.cards import Card, Evidence, Facts, Person, read_card
from kawka.engine.matching.lexicon import Lexicon
from kawka.engine.matching.meaning import Embedder
from kawka.engine.matching.similarity import TextIndex, joined, reader_of

BESIDE = 0.35
Postings = dict[str, list[tuple[int, Evidence]]]


class Room:
    """People who are asked."""

    def __init__(self, people: Sequence[Person], words: Lexicon, embedder: Embedder | None = None) -> None:
        self.words = words
        self.embedder = embedder
        self.reader = reader_of(words.dull)
        self.cards = [read_card(person, words) for person in people]
        self.number = {card.person.id: number for number, card in enumerate(self.cards)}
        self.does = _posted(card.does for card in self.cards)
        self.lives_by = _posted(_main_first(card) for card in self.cards)
        self.is_ = _posted(card.is_ for card in self.cards)
        self.serves = _posted(card.serves for card in self.cards)
        self.knows = _posted(card.knows for card in self.cards)
        self.typical = _posted(card.typical for card in self.cards)
        self.needs = _posted(card.needs for card in self.cards)

    @cached_property
    def told(self) -> TextIndex:
        """What people say of themselves."""
        return self._texts(joined((p.headline, *p.offers, p.about)) for p in self._people())

    @cached_property
    def clients(self) -> TextIndex:
        """Whom people name as their clients."""
        return self._texts(p.client for p in self._people())

    @cached_property
    def asks(self) -> TextIndex:
        """What people ask for."""
        return self._texts(joined(text for _, text in p.asks) for p in self._people())

    @cached_property
    def meanings(self) -> Sequence[Sequence[float]]:
        """What people say of themselves as vectors; nothing without an embedder."""
        if self.embedder is None:
            return ()
        return self.embedder([joined((p.headline, *p.offers, p.about, p.client)) for p in self._people()])

    def _people(self) -> Iterable[Person]:
        return (card.person for card in self.cards)

    def _texts(self, texts: Iterable[str]) -> TextIndex:
        return TextIndex(list(texts), [card.person.lang for card in self.cards], self.reader)


def _main_first(card: Card) -> Facts:
    """What somebody does, and what they only do beside it counted less: who they are to others."""
    return {
        trade: said if trade in card.main else Evidence(said.weight * BESIDE, said.field, said.quote)
        for trade, said in card.does.items()
    }


def _posted(facts: Iterable[Facts]) -> Postings:
    found: Postings = defaultdict(list)
    for number, one in enumerate(facts):
        for concept, said in one.items():
            found[concept].append((number, said))
    return found
