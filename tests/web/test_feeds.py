"""Calendars to subscribe to: one's own by a secret address, a community's, alarms only when asked for."""

import icalendar
import pytest
from django.urls import reverse

from kawka.models import CalendarFeed, Role, Turn
from tests.factories import NOON, WEDNESDAY, make_answer, make_group, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(NOON, tick=False)


def entries(response) -> list[tuple[str, str]]:
    calendar = icalendar.Calendar.from_ical(response.content)
    return [(str(one["uid"]), str(one["status"])) for one in calendar.walk("VEVENT")]


def address_of(person) -> str:
    feed = CalendarFeed.objects.create(person=person, created_at=NOON)
    return reverse("my-calendar", args=[feed.token])


def test_my_calendar_holds_what_i_said_and_my_turns_and_nothing_else(client, group, ben, cleo):
    coming, waiting, silent, others = (
        make_meeting(group, starts_at=WEDNESDAY.replace(day=day)) for day in (14, 21, 28, 7)
    )
    make_answer(coming, ben)
    make_answer(waiting, ben, "waiting")
    make_answer(others, cleo)
    role = Role.objects.create(group=group, name="witanie")
    about = {"role": role, "person": ben}
    mine = Turn.objects.create(meeting=coming, state="accepted", accepted_at=NOON, **about)
    Turn.objects.create(meeting=silent, state="proposed", **about)

    found = entries(client.get(address_of(ben)))

    assert found == [
        (coming.calendar_uid, "CONFIRMED"),
        (waiting.calendar_uid, "TENTATIVE"),
        (f"turn-{mine.code}@{coming.calendar_uid.rpartition('@')[2]}", "CONFIRMED"),
    ]


def test_a_new_address_ends_the_old_one(as_, client, ben):
    old = address_of(ben)

    as_(ben).post(reverse("my-calendar-new", args=[ben.code]))

    assert client.get(old).status_code == 404
    assert client.get(reverse("my-calendar", args=[CalendarFeed.objects.get().token])).status_code == 200


def test_who_has_it_is_told_so_whatever_they_accept(client, ben):
    address = address_of(ben)

    first = client.get(address, headers={"Accept": "application/json"})
    second = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, first["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert (second.status_code, second.content) == (304, b"")


@pytest.mark.parametrize(
    ("asked", "alarms"), [("", 0), ("?alarm=30", 1), ("?alarm=7", 0), ("?alarm=-1", 0), ("?alarm=x", 0)]
)
def test_alarms_come_only_as_asked(client, group, asked, alarms):
    make_meeting(group)

    body = client.get(reverse("group-calendar", args=[group.slug]) + asked).content.decode()

    assert body.count("BEGIN:VALARM") == alarms


def test_a_community_shows_all_its_listed_groups_and_no_other(client, community, group):
    shown = make_meeting(group)
    coffee = make_meeting(make_group(community, slug="kawa"), starts_at=WEDNESDAY.replace(day=20))
    make_meeting(make_group(community, slug="skryta", is_listed=False))

    found = entries(client.get(reverse("community-calendar", args=[community.code])))

    assert found == [(shown.calendar_uid, "CONFIRMED"), (coffee.calendar_uid, "CONFIRMED")]


def test_a_called_off_date_stays_a_month(client, group):
    recent = make_meeting(group, starts_at=WEDNESDAY.replace(month=9, day=30), state="called_off")
    make_meeting(group, starts_at=WEDNESDAY.replace(month=8, day=30), state="called_off")

    found = entries(client.get(reverse("group-calendar", args=[group.slug])))

    assert found == [(recent.calendar_uid, "CANCELLED")]


@pytest.mark.parametrize("rows", [1, 30])
def test_my_calendar_costs_the_same_for_any_number_of_dates(
    client, group, ben, rows, django_assert_num_queries
):
    role = Role.objects.create(group=group, name="witanie")
    for number in range(rows):
        meeting = make_meeting(group, starts_at=WEDNESDAY + number * (WEDNESDAY - NOON))
        make_answer(meeting, ben)
        Turn.objects.create(role=role, meeting=meeting, person=ben, state="accepted", accepted_at=NOON)
    address = address_of(ben)

    with django_assert_num_queries(4):
        client.get(address)
