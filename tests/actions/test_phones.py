"""A name is on one phone at a time."""

from datetime import timedelta

import pytest

from kawka.actions import phones
from tests.factories import WEDNESDAY, make_attendance, make_meeting

LATER = WEDNESDAY + timedelta(minutes=5)


@pytest.fixture
def meeting(group, ben):
    meeting = make_meeting(group)
    make_attendance(meeting, ben)
    return meeting


def test_of_two_phones_one_gets_the_name(meeting, ben):
    claimed = phones.claim(meeting=meeting, person=ben, now=WEDNESDAY)

    with pytest.raises(phones.OnAnotherPhone):
        phones.claim(meeting=meeting, person=ben, now=LATER)
    assert claimed.phone_joined_at == WEDNESDAY


def test_a_released_name_can_be_claimed_again(meeting, ben, ada):
    phones.claim(meeting=meeting, person=ben, now=WEDNESDAY)
    phones.release(meeting=meeting, person=ben, by=ada, now=LATER)

    assert phones.claim(meeting=meeting, person=ben, now=LATER).phone_joined_at == LATER


def test_only_who_is_here_takes_part(meeting, ben, cleo):
    meeting.attendances.update(left_at=LATER)

    for person in (ben, cleo):
        with pytest.raises(phones.NotHere):
            phones.claim(meeting=meeting, person=person, now=LATER)
        with pytest.raises(phones.NotHere):
            phones.let_in(meeting=meeting, person=person, now=LATER)


def test_a_personal_link_moves_the_name(meeting, ben):
    phones.claim(meeting=meeting, person=ben, now=WEDNESDAY)

    assert phones.let_in(meeting=meeting, person=ben, now=LATER).phone_joined_at == LATER
