from datetime import timedelta

import pytest

from kawka.actions.answers import (
    MeetingIsCalledOff,
    MeetingIsOver,
    answer,
    answer_as_guest,
    move_answer,
    next_dates,
)
from kawka.models import Answer, Meeting, OutgoingMail, Person, Refused
from tests.factories import NOON, WEDNESDAY, make_group, make_meeting

COMING, NO = Answer.Choice.COMING, Answer.Choice.NOT_THIS_TIME
WEEK = timedelta(days=7)


def said(meeting: Meeting) -> list[tuple[str, str]]:
    return list(meeting.answers.order_by("pk").values_list("person__name", "choice"))


def test_a_later_answer_replaces_an_earlier_one(group, ben):
    meeting = make_meeting(group)

    answer(meeting=meeting, person=ben, choice=COMING, by=ben, now=NOON)
    answer(meeting=meeting, person=ben, choice=NO, by=ben, now=NOON + timedelta(hours=1))

    assert said(meeting) == [("Ben Członek", "no")]
    assert meeting.answers.get().answered_at == NOON + timedelta(hours=1)


def test_an_answer_is_for_one_date_only(group, ben):
    first, second = make_meeting(group), make_meeting(group, starts_at=WEDNESDAY + WEEK)

    answer(meeting=first, person=ben, choice=COMING, by=ben, now=NOON)

    assert (said(first), said(second)) == ([("Ben Członek", "coming")], [])


def test_an_answer_renews_the_group_page(group, ben):
    meeting = make_meeting(group)

    answer(meeting=meeting, person=ben, choice=COMING, by=ben, now=NOON)

    group.refresh_from_db()
    assert group.page_version == 2


@pytest.mark.parametrize(
    ("state", "now", "refusal"),
    [
        (Meeting.State.CALLED_OFF, NOON, MeetingIsCalledOff),
        (Meeting.State.CLOSED, NOON, MeetingIsOver),
        (Meeting.State.PLANNED, WEDNESDAY + timedelta(minutes=90), MeetingIsOver),
    ],
)
def test_no_answer_to_a_date_one_cannot_come_to(group, ben, state, now, refusal):
    meeting = make_meeting(group, state=state)

    with pytest.raises(refusal):
        answer(meeting=meeting, person=ben, choice=COMING, by=ben, now=now)

    assert said(meeting) == []


def test_not_this_time_but_the_next(group, ben):
    first, second = make_meeting(group), make_meeting(group, starts_at=WEDNESDAY + WEEK)

    move_answer(meeting=first, to=second, person=ben, by=ben, now=NOON)

    assert (said(first), said(second)) == ([("Ben Członek", "no")], [("Ben Członek", "coming")])


def test_an_answer_does_not_move_to_another_group(group, community, ben):
    elsewhere = make_meeting(make_group(community))

    with pytest.raises(Refused):
        move_answer(meeting=make_meeting(group), to=elsewhere, person=ben, by=ben, now=NOON)

    assert Answer.objects.count() == 0


def test_the_next_dates_leave_out_past_and_called_off_ones(group):
    make_meeting(group, starts_at=WEDNESDAY - WEEK)
    make_meeting(group, starts_at=WEDNESDAY, state=Meeting.State.CALLED_OFF)
    dates = [make_meeting(group, starts_at=WEDNESDAY + number * WEEK) for number in (1, 2, 3, 4)]

    assert next_dates(group, now=NOON) == dates[:3]
    assert next_dates(group, now=NOON, after=dates[0]) == dates[1:4]


def test_a_guest_answers_with_name_and_address_and_gets_one_mail(group):
    meeting = make_meeting(group)

    for _press in range(2):
        answer_as_guest(
            meeting=meeting, name="Zofia Łęcka", email="zofia@example.org", choice=COMING, now=NOON
        )

    assert said(meeting) == [("Zofia Łęcka", "coming")]
    assert list(OutgoingMail.objects.values_list("to", flat=True)) == ["zofia@example.org"]


def test_a_strangers_form_does_not_change_what_a_member_answered(group, ben):
    meeting = make_meeting(group)
    answer(meeting=meeting, person=ben, choice=COMING, by=ben, now=NOON)

    answer_as_guest(meeting=meeting, name="Ktoś", email="BEN@example.org", choice=NO, now=NOON)

    assert said(meeting) == [("Ben Członek", "coming")]
    assert list(Person.objects.filter(email__iexact="ben@example.org").values_list("name", flat=True)) == [
        "Ben Członek"
    ]
