"""Moving one date, it and those that follow, or all: looked at first, told half an hour after the last."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from kawka.actions.date_moves import ALL, FOLLOWING, ONE, Plan, PlanHasChanged, Wanted, change, plan
from kawka.actions.date_news import tell_moves_due
from kawka.actions.dates import DateHasPassed, DateIsTaken, call_off
from kawka.actions.series import make_all_dates, make_dates
from kawka.models import Group, Meeting, OutgoingMail, Series
from tests.factories import (
    NOON,
    WEDNESDAY,
    make_answer,
    make_group,
    make_meeting,
    make_person,
    make_series,
)

HALF_PAST_EIGHT, NINE = time(8, 30), time(9)
HALF_HOUR = timedelta(minutes=30)


def told_as(group: Group) -> list[str]:
    dates = group.meetings.exclude(state="called_off").order_by("starts_at")
    return [f"{meeting.local_start:%m-%d %H:%M}" for meeting in dates]


def weekly(group: Group, now: datetime = NOON, **fields: object) -> Series:
    series = make_series(group, **fields)
    make_dates(series=series, now=now)
    series.refresh_from_db()
    return series


def on(group: Group, day: str) -> Meeting:
    return group.meetings.get(local_date=f"2026-{day}")


def move(meeting: Meeting, wanted: Wanted, reach: str = ONE, now: datetime = NOON) -> Plan:
    seen = plan(meeting=meeting, wanted=wanted, reach=reach, now=now).seen
    return change(meeting=meeting, wanted=wanted, reach=reach, seen=seen, by=None, now=now)


def test_only_this_one_moves_and_leaves_its_day_empty(group):
    weekly(group)

    move(on(group, "10-21"), Wanted(date(2026, 10, 22), NINE))
    make_all_dates(NOON)

    assert told_as(group)[:3] == ["10-14 08:30", "10-22 09:00", "10-28 08:30"]
    assert group.series.count() == 1


def test_this_and_following_part_the_series_and_keep_identity(group):
    series = weekly(group)
    before = {meeting.pk: meeting.calendar_uid for meeting in group.meetings.all()}

    move(on(group, "11-04"), Wanted(date(2026, 11, 5), NINE), FOLLOWING)

    series.refresh_from_db()
    new = group.series.running().get()
    assert told_as(group)[:5] == [
        "10-14 08:30",
        "10-21 08:30",
        "10-28 08:30",
        "11-05 09:00",
        "11-12 09:00",
    ]
    assert (series.ended_on, new.weekday, new.starts_at) == (date(2026, 11, 3), 3, NINE)
    assert {meeting.pk: meeting.calendar_uid for meeting in group.meetings.all()} == before
    assert {meeting.calendar_sequence for meeting in new.meetings.all()} == {1}
    assert {meeting.calendar_sequence for meeting in series.meetings.all()} == {0}


@pytest.mark.parametrize("to", [date(2026, 11, 2), date(2026, 11, 5), date(2026, 11, 13)])
def test_the_parted_series_goes_on_without_gap_or_double(group, to):
    weekly(group)
    move(on(group, "11-04"), Wanted(to, NINE), FOLLOWING)

    for week in range(1, 9):
        make_all_dates(NOON + timedelta(weeks=week))

    new = group.series.running().get()
    found = list(new.meetings.order_by("local_date").values_list("local_date", flat=True))
    assert found == [to + timedelta(weeks=number) for number in range(len(found))]
    assert found[-1] > date(2027, 1, 20)


def test_all_moves_every_date_to_come_and_none_that_was(group):
    series = weekly(group)
    past = make_meeting(group, starts_at=WEDNESDAY - timedelta(days=7), series=series)

    move(on(group, "10-21"), Wanted(date(2026, 10, 19), NINE), ALL, now=NOON - timedelta(days=2))

    assert told_as(group)[:4] == ["10-07 08:30", "10-12 09:00", "10-19 09:00", "10-26 09:00"]
    assert group.series.get() == series
    past.refresh_from_db()
    assert past.calendar_sequence == 0


def test_a_date_left_out_does_not_come_back_when_all_move(group):
    series = weekly(group)
    on(group, "10-28").delete()

    move(on(group, "10-21"), Wanted(date(2026, 10, 22), HALF_PAST_EIGHT), ALL)
    make_all_dates(NOON)

    assert told_as(group)[:3] == ["10-15 08:30", "10-22 08:30", "11-05 08:30"]
    assert series.meetings.count() == 7


def test_once_a_month_keeps_its_place_in_the_month(group):
    weekly(group, kind="monthly_nth", nth=-1, weekday=4, starts_on=date(2026, 10, 14))
    Group.objects.update(weeks_ahead=26)
    make_all_dates(NOON)

    move(on(group, "10-30"), Wanted(date(2026, 10, 29), NINE), FOLLOWING)

    assert told_as(group)[:4] == ["10-29 09:00", "11-26 09:00", "12-31 09:00", "01-28 09:00"]


def test_a_date_with_an_hour_of_its_own_keeps_it(group):
    weekly(group)
    move(on(group, "10-28"), Wanted(date(2026, 10, 28), time(18)))

    move(on(group, "10-21"), Wanted(date(2026, 10, 21), NINE), FOLLOWING)

    assert told_as(group)[1:4] == ["10-21 09:00", "10-28 18:00", "11-04 09:00"]


def test_another_place_goes_with_the_following_and_with_those_made_later(group):
    weekly(group)
    wanted = Wanted(date(2026, 10, 21), HALF_PAST_EIGHT, "Biblioteka", "Rynek 2", changes_place=True)

    move(on(group, "10-21"), wanted, FOLLOWING)
    make_all_dates(NOON + timedelta(weeks=2))

    assert [meeting.where for meeting in group.meetings.order_by("starts_at")] == [
        "Kawiarnia Pod Kawką",
        *["Biblioteka"] * 9,
    ]


def test_the_plan_says_which_dates_move_and_whom_it_concerns(group, ben, cleo):
    weekly(group)
    make_answer(on(group, "10-28"), ben)
    make_answer(on(group, "11-04"), cleo, "waiting")
    make_answer(on(group, "11-04"), make_person(group.community, "Zofia", email=""))
    make_answer(on(group, "11-11"), make_person(group.community), "no")

    found = plan(
        meeting=on(group, "10-28"), wanted=Wanted(date(2026, 10, 28), NINE), reach=FOLLOWING, now=NOON
    )

    assert len(found.changed) == 6
    assert found.told == [ben, cleo]
    assert [person.name for person in found.by_voice] == ["Zofia"]


def test_what_people_touched_never_moves_without_a_look(group, ben):
    weekly(group)
    make_answer(on(group, "10-21"), ben)
    wanted = Wanted(date(2026, 10, 22), NINE)

    with pytest.raises(PlanHasChanged):
        change(meeting=on(group, "10-21"), wanted=wanted, reach=ONE, seen=None, by=None, now=NOON)

    assert told_as(group)[1] == "10-21 08:30"


def test_an_answer_that_comes_meanwhile_asks_for_another_look(group, ben):
    weekly(group)
    wanted = Wanted(date(2026, 10, 21), NINE)
    seen = plan(meeting=on(group, "10-21"), wanted=wanted, reach=FOLLOWING, now=NOON).seen
    make_answer(on(group, "11-04"), ben)

    with pytest.raises(PlanHasChanged):
        change(meeting=on(group, "10-21"), wanted=wanted, reach=FOLLOWING, seen=seen, by=None, now=NOON)


def test_a_confirmation_pressed_twice_moves_once(group, ben):
    weekly(group)
    make_answer(on(group, "10-21"), ben)
    wanted = Wanted(date(2026, 10, 28), NINE)
    seen = plan(meeting=on(group, "10-21"), wanted=wanted, reach=FOLLOWING, now=NOON).seen
    meeting = on(group, "10-21")
    change(meeting=meeting, wanted=wanted, reach=FOLLOWING, seen=seen, by=None, now=NOON)

    with pytest.raises(PlanHasChanged):
        change(meeting=meeting, wanted=wanted, reach=FOLLOWING, seen=seen, by=None, now=NOON)

    assert told_as(group)[:3] == ["10-14 08:30", "10-28 09:00", "11-04 09:00"]


def test_moments_that_have_passed_or_are_taken_are_refused(group):
    weekly(group)
    make_meeting(group, starts_at=datetime(2026, 11, 5, 8, tzinfo=UTC))

    with pytest.raises(DateHasPassed):
        move(on(group, "10-21"), Wanted(date(2026, 10, 17), NINE), ALL)
    with pytest.raises(DateIsTaken):
        move(on(group, "10-21"), Wanted(date(2026, 10, 22), NINE), FOLLOWING)

    assert told_as(group)[1] == "10-21 08:30"


def test_moves_are_told_half_an_hour_after_the_last_one_in_one_mail(group, ada, ben):
    weekly(group)
    for day in ("10-21", "11-04"):
        make_answer(on(group, day), ben)
    move(on(group, "10-21"), Wanted(date(2026, 10, 22), NINE))
    later = NOON + timedelta(minutes=20)
    move(on(group, "11-04"), Wanted(date(2026, 11, 5), NINE), now=later)
    move(on(group, "10-22"), Wanted(date(2026, 10, 23), NINE), now=later)

    early = tell_moves_due(now=NOON + HALF_HOUR)
    due = tell_moves_due(now=later + HALF_HOUR)
    again = tell_moves_due(now=later + HALF_HOUR)

    mail = OutgoingMail.objects.get()
    assert (early, due, again) == (0, 1, 0)
    assert (mail.kind, mail.to) == ("moved", "ben@example.org")
    assert mail.text.count("8:30") == 2
    assert mail.attachments[0]["text"].count("BEGIN:VEVENT") == 2
    assert not Meeting.objects.exclude(moved_from=None).exists()


def test_a_date_moved_back_in_time_is_nothing_to_tell(group, ben):
    weekly(group)
    make_answer(on(group, "10-21"), ben)

    move(on(group, "10-21"), Wanted(date(2026, 10, 22), NINE))
    move(on(group, "10-22"), Wanted(date(2026, 10, 21), HALF_PAST_EIGHT))

    assert tell_moves_due(now=NOON + HALF_HOUR) == 0


def test_a_moved_date_that_is_called_off_is_told_once(group, ben):
    weekly(group)
    make_answer(on(group, "10-21"), ben)
    move(on(group, "10-21"), Wanted(date(2026, 10, 22), NINE))

    call_off(meeting=on(group, "10-22"), by=None, now=NOON)
    tell_moves_due(now=NOON + HALF_HOUR)

    assert [mail.kind for mail in OutgoingMail.objects.all()] == ["called_off"]


def test_a_date_nobody_counts_on_moves_silently(group, ben):
    weekly(group)
    make_answer(on(group, "10-21"), ben, "no")

    move(on(group, "10-21"), Wanted(date(2026, 10, 22), NINE))

    assert tell_moves_due(now=NOON + HALF_HOUR) == 0


@pytest.mark.parametrize("many", [1, 8])
def test_telling_costs_the_same_for_one_date_and_for_eight(group, ben, many, django_assert_num_queries):
    weekly(group)
    for meeting in group.meetings.all()[:many]:
        make_answer(meeting, ben)
    move(on(group, "10-14"), Wanted(date(2026, 10, 14), NINE), ALL)

    with django_assert_num_queries(22):
        tell_moves_due(now=NOON + HALF_HOUR)


CLOCKS = [
    ("Europe/Warsaw", NOON, date(2026, 10, 21), {7, 8}),
    ("Europe/Warsaw", datetime(2027, 3, 8, 10, tzinfo=UTC), date(2027, 3, 17), {7, 8}),
    ("America/Sao_Paulo", datetime(2018, 10, 8, 10, tzinfo=UTC), date(2018, 10, 17), {11, 12}),
]


@pytest.mark.parametrize(("zone", "now", "day", "in_utc"), CLOCKS)
@pytest.mark.parametrize("reach", [FOLLOWING, ALL])
def test_nine_is_nine_on_both_sides_of_the_change_of_clocks(community, zone, now, day, in_utc, reach):
    group = make_group(community, timezone=zone)
    weekly(group, now, starts_on=now.date())
    meeting = group.meetings.get(local_date=day)

    move(meeting, Wanted(day, NINE), reach, now=now)

    moved = group.series.running().get().meetings.all()
    assert {f"{one.local_start:%H:%M}" for one in moved} == {"09:00"}
    assert {one.starts_at.hour for one in moved} == in_utc
