"""The mix of a date: trades by name, asks nobody there answers, trades that would suit."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kawka.actions.mix import mix_of, wanted_in
from kawka.models import Hand
from tests.factories import NOON, make_answer, make_ask, make_meeting, make_member, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(group):
    """A vet, a roofer, and somebody whose trade no lexicon knows."""
    people = [
        make_person(group.community, name, card={"trade": trade})
        for name, trade in [("Ala", "Weterynarz"), ("Jan", "Dekarz"), ("Iga", "Ćwirdolenie")]
    ]
    for person in people:
        make_member(group, person)
    return people


def test_trades_are_told_by_name(group, room):
    room.append(make_person(group.community, "Ewa", card={"trade": "Weterynarka"}))

    found = mix_of(group, room)

    assert found.trades == [("dekarz", 1), ("weterynarz", 2), ("Ćwirdolenie", 1)]


def test_asks_nobody_there_answers_say_whom_to_bring(group, room):
    alone = make_ask(room[0], "Szukam fryzjera")
    make_ask(room[0], "Szukam dekarza")
    helped = make_ask(room[1], "Szukam kowala")
    Hand.objects.create(asker=room[1], ask=helped, person=room[0], kind="know", key="k", raised_at=NOON)

    found = mix_of(group, room)

    assert [(one.ask, list(one.bring)) for one in found.unanswered] == [(alone, ["fryzjer"])]


def test_what_members_do_not_see_counts_for_nothing(group, room):
    make_ask(room[0], "Szukam fryzjera")
    room[0].card.seen_by["asks"] = "me"
    room[0].card.save()

    assert mix_of(group, room).unanswered == []


def test_trades_two_of_them_send_clients_to_would_suit(group):
    twins = [make_person(group.community, card={"trade": "Grafik"}) for _ in range(2)]

    alone, both = mix_of(group, twins[:1]), mix_of(group, twins)

    assert alone.beside == []
    assert "drukarnia" in both.beside


def test_the_mix_costs_the_same_for_one_and_for_thirty(group, room, ada, as_, time_machine):
    time_machine.move_to(NOON, tick=False)
    meeting = make_meeting(group)
    make_answer(meeting, room[0])
    make_ask(room[0], "Szukam fryzjera")
    browser, page = as_(ada), reverse("group-week", args=[group.slug])
    counts = []
    for many in (0, 29):
        for _ in range(many):
            person = make_person(group.community, card={"trade": "Dekarz"})
            make_member(group, person)
            make_ask(person, "Szukam fryzjera")
            make_answer(meeting, person)
        with CaptureQueriesContext(connection) as asked:
            shown = browser.get(page)
        assert "fryzjer" in shown.content.decode()
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_what_is_asked_for_and_nobody_has_is_counted_by_trade(group, room):
    for person in room[:2]:
        make_ask(person, "Szukam fryzjera")

    assert wanted_in(mix_of(group, room)) == [("fryzjer", 2)]
