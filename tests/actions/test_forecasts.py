"""How a date looks: who comes, who has not answered, who of them usually comes, and how many it will be."""

from datetime import timedelta

import pytest

from kawka.actions.forecasts import outlook
from kawka.engine.forecast import Forecast
from kawka.models import Membership, PlusOne
from tests.factories import (
    NOON,
    WEDNESDAY,
    make_answer,
    make_attendance,
    make_meeting,
    make_member,
    make_person,
)

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


@pytest.fixture
def past(group):
    """Ten closed Wednesdays, since before everybody joined."""
    Membership.objects.update(joined_at=NOON - 52 * WEEK)
    return [
        make_meeting(group, starts_at=WEDNESDAY - number * WEEK, state="closed") for number in range(1, 11)
    ]


def test_answers_are_sorted_and_silent_guests_are_not_waited_for(group, ada, ben, cleo):
    coming = make_meeting(group)
    make_answer(coming, ada)
    make_answer(coming, make_person(group.community, "Jan"), "no")

    found = outlook(coming, now=NOON)

    assert (found.coming, found.silent, found.usual, found.guests) == ([ada], [ben], [], [])


def test_who_usually_comes_and_has_not_answered_is_named(group, ada, ben, past):
    for meeting in past[:6]:
        make_attendance(meeting, ben)

    found = outlook(make_meeting(group), now=NOON)

    assert found.usual == [ben]


def test_the_forecast_follows_what_people_did_after_such_words(group, ada, ben, past):
    for meeting in past:
        make_answer(meeting, ben)
        make_attendance(meeting, ada)
    coming = make_meeting(group)
    make_answer(coming, ben)

    assert outlook(coming, now=NOON).forecast == Forecast(1, 0, 2)


def test_who_is_away_is_neither_silent_nor_counted(group, ben):
    ben.away_until = WEDNESDAY.date()
    ben.save(update_fields=["away_until"])

    found = outlook(make_meeting(group), now=NOON)

    assert (found.silent, found.forecast) == ([], Forecast(0, 0, 0))


def test_companions_count(group, ben):
    coming = make_meeting(group)
    PlusOne.objects.create(answer=make_answer(coming, ben), name="Zosia")

    found = outlook(coming, now=NOON)

    assert (found.companions, found.forecast.expected) == (1, 2)


def test_who_came_unknown_before_is_expected_again(group, ada, past):
    for meeting in past[:8]:
        make_attendance(meeting, make_person(group.community))

    assert outlook(make_meeting(group), now=NOON).forecast.expected == 1


@pytest.mark.parametrize("people", [1, 30])
def test_it_costs_the_same_for_any_number_of_people(group, past, people, django_assert_num_queries):
    coming = make_meeting(group)
    for _ in range(people):
        person = make_person(group.community)
        make_member(group, person)
        make_answer(coming, person)
        make_attendance(past[0], person)

    with django_assert_num_queries(6):
        outlook(coming, now=NOON)
