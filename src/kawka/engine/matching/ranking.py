"""One request against a room: every channel of evidence for every person it touches."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from kawka.engine.matching.asks import Need, Want
from kawka.engine.matching.cards import Card
from kawka.engine.matching.evidence import Channel, Lead, Reason, Relation
from kawka.engine.matching.meaning import closeness
from kawka.engine.matching.room import Postings, Room

ITEM_TRADE = 0.7
ONLY_MEETING = 0.4
BESIDE = 0.7
AS_CLIENT = 0.4
ALL_OF_A_KIND = 0.3
NEAR_SEGMENT = 0.4
WIDER_SEGMENT = 0.35
TRADE_SEGMENT = 0.6
UNCOVERED_CAP = 0.6
SOMETHING_CAP = 0.75

Leads = dict[int, Lead]


def leads_for(need: Need, asker: Card | None, room: Room) -> Leads:
    """Everybody with any evidence, by number in the room."""
    leads: Leads = defaultdict(Lead)
    for want in _apart(need, room):
        kind = room.words.concepts[want.concept].kind
        if kind == "trade":
            _trade(want, need, room, leads)
        elif kind == "segment":
            _segment(want, need, room, leads)
        else:
            _item(want, need, room, leads)
    if need.intent == "hire":
        _hire(need, room, leads)
    if asker is not None and (need.client >= 0.5 or need.vague):
        _reciprocal(need, asker, room, leads)
    _texts(need, asker, room, leads)
    _meaning(need, room, leads)
    if asker is not None:
        leads.pop(room.number.get(asker.person.id, -1), None)
        if not need.partner and (need.client >= 0.5 or need.vague):
            _spare_competitors(asker, room, leads)
    return leads


def _apart(need: Need, room: Room) -> Iterator[Want]:
    """What is wanted; where help is sought, the name of a trade means it rather than all of its kind."""
    kind = {want.concept: room.words.concepts[want.concept].kind for want in need.wants}
    named = {want.tag.places for want in need.wants if kind[want.concept] == "trade"}
    for want in need.wants:
        doubted = need.client < 0.5 and kind[want.concept] == "segment" and want.tag.places in named
        yield replace(want, weight=want.weight * ALL_OF_A_KIND) if doubted else want


def _post(
    leads: Leads,
    postings: Postings,
    concept: str,
    channel: Channel,
    relation: Relation,
    want: Want,
    need: Need,
    share: float,
) -> None:
    asked = need.tagged.quote(want.tag.places)
    for number, said in postings.get(concept, ()):
        strength = want.weight * share * said.weight
        leads[number].add(Reason(channel, relation, strength, concept, asked, said.field, said.quote))


def _trade(want: Want, need: Need, room: Room, leads: Leads) -> None:
    concept = room.words.concepts[want.concept]
    as_client = need.client >= AS_CLIENT
    relation: Relation = "is" if need.client >= 0.5 and want.head and not need.partner else "does"
    share = 0.5 if need.intent == "hire" else 1.0
    _post(leads, room.lives_by if as_client else room.does, concept.id, "does", relation, want, need, share)
    _post(leads, room.knows, concept.id, "knows_somebody", "knows", want, need, 1.0)
    _post(leads, room.serves, concept.id, "knows", "knows", want, need, 1.0 if as_client else 0.5)
    for other, weight in concept.near.items():
        _post(leads, room.does, other, "near", "does", want, need, weight)
    for other in concept.sphere:
        _post(leads, room.does, other, "sphere", "knows", want, need, 1.0)
    if as_client:
        for segment in room.words.belonging(concept.id):
            _post(leads, room.serves, segment, "knows", "knows", want, need, TRADE_SEGMENT)
            _post(leads, room.typical, segment, "typical", "knows", want, need, TRADE_SEGMENT)


def _segment(want: Want, need: Need, room: Room, leads: Leads) -> None:
    concept = room.words.concepts[want.concept]
    related = [(concept.id, 1.0)]
    related += [(other, NEAR_SEGMENT) for other in concept.near]
    related += [
        (other, WIDER_SEGMENT) for other in room.words.within(concept.id) if other not in room.words.broad
    ]
    for segment, share in related:
        _post(leads, room.is_, segment, "is", "does" if need.client < 0.5 else "is", want, need, share)
        _post(leads, room.serves, segment, "knows", "knows", want, need, share)
        _post(leads, room.typical, segment, "typical", "knows", want, need, share)
        _post(leads, room.knows, segment, "knows_somebody", "knows", want, need, share)


def _item(want: Want, need: Need, room: Room, leads: Leads) -> None:
    concept = room.words.concepts[want.concept]
    _post(leads, room.does, concept.id, "does", "does", want, need, 1.0)
    for trade in concept.trades:
        _post(leads, room.does, trade, "does", "does", want, need, ITEM_TRADE)


def _hire(need: Need, room: Room, leads: Leads) -> None:
    for trade in room.words.recruiters:
        for number, said in room.does.get(trade, ()):
            leads[number].add(
                Reason("does", "does", said.weight, trade, need.tagged.text, said.field, said.quote)
            )


def _reciprocal(need: Need, asker: Card, room: Room, leads: Leads) -> None:
    """Others who ask for what the asker does."""
    share = 1.0 if need.vague or not any(want.head for want in need.wants) else 0.6
    if need.client < 0.5 and need.meeting:
        share = ONLY_MEETING
    for trade, own in asker.does.items():
        if trade not in asker.main:
            if own.weight < 0.7:
                continue
            share_of_trade = BESIDE
        else:
            share_of_trade = 1.0
        for number, said in room.needs.get(trade, ()):
            strength = share * share_of_trade * own.weight * said.weight
            leads[number].add(Reason("needs", "needs", strength, trade, own.quote, "asks", said.quote))


def _texts(need: Need, asker: Card | None, room: Room, leads: Leads) -> None:
    heads = any(want.head for want in need.wants)
    cap = SOMETHING_CAP if heads else 1.0
    usual = asker.person.lang if asker is not None else "pl"
    text = need.tagged.text
    if not need.vague:
        for number, value in room.told.scores(text, usual).items():
            _likeness(leads, number, value * cap, "does" if need.client < 0.5 else "is", "told", text)
        if need.client >= AS_CLIENT:
            for number, value in room.clients.scores(text, usual).items():
                _likeness(leads, number, value * cap, "knows", "client", text)
    if asker is not None and (need.vague or need.client >= 0.5):
        offered = "\n".join((asker.person.headline, *asker.person.offers))
        for number, value in room.asks.scores(offered, usual).items():
            _likeness(leads, number, value * (1.0 if need.vague else 0.3), "needs", "asks", offered)


def _meaning(need: Need, room: Room, leads: Leads) -> None:
    if room.embedder is None or need.vague:
        return
    [asked] = room.embedder([need.tagged.text])
    for number, vector in enumerate(room.meanings):
        strength = closeness(asked, vector)
        relation: Relation = "does" if need.client < 0.5 else "knows"
        leads[number].add(Reason("meaning", relation, strength, "", need.tagged.text, "told"))


def _likeness(leads: Leads, number: int, value: float, relation: Relation, field: str, text: str) -> None:
    if value > 0.03:
        leads[number].add(Reason("text", relation, value, "", text, field))


def _spare_competitors(asker: Card, room: Room, leads: Leads) -> None:
    """The same trade is not help to find clients, unless it asks for the asker's work itself."""
    for number, lead in leads.items():
        if room.cards[number].main & asker.main:
            for channel, reason in list(lead.best.items()):
                if channel != "needs":
                    lead.best[channel] = _weaker(reason)


def _weaker(reason: Reason) -> Reason:
    return Reason(
        reason.channel,
        reason.relation,
        reason.strength * 0.25,
        reason.concept,
        reason.asked,
        reason.field,
        reason.quote,
    )
