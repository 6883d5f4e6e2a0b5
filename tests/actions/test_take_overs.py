import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from kawka.actions import rota
from kawka.actions.roles import wish
from kawka.actions.take_overs import NotAsked, next_wave_at, say_no, say_yes
from kawka.models import Membership, OutgoingMail, TakeOver, TakeOverAsk
from tests.factories import (
    NOON,
    WEDNESDAY,
    make_answer,
    make_meeting,
    make_member,
    make_person,
    make_role,
    make_turn,
)
from tests.jobs.test_two_workers import ROOT, environment  # noqa: F401 - a fixture

WEEK = timedelta(days=7)


def people(group, count):
    found = [make_person(group.community, f"Osoba {number}") for number in range(count)]
    for person in found:
        make_member(group, person)
    return found


@pytest.fixture
def turn(group, ben):
    return make_turn(make_meeting(group), make_role(group, handover="Dzwonek leży w szufladzie."), ben)


def asked(wave=None):
    asks = TakeOverAsk.objects.filter(wave=wave) if wave else TakeOverAsk.objects.all()
    return {ask.person for ask in asks.select_related("person")}


def test_giving_a_turn_back_asks_three_people(group, ada, ben, turn):
    crowd = people(group, 8)

    rota.give_back(turn=turn, by=ben, now=NOON)

    turn.refresh_from_db()
    assert (turn.state, turn.person) == ("open", None)
    assert len(asked()) == 3
    assert asked() <= {ada, *crowd}
    assert set(OutgoingMail.objects.values_list("kind", flat=True)) == {"turn_call"}
    assert {mail.person for mail in OutgoingMail.objects.all()} == asked()


def test_giving_back_twice_asks_once_and_only_ones_own(group, ada, ben, turn):
    people(group, 8)

    rota.give_back(turn=turn, by=ada, now=NOON)
    rota.give_back(turn=turn, by=ben, now=NOON)
    rota.give_back(turn=turn, by=ben, now=NOON)

    assert TakeOver.objects.values_list("given_back_by", "wave").get() == (ben.pk, 1)
    assert TakeOverAsk.objects.count() == 3


def test_those_who_did_it_or_want_to_learn_it_are_asked_first(group, ada, ben, turn):
    _crowd = people(group, 8)
    did_it, learner = people(group, 2)
    make_turn(make_meeting(group, starts_at=WEDNESDAY - WEEK), turn.role, did_it, state="accepted")
    wish(role=turn.role, membership=Membership.objects.get(person=learner), what="learn", now=NOON)

    rota.give_back(turn=turn, by=ben, now=NOON)

    assert {did_it, learner} < asked()


def test_nobody_away_busy_unwilling_or_who_said_no_is_asked(group, ada, ben, turn):
    away, said_no, busy, unwilling, free = people(group, 5)
    away.away_until = turn.meeting.local_date
    away.save()
    make_answer(turn.meeting, said_no, "no")
    make_turn(turn.meeting, make_role(group), busy, state="accepted")
    wish(role=turn.role, membership=Membership.objects.get(person=unwilling), what="not_me", now=NOON)

    rota.give_back(turn=turn, by=ben, now=NOON)

    assert asked() == {ada, free}
    assert TakeOver.objects.get().next_wave_at is None


def test_the_first_yes_has_it_and_the_others_are_thanked(group, ada, ben, turn):
    people(group, 8)
    rota.give_back(turn=turn, by=ben, now=NOON)
    take_over = TakeOver.objects.get()
    first, second, third = asked()

    assert say_yes(take_over=take_over, by=first, now=NOON)
    assert say_yes(take_over=take_over, by=first, now=NOON)
    assert not say_yes(take_over=take_over, by=second, now=NOON)

    turn.refresh_from_db()
    take_over.refresh_from_db()
    assert (turn.person, turn.state) == (first, "accepted")
    assert (take_over.outcome, take_over.taken_by) == ("taken", first)
    assert TakeOverAsk.objects.get(person=second).reply == "late"
    thanked = OutgoingMail.objects.filter(kind="turn_taken")
    assert {mail.person for mail in thanked} == {second, third, ben}
    assert thanked.count() == 3


def test_who_said_no_is_not_written_to_again(group, ada, ben, turn):
    people(group, 8)
    rota.give_back(turn=turn, by=ben, now=NOON)
    take_over = TakeOver.objects.get()
    first, second, _third = asked()

    say_no(take_over=take_over, by=second, now=NOON)
    say_yes(take_over=take_over, by=first, now=NOON)

    assert OutgoingMail.objects.filter(person=second).count() == 1


def test_when_all_of_a_wave_say_no_the_next_is_asked_at_once(group, ada, ben, turn):
    people(group, 8)
    rota.give_back(turn=turn, by=ben, now=NOON)
    take_over = TakeOver.objects.get()

    for person in asked(1):
        say_no(take_over=take_over, by=person, now=NOON)
        say_no(take_over=take_over, by=person, now=NOON)

    assert len(asked(2)) == 3
    assert asked(1) & asked(2) == set()


def test_a_question_to_somebody_else_cannot_be_answered(group, ada, ben, cleo, turn):
    people(group, 8)
    rota.give_back(turn=turn, by=ben, now=NOON)

    with pytest.raises(NotAsked):
        say_yes(take_over=TakeOver.objects.get(), by=cleo, now=NOON)
    with pytest.raises(NotAsked):
        say_no(take_over=TakeOver.objects.get(), by=cleo, now=NOON)


def test_asking_costs_the_same_for_few_and_many(group, ada, ben, turn, django_assert_max_num_queries):
    people(group, 30)

    with django_assert_max_num_queries(55):
        rota.give_back(turn=turn, by=ben, now=NOON)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (datetime(2026, 10, 7, 9, tzinfo=UTC), datetime(2026, 10, 8, 9, tzinfo=UTC)),  # a week ahead: a day
        (datetime(2026, 10, 9, 9, tzinfo=UTC), datetime(2026, 10, 12, 6, tzinfo=UTC)),  # Friday: Monday, 8:00
        (datetime(2026, 10, 12, 9, tzinfo=UTC), datetime(2026, 10, 12, 13, tzinfo=UTC)),  # two days: 4 hours
        (datetime(2026, 10, 12, 16, tzinfo=UTC), datetime(2026, 10, 13, 6, tzinfo=UTC)),  # not at night
        (datetime(2026, 10, 13, 19, tzinfo=UTC), datetime(2026, 10, 13, 20, tzinfo=UTC)),  # the eve: 1 hour
    ],
)
def test_the_next_wave_comes_sooner_the_nearer_the_meeting_is(group, now, then):
    assert next_wave_at(make_meeting(group), now) == then


def test_whoever_said_no_to_the_date_is_not_written_to_about_it_any_more(group, ada, ben, turn):
    people(group, 8)
    rota.give_back(turn=turn, by=ben, now=NOON)
    first, second, _third = asked()
    make_answer(turn.meeting, ben, "no")
    make_answer(turn.meeting, second, "no")

    say_yes(take_over=TakeOver.objects.get(), by=first, now=NOON)

    assert not OutgoingMail.objects.filter(kind="turn_taken", person__in=[ben, second]).exists()


def test_of_three_yes_at_once_one_has_it_and_the_others_are_thanked(environment):  # noqa: F811
    script = [sys.executable, "-m", "tests.actions.three_yes"]

    told = subprocess.run(script, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)

    assert json.loads(told.stdout) == {
        "said": [False, False, True],
        "replies": ["late", "late", "yes"],
        "state": "accepted",
        "thanked": 3,
    }
