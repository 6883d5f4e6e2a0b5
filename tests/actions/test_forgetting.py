"""Guests are told, then forgotten: names and words go, that somebody was there stays."""

from datetime import timedelta

import pytest

from kawka.actions.forgetting import NOTICE, forget, forget_idle_guests, stay
from kawka.models import (
    Attendance,
    Hand,
    Membership,
    Note,
    OutgoingMail,
    Person,
    PersonalLink,
)
from tests.factories import (
    NOON,
    WEDNESDAY,
    make_answer,
    make_ask,
    make_attendance,
    make_link,
    make_mail,
    make_meeting,
    make_member,
    make_offer,
    make_person,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YEAR = timedelta(days=360)  # twelve months of thirty days


@pytest.fixture
def guest(group):
    person = make_person(group.community, "Anna Dawna", email="anna@example.org", created_at=NOON)
    make_member(group, person, "guest")
    return person


def test_an_idle_guest_is_told_two_weeks_ahead_and_then_forgotten(group, guest):
    gone = [forget_idle_guests(now=NOON + YEAR + days * DAY) for days in (-15, -13, 0, 2)]

    assert gone == [0, 0, 0, 1]
    assert list(OutgoingMail.objects.values_list("kind", "to")) == [("soon_forgotten", "")]
    guest.refresh_from_db()
    assert (guest.email, guest.name == "Anna Dawna") == ("", False)
    assert forget_idle_guests(now=NOON + 2 * YEAR) == 0


def test_who_presses_stay_is_remembered_another_year(group, guest):
    forget_idle_guests(now=NOON + YEAR - NOTICE + DAY)

    stay(person=guest, by=guest, now=NOON + YEAR)

    assert forget_idle_guests(now=NOON + YEAR + 20 * DAY) == 0


def test_an_answer_in_between_keeps_them(group, guest):
    forget_idle_guests(now=NOON + YEAR - NOTICE + DAY)
    answer = make_answer(make_meeting(group), guest)
    answer.answered_at = NOON + YEAR
    answer.save(update_fields=["answered_at"])

    assert forget_idle_guests(now=NOON + YEAR + 20 * DAY) == 0


def test_a_guest_without_an_address_is_forgotten_without_a_word(group, guest):
    Person.objects.filter(pk=guest.pk).update(email="")

    assert forget_idle_guests(now=NOON + YEAR + DAY) == 1
    assert OutgoingMail.objects.count() == 0


@pytest.mark.parametrize("standing", ["regular", "member", "host"])
def test_whoever_is_more_than_a_guest_stays(group, guest, standing):
    Membership.objects.update(standing=standing)

    assert forget_idle_guests(now=NOON + 3 * YEAR) == 0
    assert OutgoingMail.objects.count() == 0


def test_nothing_that_names_them_is_left_and_the_count_stays(group, ben, guest):
    meeting = make_meeting(group, starts_at=WEDNESDAY, state="closed")
    make_attendance(meeting, guest)
    make_offer(guest, "Tłumaczę z norweskiego")
    ask = make_ask(ben)
    Hand.objects.create(
        meeting=meeting, asker=ben, ask=ask, person=guest, kind="can", key="k", raised_at=NOON
    )
    Note.objects.create(owner=ben, about=guest, text="Zna Norwegów", updated_at=NOON)
    make_link(guest, group, PersonalLink.Scope.ANSWER)
    mail = make_mail(person=guest, to=guest.email, text="Dzień dobry, Anno")

    forget(person=guest, by=None, now=NOON)

    guest.refresh_from_db()
    mail.refresh_from_db()
    assert (guest.email, guest.card.seen_by, guest.offers.count(), guest.links.count()) == ("", {}, 0, 0)
    assert guest.name == "Dawny gość"
    assert (Hand.objects.count(), Note.objects.count()) == (0, 0)
    assert (mail.to, mail.text, mail.key) == ("", "", mail.key)
    assert Attendance.objects.came().filter(meeting=meeting).count() == 1
    assert Membership.objects.get(person=guest).standing == "alumnus"
