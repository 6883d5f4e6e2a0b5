"""How a month was: who counts as what, and that nothing is kept about fewer than five people."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kawka.actions.health import Facts, Visits, facts_of, first_monday, health_due, new_page
from kawka.models import MonthlyHealth, Person
from tests.factories import make_attendance, make_meeting, make_person, make_role, make_turn

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)
FIRST = datetime(2026, 6, 3, 6, 30, tzinfo=UTC)  # a Wednesday, 8:30 in Warsaw
MONDAY = datetime(2026, 10, 5, 7, tzinfo=UTC)  # the first Monday of October, 9:00 in Warsaw
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def crowd(community) -> list[Person]:
    return [make_person(community, card={"trade": f"zawód {n % 3}"}) for n in range(20)]


def hold(group, week: int, people: list[Person], **fields):
    """A Wednesday so many weeks after the first, with these people there."""
    meeting = make_meeting(group, starts_at=FIRST + week * WEEK, state="closed", **fields)
    for person in people:
        make_attendance(meeting, person)
    return meeting


def year_of(group, crowd) -> None:
    """Eight since June, five of whom stay away in September; six new in August, five of them come again; five
    new in September."""
    old, august, new = crowd[:8], crowd[8:14], crowd[14:19]
    for week in (0, 1, 2):
        hold(group, week, old)
    hold(group, 10, [*old, *august])  # 12 August
    hold(group, 13, [*old[:3], *august[:5]])  # 2 September
    hold(group, 14, [*old[:3], *new])  # 9 September


def test_the_numbers_of_a_month(group, crowd):
    year_of(group, crowd)

    assert facts_of(group, SEPTEMBER) == Facts(
        meetings=2, people=13, trades=3, newcomers=5, new_before=6, nearly_all_again=True, drifted=5
    )


def test_nothing_is_told_of_fewer_than_five(group, crowd):
    hold(group, 0, crowd[:1])
    hold(group, 13, crowd[:4])

    assert facts_of(group, SEPTEMBER) == Facts(meetings=1)


def test_at_the_first_meeting_of_all_nobody_is_new(group, crowd):
    hold(group, 13, crowd[:8])
    hold(group, 14, crowd[:14])

    assert facts_of(group, SEPTEMBER).newcomers == 6


@pytest.mark.parametrize(
    ("again", "told", "nearly_all"), [(4, None, False), (5, 5, False), (7, None, True), (10, 10, False)]
)
def test_neither_those_who_came_again_nor_the_others_are_few(group, crowd, again, told, nearly_all):
    hold(group, 0, crowd[10:])
    hold(group, 10, crowd[:10])
    hold(group, 13, crowd[:again])

    facts = facts_of(group, SEPTEMBER)

    assert (facts.new_before, facts.came_again, facts.nearly_all_again) == (10, told, nearly_all)


def test_who_carried_a_role_is_counted_once(group, crowd):
    meetings = [hold(group, week, crowd[:6]) for week in (13, 14)]
    for person in crowd[:5]:
        for meeting in meetings:
            make_turn(meeting, make_role(group), person, state="accepted")
    make_turn(meetings[0], make_role(group), crowd[5])

    assert facts_of(group, SEPTEMBER).carriers == 5


def test_other_groups_and_called_off_dates_do_not_count(group, crowd, dan):
    elsewhere = dan.memberships.get().group
    hold(elsewhere, 13, crowd)
    make_meeting(group, starts_at=FIRST + 13 * WEEK, state="called_off")

    assert facts_of(group, SEPTEMBER) == Facts(meetings=0)


def test_visits_are_counted_from_a_day_up_to_another():
    visits = Visits({1: [date(2026, 9, 1), date(2026, 10, 1)]}, {1: date(2026, 9, 1)}, date(2026, 8, 1))

    assert visits.between(SEPTEMBER, date(2026, 10, 1)) == {1: 1}
    assert visits.between(date(2026, 10, 2), date(2026, 11, 1)) == {}
    assert visits.new_between(SEPTEMBER, date(2026, 10, 1)) == {1}


@pytest.mark.parametrize(
    ("day", "found"), [(date(2026, 10, 31), 5), (date(2026, 6, 1), 1), (date(2026, 11, 1), 2)]
)
def test_the_first_monday_of_a_month(day, found):
    assert first_monday(day) == day.replace(day=found)


def test_a_page_is_made_once_on_the_first_monday(group, crowd):
    year_of(group, crowd)

    before = health_due(now=MONDAY - timedelta(minutes=1))
    made = health_due(now=MONDAY)
    again = health_due(now=MONDAY + timedelta(days=1))

    page = MonthlyHealth.objects.get()
    assert (before, made, again) == (0, 1, 0)
    assert (page.month, page.facts["newcomers"], page.facts["carriers"]) == (SEPTEMBER, 5, None)


def test_a_month_without_a_meeting_has_no_page(group, crowd):
    hold(group, 14, crowd)

    assert health_due(now=MONDAY + timedelta(days=29)) == 0  # 3 November, about October


def test_it_is_news_for_a_week(group):
    page = MonthlyHealth.objects.create(group=group, month=SEPTEMBER, facts={}, made_at=MONDAY)

    assert new_page(group, now=MONDAY + timedelta(days=6)) == page
    assert new_page(group, now=MONDAY + timedelta(days=7)) is None
