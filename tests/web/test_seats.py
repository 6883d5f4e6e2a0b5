"""The host's buttons about seats."""

import pytest
from django.urls import reverse

from kawka.actions.answers import answer
from kawka.models import Answer, Meeting, OutgoingMail, SeatOffer
from tests.factories import NOON, make_answer, make_meeting


@pytest.fixture
def meeting(group, ben, cleo, time_machine) -> Meeting:
    """Ben has the one seat, Cleo waits."""
    time_machine.move_to(NOON, tick=False)
    meeting = make_meeting(group, seats=1)
    make_answer(meeting, ben)
    answer(meeting=meeting, person=cleo, choice=Answer.Choice.COMING, by=cleo, now=NOON)
    return meeting


def test_more_seats_are_offered_at_once(as_, ada, cleo, meeting):
    as_(ada).post(reverse("meeting-seats", args=[meeting.code]), {"seats": "2"})

    assert Meeting.objects.get(pk=meeting.pk).capacity == 2
    assert SeatOffer.objects.get().answer.person == cleo


def test_empty_means_as_many_as_usual_and_one_is_too_few(as_, ada, meeting):
    as_(ada).post(reverse("meeting-seats", args=[meeting.code]), {"seats": "1"})
    before = Meeting.objects.get(pk=meeting.pk).seats
    as_(ada).post(reverse("meeting-seats", args=[meeting.code]), {"seats": ""})

    assert (before, Meeting.objects.get(pk=meeting.pk).seats) == (1, None)


def test_a_host_finds_a_seat_for_whoever_waits(as_, ada, cleo, meeting):
    as_(ada).post(reverse("meeting-give-seat", args=[meeting.code]), {"person": cleo.code})

    assert meeting.answers.get(person=cleo).choice == "coming"
    assert list(OutgoingMail.objects.values_list("to", "kind")) == [(cleo.email, "answer_confirmed")]


def test_nobody_is_said_to_come_who_does_not_wait(as_, ada, meeting):
    as_(ada).post(reverse("meeting-give-seat", args=[meeting.code]), {"person": ada.code})

    assert not meeting.answers.filter(person=ada).exists()
