"""Who helps with something: a search over the cards one may see, with a reason for everybody found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kawka.actions.cards import SeenCard
from kawka.actions.directory import folded, known_to, people_of
from kawka.actions.matches import because_of, index_by, is_telling, trades_in
from kawka.actions.reasons import why
from kawka.engine.matching.evidence import Match
from kawka.models import Group, Person

SURE, PERHAPS = 0.6, 0.25
SURE_AT_MOST, PERHAPS_AT_MOST = 12, 5
TOO_SHORT = 2
SHORT_TRADE, EXAMPLES = 28, 14
DOING = {(channel, relation) for channel in ("does", "text", "meaning") for relation in ("does", "is")} | {
    ("is", "is")
}


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who may help, as the reader sees their card, and why in one sentence."""

    card: SeenCard
    why: str

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.card.person


@dataclass(frozen=True, slots=True)
class Help:
    """What a search found. `bring`: trades that would help, by name in the group's language."""

    band: Literal["sure", "maybe", "nobody"]
    sure: Sequence[Found] = ()
    perhaps: Sequence[Found] = ()
    bring: Sequence[str] = ()

    @property
    def people(self) -> int:
        """How many were found."""
        return len(self.sure) + len(self.perhaps)


def who_helps(
    group: Group, text: str, *, reader: Person | None, is_host: bool, everywhere: bool = False
) -> Help | None:
    """Who of the group can help with this; None when hardly anything is written.

    `everywhere`: of all whom the reader knows in the community. Six queries, however many people.
    """
    if len(text.strip()) < TOO_SHORT:
        return None
    cards = cards_for(group, reader, is_host, everywhere)
    index = index_by(cards.values())
    answer = index.search(text)
    found = [(match, because_of(index, match)) for match in answer.matches]
    sure, perhaps = [], []
    for match, because in found if answer.band != "nobody" else ():
        one = Found(cards[match.person], why(because))
        if is_sure(match):
            sure.append(one)
        elif is_worth_asking(match):
            perhaps.append(one)
    band: Literal["sure", "maybe", "nobody"] = "sure" if sure else "maybe" if perhaps else "nobody"
    return Help(
        band=band,
        sure=sure[:SURE_AT_MOST],
        perhaps=perhaps[:PERHAPS_AT_MOST],
        bring=[] if sure else trades_in(text, language=group.language),
    )


def for_example(group: Group, *, reader: Person | None, is_host: bool) -> list[str]:
    """Some trades of people here, to begin with. Five queries."""
    trades = {card.trade for card in cards_for(group, reader, is_host, everywhere=False).values()}
    return sorted((trade for trade in trades if 0 < len(trade) <= SHORT_TRADE), key=folded)[:EXAMPLES]


def is_sure(match: Match) -> bool:
    """Whether somebody does just this, rather than something near it or for such people."""
    return match.score >= SURE and (match.reasons[0].channel, match.relation) in DOING and is_telling(match)


def is_worth_asking(match: Match) -> bool:
    """Whether somebody may help all the same, or know somebody; but not by a faint likeness."""
    guessed = match.reasons[0].channel in {"sphere", "text", "meaning"}
    return match.score >= PERHAPS and (not guessed or is_telling(match))


def cards_for(group: Group, reader: Person | None, is_host: bool, everywhere: bool) -> dict[str, SeenCard]:
    """The cards searched, by the codes of their people; the reader's own is none of them."""
    if everywhere and reader is not None:
        return {card.person.code: card for card in known_to(reader)}
    rows = people_of(group, reader=reader, is_host=is_host)
    return {row.card.person.code: row.card for row in rows if row.card.person != reader}
