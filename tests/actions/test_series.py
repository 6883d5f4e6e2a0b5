"""Several series to a group: begun, changed, paused, taken up again, ended; across the change of clocks."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from kawka.actions.dates import skip
from kawka.actions.series import (
    PauseIsOver,
    add_series,
    change_weeks,
    end,
    make_all_dates,
    make_dates,
    pause,
    resume,
)
from kawka.models import Answer, Group, Meeting, OutgoingMail, Series
from tests.factories import NOON, make_answer, make_group, make_meeting, make_series

FIRST, LAST = date(2026, 10, 20), date(2026, 11, 5)


def days(group: Group) -> list[str]:
    return [meeting.local_date.isoformat()[5:] for meeting in group.meetings.order_by("starts_at")]


def hours(group: Group) -> set[str]:
    return {meeting.local_start.strftime("%H:%M") for meeting in group.meetings.all()}


def weekly(group: Group) -> Series:
    series = make_series(group)
    make_dates(series=series, now=NOON)
    series.refresh_from_db()
    return series


def rest(series: Series, **fields: object) -> int:
    given = {"first": FIRST, "last": LAST, "reason": "Ferie  zimowe", "by": None, "now": NOON, **fields}
    return pause(series=series, **given)


def coffee(**fields: object) -> Series:
    given = {"kind": "monthly_nth", "nth": -1, "weekday": 3, "starts_at": time(17), "starts_on": FIRST}
    return Series(**{**given, **fields})


def test_a_second_series_stands_beside_the_first_in_its_own_place(group):
    weekly(group)

    added = add_series(group=group, rhythm=coffee(place_name="Ogród"), by=None, now=NOON)

    assert group.series.running().count() == 2
    assert [(one.local_date.day, one.where) for one in added.meetings.all()] == [(29, "Ogród"), (26, "Ogród")]


def test_the_same_rhythm_pressed_twice_is_one(group):
    add_series(group=group, rhythm=coffee(), by=None, now=NOON)
    before = days(group)

    add_series(group=group, rhythm=coffee(), by=None, now=NOON)

    assert (group.series.count(), days(group)) == (1, before)


def test_a_rhythm_by_hand_begins_with_one_date(group):
    add_series(group=group, rhythm=coffee(kind="by_hand"), by=None, now=NOON)

    assert days(group) == ["10-20"]


def test_two_series_never_make_two_dates_of_one_moment(group):
    weekly(group)

    second = coffee(kind="every_n_weeks", interval=2, weekday=2, starts_at=time(8, 30), starts_on=FIRST)
    add_series(group=group, rhythm=second, by=None, now=NOON)

    assert len(days(group)) == 8


def test_a_first_date_in_the_past_makes_the_next_ones_all_the_same(group):
    series = make_series(group, starts_on=date(2024, 1, 3))

    make_dates(series=series, now=NOON)

    assert days(group)[0] == "10-14"
    assert list(group.meetings.upcoming(NOON))[0].local_date == date(2026, 10, 14)


@pytest.mark.parametrize(("weeks", "expected"), [(2, 8), (8, 8), (12, 12)])
def test_more_weeks_ahead_add_dates_and_fewer_take_none(group, weeks, expected):
    weekly(group)

    change_weeks(group=group, weeks=weeks, by=None, now=NOON)

    assert len(days(group)) == expected


def test_with_few_weeks_ahead_a_rare_rhythm_still_has_its_next_date(group):
    Group.objects.filter(pk=group.pk).update(weeks_ahead=2)

    add_series(group=group, rhythm=coffee(), by=None, now=NOON)

    assert days(group) == ["10-29"]


def test_the_roll_over_is_silent(group, ben):
    series = weekly(group)
    make_answer(series.meetings.first(), ben)

    added = make_all_dates(NOON + timedelta(weeks=3))

    assert (added, OutgoingMail.objects.count()) == (3, 0)


def test_a_break_takes_out_untouched_dates_silently_and_keeps_the_others(group, ben):
    series = weekly(group)
    make_answer(group.meetings.get(local_date="2026-10-28"), ben)

    told = rest(series)
    make_all_dates(NOON + timedelta(weeks=1))

    assert days(group)[:4] == ["10-14", "10-28", "11-11", "11-18"]
    assert told == 0
    series.refresh_from_db()
    assert series.pause_reason == "Ferie zimowe"


def test_a_date_in_the_break_is_called_off_only_when_the_host_says_so(group, ben):
    series = weekly(group)
    kept = group.meetings.get(local_date="2026-10-28")
    make_answer(kept, ben)

    told = rest(series, codes=[kept.code])

    kept.refresh_from_db()
    assert (told, kept.state, kept.called_off_reason) == (1, Meeting.State.CALLED_OFF, "Ferie zimowe")
    assert OutgoingMail.objects.get().to == "ben@example.org"


def test_who_comes_as_always_is_told_of_a_break_and_keeps_no_date_alive(group, ben, cleo):
    series = weekly(group)
    for meeting in group.meetings.all():
        always = make_answer(meeting, ben)
        declined = make_answer(meeting, cleo, "no")
        Answer.objects.filter(pk__in=[always.pk, declined.pk]).update(is_standing=True)

    told = rest(series)

    assert (told, days(group)[:3]) == (1, ["10-14", "11-11", "11-18"])
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.kind) == ("ben@example.org", "left_out")


def test_a_break_ahead_of_the_horizon_leaves_its_dates_out_when_they_come(group):
    series = weekly(group)

    rest(series, first=date(2026, 12, 21), last=date(2027, 1, 3))
    make_all_dates(NOON + timedelta(weeks=5))

    assert days(group)[-3:] == ["12-09", "12-16", "01-06"]


def test_taking_the_rhythm_up_again_brings_the_dates_back(group):
    series = weekly(group)
    before = days(group)
    rest(series)

    added = resume(series=series, by=None, now=NOON)

    assert (added, days(group)) == (3, before)


def test_a_shorter_break_brings_back_what_it_no_longer_covers(group):
    series = weekly(group)
    rest(series)

    rest(series, first=date(2026, 11, 1))

    assert days(group)[:4] == ["10-14", "10-21", "10-28", "11-11"]


def test_a_break_that_is_over_is_refused(group):
    with pytest.raises(PauseIsOver):
        rest(weekly(group), first=date(2026, 9, 1), last=date(2026, 9, 30))


def test_a_rhythm_that_ends_leaves_only_what_people_touched(group, ben):
    series = weekly(group)
    answered = group.meetings.get(local_date="2026-10-28")
    make_answer(answered, ben)
    past = make_meeting(group, starts_at=NOON - timedelta(days=30), series=series)

    end(series=series, by=None, now=NOON)
    make_all_dates(NOON + timedelta(weeks=2))

    assert set(group.meetings.all()) == {past, answered}


def test_a_date_left_out_stays_left_out_as_weeks_go_by(group):
    series = weekly(group)
    skip(meeting=group.meetings.get(local_date="2026-11-11"), by=None, now=NOON)

    make_all_dates(NOON + timedelta(weeks=2))

    assert "11-11" not in days(group)
    assert series.meetings.count() == 9


CLOCKS = [
    ("Europe/Warsaw", datetime(2026, 10, 12, 10, tzinfo=UTC), {"06:30", "07:30"}),
    ("Europe/Warsaw", datetime(2027, 3, 8, 10, tzinfo=UTC), {"06:30", "07:30"}),
    ("Australia/Lord_Howe", datetime(2026, 9, 7, 10, tzinfo=UTC), {"21:30", "22:00"}),
    ("Asia/Kolkata", datetime(2026, 10, 12, 10, tzinfo=UTC), {"03:00"}),
]


@pytest.mark.parametrize(("zone", "now", "in_utc"), CLOCKS)
def test_half_past_eight_stays_half_past_eight_when_clocks_change(community, zone, now, in_utc):
    group = make_group(community, timezone=zone)
    series = make_series(group, starts_on=now.date())
    make_dates(series=series, now=now)

    for week in range(1, 6):
        make_all_dates(now + timedelta(weeks=week))

    assert hours(group) == {"08:30"}
    assert {meeting.starts_at.strftime("%H:%M") for meeting in group.meetings.all()} == in_utc
    assert {meeting.local_date.weekday() for meeting in group.meetings.all()} == {2}
