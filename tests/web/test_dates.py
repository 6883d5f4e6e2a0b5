"""The host's pages of one date."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from kawka.models import Meeting, OutgoingMail
from tests.factories import NOON, make_answer, make_meeting, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(NOON, tick=False)


def test_the_page_says_who_is_told_before_a_date_is_called_off(as_, group, ada, ben):
    meeting = make_meeting(group)
    make_answer(meeting, ben)
    make_answer(meeting, make_person(group.community, "Zofia Bez Poczty", email=""))

    page = as_(ada).get(reverse("meeting-call-off", args=[meeting.code]))

    assert [person.name for person in page.context["told"]] == ["Ben Członek"]
    assert [person.name for person in page.context["by_voice"]] == ["Zofia Bez Poczty"]
    assert Meeting.objects.get(pk=meeting.pk).state == Meeting.State.PLANNED


def test_a_date_is_called_off_once_and_each_is_told_once(as_, group, ada, ben):
    meeting = make_meeting(group)
    make_answer(meeting, ben)
    browser, address = as_(ada), reverse("meeting-call-off", args=[meeting.code])

    browser.post(address, {"reason": "Remont"})
    again = browser.post(address, {"reason": "Remont"})

    meeting.refresh_from_db()
    assert (meeting.state, meeting.calendar_sequence) == (Meeting.State.CALLED_OFF, 1)
    assert again.url == reverse("group-host", args=[group.slug])
    assert browser.get(again.url).context["next"] is None
    assert OutgoingMail.objects.count() == 1
    assert "Remont" in as_(None).get(reverse("meeting", args=[meeting.code])).content.decode()


def test_a_date_nobody_touched_is_left_out_with_one_press(as_, group, ada):
    meeting = make_meeting(group)
    browser = as_(ada)

    offered = browser.get(reverse("meeting-date", args=[meeting.code])).context["can_vanish"]
    browser.post(reverse("meeting-skip", args=[meeting.code]))

    assert offered
    assert not group.meetings.exists()


def test_leaving_out_a_date_people_count_on_leads_to_calling_it_off(as_, group, ada, ben):
    meeting = make_meeting(group)
    make_answer(meeting, ben)
    browser = as_(ada)

    offered = browser.get(reverse("meeting-date", args=[meeting.code])).context["can_vanish"]
    answer = browser.post(reverse("meeting-skip", args=[meeting.code]))

    assert not offered
    assert answer.url == reverse("meeting-call-off", args=[meeting.code])
    assert group.meetings.exists()


@pytest.mark.parametrize("people", [1, 30])
def test_calling_off_shows_thirty_people_at_the_cost_of_one(
    as_, group, ada, people, django_assert_num_queries
):
    meeting = make_meeting(group)
    for _number in range(people):
        make_answer(meeting, make_person(group.community))
    browser = as_(ada)

    with django_assert_num_queries(10):
        browser.get(reverse("meeting-call-off", args=[meeting.code]))


def test_a_holiday_ahead_is_asked_about_until_it_is_decided(as_, group, ada):
    meeting = make_meeting(group, starts_at=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))  # All Saints, 0:30
    browser, host = as_(ada), reverse("group-host", args=[group.slug])

    asked = browser.get(host).context["holidays"]
    browser.post(reverse("meeting-keep", args=[meeting.code]))

    assert asked == [(meeting, "Uroczystość Wszystkich Świętych")]
    assert browser.get(host).context["holidays"] == []


def test_a_called_off_date_is_taken_back_with_one_press(as_, group, ada, ben):
    meeting = make_meeting(group)
    make_answer(meeting, ben)
    browser, address = as_(ada), reverse("meeting-take-back", args=[meeting.code])
    browser.post(reverse("meeting-call-off", args=[meeting.code]), {"reason": "Remont"})

    linked = address in browser.get(reverse("group-host", args=[group.slug])).content.decode()
    page = browser.get(address)
    browser.post(address)
    again = browser.get(address)

    meeting.refresh_from_db()
    assert linked
    assert (page.context["told"], page.context["is_open"]) == ([ben], True)
    assert (meeting.state, again.context["is_open"]) == (Meeting.State.PLANNED, False)
    assert list(OutgoingMail.objects.order_by("pk").values_list("kind", flat=True)) == [
        "called_off",
        "taken_back",
    ]


def test_a_long_weekend_ahead_is_asked_about_and_fills_in_the_reason(as_, group, ada, time_machine):
    time_machine.move_to(datetime(2026, 5, 25, 10, tzinfo=UTC))
    meeting = make_meeting(group, starts_at=datetime(2026, 6, 5, 6, 30, tzinfo=UTC))  # after Corpus Christi
    browser, host = as_(ada), reverse("group-host", args=[group.slug])

    page = browser.get(host)
    off = browser.get(reverse("meeting-call-off", args=[meeting.code]))

    assert page.context["bridges"] == [(meeting, "Dzień Bożego Ciała")]
    assert "długi weekend" in page.content.decode()
    assert off.context["form"]["reason"].value() == "długi weekend"


@pytest.mark.parametrize("many", [1, 30])
def test_taking_back_shows_thirty_people_at_the_cost_of_one(as_, group, ada, many, django_assert_num_queries):
    meeting = make_meeting(group)
    for _ in range(many):
        make_answer(meeting, make_person(group.community))
    browser = as_(ada)
    browser.post(reverse("meeting-call-off", args=[meeting.code]), {"reason": "Remont"})

    with django_assert_num_queries(5):
        browser.get(reverse("meeting-take-back", args=[meeting.code]))
