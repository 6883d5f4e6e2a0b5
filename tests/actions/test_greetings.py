from datetime import timedelta

import pytest

from kawka.actions.greetings import NotAGuest, assign_greeters, greet, guests_of
from kawka.models import Greeting, Membership, Standing
from tests.factories import NOON, make_answer, make_meeting, make_member, make_person, make_role, make_turn


@pytest.fixture
def meeting(group):
    return make_meeting(group)


def coming(meeting, count, standing, name):
    people = []
    for number in range(count):
        person = make_person(meeting.group.community, f"{name} {number}")
        make_member(meeting.group, person, standing)
        answer = make_answer(meeting, person)
        answer.answered_at = NOON + timedelta(minutes=number)
        answer.save()
        people.append(person)
    return people


def greeted(meeting):
    return {one.guest: one.greeter for one in Greeting.objects.select_related("guest", "greeter")}


def test_the_greeter_of_the_day_comes_first_and_others_share_the_rest(group, ada, meeting):
    guests = coming(meeting, 5, Standing.GUEST, "Gość")
    one, other, on_duty = coming(meeting, 3, Standing.MEMBER, "Osoba")
    make_turn(meeting, make_role(group, "greeter"), on_duty, state="accepted")

    assign_greeters(meeting=meeting, now=NOON)

    found = greeted(meeting)
    assert set(found) == set(guests)
    assert [found[guest] for guest in guests[:2]] == [on_duty, on_duty]
    assert {found[guest] for guest in guests[2:4]} == {one, other}


def test_assigning_again_changes_nothing(group, ada, meeting):
    coming(meeting, 3, Standing.GUEST, "Gość")
    coming(meeting, 2, Standing.MEMBER, "Osoba")
    assign_greeters(meeting=meeting, now=NOON)
    before = greeted(meeting)

    assert assign_greeters(meeting=meeting, now=NOON) == []
    assert greeted(meeting) == before


def test_without_members_who_come_the_host_greets(group, ada, meeting):
    (guest,) = coming(meeting, 1, Standing.GUEST, "Gość")

    assign_greeters(meeting=meeting, now=NOON)

    assert greeted(meeting) == {guest: ada}


def test_whoever_greeted_lately_is_spared(group, ada, meeting):
    (guest,) = coming(meeting, 1, Standing.GUEST, "Gość")
    busy, fresh = coming(meeting, 2, Standing.MEMBER, "Osoba")
    before = make_meeting(group, starts_at=meeting.starts_at - timedelta(days=7))
    Greeting.objects.create(meeting=before, guest=guest, greeter=busy)

    assign_greeters(meeting=meeting, now=NOON)

    assert Greeting.objects.get(meeting=meeting).greeter == fresh


def test_a_greeter_who_cannot_come_is_replaced(group, ada, meeting):
    (guest,) = coming(meeting, 1, Standing.GUEST, "Gość")
    first, second = coming(meeting, 2, Standing.MEMBER, "Osoba")
    Greeting.objects.create(meeting=meeting, guest=guest, greeter=first)
    meeting.answers.filter(person=first).update(choice="no")

    assign_greeters(meeting=meeting, now=NOON)

    assert greeted(meeting) == {guest: second}


def test_a_guest_who_does_not_come_needs_nobody(group, ada, meeting):
    (guest,) = coming(meeting, 1, Standing.GUEST, "Gość")
    assign_greeters(meeting=meeting, now=NOON)
    meeting.answers.filter(person=guest).update(choice="no")

    assign_greeters(meeting=meeting, now=NOON)

    assert greeted(meeting) == {}
    assert guests_of(meeting) == []


def test_the_host_decides_who_greets(group, ada, ben, meeting):
    (guest,) = coming(meeting, 1, Standing.GUEST, "Gość")

    greet(meeting=meeting, guest=guest, greeter=ben, by=ada, now=NOON)

    assert greeted(meeting) == {guest: ben}
    with pytest.raises(NotAGuest):
        greet(meeting=meeting, guest=ben, greeter=ada, by=ada, now=NOON)


def test_assigning_costs_the_same_for_few_and_many(group, ada, meeting, django_assert_max_num_queries):
    coming(meeting, 15, Standing.GUEST, "Gość")
    coming(meeting, 15, Standing.MEMBER, "Osoba")

    with django_assert_max_num_queries(15):
        assign_greeters(meeting=meeting, now=NOON)

    assert Membership.objects.count() == 31
    assert Greeting.objects.count() == 15
