"""Dates: made by the rhythm in local time, added, moved and called off by hand."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from kawka.actions import date_moves
from kawka.actions.dates import (
    DateHasPassed,
    DateIsTaken,
    MeetingHasBegun,
    add_date,
    call_off,
    skip,
)
from kawka.actions.series import change_rhythm, first_dates, make_all_dates, make_dates
from kawka.models import Answer, Group, Meeting, Person, Role, Series, Spotlight, Turn
from tests.factories import (
    NOON,
    make_answer,
    make_attendance,
    make_invitation,
    make_meeting,
    make_series,
)

HALF_PAST_EIGHT = time(8, 30)


def days(group: Group) -> list[str]:
    return [meeting.local_date.isoformat() for meeting in group.meetings.order_by("starts_at")]


def version(group: Group) -> int:
    return Group.objects.get(pk=group.pk).page_version


def move(meeting: Meeting, on: date, at: time = HALF_PAST_EIGHT, place: str = "") -> Meeting:
    wanted = date_moves.Wanted(on, at, place, changes_place=bool(place))
    seen = date_moves.plan(meeting=meeting, wanted=wanted, reach="one", now=NOON).seen
    date_moves.change(meeting=meeting, wanted=wanted, reach="one", seen=seen, by=None, now=NOON)
    return Meeting.objects.get(pk=meeting.pk)


def test_a_series_has_its_dates_for_eight_weeks_at_the_same_local_hour(group):
    added = make_dates(series=make_series(group), now=NOON)

    assert len(added) == 8
    assert days(group)[0] == "2026-10-14"
    assert days(group)[-1] == "2026-12-02"
    assert {meeting.local_start.strftime("%H:%M") for meeting in added} == {"08:30"}
    assert {meeting.starts_at.hour for meeting in added} == {6, 7}
    assert {meeting.ends_at - meeting.starts_at for meeting in added} == {timedelta(minutes=84)}


def test_making_dates_twice_adds_nothing_and_says_nothing_to_the_page(group):
    series = make_series(group)
    make_dates(series=series, now=NOON)
    before = (days(group), version(group))

    again = make_dates(series=series, now=NOON)

    assert again == []
    assert (days(group), version(group)) == before


def test_a_week_later_one_date_more_is_made(group):
    series = make_series(group)
    make_dates(series=series, now=NOON)

    added = make_all_dates(NOON + timedelta(days=7))

    assert added == 1
    assert days(group)[-1] == "2026-12-09"


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        ({"kind": "every_n_weeks", "interval": 3}, ["2026-10-14", "2026-11-04", "2026-11-25"]),
        ({"kind": "monthly_nth", "nth": -1}, ["2026-10-28", "2026-11-25"]),
        ({"kind": "monthly_nth", "nth": 2}, ["2026-10-14", "2026-11-11"]),
        ({"kind": "by_hand"}, []),
    ],
)
def test_every_rhythm_makes_its_own_dates(group, rhythm, expected):
    make_dates(series=make_series(group, **rhythm), now=NOON)

    assert days(group) == expected


def test_a_series_that_begins_later_has_its_first_date(group):
    make_dates(series=make_series(group, kind="monthly_nth", starts_on=date(2027, 3, 8)), now=NOON)

    assert days(group) == ["2027-04-07"]


def test_todays_date_is_made_only_while_it_lies_ahead(group):
    wednesday_noon = datetime(2026, 10, 14, 10, 0, tzinfo=UTC)

    make_dates(series=make_series(group), now=wednesday_noon)

    assert days(group)[0] == "2026-10-21"


def test_a_date_moved_to_another_day_is_not_made_again(group):
    series = make_series(group)
    make_dates(series=series, now=NOON)
    last = group.meetings.last()

    move(last, date(2026, 12, 1))
    make_dates(series=series, now=NOON)

    assert days(group)[-2:] == ["2026-11-25", "2026-12-01"]


def test_a_date_called_off_stays_and_is_not_made_again(group):
    series = make_series(group)
    make_dates(series=series, now=NOON)

    call_off(meeting=group.meetings.first(), reason="Remont  kawiarni", by=None, now=NOON)
    make_dates(series=series, now=NOON)

    called_off = group.meetings.first()
    assert (called_off.called_off_reason, called_off.called_off_at) == ("Remont kawiarni", NOON)
    assert (called_off.state, called_off.calendar_sequence) == (Meeting.State.CALLED_OFF, 1)
    assert group.meetings.count() == 8


def test_a_date_nobody_touched_vanishes_and_is_not_made_again(group):
    series = make_series(group)
    make_dates(series=series, now=NOON)
    before = version(group)

    gone = skip(meeting=group.meetings.first(), by=None, now=NOON)
    make_dates(series=series, now=NOON)

    assert (gone, days(group)[0], group.meetings.count()) == (True, "2026-10-21", 7)
    assert version(group) == before + 1


def answered(meeting: Meeting, ben: Person) -> None:
    make_answer(meeting, ben, "no")


def taken(meeting: Meeting, ben: Person) -> None:
    role = Role.objects.create(group=meeting.group, name="Witanie")
    Turn.objects.create(role=role, meeting=meeting, person=ben, state=Turn.State.PROPOSED)


def invited(meeting: Meeting, ben: Person) -> None:
    make_invitation(ben, meeting)


def presenting(meeting: Meeting, ben: Person) -> None:
    Spotlight.objects.create(meeting=meeting, person=ben, title="Moja firma")


@pytest.mark.parametrize("touch", [answered, taken, invited, presenting, make_attendance])
def test_a_date_that_people_touched_never_vanishes(group, ben, touch):
    meeting = make_meeting(group)
    touch(meeting, ben)

    gone = skip(meeting=meeting, by=None, now=NOON)

    assert (gone, group.meetings.count()) == (False, 1)


def test_a_date_somebody_comes_to_as_always_is_not_left_out_silently(group, ben):
    meeting = make_meeting(group)
    Answer.objects.filter(pk=make_answer(meeting, ben).pk).update(is_standing=True)

    assert not skip(meeting=meeting, by=None, now=NOON)


def test_a_turn_nobody_has_yet_does_not_keep_a_date(group):
    meeting = make_meeting(group)
    Turn.objects.create(role=Role.objects.create(group=group, name="Witanie"), meeting=meeting)

    assert skip(meeting=meeting, by=None, now=NOON)


def test_a_series_that_has_ended_makes_nothing(group):
    assert make_dates(series=make_series(group, ended_on=date(2026, 10, 1)), now=NOON) == []


def test_a_date_by_hand_and_the_rhythm_do_not_meet_at_one_moment(group):
    add_date(group=group, on=date(2026, 10, 14), at=HALF_PAST_EIGHT, by=None, now=NOON)

    make_dates(series=make_series(group), now=NOON)

    assert days(group)[:2] == ["2026-10-14", "2026-10-21"]


def test_a_date_by_hand_has_its_own_place_and_tells_the_page(group):
    before = version(group)

    added = add_date(
        group=group, on=date(2026, 10, 16), at=time(17), place_name="Biblioteka", by=None, now=NOON
    )

    assert (added.local_start.strftime("%d %H:%M"), added.where) == ("16 17:00", "Biblioteka")
    assert version(group) == before + 1


def test_a_moment_that_has_passed_is_refused(group):
    with pytest.raises(DateHasPassed):
        add_date(group=group, on=date(2026, 10, 12), at=time(9), by=None, now=NOON)


def test_the_same_moment_is_not_taken_twice(group):
    make_meeting(group)

    with pytest.raises(DateIsTaken):
        add_date(group=group, on=date(2026, 10, 14), at=HALF_PAST_EIGHT, by=None, now=NOON)


def test_a_moved_date_stays_the_same_date_in_calendars_and_keeps_answers(group, ben):
    meeting = make_meeting(group)
    make_answer(meeting, ben)
    before = version(group)

    moved = move(meeting, date(2026, 10, 15), time(9), "Stara Drukarnia")

    assert moved.calendar_uid == meeting.calendar_uid
    assert moved.calendar_sequence == 1
    assert moved.local_start.strftime("%d %H:%M") == "15 09:00"
    assert moved.ends_at - moved.starts_at == timedelta(minutes=90)
    assert moved.answers.count() == 1
    assert version(group) == before + 1


@pytest.mark.parametrize("state", [Meeting.State.LIVE, Meeting.State.CLOSED, Meeting.State.CALLED_OFF])
def test_a_meeting_that_has_begun_is_neither_moved_nor_called_off(group, state):
    meeting = make_meeting(group, state=state)

    with pytest.raises(MeetingHasBegun):
        move(meeting, date(2026, 10, 15))
    with pytest.raises(MeetingHasBegun):
        call_off(meeting=meeting, by=None, now=NOON)


def rhythm_of(series: Series, at: time, **fields: object) -> dict[str, object]:
    given = {"kind": series.kind, "weekday": series.weekday, "starts_on": date(2026, 10, 14)}
    return {**given, "starts_at": at, **fields}


def test_another_day_keeps_what_was_answered_and_makes_the_rest_anew(group, ben):
    series = make_series(group)
    make_dates(series=series, now=NOON)
    answered = group.meetings.get(local_date="2026-10-21")
    make_answer(answered, ben)

    change_rhythm(series=series, rhythm=Series(**rhythm_of(series, time(8), weekday=4)), by=None, now=NOON)

    assert days(group)[:3] == ["2026-10-16", "2026-10-21", "2026-10-23"]
    assert Meeting.objects.get(pk=answered.pk).local_start.strftime("%H:%M") == "08:30"
    assert group.series.filter(ended_on__isnull=True).count() == 1


def test_a_rarer_rhythm_on_the_same_day_doubles_nothing(group, ben):
    series = make_series(group)
    make_dates(series=series, now=NOON)
    make_answer(group.meetings.first(), ben)
    rarer = rhythm_of(series, HALF_PAST_EIGHT, kind="every_n_weeks", interval=4)

    change_rhythm(series=series, rhythm=Series(**rarer), by=None, now=NOON)

    assert days(group) == ["2026-10-14", "2026-11-11"]


def test_the_first_dates_can_be_told_before_anything_is_saved():
    weekly = Series(kind="weekly", weekday=2, starts_at=HALF_PAST_EIGHT, starts_on=date(2026, 10, 20))

    found = first_dates(weekly, now=NOON, zone="Europe/Warsaw")

    assert [at.strftime("%d.%m %H:%M") for at in found] == [
        "21.10 08:30",
        "28.10 08:30",
        "04.11 08:30",
        "11.11 08:30",
    ]
