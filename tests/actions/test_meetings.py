from datetime import timedelta

import pytest

from kawka.actions.meetings import NothingToClose, NotYetBegun, close_meeting
from kawka.models import Group, Meeting
from tests.factories import WEDNESDAY, make_meeting

LATER = WEDNESDAY + timedelta(minutes=95)


def test_closing_is_done_once_and_the_public_page_hears_of_it(group, ada):
    meeting = make_meeting(group)
    version = group.page_version

    close_meeting(meeting=meeting, by=ada, now=LATER)
    again = close_meeting(meeting=meeting, by=ada, now=LATER + timedelta(minutes=5))

    assert (again.state, again.closed_at) == (Meeting.State.CLOSED, LATER)
    assert Group.objects.get().page_version == version + 1


def test_a_date_that_was_called_off_or_lies_ahead_is_not_closed(group, ada):
    called_off = make_meeting(group, state=Meeting.State.CALLED_OFF)
    ahead = make_meeting(group)

    with pytest.raises(NothingToClose):
        close_meeting(meeting=called_off, by=ada, now=LATER)
    with pytest.raises(NotYetBegun):
        close_meeting(meeting=ahead, by=ada, now=WEDNESDAY - timedelta(minutes=1))

    ahead.refresh_from_db()
    assert ahead.state == Meeting.State.PLANNED
