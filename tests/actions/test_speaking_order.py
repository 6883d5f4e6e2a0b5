"""Who speaks when: proposed from who is here, who opened lately, and what they wish."""

from datetime import timedelta

from kawka.actions import live
from kawka.actions.speaking_order import openers, order_for, slot_for
from tests.factories import WEDNESDAY, make_attendance, make_meeting, make_person

WEEK = timedelta(days=7)


def held(group, *people, weeks_ago):
    meeting = make_meeting(group, starts_at=WEDNESDAY - weeks_ago * WEEK)
    for person in people:
        make_attendance(meeting, person)
    live.set_order(meeting=meeting, people=[one.code for one in people], by=None, now=WEDNESDAY)
    live.begin(meeting=meeting, by=None, now=WEDNESDAY)
    return meeting


def today(group, *people):
    meeting = make_meeting(group)
    for person in people:
        make_attendance(meeting, person)
    return meeting


def test_who_opened_longest_ago_opens(group, ada, ben):
    held(group, ada, ben, weeks_ago=2)
    held(group, ben, ada, weeks_ago=1)
    meeting = today(group, ada, ben)

    assert openers(meeting) == {ada.code: 0, ben.code: 1}
    assert order_for(meeting, live.in_room(meeting)) == [ada.code, ben.code]


def test_who_is_here_for_the_first_time_never_opens(group, ada, ben, cleo):
    held(group, ada, ben, weeks_ago=1)
    meeting = today(group, cleo, ada, ben)

    assert order_for(meeting, live.in_room(meeting))[0] in {ada.code, ben.code}


def test_at_the_first_meeting_of_all_no_guest_opens(group, ada, ben, cleo):
    for _number in range(8):  # the order of equals is drawn anew for each meeting
        meeting = today(group, cleo, ben, ada)

        assert order_for(meeting, live.in_room(meeting))[0] != cleo.code


def test_a_chosen_order_takes_in_who_came_since_and_forgets_who_is_not_here(group, ada, ben, cleo):
    meeting = today(group, ada, ben)

    order = order_for(meeting, live.in_room(meeting), chosen=[ben.code, cleo.code])

    assert order == [ben.code, ada.code]


def test_a_late_comer_comes_before_who_wishes_to_be_late(group, community, ada, ben, cleo):
    ewa = make_person(community, "Ewa")
    held(group, ada, ben, cleo, ewa, weeks_ago=1)
    meeting = today(group, ada, ben, cleo)
    meeting.attendances.filter(person=cleo).update(wish="late")
    make_attendance(meeting, ewa)
    order = [ada.code, ben.code, cleo.code]

    assert slot_for(meeting, live.in_room(meeting), ewa.code, order=order, spoken=[]) == cleo.code


def test_the_order_costs_as_many_queries_for_three_as_for_thirty(
    group, community, ada, ben, cleo, django_assert_num_queries
):
    meeting = today(group, ada, ben, cleo)
    with django_assert_num_queries(4):
        order_for(meeting, live.in_room(meeting))
    for number in range(27):
        make_attendance(meeting, make_person(community, f"Osoba {number}"))

    with django_assert_num_queries(4):
        order_for(meeting, live.in_room(meeting))
