"""The ask board of a group: what people look for, who might help, whose hand is up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from kawka import access
from kawka.actions.cards import SeenCard
from kawka.actions.coach import NOTHING, Hint, hints_for
from kawka.actions.directory import Listed, people_of
from kawka.actions.matches import Circle, because_of, circle_of, index_by, is_likely, told_by, trades_in
from kawka.actions.reasons import why, why_me
from kawka.actions.who_helps import Found, is_sure
from kawka.engine.matching.index import Index
from kawka.models import Ask, Card, Group, Hand, Person

AMONG_BEST, SHOWN, FOR_ME, AT_FIRST = 3, 3, 6, 8
THANKED_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Asked:
    """An ask of somebody else. `why`: by what on their card the reader might help; they alone see it."""

    ask: Ask
    card: SeenCard
    mine: Sequence[Hand]
    why: str = ""

    @property
    def taps(self) -> list[tuple[str, str, bool]]:
        """The two hands one can raise: kind, label, whether the reader has it up."""
        up = {hand.kind for hand in self.mine}
        return [(kind.value, str(kind.label), kind in up) for kind in (Hand.Kind.CAN, Hand.Kind.KNOW)]

    @property
    def word(self) -> str:
        """What the reader has added to a hand."""
        return next((hand.word for hand in self.mine if hand.word), "")


@dataclass(frozen=True, slots=True)
class Raised:
    """A hand for the reader, and as much of its owner's card as they may see."""

    hand: Hand
    card: SeenCard

    @property
    def ways(self) -> list[str]:
        """How to reach who raised it."""
        return [way for way in (self.card.email, self.card.phone, self.card.website) if way]


@dataclass(frozen=True, slots=True)
class MyAsk:
    """An ask of the reader: hands raised, who else might help, whom one could bring, what it leaves open."""

    ask: Ask
    raised: Sequence[Raised]
    found: Sequence[Found]
    bring: Sequence[str]
    hint: Hint = NOTHING


Asker = tuple[SeenCard, list[Asked]]


@dataclass(frozen=True, slots=True)
class Board:
    """The board as one reader sees it. `for_me`: where they might help; `thanked`: thanks to them."""

    mine: Sequence[MyAsk] = ()
    for_me: Sequence[Asked] = ()
    others: Sequence[Asked] = ()
    thanked: Sequence[Hand] = field(default=())

    @property
    def askers(self) -> list[Asker]:
        """The others' asks by who asks: where the reader's hand is up first, then who asked last."""
        found: dict[str, Asker] = {}
        for one in self.others:
            found.setdefault(one.card.person.code, (one.card, []))[1].append(one)
        return sorted(found.values(), key=lambda asker: not any(one.mine for one in asker[1]))

    @property
    def newest(self) -> list[Asker]:
        """As many of them as one reads on a phone."""
        return self.askers[:AT_FIRST]

    @property
    def earlier(self) -> list[Asker]:
        """The rest, to be opened."""
        return self.askers[AT_FIRST:]


def board_of(group: Group, *, reader: Person | None, is_host: bool, now: datetime) -> Board:
    """The board of a group for one reader. Eight queries, however many people and asks.

    Where they might help are at most six asks, the likeliest first; a hand that is up stands with the others.
    """
    rows = people_of(group, reader=reader, is_host=is_host)
    others = [row for row in rows if row.card.person != reader]
    mine = hands_of(reader)
    helps = helping(rows, reader)
    asked = [
        Asked(ask, row.card, mine[ask.pk], "" if mine[ask.pk] else helps.get(ask.code, ""))
        for row in others
        for ask in row.card.asks
    ]
    asked.sort(key=lambda one: (one.ask.created_at, one.ask.pk), reverse=True)
    return Board(
        mine=my_asks(group, rows, reader, now),
        for_me=sorted((one for one in asked if one.why), key=lambda one: list(helps).index(one.ask.code)),
        others=[one for one in asked if not one.why],
        thanked=thanks_to(reader, now),
    )


def hands_of(reader: Person | None) -> dict[int, list[Hand]]:
    """The hands the reader has up, by the ask. One query."""
    found: dict[int, list[Hand]] = defaultdict(list)
    for hand in Hand.objects.filter(person=reader, ask__closed_at=None).order_by("pk") if reader else ():
        if hand.ask_id is not None:
            found[hand.ask_id].append(hand)
    return found


def thanks_to(reader: Person | None, now: datetime) -> list[Hand]:
    """Who thanked the reader in the last weeks. One query."""
    hands = (
        Hand.objects.filter(person=reader, thanked_at__gt=now - THANKED_FOR)
        if reader
        else Hand.objects.none()
    )
    return list(hands.select_related("asker", "ask").order_by("-thanked_at"))


def helping(rows: Iterable[Listed], reader: Person | None) -> dict[str, str]:
    """With which asks the reader might help, by their codes, and why; the likeliest first."""
    if reader is None:
        return {}
    circle = common_circle(rows, reader)
    matches = [
        (ask, match)
        for card in circle.index.room.cards
        if card.person.id != reader.code
        for ask, _text in card.person.asks
        for match in circle.helpers(ask, card.person.id)[:AMONG_BEST]
        if match.person == reader.code and is_likely(match)
    ]
    matches.sort(key=lambda one: -one[1].score)
    return {ask: why_me(because_of(circle.index, match)) for ask, match in matches[:FOR_ME]}


def common_circle(rows: Iterable[Listed], reader: Person) -> Circle:
    """The cards as members of the group see one another: the same circle for all of them, so kept for all."""
    seen = [
        SeenCard(row.card.person, access.visible_fields(row.card.person.card, access.FELLOW))
        for row in rows
        if row.membership.standing in access.INNER or row.card.person == reader
    ]
    return circle_of(told_by(seen))


def my_asks(group: Group, rows: Sequence[Listed], reader: Person | None, now: datetime) -> list[MyAsk]:
    """The reader's open asks with all that only they see. One query."""
    if reader is None:
        return []
    row = next((row.card.person for row in rows if row.card.person == reader), reader)
    own = SeenCard(row, frozenset(Card.FIELDS))
    cards = {row.card.person.code: row.card for row in rows if row.card.person != reader}
    raised = raised_for(reader, cards)
    index = index_by([*cards.values(), own])
    open_points = dict(hints_for(row, own.asks, today=now.date()))
    return [
        replace(my_ask(group, ask, raised[ask.pk], index, cards), hint=open_points.get(ask, NOTHING))
        for ask in own.asks
    ]


def my_ask(
    group: Group, ask: Ask, raised: Sequence[Raised], index: Index, cards: dict[str, SeenCard]
) -> MyAsk:
    """One of the reader's asks; who might help beside those whose hands are up."""
    up = {one.hand.person.code for one in raised}
    matches = [
        match
        for match in index.rank(ask.code, ask.person.code)
        if is_likely(match) and match.person not in up
    ]
    found = [Found(cards[match.person], why(because_of(index, match))) for match in matches[:SHOWN]]
    is_met = raised or any(is_sure(match) for match in matches)
    return MyAsk(ask, raised, found, [] if is_met else trades_in(ask.text, language=group.language))


def raised_for(reader: Person, cards: dict[str, SeenCard]) -> dict[int, list[Raised]]:
    """Hands up for the reader's open asks, by the ask; whoever is not in the group shows their name alone."""
    found: dict[int, list[Raised]] = defaultdict(list)
    hands = Hand.objects.filter(asker=reader, ask__closed_at=None, ask__isnull=False)
    for hand in hands.exclude(kind=Hand.Kind.MORE).select_related("person__card").order_by("raised_at", "pk"):
        if hand.ask_id is not None:
            card = cards.get(hand.person.code) or SeenCard(hand.person, frozenset())
            found[hand.ask_id].append(Raised(hand, card))
    return found


@transaction.atomic
def add_ask(*, person: Person, text: str, kind: str, by: Person | None, now: datetime) -> Ask:
    """One more ask on this person's card; the same words once more are the ask that is there."""
    text = " ".join(text.split())
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    there = person.asks.open().filter(text=text).first()
    if there is not None:
        return there
    last = person.asks.open().aggregate(last=Max("position"))["last"]
    Card.objects.filter(person=person).update(updated_at=now)
    return Ask.objects.create(
        person=person, text=text, kind=kind, created_at=now, position=0 if last is None else last + 1
    )
