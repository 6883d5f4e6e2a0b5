from datetime import timedelta

import pytest

from kawka.actions.runsheet import (
    AlreadyBegun,
    Overrun,
    TooLateToStartEarlier,
    book_spotlight,
    free_spotlight,
    lines,
    overrun,
    sheet_of,
    speak_for,
    start_earlier,
)
from kawka.models import Group, Meeting, Spotlight
from tests.factories import NOON, WEDNESDAY, make_group, make_meeting

FULL = [("coffee", 20), ("round", 20), ("talks", 27), ("spotlight", 10), ("notices", 5)]


@pytest.fixture
def meeting(community):
    return make_meeting(make_group(community, segments=FULL), minutes=82)


def test_a_round_that_fits_says_nothing(meeting):
    sheet = sheet_of(meeting, people=17)

    assert overrun(meeting, sheet, people=17) is None
    assert [(clock.strftime("%H:%M"), lasts) for clock, _title, lasts in lines(sheet)] == [
        ("08:30", 20),
        ("08:50", 19),
        ("09:09", 27),
        ("09:36", 10),
        ("09:46", 5),
    ]


def test_a_run_sheet_without_parts_has_no_lines(community):
    meeting = make_meeting(make_group(community, segments=[]))

    assert lines(sheet_of(meeting, people=5)) == []


def test_a_round_that_does_not_fit_is_told_in_numbers_with_what_helps(meeting):
    sheet = sheet_of(meeting, people=25)

    assert overrun(meeting, sheet, people=25) == Overrun(
        people=25,
        seconds=60,
        needed=28,
        planned=20,
        over=8,
        shorter=40,
        earlier=10,
        earlier_start=meeting.local_start - timedelta(minutes=10),
    )


def test_the_proposals_make_it_fit(meeting, ada):
    speak_for(meeting=meeting, seconds=40, by=ada, now=NOON)
    assert sheet_of(meeting, people=25).fits

    speak_for(meeting=meeting, seconds=60, by=ada, now=NOON)
    earlier = start_earlier(meeting=meeting, by_minutes=10, by=ada, now=NOON)
    assert sheet_of(earlier, people=25).fits


def test_starting_earlier_moves_this_date_in_calendars_and_on_the_page(meeting, ada):
    version = meeting.group.page_version

    start_earlier(meeting=meeting, by_minutes=10, by=ada, now=NOON)

    kept = Meeting.objects.get()
    assert (kept.starts_at, kept.ends_at) == (WEDNESDAY - timedelta(minutes=10), meeting.ends_at)
    assert (kept.calendar_sequence, kept.changed_at) == (1, NOON)
    assert Group.objects.get(pk=meeting.group_id).page_version == version + 1


def test_a_start_is_not_moved_into_the_past_or_under_a_running_meeting(meeting, ada):
    with pytest.raises(TooLateToStartEarlier):
        start_earlier(meeting=meeting, by_minutes=10, by=ada, now=WEDNESDAY - timedelta(minutes=10))
    Meeting.objects.update(state=Meeting.State.LIVE)
    with pytest.raises(AlreadyBegun):
        start_earlier(meeting=meeting, by_minutes=10, by=ada, now=NOON)

    assert Meeting.objects.get().starts_at == WEDNESDAY


def test_one_presentation_is_booked_for_a_date(meeting, ada, ben):
    book_spotlight(meeting=meeting, person=ada, kind="topic", title="Miód", by=ada, now=NOON)
    book_spotlight(meeting=meeting, person=ben, kind="company", title="Warsztat", by=ada, now=NOON)

    assert list(Spotlight.objects.values_list("person", "title")) == [(ben.pk, "Warsztat")]

    free_spotlight(meeting=meeting, by=ada, now=NOON)
    free_spotlight(meeting=meeting, by=ada, now=NOON)
    assert not Spotlight.objects.exists()


@pytest.mark.parametrize("state", ["live", "closed", "called_off"])
def test_a_meeting_that_has_begun_keeps_its_pace(meeting, ada, state):
    meeting.state = state

    with pytest.raises(AlreadyBegun):
        speak_for(meeting=meeting, seconds=40, by=ada, now=NOON)
