"""The mix of the next date for its host: trades coming, asks nobody there answers, whom to bring."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from kawka import access
from kawka.actions.cards import SeenCard
from kawka.actions.matches import Circle, circle_of, is_likely, names_of, told_by, trades_beside, trades_in
from kawka.models import Ask, Group, Hand, Person

ASKS, BRING = 5, 6


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An ask of somebody who comes that nobody there can answer, and which trades could."""

    ask: Ask
    bring: Sequence[str]


@dataclass(frozen=True, slots=True)
class Mix:
    """Who will be in the room, by trades in the group's language; `beside`: trades that would suit them."""

    trades: Sequence[tuple[str, int]] = ()
    unanswered: Sequence[Unanswered] = ()
    beside: Sequence[str] = ()


def mix_of(group: Group, people: Sequence[Person]) -> Mix:
    """The mix of these people of a group, by what its members see of their cards. Four queries."""
    prefetch_related_objects(list(people), "card", "offers", "asks")
    seen = [SeenCard(one, access.visible_fields(one.card, access.FELLOW)) for one in people]
    circle = circle_of(told_by(seen))
    return Mix(
        trades=trades_of(circle, seen, group.language),
        unanswered=unanswered(circle, seen, group.language),
        beside=trades_beside(circle.index, group.language)[:BRING],
    )


def wanted_in(mix: Mix) -> list[tuple[str, int]]:
    """Trades that are asked for and that nobody there has, the most asked for first, and how often."""
    return Counter(trade for one in mix.unanswered for trade in one.bring[:1]).most_common()


def trades_of(circle: Circle, cards: Iterable[SeenCard], language: str) -> list[tuple[str, int]]:
    """How many of each trade, by name; one the lexicon does not know as its owner calls it."""
    known = names_of(circle.index, language)
    counted = Counter(known.get(card.person.code) or card.trade for card in cards)
    return sorted((name, count) for name, count in counted.items() if name)


def unanswered(circle: Circle, cards: Iterable[SeenCard], language: str) -> list[Unanswered]:
    """Open asks nobody of these people can answer with no hand up, the longest open first. One query."""
    asks = [ask for card in cards for ask in card.asks]
    helped = set(Hand.objects.filter(ask__in=asks).order_by().values_list("ask", flat=True))
    alone = [
        ask
        for ask in asks
        if ask.pk not in helped
        and not any(is_likely(match) for match in circle.helpers(ask.code, ask.person.code))
    ]
    alone.sort(key=lambda ask: (ask.created_at, ask.pk))
    return [Unanswered(ask, trades_in(ask.text, language=language)) for ask in alone[:ASKS]]
