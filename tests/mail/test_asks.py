"""Mail about what people look for."""

import pytest

from kawka.mail import asks as mail
from kawka.models import Group, Hand, Membership
from tests.factories import NOON, make_ask
from tests.mail.test_messages import answer_link, check


@pytest.fixture(params=["pl", "en"])
def language(request, group, ada) -> str:
    Group.objects.filter(pk=group.pk).update(language=request.param)
    group.refresh_from_db()
    return request.param


@pytest.fixture
def hand(language, ada, ben):
    ask = make_ask(ada, "Szukam weterynarza & kogoś do kota")
    tap = {"asker": ada, "ask": ask, "person": ben, "kind": "can", "key": "board:k", "raised_at": NOON}
    return Hand.objects.create(**tap, word="Moja siostra, w środy")


def place_of(person):
    return Membership.objects.select_related("person", "group").get(person=person)


def test_ask_hand(language, group, ada, hand):
    link, ways = answer_link(ada, group), ["ben@example.org", "500 600 700"]

    check("ask_hand", language, mail.ask_hand(place_of(ada), hand, ways=ways, link=link, now=NOON))


def test_ask_hand_of_who_knows_somebody(language, group, ada, hand):
    hand.kind, hand.word = "know", ""

    made = mail.ask_hand(place_of(ada), hand, ways=[], link=answer_link(ada, group), now=NOON)

    check("ask_hand_know", language, made)


def test_ask_thanks(language, group, ben, hand):
    hand.thanks = "Kot już zdrowy, siostra wspaniała!"

    made = mail.ask_thanks(place_of(ben), hand, link=answer_link(ben, group), now=NOON)

    check("ask_thanks", language, made)
