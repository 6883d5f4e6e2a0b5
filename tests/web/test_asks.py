"""The pages of the ask board, signed in and by a personal link."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kawka.models import Ask, Hand, OutgoingMail, PersonalLink
from tests.factories import NOON, make_ask, make_link, make_member, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(ben):
    return make_ask(ben, "Weterynarz do starego psa", created_at=NOON)


def test_a_tap_raises_a_hand_and_another_takes_it_back(as_, group, ada, ask):
    tap, page = (
        reverse(name, args=args)
        for name, args in [("ask-hand", [group.slug, ask.code]), ("group-asks", [group.slug])]
    )
    browser = as_(ada)

    answer = browser.post(tap, {"up": "know"})
    shown = browser.get(page).content.decode()
    raised = list(Hand.objects.values_list("asker__name", "person__name", "kind"))
    browser.post(tap, {"down": "know"})

    assert (answer.status_code, answer["Location"]) == (302, f"{page}#ask-{ask.code}")
    assert raised == [("Ben Członek", "Ada Gospodarz", "know")]
    assert 'aria-pressed="true"' in shown
    assert Hand.objects.count() == 0


def test_only_the_asker_sees_whose_hand_it_is(as_, group, ada, ben, ask):
    helper = make_person(group.community, "Wet Erynarz")
    make_member(group, helper)
    Hand.objects.create(
        asker=ben, ask=ask, person=helper, kind="can", word="W środy", key="k", raised_at=NOON
    )
    page = reverse("group-asks", args=[group.slug])

    mine, others = (as_(who).get(page).content.decode() for who in (ben, ada))

    assert ("Wet Erynarz" in mine, "W środy" in mine) == (True, True)
    assert ("Wet Erynarz" in others, "W środy" in others) == (False, False)


def test_the_asker_alone_sees_what_the_ask_leaves_open(as_, group, ada, ben):
    make_ask(ben, "szukam klientów", created_at=NOON)
    page = reverse("group-asks", args=[group.slug])

    mine, others = (as_(who).get(page) for who in (ben, ada))

    [own] = mine.context["board"].mine
    assert own.hint.fine is False
    assert own.hint.question in mine.content.decode()
    assert own.hint.question not in others.content.decode()


def test_a_long_board_is_folded_with_the_readers_hands_first(as_, group, ada):
    for number in range(10):
        asker = make_person(group.community, f"Osoba {number}")
        make_member(group, asker)
        ask = make_ask(asker, f"Prośba {number}", created_at=NOON + timedelta(days=number))
        if number == 0:
            Hand.objects.create(asker=asker, ask=ask, person=ada, kind="know", key="k", raised_at=NOON)

    page = as_(ada).get(reverse("group-asks", args=[group.slug]))

    board = page.context["board"]
    assert [card.person.name for card, _asks in board.newest] == [
        f"Osoba {number}" for number in (0, 9, 8, 7, 6, 5, 4, 3)
    ]
    assert [card.person.name for card, _asks in board.earlier] == ["Osoba 2", "Osoba 1"]
    assert "jeszcze 2 osoby, które pytały wcześniej" in page.content.decode()


def test_the_asker_closes_with_thanks(as_, group, ada, ben, ask):
    hand = Hand.objects.create(asker=ben, ask=ask, person=ada, kind="can", key="k", raised_at=NOON)
    page = reverse("ask-helped", args=[group.slug, ask.code])

    answer = as_(ben).post(page, {"helper": "k", "thanks": "Pies biega!"})

    ask.refresh_from_db()
    hand.refresh_from_db()
    assert (answer.status_code, ask.outcome, hand.thanks) == (302, "helped", "Pies biega!")
    assert "Pies biega!" in as_(ada).get(reverse("group-asks", args=[group.slug])).content.decode()


def test_an_ask_no_longer_needed_is_withdrawn(as_, group, ben, ask):
    as_(ben).post(reverse("ask-helped", args=[group.slug, ask.code]), {"withdrawn": "1"})

    ask.refresh_from_db()
    assert ask.outcome == "withdrawn"


def test_what_one_looked_for_is_put_on_the_board(as_, group, ben):
    browser, page = as_(ben), reverse("group-asks", args=[group.slug])

    added, empty = (browser.post(page, {"text": text, "kind": "private"}) for text in ("Naprawa dachu", ""))

    assert (added.status_code, empty.status_code) == (302, 422)
    assert list(Ask.objects.values_list("person", "text", "kind")) == [(ben.pk, "Naprawa dachu", "private")]


def test_without_an_account_the_link_is_enough(client, group, ada, ben, ask):
    token = make_link(ada, group, "answer").token
    page = client.get(reverse("group_asks_by_link", args=[token]))
    client.post(reverse("ask_hand_by_link", args=[token, ask.code]), {"up": "can"})
    own = PersonalLink.objects.get(person=ben).token

    closed = client.post(reverse("ask_helped_by_link", args=[own, ask.code]), {"helper": "", "thanks": ""})

    ask.refresh_from_db()
    assert ask.text in page.content.decode()
    assert "/p/" not in page.content.decode()
    assert (closed["Location"], ask.outcome) == (reverse("group_asks_by_link", args=[own]), "helped")
    assert [mail.person for mail in OutgoingMail.objects.all()] == [ben]


def test_nobody_touches_the_ask_of_another(as_, group, ada, cleo, dan, ask):
    pages = [reverse(name, args=[group.slug, ask.code]) for name in ("ask-hand", "ask-helped")]

    found = {
        who.name: [as_(who).post(page, {"up": "can"}).status_code for page in pages]
        for who in (ada, cleo, dan)
    }

    assert found == {"Ada Gospodarz": [302, 403], "Cleo Gość": [404, 404], "Dan Obcy": [404, 404]}
