"""Running a meeting: numbered steps, one for each press."""

from datetime import timedelta

import pytest

from kawka.actions import live
from kawka.actions.announcements import hear
from kawka.models import LiveChange, Meeting, Refused
from tests.factories import WEDNESDAY, make_attendance, make_meeting, make_person

LATER = WEDNESDAY + timedelta(minutes=1)


@pytest.fixture
def meeting(group, ada, ben, cleo):
    meeting = make_meeting(group)
    for person in (ada, ben, cleo):
        make_attendance(meeting, person)
    return meeting


@pytest.fixture
def heard():
    told = []
    stop = hear(lambda code, room, snapshot: told.append((code, room, snapshot)))
    yield told
    stop()


def press(meeting, verb, seen, by, **detail):
    return live.press(meeting=meeting, verb=verb, by=by, now=LATER, seen=seen, **detail)


def to_round(meeting, by):
    begun = live.begin(meeting=meeting, by=by, now=WEDNESDAY)
    return press(meeting, "next", begun.version, by)


def test_beginning_opens_the_meeting_with_everybody_here(meeting, ada, ben, cleo):
    state = live.begin(meeting=meeting, by=ada, now=WEDNESDAY)

    meeting.refresh_from_db()
    assert (meeting.state, meeting.opened_at, meeting.live_version) == ("live", WEDNESDAY, 1)
    assert set(state.order) == {ada.code, ben.code, cleo.code}
    assert [segment.kind for segment in state.segments] == [
        "coffee",
        "round",
        "talks",
        "spotlight",
        "notices",
    ]
    assert (state.segments[2].rounds, state.pitch, state.talk_length) == (3, 60_000, 480_000)


def test_beginning_twice_begins_once(meeting, ada):
    first = live.begin(meeting=meeting, by=ada, now=WEDNESDAY)
    again = live.begin(meeting=meeting, by=ada, now=LATER)

    assert again == first
    assert LiveChange.objects.count() == 1


def test_an_empty_room_cannot_begin(group, ada):
    with pytest.raises(live.NobodyHere):
        live.begin(meeting=make_meeting(group), by=ada, now=WEDNESDAY)


def test_a_meeting_without_a_run_sheet_cannot_begin(meeting, ada):
    meeting.group.segments.all().delete()

    with pytest.raises(live.NothingPlanned):
        live.begin(meeting=meeting, by=ada, now=WEDNESDAY)


@pytest.mark.parametrize("state", ["closed", "called_off"])
def test_what_is_over_cannot_begin(meeting, ada, state):
    Meeting.objects.update(state=state)

    with pytest.raises(live.NotRunning):
        live.begin(meeting=meeting, by=ada, now=WEDNESDAY)


def test_who_passes_is_left_out_of_the_order(meeting, ada, ben):
    meeting.attendances.filter(person=ben).update(wish="pass")

    state = live.begin(meeting=meeting, by=ada, now=WEDNESDAY)

    assert ben.code not in state.order
    assert state.passed == {ben.code}


def test_the_order_chosen_before_stands(meeting, ada, ben, cleo):
    live.set_order(meeting=meeting, people=[cleo.code, ben.code, ada.code], by=ada, now=WEDNESDAY)

    state = live.begin(meeting=meeting, by=ada, now=WEDNESDAY)

    assert state.order == (cleo.code, ben.code, ada.code)


def test_a_press_is_one_numbered_step(meeting, ada):
    state = to_round(meeting, ada)

    step = LiveChange.objects.get(version=2)
    assert (step.kind, step.detail, step.made_by, step.made_at) == ("next", {}, ada, LATER)
    assert state.speaker == state.order[0]
    assert live.state_of(meeting) == state


def test_two_hosts_pressing_next_at_once_advance_by_one(meeting, ada, olga):
    state = to_round(meeting, ada)

    first = press(meeting, "next", state.version, ada)
    second = press(meeting, "next", state.version, olga)

    assert first.speaker == state.order[1]
    assert second == first
    assert LiveChange.objects.count() == 3


def test_a_press_from_the_future_changes_nothing(meeting, ada):
    state = to_round(meeting, ada)

    assert press(meeting, "next", state.version + 1, ada) == state


def test_a_check_in_meanwhile_does_not_lose_the_press(meeting, ada):
    state = to_round(meeting, ada)
    live.roster_changed(meeting=meeting, by=ada, now=LATER)

    assert press(meeting, "next", state.version, ada).speaker == state.order[1]


def test_a_press_that_makes_no_sense_is_not_kept(meeting, ada):
    state = to_round(meeting, ada)

    assert press(meeting, "resume", state.version, ada) == state
    assert LiveChange.objects.count() == 2


def test_an_unknown_press_is_refused(meeting, ada):
    state = to_round(meeting, ada)

    with pytest.raises(Refused):
        press(meeting, "begin", state.version, ada)


def test_pressing_before_the_beginning_is_refused(meeting, ada):
    with pytest.raises(live.NotRunning):
        press(meeting, "next", 0, ada)


def test_somebody_is_moved_up(meeting, ada):
    state = to_round(meeting, ada)

    after = press(meeting, "move_up", state.version, ada, person=state.order[2])

    assert after.waiting == (state.order[2], state.order[1])


def test_jumping_goes_to_the_segment(meeting, ada):
    state = to_round(meeting, ada)

    assert press(meeting, "jump", state.version, ada, segment=4).segment.kind == "notices"


def test_a_late_comer_takes_a_place_and_a_leaver_gives_theirs_up(meeting, community, ada, ben):
    state = to_round(meeting, ada)
    late = make_person(community, "Ewa Późna")
    make_attendance(meeting, late, state="late", arrived_at=LATER)
    gone = state.waiting[0]
    meeting.attendances.filter(person__code=gone).update(left_at=LATER)

    after = live.roster_changed(meeting=meeting, by=ada, now=LATER)

    assert set(after.waiting) == {*state.waiting, late.code} - {gone}
    assert after.speaker == state.speaker
    assert after.roster == after.version


def test_a_change_of_the_room_before_the_beginning_is_announced_too(meeting, ada):
    state = live.roster_changed(meeting=meeting, by=ada, now=WEDNESDAY)

    assert (state.roster, state.order) == (1, ())


def test_a_change_of_the_room_after_the_end_is_nobodys_news(meeting, ada):
    to_round(meeting, ada)
    over = live.end(meeting=meeting, by=ada, now=LATER)

    assert live.roster_changed(meeting=meeting, by=ada, now=LATER) == over


def test_ending_closes_the_meeting_once(meeting, ada):
    to_round(meeting, ada)

    over = live.end(meeting=meeting, by=ada, now=LATER)
    again = live.end(meeting=meeting, by=ada, now=LATER)

    meeting.refresh_from_db()
    assert (meeting.state, over.phase, again) == ("closed", "over", over)


def test_what_has_not_begun_cannot_end(meeting, ada):
    with pytest.raises(live.NotRunning):
        live.end(meeting=meeting, by=ada, now=LATER)


def test_everybody_hears_of_a_step_once_it_is_kept(meeting, ada, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        state = live.begin(meeting=meeting, by=ada, now=WEDNESDAY)
        assert heard == []

    assert heard == [(meeting.code, meeting.room_code, live.snapshot_of(meeting, state))]


def test_nobody_hears_of_a_press_that_changed_nothing(
    meeting, ada, heard, django_capture_on_commit_callbacks
):
    live.begin(meeting=meeting, by=ada, now=WEDNESDAY)
    with django_capture_on_commit_callbacks(execute=True):
        live.begin(meeting=meeting, by=ada, now=LATER)

    assert heard == []


def test_a_hearer_that_fails_spoils_nothing(meeting, ada, heard, django_capture_on_commit_callbacks):
    stop = hear(lambda code, room, snapshot: 1 / 0)
    with django_capture_on_commit_callbacks(execute=True):
        live.begin(meeting=meeting, by=ada, now=WEDNESDAY)
    stop()

    assert LiveChange.objects.count() == 1


def test_the_snapshot_is_small_and_whole(meeting, ada):
    state = to_round(meeting, ada)

    _room, snapshot = live.snapshot(meeting.code)

    assert snapshot == {
        "version": 2,
        "roster": 1,
        "phase": "live",
        "segment": 1,
        "kind": "round",
        "speaker": state.order[0],
        "waiting": state.order[1:],
        "talk": 0,
        "started_at": live.milliseconds(LATER),
        "paused_at": None,
        "duration": 60_000,
        "rest": 2 * 68_000 + 3 * 540_000 + 900_000,
        "ahead": 8_000,
        "turn": 68_000,
        "starts_at": live.milliseconds(WEDNESDAY),
    }


def test_there_is_no_snapshot_of_what_is_not_there(db):
    assert live.snapshot("nie-ma") is None


def test_a_press_costs_as_many_queries_for_a_long_meeting(meeting, ada, django_assert_num_queries):
    state = to_round(meeting, ada)
    for number in range(30):
        verb = "resume" if number % 2 else "pause"
        state = press(meeting, verb, state.version, ada)

    with django_assert_num_queries(6):  # savepoint, row, steps, new step, version, release
        press(meeting, "next", state.version, ada)
