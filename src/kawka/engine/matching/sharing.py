"""Questions about a person, not a request: who may want what they offer, who serves the same clients."""

from collections import defaultdict

from kawka.engine.matching.cards import Card
from kawka.engine.matching.evidence import Channel, Lead, Reason
from kawka.engine.matching.ranking import Leads
from kawka.engine.matching.room import Postings, Room

SPHERE = 0.8
TYPICAL = 0.6
CLIENT_IN_SIGHT = 0.5


def leads_to_takers(card: Card, room: Room) -> Leads:
    """Others whose asks name what this person does, and others who are the clients they name."""
    leads: Leads = defaultdict(Lead)
    for trade, own in card.does.items():
        for number, said in room.needs.get(trade, ()):
            strength = own.weight * said.weight
            leads[number].add(Reason("needs", "needs", strength, trade, own.quote, "asks", said.quote))
    for segment, own in card.serves.items():
        if segment not in room.words.broad:
            for number, said in room.is_.get(segment, ()):
                strength = CLIENT_IN_SIGHT * own.weight * said.weight
                leads[number].add(Reason("is", "is", strength, segment, own.quote, said.field, said.quote))
    leads.pop(room.number[card.person.id], None)
    return leads


def leads_to_client_sharers(card: Card, room: Room) -> Leads:
    """Others with the same clients, and trades that send each other clients; not those who do the same."""
    leads: Leads = defaultdict(Lead)
    for segment, own in card.serves.items():
        telling = _telling(len(room.serves.get(segment, ())), len(room.cards)) * (
            0.3 if segment in room.words.broad else 1.0
        )
        channels: tuple[tuple[Channel, Postings, float], ...] = (
            ("knows", room.serves, 1.0),
            ("typical", room.typical, TYPICAL),
        )
        for channel, postings, share in channels:
            for number, said in postings.get(segment, ()):
                strength = telling * share * own.weight * said.weight
                leads[number].add(
                    Reason(channel, "knows", strength, segment, own.quote, said.field, said.quote)
                )
    for trade in card.main:
        for other in room.words.concepts[trade].sphere:
            for number, said in room.does.get(other, ()):
                if other in room.cards[number].main:
                    strength = SPHERE * said.weight
                    leads[number].add(
                        Reason(
                            "sphere", "knows", strength, other, card.does[trade].quote, said.field, said.quote
                        )
                    )
    for number in list(leads):
        if number == room.number[card.person.id] or room.cards[number].main & card.main:
            del leads[number]
    return leads


def _telling(sharing: int, size: int) -> float:
    """A client everybody has says less than one that two share."""
    return 1.0 - 0.7 * max(0, sharing - 2) / max(1, size)
