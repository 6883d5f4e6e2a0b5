"""The coach beside an ask: while it is typed, and on the page of the saved card."""

import pytest

from kawka.models import Ask, Card, Offer
from kawka.web.ratelimits import STORAGE
from tests.factories import make_ask, make_member, make_person

TYPED = {"part": "ask", "text": "szukam klientów", "client": "restauracje, hotele"}


@pytest.fixture(autouse=True)
def _counts_of_their_own():
    STORAGE.reset()


def test_a_question_comes_while_typing_and_nothing_is_kept(ben, as_):
    answer = as_(ben).post(f"/p/{ben.code}/coach/", TYPED)

    assert answer.json() == {
        "question": "Którzy klienci byliby teraz najlepsi?",
        "examples": ["restauracje", "hotele"],
        "join": ": ",
        "fine": False,
    }
    assert (Ask.objects.count(), Offer.objects.count()) == (0, 0)


def test_where_no_client_is_asked_for_ones_own_card_is_read(ada, ben, as_):
    Card.objects.filter(person=ben).update(client="żłobki, szkoły")
    typed = {"part": "ask", "text": "szukam klientów"}

    own, for_a_host = (as_(who).post(f"/p/{ben.code}/coach/", typed).json() for who in (ben, ada))

    assert own["examples"] == ["żłobki", "szkoły"]
    assert "żłobki" not in for_a_host["examples"]


def test_a_client_that_is_kept_from_a_host_is_no_example(group, community, ada, as_):
    person = make_person(community, "Ewa Lis", card={"client": "tajny klient", "seen_by": {"client": "me"}})
    make_member(group, person)

    answer = as_(ada).post(f"/p/{person.code}/coach/", {**TYPED, "client": ""})

    assert "tajny" not in answer.content.decode()


@pytest.mark.parametrize(
    "typed", [{}, {"part": "ask", "text": "a" * 601}, {"part": "x", "text": "restauracje"}]
)
def test_what_cannot_be_read_is_answered_with_silence(ben, as_, typed):
    assert as_(ben).post(f"/p/{ben.code}/coach/", typed).json()["question"] == ""


def test_outsiders_get_nothing(ben, dan, as_):
    address = f"/p/{ben.code}/coach/"

    assert as_(None).post(address, TYPED).status_code == 404
    assert as_(dan).post(address, TYPED).status_code == 404


def test_typing_costs_a_few_queries_whatever_the_card_holds(ben, as_, django_assert_num_queries):
    browser = as_(ben)
    for many in (1, 29):
        for _number in range(many):
            make_ask(ben)
        with django_assert_num_queries(3):
            browser.post(f"/p/{ben.code}/coach/", TYPED)


def test_a_place_that_never_pauses_is_stopped(ben, as_):
    browser = as_(ben)

    statuses = [browser.post(f"/p/{ben.code}/coach/", TYPED).status_code for _ in range(601)]

    assert (statuses[0], statuses[599], statuses[600]) == (200, 200, 429)


def test_the_saved_card_asks_its_owner_and_nobody_else(group, ben, ada, as_):
    ask = make_ask(ben, "hydraulik")
    make_ask(ben, "hydraulik do wymiany pieca w maju, Olsztyn")

    own = as_(ben).get(f"/p/{ben.code}/").content.decode()
    of_another = as_(ada).get(f"/p/{ben.code}/").content.decode()
    ask.delete()
    precise = as_(ben).get(f"/p/{ben.code}/").content.decode()

    question, praise = "„hydraulik”: do czego dokładnie i na kiedy?", "Te prośby łatwo zapamiętać."
    assert (own.count(question), own.count(praise)) == (1, 0)
    assert (precise.count(question), precise.count(praise)) == (0, 1)
    assert (of_another.count(question), of_another.count(praise)) == (0, 0)
