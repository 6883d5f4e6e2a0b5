from datetime import date, timedelta

import pytest

from kawka.actions.answers import answer
from kawka.actions.dates import add_date
from kawka.actions.people import remove
from kawka.actions.series import make_dates
from kawka.actions.standing_answers import be_away, fill_dates, set_standing_answer
from kawka.models import (
    Answer,
    Community,
    Group,
    Meeting,
    Membership,
    Person,
    SeatOffer,
    Standing,
    StandingAnswer,
)
from tests.factories import (
    NOON,
    WEDNESDAY,
    make_answer,
    make_group,
    make_meeting,
    make_member,
    make_person,
    make_series,
)

COMING, NO = Answer.Choice.COMING, Answer.Choice.NOT_THIS_TIME
ALWAYS, ASK_ME, COFFEES = StandingAnswer.Choice
WEEK = timedelta(days=7)


def dates(group: Group, many: int = 3, **fields) -> list[Meeting]:
    return [make_meeting(group, starts_at=WEDNESDAY + number * WEEK, **fields) for number in range(many)]


def always(group: Group, person: Person, choice: StandingAnswer.Choice = ALWAYS) -> None:
    membership = Membership.objects.get(group=group, person=person)
    set_standing_answer(membership=membership, choice=choice, by=person, now=NOON)


def said(person: Person) -> list[tuple[str, bool]]:
    answers = person.answers.order_by("meeting__starts_at", "meeting__pk")
    return list(answers.values_list("choice", "is_standing"))


def test_always_says_coming_to_every_planned_date_and_ask_me_takes_it_back(group, ben):
    dates(group)

    always(group, ben)
    filled = said(ben)
    always(group, ben, ASK_ME)

    assert (filled, said(ben)) == ([("coming", True)] * 3, [])


def test_a_word_about_one_date_outweighs_and_fills_no_other(group, ben):
    _first, second, _third = dates(group)
    answer(meeting=second, person=ben, choice=NO, by=ben, now=NOON)
    before = said(ben)

    always(group, ben)
    filled = said(ben)
    always(group, ben, ASK_ME)

    assert before == said(ben) == [("no", False)]
    assert filled == [("coming", True), ("no", False), ("coming", True)]


def test_dates_that_make_themselves_are_answered_too(group, ben):
    always(group, ben)

    made = make_dates(series=make_series(group), now=NOON)
    added = add_date(group=group, on=date(2026, 10, 15), at=WEDNESDAY.time(), by=None, now=NOON)

    assert said(ben) == [("coming", True)] * (len(made) + 1)
    assert added.answers.get().person == ben


def test_whoever_is_away_is_taken_out_of_those_dates_and_comes_back(group, ben):
    _first, second, _third = dates(group)
    always(group, ben)
    answer(meeting=second, person=ben, choice=COMING, by=ben, now=NOON)

    be_away(person=ben, until=date(2026, 10, 21), by=ben, now=NOON)
    away = said(ben)
    be_away(person=ben, until=None, by=ben, now=NOON)

    assert away == [("coming", False), ("coming", True)]
    assert said(ben) == [("coming", True), ("coming", False), ("coming", True)]


def test_only_coffees_says_yes_to_loose_dates_of_the_community_alone(group, community, ben):
    dates(group, 1)
    dates(make_group(community), 1)
    dates(make_group(community), 1, is_loose=True)
    elsewhere = dates(make_group(Community.objects.create(name="Obok")), 1, is_loose=True)

    always(group, ben, COFFEES)

    assert said(ben) == [("no", True), ("coming", True)]
    assert not elsewhere[0].answers.exists()


def test_always_of_the_group_goes_before_only_coffees_of_another(group, community, ben):
    other = make_group(community)
    make_member(other, ben)
    dates(group, 1)
    always(group, ben)

    always(other, ben, COFFEES)

    assert said(ben) == [("coming", True)]


def test_a_standing_answer_waits_when_all_seats_are_taken(group, ben, cleo):
    meeting = make_meeting(group, seats=1)
    make_answer(meeting, cleo)

    always(group, ben)

    assert said(ben) == [("waiting", True)]


def test_nobody_passes_those_who_wait_by_a_standing_answer(group, ben, cleo):
    meeting = make_meeting(group, seats=1)
    make_answer(meeting, cleo, "waiting")

    always(group, ben)

    assert said(ben) == [("waiting", True)]


def test_a_seat_taken_back_is_offered_to_whoever_waits(group, ben, cleo):
    meeting = make_meeting(group, seats=1)
    always(group, ben)
    answer(meeting=meeting, person=cleo, choice=COMING, by=cleo, now=NOON)

    be_away(person=ben, until=date(2026, 12, 1), by=ben, now=NOON)

    assert SeatOffer.objects.get().answer.person == cleo


def test_pressing_again_keeps_since_when_it_stands(group, ben):
    always(group, ben)
    membership = Membership.objects.get(person=ben)

    set_standing_answer(membership=membership, choice=ALWAYS, by=ben, now=NOON + WEEK)

    assert StandingAnswer.objects.get().since == NOON


def test_whoever_leaves_the_group_no_longer_always_comes(group, ada, ben):
    dates(group)
    always(group, ben)

    remove(membership=Membership.objects.get(person=ben), by=ada, now=NOON)
    make_dates(series=make_series(group, starts_at="18:00"), now=NOON)

    assert said(ben) == []


@pytest.mark.parametrize("size", [1, 30])
def test_filling_dates_costs_the_same_for_one_and_for_thirty(group, size, django_assert_num_queries):
    for _number in range(size):
        person = make_person(group.community)
        place = make_member(group, person, Standing.MEMBER)
        StandingAnswer.objects.create(membership=place, choice=ALWAYS, since=NOON)
    meetings = dates(group, size // 10 + 1)

    with django_assert_num_queries(12):
        fill_dates(meetings=meetings, now=NOON)

    assert Answer.objects.filter(is_standing=True).count() == size * len(meetings)
