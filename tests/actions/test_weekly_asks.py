"""The question of Sunday evening: who gets it, when it stops, and what is kept of the answer."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kawka.actions.accounts import choose_mail
from kawka.actions.cards import save_card
from kawka.actions.weekly_asks import AskIsEmpty, keep_ask, last_ask, weekly_asks_due
from kawka.models import Ask, Meeting, Membership, OutgoingMail
from tests.factories import (
    NOON,
    WEDNESDAY,
    make_answer,
    make_ask,
    make_group,
    make_meeting,
    make_member,
)

pytestmark = pytest.mark.django_db
MINUTE, HOUR, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(weeks=1)
WARSAW = ZoneInfo("Europe/Warsaw")
SUNDAY = datetime(2026, 10, 11, 18, tzinfo=WARSAW)  # two weeks before the clocks are put back


@pytest.fixture
def meeting(group) -> Meeting:
    return make_meeting(group)


@pytest.fixture
def place(group, ben) -> Membership:
    Membership.objects.filter(person=ben).update(wants_weekly_ask=True)
    return Membership.objects.get(person=ben)


def asked() -> list[str]:
    return list(OutgoingMail.objects.filter(kind="weekly_ask").order_by("pk").values_list("to", flat=True))


def test_it_is_off_until_somebody_wants_it(group, meeting, ben):
    make_answer(meeting, ben)

    assert weekly_asks_due(now=SUNDAY) == 0
    assert Membership.objects.get(person=ben).wants_weekly_ask is False


def test_on_sunday_at_six_those_who_come_are_asked_once(meeting, place, ben):
    make_answer(meeting, ben)

    before = weekly_asks_due(now=SUNDAY - MINUTE)
    told = weekly_asks_due(now=SUNDAY)
    again = weekly_asks_due(now=SUNDAY + HOUR)

    mail = OutgoingMail.objects.get()
    assert (before, told, again) == (0, 1, 0)
    assert (mail.to, mail.due_at) == (ben.email, SUNDAY)  # it was wanted, so it waits for no morning


@pytest.mark.parametrize("choice", ["no", "waiting", None])
def test_who_does_not_come_is_not_asked(meeting, place, ben, choice):
    if choice:
        make_answer(meeting, ben, choice)

    assert weekly_asks_due(now=SUNDAY) == 0


def test_a_late_evening_asks_nobody(meeting, place, ben):
    make_answer(meeting, ben)

    assert weekly_asks_due(now=SUNDAY + 3 * HOUR) == 0


def test_two_dates_in_two_groups_make_one_question(group, meeting, place, ben):
    other = make_group(group.community)
    make_member(other, ben)
    Membership.objects.filter(person=ben).update(wants_weekly_ask=True)
    for date in (meeting, make_meeting(group, starts_at=WEDNESDAY + 24 * HOUR), make_meeting(other)):
        make_answer(date, ben)

    assert weekly_asks_due(now=SUNDAY) == 1


def weeks_of(group, ben, count: int) -> list[int]:
    """So many Sundays with a date after each; how many were asked on each of them."""
    for week in range(count):
        make_answer(make_meeting(group, starts_at=WEDNESDAY + week * WEEK), ben)
    return [weekly_asks_due(now=SUNDAY + week * WEEK) for week in range(count)]


def test_after_two_let_be_it_switches_itself_off(group, place, ben):
    found = weeks_of(group, ben, 4)

    place.refresh_from_db()
    assert found == [1, 1, 0, 0]
    assert (place.wants_weekly_ask, place.weekly_ignored) == (False, 0)
    texts = list(OutgoingMail.objects.order_by("pk").values_list("text", flat=True))
    assert ["to pytanie już nie przyjdzie" in text for text in texts] == [False, True]


def test_an_answer_keeps_it_on(group, place, ben):
    make_answer(make_meeting(group), ben)
    make_answer(make_meeting(group, starts_at=WEDNESDAY + WEEK), ben)
    make_answer(make_meeting(group, starts_at=WEDNESDAY + 2 * WEEK), ben)
    weekly_asks_due(now=SUNDAY)
    weekly_asks_due(now=SUNDAY + WEEK)
    keep_ask(person=ben, text="Szukam dekarza", by=ben, now=SUNDAY + WEEK + HOUR)

    assert weekly_asks_due(now=SUNDAY + 2 * WEEK) == 1


def test_a_changed_card_is_an_answer_too(group, place, ben):
    make_answer(make_meeting(group), ben)
    make_answer(make_meeting(group, starts_at=WEDNESDAY + WEEK), ben)
    weekly_asks_due(now=SUNDAY)
    save_card(person=ben, fields={"trade": "dekarz"}, by=ben, now=NOON)

    weekly_asks_due(now=SUNDAY + WEEK)

    place.refresh_from_db()
    assert place.weekly_ignored == 1


def test_switching_it_on_begins_anew(place):
    Membership.objects.filter(pk=place.pk).update(wants_weekly_ask=False, weekly_ignored=2)

    choose_mail(membership=place, wanted={"weekly": True})

    place.refresh_from_db()
    assert (place.wants_weekly_ask, place.weekly_ignored) == (True, 0)


def test_the_last_ask_is_the_one_still_open(ben):
    closed = make_ask(ben, "Szukam dekarza", created_at=NOON + HOUR, closed_at=NOON + HOUR, outcome="helped")
    before = last_ask(ben)
    open_one = make_ask(ben, created_at=NOON)

    assert (before, last_ask(ben)) == (closed, open_one)


def test_words_are_changed_or_added_in_front(ben):
    first = make_ask(ben, "Szukam klientów", created_at=NOON)

    changed = keep_ask(person=ben, text="Szukam  dentysty", instead_of=first, by=ben, now=NOON)
    same = keep_ask(person=ben, text="Szukam dentysty", by=ben, now=NOON)
    added = keep_ask(person=ben, text="Szukam dekarza", by=ben, now=NOON)

    assert (changed, same) == (first, first)
    assert [(one, one.text) for one in Ask.objects.all()] == [
        (added, "Szukam dekarza"),
        (first, "Szukam dentysty"),
    ]


def test_what_was_helped_is_not_written_over(ben):
    helped = make_ask(ben, "Szukam dekarza", closed_at=NOON, outcome="helped")

    keep_ask(person=ben, text="Szukam hydraulika", instead_of=helped, by=ben, now=NOON)

    assert set(Ask.objects.values_list("text", "outcome")) == {
        ("Szukam dekarza", "helped"),
        ("Szukam hydraulika", ""),
    }


def test_an_empty_box_is_no_ask(ben):
    with pytest.raises(AskIsEmpty):
        keep_ask(person=ben, text="  ", by=ben, now=NOON)
