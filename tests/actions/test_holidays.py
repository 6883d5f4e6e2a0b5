"""Public holidays: found by the zone, asked about three weeks ahead, once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kawka.actions.date_moves import Wanted, change
from kawka.actions.holidays import bridge_of, country_of, holiday_of, keep, undecided, warn_of_holidays
from kawka.models import OutgoingMail
from tests.factories import make_group, make_meeting, make_member, make_person

NINE_BEFORE = datetime(2026, 10, 21, 8, tzinfo=UTC)  # three weeks before Independence Day
INDEPENDENCE = datetime(2026, 11, 11, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "country"),
    [("Europe/Warsaw", "PL"), ("Asia/Kolkata", "IN"), ("Australia/Lord_Howe", "AU"), ("UTC", "")],
)
def test_the_zone_says_whose_holidays_count(community, zone, country):
    assert country_of(make_group(community, timezone=zone)) == country


@pytest.mark.parametrize(
    "day",
    ["2026-01-01", "2026-01-06", "2026-05-01", "2026-06-04", "2026-11-11", "2026-12-24", "2027-05-03"],
)
def test_polish_holidays_are_known(group, day):
    assert holiday_of(group, date.fromisoformat(day))


def test_a_holiday_is_named_in_the_language_asked_for(group):
    found = [holiday_of(group, date(2026, 11, 11), language=language) for language in ("pl", "en", "")]

    assert found == [
        "Narodowe Święto Niepodległości",
        "National Independence Day",
        "Narodowe Święto Niepodległości",
    ]
    assert holiday_of(group, date(2026, 11, 12)) == ""


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-06-05", "Dzień Bożego Ciała"),  # a Friday after a Thursday
        ("2026-01-05", "Święto Trzech Króli"),  # a Monday before a Tuesday
        ("2025-05-02", "Święto Państwowe"),  # between two holidays
        ("2026-06-04", ""),  # the holiday itself
        ("2026-06-03", ""),  # an ordinary Wednesday before it
        ("2026-06-06", ""),  # a Saturday
    ],
)
def test_a_working_day_between_days_off_makes_a_long_weekend(group, day, name):
    assert bridge_of(group, date.fromisoformat(day)) == name


def test_hosts_are_asked_about_a_long_weekend_once(group, ada):
    make_meeting(group, starts_at=datetime(2026, 6, 5, 6, 30, tzinfo=UTC))
    now = datetime(2026, 5, 18, 10, tzinfo=UTC)

    found = [warn_of_holidays(now=now), warn_of_holidays(now=now)]

    mail = OutgoingMail.objects.get()
    assert found == [1, 0]
    assert "długi weekend (Dzień Bożego Ciała)" in mail.text


def test_where_no_holidays_are_known_nothing_is_asked(community):
    group = make_group(community, timezone="UTC")

    assert holiday_of(group, date(2026, 12, 25)) == ""


def test_hosts_are_asked_three_weeks_ahead_and_once(group, ada, ben):
    meeting = make_meeting(group, starts_at=INDEPENDENCE)

    early = warn_of_holidays(now=NINE_BEFORE - timedelta(days=1))
    first = warn_of_holidays(now=NINE_BEFORE)
    again = warn_of_holidays(now=NINE_BEFORE + timedelta(days=1))

    assert (early, first, again) == (0, 1, 0)
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.kind) == ("ada@example.org", "holiday_ahead")
    assert "Narodowe Święto Niepodległości" in mail.text
    assert undecided(group, [meeting], now=NINE_BEFORE) == [(meeting, "Narodowe Święto Niepodległości")]


def test_a_date_that_is_kept_or_moved_is_not_asked_about(group, ada):
    kept = make_meeting(group, starts_at=INDEPENDENCE)
    moved = make_meeting(group, starts_at=INDEPENDENCE + timedelta(hours=4))
    called_off = make_meeting(group, starts_at=INDEPENDENCE + timedelta(hours=8), state="called_off")
    keep(meeting=kept, by=ada, now=NINE_BEFORE)
    wanted = Wanted(date(2026, 11, 12), moved.local_start.time())
    change(meeting=moved, wanted=wanted, reach="one", seen=None, by=ada, now=NINE_BEFORE)

    assert warn_of_holidays(now=NINE_BEFORE) == 0
    kept.refresh_from_db()
    moved.refresh_from_db()
    assert undecided(group, [kept, moved, called_off], now=NINE_BEFORE) == []


@pytest.mark.parametrize("many", [1, 30])
def test_warning_costs_the_same_for_one_group_and_for_thirty(community, many, django_assert_num_queries):
    for _number in range(many):
        group = make_group(community)
        make_member(group, make_person(community), "host")
        make_meeting(group, starts_at=INDEPENDENCE)
    warn_of_holidays(now=NINE_BEFORE)

    with django_assert_num_queries(3):
        warn_of_holidays(now=NINE_BEFORE)
