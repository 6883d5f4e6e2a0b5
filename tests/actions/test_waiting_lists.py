from datetime import timedelta

from kawka.actions.waiting_lists import move_lists_due
from kawka.models import Answer, Meeting, OutgoingMail, Person
from tests.factories import WEDNESDAY, make_answer, make_meeting

WEEK, MINUTE = timedelta(days=7), timedelta(minutes=1)


def test_whoever_waited_in_vain_is_asked_once_about_the_next_date_and_nothing_is_answered_for_them(
    group, ben, cleo
):
    meeting, following = make_meeting(group), make_meeting(group, starts_at=WEDNESDAY + WEEK)
    make_answer(meeting, cleo, "waiting")
    make_answer(meeting, ben)

    before = move_lists_due(now=WEDNESDAY - MINUTE)
    counts = [move_lists_due(now=WEDNESDAY + number * MINUTE) for number in range(3)]

    assert (before, counts) == (0, [1, 0, 0])
    assert [(mail.to, mail.kind) for mail in OutgoingMail.objects.all()] == [(cleo.email, "list_moved")]
    assert not Answer.objects.filter(meeting=following).exists()


def test_who_has_already_said_something_is_not_asked(group, cleo):
    meeting, following = make_meeting(group), make_meeting(group, starts_at=WEDNESDAY + WEEK)
    make_answer(meeting, cleo, "waiting")
    make_answer(following, cleo, "no")

    assert move_lists_due(now=WEDNESDAY) == 0


def test_a_list_of_a_date_that_was_called_off_does_not_move_by_this_mail(group, cleo):
    meeting = make_meeting(group, state=Meeting.State.CALLED_OFF)
    make_meeting(group, starts_at=WEDNESDAY + WEEK)
    make_answer(meeting, cleo, "waiting")

    assert move_lists_due(now=WEDNESDAY) == 0


def test_nobody_is_written_to_at_an_address_they_have_not_proven(group, cleo):
    meeting = make_meeting(group)
    make_meeting(group, starts_at=WEDNESDAY + WEEK)
    make_answer(meeting, cleo, "waiting")
    Person.objects.filter(pk=cleo.pk).update(is_self_entered=True)

    assert move_lists_due(now=WEDNESDAY) == 0
