"""The mails around a date, word for word, in both languages."""

from datetime import timedelta

import pytest

from kawka.mail import reminders as mail
from kawka.models import Group, Membership
from tests.factories import NOON, WEDNESDAY, make_meeting
from tests.mail.test_messages import answer_link, check


@pytest.fixture(params=["pl", "en"])
def language(request, group, ada) -> str:
    Group.objects.filter(pk=group.pk).update(language=request.param, venue_email="kawiarnia@example.org")
    group.refresh_from_db()
    return request.param


def place_of(person) -> Membership:
    return Membership.objects.select_related("person").get(person=person)


def test_reminder(language, group, ben):
    made = mail.reminder(make_meeting(group), place_of(ben), link=answer_link(ben, group), now=NOON)

    check("reminder", language, made)


def test_reminder_small_round(language, group, ben):
    link = answer_link(ben, group)

    made = mail.reminder(make_meeting(group), place_of(ben), link=link, asked_by_host=True, now=NOON)

    check("reminder_small_round", language, made)


def test_week_ahead(language, group, ada):
    numbers = {"coming": 11, "silent": 4, "expected": 12, "low": 10, "high": 14, "open_roles": 1}
    wanted = [("prawnik", 2), ("grafik", 1)]

    made = mail.week_ahead(make_meeting(group), place_of(ada), **numbers, wanted=wanted, now=NOON)

    check("week_ahead", language, made)


def test_headcount(language, group):
    made = mail.headcount(make_meeting(group), people=12, low=10, high=14, number=1, now=NOON)

    check("headcount", language, made)


def test_wrap_up(language, group, ada):
    following = make_meeting(group, starts_at=WEDNESDAY + timedelta(days=7))
    numbers = {"came": 12, "guests": 2, "asks": 5, "open_roles": 1}

    made = mail.wrap_up(make_meeting(group), place_of(ada), **numbers, following=following, now=NOON)

    check("wrap_up", language, made)
