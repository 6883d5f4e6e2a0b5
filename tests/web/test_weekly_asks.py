"""The ask of the week, said without signing in."""

import pytest
from django.urls import reverse

from kawka.models import Ask, Membership, PersonalLink
from tests.factories import NOON, make_ask, make_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(group, ben) -> str:
    link = make_link(person=ben, group=group, scope=PersonalLink.Scope.ANSWER)
    return reverse("weekly_ask_by_link", args=[link.token])


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(NOON, tick=False)


def test_the_last_ask_stands_in_the_box_and_looking_changes_nothing(client, page, ben):
    make_ask(ben, "Szukam dekarza z Olsztyna na maj")
    Membership.objects.filter(person=ben).update(weekly_ignored=1)

    for _ in range(10):
        shown = client.get(page)

    assert shown.context["form"]["text"].value() == "Szukam dekarza z Olsztyna na maj"
    assert Ask.objects.count() == 1
    assert Membership.objects.get(person=ben).weekly_ignored == 1


def test_saving_changes_it_and_counts_as_an_answer(client, page, ben):
    ask = make_ask(ben, "Szukam klientów")
    Membership.objects.filter(person=ben).update(weekly_ignored=1)

    answer = client.post(page, {"text": "Szukam dentysty w Olsztynie"})

    ask.refresh_from_db()
    assert (answer.status_code, answer["Location"], ask.text) == (302, page, "Szukam dentysty w Olsztynie")
    assert Membership.objects.get(person=ben).weekly_ignored == 0


def test_another_one_keeps_the_earlier(client, page, ben):
    make_ask(ben, "Szukam dekarza")

    client.post(page, {"text": "Szukam weterynarza", "another": "1"})

    assert list(Ask.objects.values_list("text", flat=True)) == ["Szukam weterynarza", "Szukam dekarza"]


def test_an_empty_box_says_what_is_missing(client, page):
    answer = client.post(page, {"text": " "})

    assert answer.status_code == 422
    assert "Czego lub kogo szukasz" in answer.content.decode()


def test_what_is_vague_gets_one_question(client, page, ben):
    make_ask(ben, "Szukam klientów")

    shown = client.get(page, headers={"accept-language": "en"})

    assert shown.context["hint"].question != ""
    assert shown.context["hint"].question in shown.content.decode()


def test_a_forged_link_opens_nothing(client):
    assert client.get(reverse("weekly_ask_by_link", args=["x.y"])).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_costs_the_same_for_any_number_of_asks(client, page, ben, rows, django_assert_num_queries):
    for _ in range(rows):
        make_ask(ben)

    with django_assert_num_queries(3):
        client.get(page)
