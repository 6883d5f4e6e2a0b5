"""The first page, before anything is there, for anybody, and for those who are in a group."""

import pytest
from django.urls import reverse

from kawka.models import Meeting
from tests.factories import NOON, WEDNESDAY, make_account, make_answer, make_group, make_meeting, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(NOON, tick=False)


def test_an_empty_instance_offers_two_ways(as_):
    page = as_(None).get(reverse("home"))

    assert page.templates[0].name == "home/first.html"
    assert page.context["may_set_up"]
    assert reverse("start") in page.content.decode()
    assert reverse("sample-look") in page.content.decode()


def test_anybody_finds_listed_groups_by_town_with_their_next_date(as_, group, ada):
    make_meeting(group)
    make_group(group.community, name="Kawa", town="Barczewo")
    make_group(group.community, name="Tajna", is_listed=False)

    rows = as_(None).get(reverse("home")).context["rows"]

    assert [(shown.name, at and at.strftime("%d %H:%M")) for shown, at in rows] == [
        ("Kawa", None),
        ("Śniadanie biznesowe", "14 08:30"),
    ]


@pytest.mark.parametrize("groups", [1, 30])
def test_the_directory_asks_the_same_whatever_its_length(
    as_, ada, community, groups, django_assert_num_queries
):
    for _number in range(groups):
        make_meeting(make_group(community))
    visitor = as_(None)

    with django_assert_num_queries(2):
        visitor.get(reverse("home"))


def test_i_see_my_next_dates_with_what_i_said(as_, group, ben):
    said = make_meeting(group)
    make_meeting(group, starts_at=WEDNESDAY.replace(day=21))
    make_answer(said, ben)

    page = as_(ben).get(reverse("home"))

    assert [shown.date.choice for shown in page.context["dates"]] == ["coming", ""]
    assert page.context["groups"] == [(group, False)]


def test_a_date_of_another_group_or_one_called_off_is_not_mine(as_, group, ben, dan):
    make_meeting(group, state=Meeting.State.CALLED_OFF)
    make_meeting(dan.memberships.get().group)

    assert as_(ben).get(reverse("home")).context["dates"] == []


def test_a_host_sees_todays_meeting_first(as_, group, ada, ben, time_machine):
    today = make_meeting(group)
    make_meeting(group, starts_at=WEDNESDAY.replace(day=21))
    time_machine.move_to(WEDNESDAY)

    hosts, members = as_(ada).get(reverse("home")), as_(ben).get(reverse("home"))

    assert [shown.date.meeting for shown in hosts.context["today"]] == [today]
    assert reverse("meeting-day", args=[today.code]) in hosts.content.decode()
    assert members.context["today"] == []


def test_somebody_without_a_group_is_told_what_to_do(as_, group):
    page = as_(make_account("nowa@example.org")).get(reverse("home"))

    assert page.context["groups"] == []
    assert reverse("start") in page.content.decode()


@pytest.mark.parametrize("dates", [1, 30])
def test_my_page_asks_the_same_for_one_date_and_for_thirty(as_, group, ben, dates, django_assert_num_queries):
    for number in range(dates):
        other = make_group(group.community)
        make_member(other, ben)
        make_meeting(other, starts_at=WEDNESDAY.replace(day=14 + number % 14))
    visitor = as_(ben)

    with django_assert_num_queries(16):
        visitor.get(reverse("home"))
