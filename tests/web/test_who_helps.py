"""The search "who helps with…": found with a reason, as far as cards are seen, whole page or part of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_account, make_ask, make_group, make_member, make_offer, make_person

pytestmark = pytest.mark.django_db
LOGO = "Zaprojektuję logo i menu do druku"


@pytest.fixture
def designer(group):
    """Somebody of the group who makes logos."""
    account = make_account("sandra@example.org")
    person = make_person(group.community, "Sandra Kreska", card={"trade": "Grafik"}, account=account)
    make_member(group, person)
    make_offer(person, LOGO)
    return person


@pytest.fixture
def find(as_, group):
    """The page as somebody sees it who looks for this."""

    def page(who, query, **more):
        return as_(who).get(reverse("group-who-helps", args=[group.slug]), {"q": query, **more})

    return page


def test_who_helps_is_found_with_the_words_of_their_card(find, ben, designer):
    page = find(ben, "kto zrobi logo")

    assert page.context["help"].band == "sure"
    assert [(one.person, one.why) for one in page.context["help"].sure] == [
        (designer, f"Może pomóc: „{LOGO}”.")
    ]
    assert LOGO in page.content.decode()


@pytest.mark.parametrize("typed", ["grafk", "GRAFIK", "grafi", "potrzebuje grafika", "logo designer"])
def test_unfinished_and_mistyped_words_find_too(find, ben, designer, typed):
    page = find(ben, typed)

    assert [one.person for one in page.context["help"].sure] == [designer]


def test_nobody_here_yet_leads_on(find, ben, designer):
    page = find(ben, "naprawa dachu")

    assert (page.context["help"].band, page.context["help"].bring) == ("nobody", ["dekarz"])
    assert "dekarz" in page.content.decode()


@pytest.mark.parametrize("typed", ["", " ", "x"])
def test_hardly_anything_written_finds_nothing_and_says_nothing(find, ben, designer, typed):
    page = find(ben, typed)

    assert (page.status_code, page.context["help"]) == (200, None)


def test_one_does_not_find_oneself(find, designer):
    page = find(designer, "grafik")

    assert page.context["help"].people == 0


def test_what_its_owner_keeps_is_not_found(find, ben, designer):
    designer.card.trade, designer.card.seen_by["offers"] = "", "me"
    designer.card.save()

    page = find(ben, "logo")

    assert page.context["help"].people == 0


def test_a_guest_who_has_met_nobody_finds_nobody(find, cleo, designer):
    page = find(cleo, "logo")

    assert page.context["help"].people == 0


def test_another_community_is_not_searched(find, dan, designer):
    page = find(dan, "logo")

    assert page.status_code == 404


def test_everybody_one_knows_in_the_community_can_be_searched(find, group, ben, ada):
    coffee = make_group(group.community)
    for person in (ben, ada):
        make_member(coffee, person)
    roofer = make_person(group.community, "Stanisław", card={"trade": "Dekarz"})
    make_member(coffee, roofer)
    stranger = make_person(group.community, "Obcy", card={"trade": "Dekarz"})
    make_member(make_group(group.community), stranger)

    here, known = find(ben, "dekarz"), find(ben, "dekarz", everywhere="on")

    assert [[one.person for one in page.context["help"].sure] for page in (here, known)] == [[], [roofer]]


def test_a_script_gets_the_results_alone(as_, group, ben, designer):
    address = reverse("group-who-helps", args=[group.slug])

    part = as_(ben).get(address, {"q": "logo"}, headers={"X-Kawka-Part": "results"})

    assert [template.name for template in part.templates][0] == "who_helps/_results.html"
    assert LOGO in part.content.decode()
    assert "<html" not in part.content.decode()


@pytest.mark.parametrize("everywhere", [{}, {"everywhere": "on"}])
def test_searching_costs_the_same_for_one_and_for_thirty(find, group, ben, designer, everywhere):
    with CaptureQueriesContext(connection) as few:
        find(ben, "logo", **everywhere)
    for _ in range(29):
        person = make_person(group.community, card={"trade": "Grafik"})
        make_member(group, person)
        make_offer(person)
        make_ask(person)

    with CaptureQueriesContext(connection) as many:
        find(ben, "logo", **everywhere)

    assert len(few) == len(many)


def test_the_page_begins_with_what_people_here_do(find, ben, designer):
    page = find(ben, "")

    assert page.context["examples"] == ["Grafik"]
