"""The page of this week, and its buttons."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kawka.actions.outbox import pause
from kawka.actions.reminders import send_headcount
from kawka.models import OutgoingMail, Role, Task, Turn
from tests.factories import (
    NOON,
    WEDNESDAY,
    make_answer,
    make_attendance,
    make_meeting,
    make_member,
    make_person,
)

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(NOON, tick=False)


def test_when_all_is_well_the_page_says_so(as_, group, ada):
    group.venue_email = "lokal@example.org"
    group.save(update_fields=["venue_email"])
    group.segments.filter(kind="spotlight").delete()
    meeting = make_meeting(group)
    for _ in range(8):
        person = make_person(group.community)
        make_member(group, person)
        make_answer(meeting, person)

    page = as_(ada).get(reverse("group-week", args=[group.slug]))

    assert page.context["open"] == []
    assert "Wszystko gotowe" in page.content.decode()


def test_a_small_round_is_rescued_with_one_press_each(as_, group, ada):
    meeting = make_meeting(group)
    browser = as_(ada)

    page = browser.get(reverse("group-week", args=[group.slug]))
    browser.post(reverse("meeting-loose", args=[meeting.code]))
    meeting.refresh_from_db()

    assert [line.url for line in page.context["open"] if line.is_post] == [
        reverse("meeting-loose", args=[meeting.code])
    ]
    assert meeting.is_loose is True


def test_the_place_is_told_at_the_press_of_a_button(as_, group, ada):
    group.venue_email = "lokal@example.org"
    group.save(update_fields=["venue_email"])
    meeting = make_meeting(group)

    as_(ada).post(reverse("meeting-headcount", args=[meeting.code]))

    assert list(OutgoingMail.objects.values_list("kind", "to")) == [("headcount", "lokal@example.org")]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_costs_the_same_for_any_number_of_rows(as_, group, ada, rows, django_assert_num_queries):
    meeting = make_meeting(group)
    for number in range(rows):
        person = make_person(group.community)
        make_member(group, person)
        make_answer(meeting, person)
        role = Role.objects.create(group=group, name=f"Rola {number}")
        Turn.objects.create(role=role, meeting=meeting, person=person, accepted_at=NOON, state="accepted")
        Task.objects.create(
            group=group, text="Flipchart", due_on=meeting.local_date, created_at=NOON, owner=person
        )
        make_attendance(
            make_meeting(group, starts_at=WEDNESDAY - (number + 1) * WEEK, state="closed"), person
        )
    browser = as_(ada)

    with django_assert_num_queries(25):
        browser.get(reverse("group-week", args=[group.slug]))


def test_a_place_mail_does_not_reach_is_shown_with_its_phone(as_, group, ada):
    group.venue_email, group.venue_phone = "lokal@example.org", "89 123 45 67"
    group.save(update_fields=["venue_email", "venue_phone"])
    send_headcount(meeting=make_meeting(group), by=ada, now=NOON)
    pause(address="lokal@example.org", trouble="550 no such user here", now=NOON)

    page = as_(ada).get(reverse("group-week", args=[group.slug])).content.decode()

    assert "Poczta do lokalu nie dochodzi." in page
    assert "Telefon wystarczy, by powiedzieć, ile osób przyjdzie: 89 123 45 67." in page
