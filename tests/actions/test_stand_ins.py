from datetime import UTC, datetime, timedelta

import pytest

from kawka.actions import rota
from kawka.actions.stand_ins import find_stand_ins
from kawka.actions.take_overs import say_yes
from kawka.models import Answer, Card, Meeting, OutgoingMail, Person, TakeOver, TakeOverAsk, Turn
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

FRIDAY_NINE = datetime(2026, 10, 9, 7, 0, tzinfo=UTC)
LAST_CALL = WEDNESDAY - timedelta(hours=12)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def meeting(group):
    return make_meeting(group)


@pytest.fixture
def crowd(group):
    found = [make_person(group.community, f"Osoba {number}") for number in range(7)]
    for person in found:
        make_member(group, person)
    return found


def test_open_turns_are_offered_on_friday(group, ada, meeting, crowd):
    make_turn(meeting, make_role(group), proposed_at=FRIDAY_NINE - timedelta(days=1))

    find_stand_ins(now=FRIDAY_NINE - MINUTE)
    assert TakeOver.objects.count() == 0

    find_stand_ins(now=FRIDAY_NINE)
    find_stand_ins(now=FRIDAY_NINE + MINUTE)
    assert TakeOver.objects.count() == 1
    assert TakeOverAsk.objects.count() == 3


def test_who_has_not_answered_a_proposal_is_asked_again_among_others(group, ada, ben, meeting, crowd):
    make_turn(meeting, make_role(group), ben, proposed_at=FRIDAY_NINE - timedelta(days=1))

    find_stand_ins(now=FRIDAY_NINE)

    assert Turn.objects.values_list("person", "state").get() == (None, "open")
    assert TakeOverAsk.objects.filter(person=ben).exists()


def test_an_accepted_turn_is_left_alone(group, ada, ben, meeting, crowd):
    make_turn(meeting, make_role(group), ben, state="accepted")

    assert find_stand_ins(now=FRIDAY_NINE) == 0
    assert find_stand_ins(now=LAST_CALL) == 0


def test_the_next_wave_is_asked_once_when_its_time_has_come(group, ada, ben, meeting, crowd):
    turn = make_turn(meeting, make_role(group), ben)
    rota.give_back(turn=turn, by=ben, now=NOON)
    due = TakeOver.objects.get().next_wave_at

    find_stand_ins(now=due - MINUTE)
    assert TakeOverAsk.objects.count() == 3

    find_stand_ins(now=due)
    find_stand_ins(now=due)
    assert TakeOverAsk.objects.count() == 6


def test_whoever_says_no_to_the_date_gives_the_turn_back_a_little_later(group, ada, ben, meeting, crowd):
    make_turn(meeting, make_role(group), ben, state="accepted")
    answer = make_answer(meeting, ben, "no")

    find_stand_ins(now=answer.answered_at + timedelta(minutes=14))
    assert Turn.objects.get().person == ben

    find_stand_ins(now=answer.answered_at + timedelta(minutes=15))
    assert Turn.objects.get().person is None
    assert TakeOver.objects.get().given_back_by == ben


def test_whoever_goes_away_gives_the_turn_back(group, ada, ben, meeting, crowd):
    make_turn(meeting, make_role(group), ben, state="accepted")
    ben.away_until = meeting.local_date
    ben.save()

    find_stand_ins(now=NOON)

    assert Turn.objects.get().person is None
    assert not TakeOverAsk.objects.filter(person=ben).exists()


def test_half_a_day_before_open_turns_fall_to_the_host_once(group, ada, ben, meeting, crowd):
    first, second = (make_turn(meeting, make_role(group, steps="Zadzwoń\nUśmiechnij się")) for _ in "ab")
    make_answer(meeting, ben)
    Card.objects.filter(person=ben).update(phone="600 100 200", seen_by={"phone": "members"})
    hidden = crowd[0]
    make_answer(meeting, hidden)
    Card.objects.filter(person=hidden).update(phone="600 999 999", seen_by={"phone": "me"})
    rota.give_back(turn=first, by=None, now=NOON)

    find_stand_ins(now=LAST_CALL)
    find_stand_ins(now=LAST_CALL + MINUTE)

    assert set(Turn.objects.values_list("person", "state", "fell_to_host")) == {(ada.pk, "accepted", True)}
    mail = OutgoingMail.objects.get(kind="turns_fell")
    assert mail.to == ada.email
    assert mail.text.count("2. Uśmiechnij się") == 2
    assert "600 100 200" in mail.text
    assert "600 999 999" not in mail.text
    assert second.role.name in mail.text


def test_a_yes_after_that_still_takes_it_and_the_host_is_told(group, ada, ben, meeting, crowd):
    turn = make_turn(meeting, make_role(group), ben)
    rota.give_back(turn=turn, by=ben, now=LAST_CALL - timedelta(hours=1))
    find_stand_ins(now=LAST_CALL)
    take_over = TakeOver.objects.get()
    somebody = TakeOverAsk.objects.exclude(person=ada).first().person
    assert take_over.outcome == "host"

    assert say_yes(take_over=take_over, by=somebody, now=LAST_CALL + MINUTE)

    assert Turn.objects.values_list("person", "fell_to_host").get() == (somebody.pk, False)
    assert OutgoingMail.objects.filter(kind="turn_taken", to=ada.email).count() == 1


def test_another_host_gets_what_one_who_said_no_cannot_do(group, ada, ben, meeting):
    ben.memberships.update(standing="host")
    make_turn(meeting, make_role(group, "host"), ada, state="accepted")
    make_answer(meeting, ada, "no")

    find_stand_ins(now=LAST_CALL)

    assert Turn.objects.get().person == ben
    assert list(OutgoingMail.objects.filter(kind="turns_fell").values_list("to", flat=True)) == [ben.email]


def test_an_owner_leads_when_no_host_is_there(group, ada, olga, meeting):
    make_turn(meeting, make_role(group))
    Person.objects.filter(pk=ada.pk).update(away_until=meeting.local_date)

    find_stand_ins(now=LAST_CALL)
    find_stand_ins(now=LAST_CALL + MINUTE)

    assert Turn.objects.values_list("person", "fell_to_host").get() == (olga.pk, True)
    assert TakeOver.objects.count() == 1


def test_where_nobody_who_leads_is_there_turns_stay_open_and_owners_hear_once(group, ada, olga, meeting):
    turn = make_turn(meeting, make_role(group, "host"), ada, state="accepted")
    make_answer(meeting, ada, "no")
    make_answer(meeting, olga, "no")

    for minutes in range(5):
        find_stand_ins(now=LAST_CALL + minutes * MINUTE)

    assert Turn.objects.values_list("person", "state").get() == (None, "open")
    assert TakeOver.objects.count() == 1
    mail = OutgoingMail.objects.get(kind="turns_left")
    assert mail.to == olga.email
    assert turn.role.name in mail.text


def test_a_host_who_says_no_after_all_does_not_keep_what_fell_to_them(group, ada, olga, meeting):
    make_turn(meeting, make_role(group))
    find_stand_ins(now=LAST_CALL)
    answer = make_answer(meeting, ada, "no")
    later = LAST_CALL + timedelta(hours=1)
    Answer.objects.filter(pk=answer.pk).update(answered_at=later - timedelta(minutes=15))

    find_stand_ins(now=later)

    assert Turn.objects.values_list("person", "fell_to_host").get() == (olga.pk, True)


def test_the_search_ends_when_the_date_is_called_off(group, ada, ben, meeting, crowd):
    rota.give_back(turn=make_turn(meeting, make_role(group), ben), by=ben, now=NOON)
    Meeting.objects.update(state="called_off")

    find_stand_ins(now=NOON + timedelta(days=1))

    assert TakeOver.objects.get().outcome == "closed"
    assert TakeOverAsk.objects.count() == 3


def test_a_quiet_minute_asks_the_same_for_one_group_and_many(
    group, ada, ben, meeting, crowd, django_assert_num_queries
):
    for number in range(30):
        date = make_meeting(group, starts_at=WEDNESDAY + timedelta(days=number + 7))
        make_turn(date, make_role(group), ben, state="accepted")

    with django_assert_num_queries(5):
        find_stand_ins(now=NOON)


def test_whoever_leaves_the_group_gives_the_turn_back(group, ada, ben, meeting, crowd):
    make_turn(meeting, make_role(group), ben, state="accepted")
    ben.memberships.update(standing="alumnus")

    find_stand_ins(now=NOON)

    assert Turn.objects.get().person is None
    assert not TakeOverAsk.objects.filter(person=ben).exists()
