from datetime import timedelta

import pytest

from kawka.actions.answers import answer
from kawka.actions.attendance import NotExpectedAnyMore, companion_came
from kawka.actions.companions import NoSeatForThem, NotComing, TooMany, bring, leave_out
from kawka.actions.day_list import day_list
from kawka.actions.seats import seats_of
from kawka.models import Answer, Meeting, Person, PlusOne, SeatOffer, Standing
from tests.factories import NOON, WEDNESDAY, make_answer, make_meeting, make_member, make_person

COMING, NO = Answer.Choice.COMING, Answer.Choice.NOT_THIS_TIME


def free(meeting: Meeting) -> int:
    return seats_of([meeting], NOON)[meeting.pk].free_for(is_holder=False)


def test_a_companion_takes_a_seat_and_leaves_when_the_person_does(group, ben):
    meeting = make_meeting(group, seats=5)
    make_answer(meeting, ben)

    bring(meeting=meeting, person=ben, name=" Ewa  Mak ", by=ben, now=NOON)
    bring(meeting=meeting, person=ben, name="ewa mak", by=ben, now=NOON)
    with_ewa = free(meeting)
    answer(meeting=meeting, person=ben, choice=NO, by=ben, now=NOON)

    assert (with_ewa, free(meeting), PlusOne.objects.count()) == (3, 5, 0)


def test_nobody_brings_more_than_two(group, ben):
    meeting = make_meeting(group)
    make_answer(meeting, ben)
    for name in ("Ewa", "Jan"):
        bring(meeting=meeting, person=ben, name=name, by=ben, now=NOON)

    with pytest.raises(TooMany):
        bring(meeting=meeting, person=ben, name="Ola", by=ben, now=NOON)


def test_whoever_brings_somebody_comes_too(group, ben):
    meeting = make_meeting(group)
    make_answer(meeting, ben, NO)

    with pytest.raises(NotComing):
        bring(meeting=meeting, person=ben, name="Ewa", by=ben, now=NOON)


def test_a_companion_never_takes_the_seat_of_somebody_who_waits(group, ben, cleo):
    meeting = make_meeting(group, seats=2)
    make_answer(meeting, ben)
    other = make_answer(meeting, make_person(group.community))
    answer(meeting=meeting, person=cleo, choice=COMING, by=cleo, now=NOON)
    answer(meeting=meeting, person=other.person, choice=NO, by=other.person, now=NOON)

    with pytest.raises(NoSeatForThem):
        bring(meeting=meeting, person=ben, name="Ewa", by=ben, now=NOON)


def test_the_seat_of_a_companion_left_out_is_offered_on(group, ben, cleo):
    meeting = make_meeting(group, seats=2)
    make_answer(meeting, ben)
    ewa = bring(meeting=meeting, person=ben, name="Ewa", by=ben, now=NOON)
    answer(meeting=meeting, person=cleo, choice=COMING, by=cleo, now=NOON)

    leave_out(meeting=meeting, person=ben, code=ewa.code, by=ben, now=NOON)

    assert SeatOffer.objects.open().get().answer.person == cleo


def test_nobody_leaves_out_the_companion_of_somebody_else(group, ben, cleo):
    meeting = make_meeting(group)
    make_answer(meeting, ben)
    ewa = bring(meeting=meeting, person=ben, name="Ewa", by=ben, now=NOON)

    gone = leave_out(meeting=meeting, person=cleo, code=ewa.code, by=cleo, now=NOON)

    assert (gone, PlusOne.objects.count()) == (False, 1)


def test_a_companion_who_came_is_a_person_of_the_group_once(group, ada, ben):
    meeting = make_meeting(group)
    make_answer(meeting, ben)
    ewa = bring(meeting=meeting, person=ben, name="Ewa Mak", by=ben, now=NOON)
    expected = [one.name for one in day_list(meeting).companions]

    for _tap in range(2):
        companion_came(meeting=meeting, code=ewa.code, by=ada, now=WEDNESDAY)

    days = day_list(meeting)
    person = Person.objects.get(name="Ewa Mak")
    assert (expected, list(days.companions), days.here) == (["Ewa Mak"], [], 1)
    assert person.memberships.get().standing == Standing.GUEST
    assert PlusOne.objects.get().person == person


def test_a_companion_left_out_meanwhile_is_told_so(group, ada, ben):
    meeting = make_meeting(group)

    with pytest.raises(NotExpectedAnyMore):
        companion_came(meeting=meeting, code="nobody", by=ada, now=WEDNESDAY)


def test_companions_count_as_expected(group, ada, ben):
    make_member(group, make_person(group.community))
    meeting = make_meeting(group)
    make_answer(meeting, ben)
    bring(meeting=meeting, person=ben, name="Ewa Mak", by=ben, now=NOON - timedelta(days=1))

    days = day_list(meeting)

    assert (days.expected, days.speakers) == (2, 2)
    assert [one.name for one in days.find("mak").companions] == ["Ewa Mak"]
    assert list(days.find("ben").companions) == []
