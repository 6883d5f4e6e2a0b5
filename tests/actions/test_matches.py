"""Who can help whom, from rows: what counts, what stays private, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kawka import access
from kawka.actions.matches import Because, gains, index_of
from tests.factories import make_ask, make_attendance, make_meeting, make_member, make_offer, make_person

pytestmark = pytest.mark.django_db
LOGO = "Zaprojektuję ładne logo"


@pytest.fixture
def designer(group):
    person = make_person(group.community, "Sandra", card={"trade": "Grafik"})
    make_member(group, person)
    make_offer(person, LOGO)
    return person


def test_who_does_what_somebody_asks_for_is_worth_a_talk_with_the_words_of_both(group, ben, designer):
    ask = make_ask(ben, "Szukam grafika")

    found = gains([ben, designer], group=group)[ben.code, designer.code]

    assert found.worth > 60
    assert found.because[0] == Because(
        kind="helps",
        relation="does",
        channel="does",
        concept="graphic_design",
        asked="Szukam grafika",
        field="headline",
        quote="Grafik",
        line="Grafik",
        ask=ask.code,
    )


def test_a_talk_is_worth_something_to_who_offers_what_the_other_asks(group, ben, designer):
    make_ask(ben, "Szukam kogoś, kto zrobi logo dla piekarni")

    found = gains([ben, designer], group=group)

    assert found[designer.code, ben.code].because[0].kind == "wants"
    assert found[designer.code, ben.code].worth < found[ben.code, designer.code].worth


def test_those_who_share_a_client_are_worth_a_talk(group, ben, designer):
    for person in (ben, designer):
        person.card.client = "gabinety stomatologiczne"
        person.card.save()

    found = gains([ben, designer], group=group)

    assert [one.kind for one in found[ben.code, designer.code].because] == ["shares"]


@pytest.mark.parametrize(
    ("offers", "asks", "near", "counts"),
    [
        ("members", "members", access.FELLOW, True),
        ("meetings", "members", access.FELLOW, False),
        ("meetings", "meetings", access.MET, True),
        ("me", "members", access.MET, False),
        ("members", "me", access.MET, False),
    ],
)
def test_only_what_its_owner_shows_counts(group, ben, designer, offers, asks, near, counts):
    make_ask(ben, "Szukam kogoś, kto zrobi logo dla piekarni")
    designer.card.trade = ""
    designer.card.seen_by["offers"], ben.card.seen_by["asks"] = offers, asks
    designer.card.save()
    ben.card.save()

    found = gains([ben, designer], group=group, near=near)

    assert ((ben.code, designer.code) in found) == counts


def test_a_closed_ask_is_not_asked_anymore(group, ben, designer):
    ask = make_ask(ben, "Szukam kogoś, kto zrobi logo dla piekarni")
    before = gains([ben, designer], group=group)
    ask.closed_at, ask.outcome = ask.created_at, "helped"
    ask.save()

    after = gains([ben, designer], group=group)

    assert ((ben.code, designer.code) in before, after) == (True, {})


def test_who_only_visits_counts_and_who_is_not_among_the_people_does_not(group, ben, designer):
    make_ask(ben, "Szukam kogoś, kto zrobi logo dla piekarni")
    visitor = make_person(group.community, "Ola", card={"trade": "Grafik, projektant logo"})

    found = gains([ben, visitor], group=group)

    assert {pair for pair in found if ben.code == pair[0]} == {(ben.code, visitor.code)}


def test_gains_cost_the_same_for_two_and_for_thirty(group, ben, designer):
    make_ask(ben, "Szukam kogoś, kto zrobi logo dla piekarni")
    with CaptureQueriesContext(
        connection,
    ) as few:
        gains([ben, designer], group=group)
    people = [ben, designer]
    for _ in range(28):
        people.append(make_person(group.community))
        make_member(group, people[-1])
        make_offer(people[-1])

    with CaptureQueriesContext(connection) as many:
        gains(people, group=group)

    assert (len(few), len(many)) == (3, 3)


def test_a_member_searches_what_members_see_and_a_guest_those_they_met(group, ben, cleo, designer):
    before = index_of(group, reader=cleo).search("logo").matches
    meeting = make_meeting(group, state="closed")
    make_attendance(meeting, cleo)
    make_attendance(meeting, designer)

    found = index_of(group, reader=ben).search("logo"), index_of(group, reader=cleo).search("logo")

    assert before == ()
    assert [[match.person for match in one.matches] for one in found] == [[designer.code], [designer.code]]


def test_the_same_words_are_read_once_and_a_changed_card_anew(group, ben, designer):
    first = index_of(group, reader=ben)
    again = index_of(group, reader=ben)
    make_offer(designer, "Złożę katalog")

    changed = index_of(group, reader=ben)

    assert first is again
    assert changed is not first
