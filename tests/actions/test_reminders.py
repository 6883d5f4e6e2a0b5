"""The mails around a date reach whom they should, once, at the right local hour."""

from datetime import timedelta

import pytest

from kawka.actions.links import link_for, links_for
from kawka.actions.reminders import (
    PlaceHasNoAddress,
    ask_usual,
    headcount_due,
    remind_due,
    send_headcount,
    wrap_up_due,
)
from kawka.engine.week import moment_of
from kawka.models import Meeting, Membership, OutgoingMail
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
MINUTE, WEEK = timedelta(minutes=1), timedelta(weeks=1)
MONDAY_9 = moment_of("remind", WEDNESDAY.date(), "Europe/Warsaw")
TUESDAY_15 = moment_of("prepare", WEDNESDAY.date(), "Europe/Warsaw")
THURSDAY_9 = moment_of("wrap_up", WEDNESDAY.date(), "Europe/Warsaw")


def kinds() -> list[tuple[str, str]]:
    """What lies in the outbox: kind and receiver, in order."""
    return sorted(OutgoingMail.objects.values_list("kind", "to"))


def test_on_monday_at_nine_only_the_silent_are_asked_and_hosts_are_told(group, ada, ben, cleo):
    meeting = make_meeting(group)
    make_answer(meeting, ada)
    declined = make_person(group.community, email="nie@example.org")
    make_member(group, declined)
    make_answer(meeting, declined, "no")

    before = remind_due(now=MONDAY_9 - MINUTE)
    then = remind_due(now=MONDAY_9)

    assert (before, then) == (0, 1)
    assert kinds() == [("reminder", "ben@example.org"), ("week_ahead", "ada@example.org")]


def test_asking_again_writes_nothing(group, ada, ben):
    make_meeting(group)

    assert [remind_due(now=MONDAY_9), remind_due(now=MONDAY_9 + MINUTE)] == [1, 0]
    assert len(kinds()) == 3


def test_who_wants_no_mail_about_dates_gets_none(group, ben):
    make_meeting(group)
    Membership.objects.update(wants_dates=False)

    remind_due(now=MONDAY_9)

    assert kinds() == []


def test_a_date_called_off_asks_nobody(group, ben):
    make_meeting(group, state="called_off")

    assert remind_due(now=MONDAY_9) == 0


def test_those_who_usually_come_are_asked_by_the_host_once(group, ada, ben):
    Membership.objects.update(joined_at=NOON - 52 * WEEK)
    for number in range(1, 5):
        make_attendance(make_meeting(group, starts_at=WEDNESDAY - number * WEEK, state="closed"), ben)
    meeting = make_meeting(group)

    ask_usual(meeting=meeting, by=ada, now=NOON)
    ask_usual(meeting=meeting, by=ada, now=NOON + MINUTE)

    assert kinds() == [("reminder_small_round", "ben@example.org")]


def test_the_place_is_told_on_tuesday_afternoon_without_names(group, ada, ben):
    group.venue_email = "lokal@example.org"
    group.save(update_fields=["venue_email"])
    meeting = make_meeting(group)
    make_answer(meeting, ben)

    told = [
        headcount_due(now=TUESDAY_15 - MINUTE),
        headcount_due(now=TUESDAY_15),
        headcount_due(now=TUESDAY_15),
    ]

    mail = OutgoingMail.objects.get()
    assert told == [0, 1, 0]
    assert (mail.to, mail.reply_to) == ("lokal@example.org", "ada@example.org")
    assert "Ben" not in mail.text + mail.html + mail.subject


def test_a_place_without_an_address_is_not_written_to(group, ada):
    meeting = make_meeting(group)

    assert headcount_due(now=TUESDAY_15) == 0
    with pytest.raises(PlaceHasNoAddress):
        send_headcount(meeting=meeting, by=ada, now=NOON)


def test_a_correction_goes_out_as_one(group, ada):
    group.venue_email = "lokal@example.org"
    group.save(update_fields=["venue_email"])
    meeting = make_meeting(group)

    send_headcount(meeting=meeting, by=ada, now=NOON)
    send_headcount(meeting=meeting, by=ada, now=NOON)

    first, second = OutgoingMail.objects.order_by("pk")
    assert (first.key, second.key) == (f"headcount:{meeting.code}:1", f"headcount:{meeting.code}:2")
    assert "zastępuje" in second.text
    assert "zastępuje" not in first.text


def test_a_meeting_nobody_closed_is_closed_the_morning_after(group, ada, ben):
    meeting = make_meeting(group)
    make_attendance(meeting, ben)

    told = [wrap_up_due(now=THURSDAY_9 - MINUTE), wrap_up_due(now=THURSDAY_9), wrap_up_due(now=THURSDAY_9)]

    meeting.refresh_from_db()
    assert told == [0, 1, 0]
    assert (meeting.state, meeting.closed_at) == (Meeting.State.CLOSED, THURSDAY_9)
    assert kinds() == [("wrap_up", "ada@example.org")]


def test_a_date_to_which_nobody_came_is_left_as_it_is(group, ada):
    meeting = make_meeting(group)

    assert wrap_up_due(now=THURSDAY_9) == 0
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.PLANNED


@pytest.mark.parametrize("people", [1, 30])
def test_asking_costs_the_same_for_any_number_of_people(group, ada, people, django_assert_num_queries):
    make_meeting(group)
    for _ in range(people):
        make_member(group, make_person(group.community))

    with django_assert_num_queries(22):
        remind_due(now=MONDAY_9)

    assert OutgoingMail.objects.filter(kind="reminder").count() == people + 1


def test_links_of_many_are_those_of_one(group, ada, ben):
    known = link_for(person=ben, scope="answer", group=group, now=NOON - 400 * timedelta(days=1))

    many = links_for(people=[ada, ben], group=group, now=NOON)

    assert many[ada.pk] == link_for(person=ada, scope="answer", group=group, now=NOON)
    assert many[ben.pk] == link_for(person=ben, scope="answer", group=group, now=NOON)
    assert many[ben.pk].secret != known.secret
