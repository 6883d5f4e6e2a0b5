"""The watch over the simulated year sees what it is there to see."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from kawka.models import Person
from tests.factories import NOON, make_answer, make_mail, make_meeting, make_person, make_role, make_turn
from tests.simulation.watch import Watch

HOUR = timedelta(hours=1)


@pytest.fixture
def meeting(group):
    return make_meeting(group)


def send(person, meeting, kind="recap", *, letter="<1>", now=NOON):
    """Let a mail be one that has just gone out."""
    about = {"person": person, "to": person.email, "group": meeting.group, "meeting": meeting}
    make_mail(kind=kind, sent_at=now, headers={"Message-ID": letter}, **about)
    mail.outbox = [EmailMessage(headers={"Message-ID": letter})]


def seen(now=NOON, watch=None):
    """The first word of each finding."""
    watch = watch or Watch()
    watch.look(now)
    return [what.partition(":")[0] for what in watch.findings]


def test_nothing_is_found_where_all_is_well(group, ben, meeting):
    make_turn(meeting, make_role(group), ben, state="accepted")
    make_answer(meeting, ben)
    send(ben, meeting)

    assert seen() == []


def test_a_turn_with_somebody_who_said_no_or_is_away_is_seen(group, ada, ben, meeting):
    for person in (ada, ben):
        make_turn(meeting, make_role(group), person)
    make_answer(meeting, ben, "no")
    Person.objects.filter(pk=ada.pk).update(away_until=meeting.local_date)

    assert seen(NOON + HOUR) == ["turn", "turn"]


def test_a_seat_too_many_is_seen(group, meeting):
    meeting.seats = 1
    meeting.save(update_fields=["seats"])
    for _number in range(2):
        make_answer(meeting, make_person(group.community))

    assert seen() == ["seats"]


def test_a_mail_after_a_no_is_seen(ben, meeting):
    make_answer(meeting, ben, "no")
    send(ben, meeting, "reminder")

    assert seen() == ["after a no"]


@pytest.mark.parametrize("later", [timedelta(hours=9), timedelta(days=5)])
def test_a_mail_at_night_or_on_a_saturday_is_seen(later, ben, meeting):
    send(ben, meeting, now=NOON + later)

    assert seen(NOON + later) == ["at rest"]


def test_the_second_mail_of_a_day_and_the_same_twice_are_seen(ben, meeting):
    watch = Watch()

    send(ben, meeting)
    assert seen(NOON, watch) == []

    send(ben, meeting, letter="<2>", now=NOON + HOUR)
    assert seen(NOON + HOUR, watch) == ["twice", "second of a day"]


def test_what_would_come_too_late_in_the_morning_may_go_beside_it(group, ben):
    meeting, watch = make_meeting(group, starts_at=NOON + 8 * HOUR), Watch()
    send(ben, meeting)
    watch.look(NOON)

    send(ben, meeting, "guest_to_greet", letter="<2>", now=NOON + HOUR)

    assert (seen(NOON + HOUR, watch), watch.beside) == ([], 1)
