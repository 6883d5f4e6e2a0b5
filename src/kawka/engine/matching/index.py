"""What the rest of Kawka calls: read a group's cards once, then ask as often as you like."""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kawka.engine.matching.asks import Need, read_ask
from kawka.engine.matching.cards import Card, Person, person_from
from kawka.engine.matching.confidence import (
    Band,
    ask_features,
    band,
    formulas,
    group_features,
    logit,
    probability,
)
from kawka.engine.matching.evidence import WEIGHT, Lead, Match
from kawka.engine.matching.lexicon import Lexicon, lexicon
from kawka.engine.matching.meaning import Embedder
from kawka.engine.matching.ranking import Leads, leads_for
from kawka.engine.matching.room import Room
from kawka.engine.matching.sharing import leads_to_client_sharers, leads_to_takers
from kawka.engine.matching.tagging import mended

LEAST = 0.02
KEPT = 100
DOZEN = 12


@dataclass(frozen=True, slots=True)
class Answer:
    """Who can help with a request, and how sure it is that somebody here can."""

    matches: tuple[Match, ...]
    confidence: float

    @property
    def band(self) -> Band:
        """Yes, maybe, or nobody here."""
        return band(self.confidence)


class Index:
    """A group's cards, ready to be asked."""

    def __init__(self, room: Room) -> None:
        self.room = room

    def answer(self, ask: str, by: str) -> Answer:
        """Who can help with this ask (its code) of this person, best first, and whether anybody can."""
        card = self._card(by)
        return self._answer(card.asks[ask], card)

    def rank(self, ask: str, by: str) -> tuple[Match, ...]:
        """Who can help with this ask (its code) of this person, best first."""
        return self.answer(ask, by).matches

    def answer_text(self, text: str, by: str | None = None) -> Answer:
        """The same for an ask that is being written."""
        card = self._card(by) if by is not None else None
        main = card.main if card is not None else frozenset()
        return self._answer(read_ask(text, self.room.words, self._usual(card), main), card)

    def search(self, text: str) -> Answer:
        """Who helps with this, as somebody types; the last word may be unfinished."""
        words = self.room.words
        guesses = dict.fromkeys((*words.completed(text), mended(text, words)))
        answers = [self.answer_text(guess) for guess in guesses]
        best: dict[str, Match] = {}
        for match in (match for answer in answers for match in answer.matches):
            if match.person not in best or best[match.person].score < match.score:
                best[match.person] = match
        return Answer(_ordered(best.values()), max(answer.confidence for answer in answers))

    def wanting(self, person: str) -> tuple[Match, ...]:
        """Who may want what this person offers."""
        return self._plain(leads_to_takers(self._card(person), self.room))

    def sharing_client(self, person: str) -> tuple[Match, ...]:
        """Who serves the same clients without doing the same: the contact sphere."""
        return self._plain(leads_to_client_sharers(self._card(person), self.room))

    def _card(self, person: str) -> Card:
        return self.room.cards[self.room.number[person]]

    def _usual(self, card: Card | None) -> str:
        return card.person.lang if card is not None else "pl"

    def _answer(self, need: Need, asker: Card | None) -> Answer:
        best = _best(leads_for(need, asker, self.room))
        pair, group = formulas()
        asked = ask_features(need)
        shift = pair.total(asked)
        share = pair.weights["evidence"]
        found = [
            self._match(number, lead, probability(shift + share * logit(score)))
            for score, number, lead in best
        ]
        top = [lead for _, _, lead in best[:DOZEN]]
        sure = group(group_features(asked, top, len(self.room.cards))) if found else 0.0
        return Answer(_ordered(found), sure)

    def _plain(self, leads: Leads) -> tuple[Match, ...]:
        return _ordered(self._match(number, lead, score) for score, number, lead in _best(leads))

    def _match(self, number: int, lead: Lead, score: float) -> Match:
        reasons = sorted(lead.best.values(), key=lambda one: -WEIGHT[one.channel] * one.strength)
        return Match(self.room.cards[number].person.id, score, reasons[0].relation, tuple(reasons))


def _best(leads: Leads) -> list[tuple[float, int, Lead]]:
    """The leads worth showing, best first."""
    scored = ((lead.score(), number, lead) for number, lead in leads.items())
    return heapq.nlargest(KEPT, (one for one in scored if one[0] >= LEAST), key=lambda one: (one[0], -one[1]))


def _ordered(matches: Iterable[Match]) -> tuple[Match, ...]:
    return tuple(sorted(matches, key=lambda one: (-one.score, one.person)))


def build(
    people: Iterable[Person | Mapping[str, Any]],
    words: Lexicon | None = None,
    embedder: Embedder | None = None,
) -> Index:
    """Reads cards into an index; with an embedder meaning counts as one more channel."""
    read: Sequence[Person] = [one if isinstance(one, Person) else person_from(one) for one in people]
    return Index(Room(read, words or lexicon(), embedder))
