"""Quiet hands raised for what people ask, at a meeting or on the ask board."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kawka import access
from kawka.actions.cards import SeenCard, close_ask
from kawka.actions.links import link_for
from kawka.mail import asks as mails
from kawka.models import (
    Ask,
    Attendance,
    Group,
    Hand,
    Meeting,
    Membership,
    Person,
    PersonalLink,
    Refused,
)


class NotForThisAsk(Refused):
    """The tap does not fit: the ask is somebody else's, one's own, or of somebody who was not there."""

    message = _("This tap does not fit anymore. Open the page again.")


class MeetingIsNotOn(Refused):
    """Hands are raised at meetings."""

    message = _("Hands can be raised when the meeting is on.")


def raise_hand(
    *, meeting: Meeting, person: Person, asker: Person, ask: Ask | None, kind: str, key: str, now: datetime
) -> Hand:
    """Raise a hand for what `asker` asks, exactly once: the same key or the same tap is the same hand.

    A tap that was kept on the phone may still come in after the end. Raises MeetingIsNotOn or NotForThisAsk.
    """
    if meeting.state not in {Meeting.State.LIVE, Meeting.State.CLOSED}:
        raise MeetingIsNotOn
    if kind not in Hand.Kind.values or asker == person or (ask is not None and ask.person_id != asker.pk):
        raise NotForThisAsk
    if len(Attendance.objects.came().filter(meeting=meeting, person__in=[asker, person])) != 2:
        raise NotForThisAsk
    tap = {"meeting": meeting, "asker": asker, "ask": ask, "person": person, "kind": kind}
    try:
        with transaction.atomic():
            return Hand.objects.create(**tap, key=key, raised_at=now)
    except IntegrityError:
        same = Hand.objects.filter(**tap).first()
        if same is None:
            raise NotForThisAsk from None
        return same


def lower_hand(*, meeting: Meeting, person: Person, asker: Person, ask: Ask | None, kind: str) -> None:
    """Take a hand down again; nothing happens if it was not raised."""
    Hand.objects.filter(meeting=meeting, person=person, asker=asker, ask=ask, kind=kind).delete()


@transaction.atomic
def offer_hand(*, group: Group, ask: Ask, person: Person, kind: str, word: str = "", now: datetime) -> Hand:
    """Raise a hand for an ask on the board of a group, once; another word replaces the first.

    The asker is told by mail, once for each kind of hand. Raises NotForThisAsk.
    """
    ask = Ask.objects.select_for_update(of=("self",)).select_related("person").get(pk=ask.pk)
    if kind not in (Hand.Kind.CAN, Hand.Kind.KNOW) or ask.person_id == person.pk or ask.closed_at is not None:
        raise NotForThisAsk
    hand = Hand.objects.filter(ask=ask, person=person, kind=kind).order_by("pk").last()
    if hand is None:
        key = f"board:{ask.code}:{person.code}:{kind}"
        tap = {"asker": ask.person, "ask": ask, "person": person, "kind": kind}
        hand = Hand.objects.create(**tap, key=key, raised_at=now, word=word.strip())
    elif word.strip():
        hand.word = word.strip()
        hand.save(update_fields=["word"])
    if hand.meeting_id is None:
        tell_asker(group, hand, now)
    return hand


def tell_asker(group: Group, hand: Hand, now: datetime) -> None:
    """Mail to who asks: whose hand it is, and how to reach them as far as they show it."""
    place = place_of(group, hand.asker)
    if place is not None:
        card = hand.person.card
        near = access.closeness(hand.asker, [hand.person])[hand.person.pk]
        seen = SeenCard(hand.person, access.visible_fields(card, near))
        ways = [way for way in (seen.email, seen.phone, seen.website) if way]
        mails.ask_hand(place, hand, ways=ways, link=answer_link(place, now), now=now)


def place_of(group: Group, person: Person) -> Membership | None:
    """The place of somebody in a group, with both at hand."""
    places = group.memberships.current().filter(person=person)
    return places.select_related("person", "group__community").first()


def answer_link(place: Membership, now: datetime) -> PersonalLink:
    """The link by which somebody reads the board without an account."""
    return link_for(person=place.person, scope=PersonalLink.Scope.ANSWER, group=place.group, now=now)


def take_hand_back(*, ask: Ask, person: Person, kind: str) -> None:
    """Take a hand for an ask down again, wherever it was raised; what was thanked for stays."""
    Hand.objects.filter(ask=ask, person=person, kind=kind, thanked_at=None).delete()


@transaction.atomic
def close_as_helped(
    *, group: Group, ask: Ask, helper: Hand | None, thanks: str, by: Person | None, now: datetime
) -> Ask:
    """Say that an ask was helped; with whose hand, thank them in words, once. They are told by mail."""
    ask = close_ask(ask=ask, outcome=Ask.Outcome.HELPED, by=by, now=now)
    if helper is None or not Hand.objects.filter(pk=helper.pk, ask=ask, thanked_at=None).update(
        thanks=thanks.strip(), thanked_at=now
    ):
        return ask
    helper.refresh_from_db()
    place = place_of(group, helper.person)
    if place is not None:
        mails.ask_thanks(place, helper, link=answer_link(place, now), now=now)
    return ask
