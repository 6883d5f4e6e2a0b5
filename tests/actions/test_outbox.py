"""Each mail goes out once, later when the way is blocked, and nothing is lost."""

from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.base import BaseEmailBackend

from kawka.actions.outbox import forget_words, send_again, send_due
from kawka.mail.outbox import NEW_MAIL, write
from kawka.models import OutgoingMail
from tests.factories import NOON, make_attendance, make_community, make_mail, make_meeting

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Blocked(BaseEmailBackend):
    """A mail server nobody can reach."""

    def send_messages(self, messages: list) -> int:
        raise ConnectionRefusedError("nobody there")


@pytest.fixture
def mail_server(settings):
    settings.MAIL_IS_SHOWN_HERE = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def blocked(settings):
    settings.MAIL_IS_SHOWN_HERE = False
    settings.EMAIL_BACKEND = "tests.actions.test_outbox.Blocked"


def put(key="hello", **more):
    words = {"kind": "recap", "to": "ben@example.org", "subject": "s", "text": "t", "html": "<p>t"}
    return write(key=key, now=NOON, **{**words, **more})


def test_asking_twice_makes_one_mail(db):
    put()
    put(subject="again")

    assert list(OutgoingMail.objects.values_list("key", "subject")) == [("hello", "s")]


def test_a_mail_goes_out_once_with_all_its_parts(db, mail_server):
    file = {"name": "a.ics", "type": "text/calendar", "text": "BEGIN:VCALENDAR"}
    put(headers={"List-Id": "x"}, reply_to="ada@example.org", attachments=[file])

    assert (send_due(now=NOON), send_due(now=NOON)) == (1, 0)

    sent = django_mail.outbox[0]
    assert (sent.to, sent.subject, sent.body, sent.reply_to) == (
        ["ben@example.org"],
        "s",
        "t",
        ["ada@example.org"],
    )
    assert sent.alternatives[0][0] == "<p>t"
    assert sent.attachments == [("a.ics", "BEGIN:VCALENDAR", "text/calendar")]
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert OutgoingMail.objects.get().sent_at == NOON


def test_the_same_mail_has_the_same_identity(db):
    first = put().headers["Message-ID"]
    OutgoingMail.objects.all().delete()

    assert put().headers["Message-ID"] == first


def test_without_a_mail_server_mail_waits_to_be_looked_at(db, settings):
    settings.MAIL_IS_SHOWN_HERE = True
    put()

    assert send_due(now=NOON) == 0
    assert OutgoingMail.objects.get().sent_at is None


def test_a_blocked_way_is_tried_again_later_and_later(db, blocked):
    put()

    waits, now = [], NOON
    for _attempt in range(4):
        send_due(now=now)
        due = OutgoingMail.objects.get().due_at
        waits.append(due - now)
        now = due
    send_due(now=now)

    mail = OutgoingMail.objects.get()
    assert waits == [MINUTE, 10 * MINUTE, HOUR, 6 * HOUR]
    assert (mail.failed_at, mail.attempts) == (now, 5)
    assert mail.error == "ConnectionRefusedError: nobody there"


def test_what_failed_can_be_sent_again(db, blocked, settings):
    failed = make_mail(failed_at=NOON, attempts=5, error="x")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert send_again(mails=[failed], now=NOON + HOUR) == 1
    assert send_due(now=NOON + HOUR) == 1


def test_a_mail_claimed_by_another_process_is_left_to_it(db, mail_server):
    make_mail(claimed_at=NOON)

    assert send_due(now=NOON + 9 * MINUTE) == 0


def test_a_mail_claimed_by_a_process_that_died_is_sent(db, mail_server):
    make_mail(claimed_at=NOON)

    assert send_due(now=NOON + 11 * MINUTE) == 1


@pytest.mark.parametrize(
    ("kind", "age", "sent"),
    [
        ("recap", timedelta(days=2), 1),
        ("recap", timedelta(days=4), 0),
        ("sign_in_code", timedelta(minutes=14), 1),
        ("sign_in_code", timedelta(minutes=16), 0),
    ],
)
def test_mail_that_comes_too_late_stays(kind, age, sent, db, mail_server):
    make_mail(kind=kind, created_at=NOON - age, due_at=NOON - age)

    assert send_due(now=NOON) == sent
    assert OutgoingMail.objects.filter(failed_at__isnull=False).count() == 1 - sent


def test_made_up_people_of_the_sample_are_not_written_to(db, mail_server):
    sample = make_community(is_sample=True)
    make_mail(community=sample, to="gosia@example.org")
    make_mail(community=sample, to="me@mail.test")

    assert send_due(now=NOON) == 1
    assert django_mail.outbox[0].to == ["me@mail.test"]


def test_new_mail_wakes_the_worker_once_it_is_certain(db, django_capture_on_commit_callbacks):
    NEW_MAIL.clear()

    with django_capture_on_commit_callbacks(execute=True):
        put()
        assert not NEW_MAIL.is_set()

    assert NEW_MAIL.is_set()
    NEW_MAIL.clear()


def test_nothing_is_written_without_an_address(db):
    assert put(to="") is None


def test_an_unproven_address_gets_the_confirmation_only(group, cleo):
    cleo.is_self_entered = True

    assert put(person=cleo) is None
    assert put(key="a", kind="answer_confirmed", person=cleo) is not None


def test_who_came_is_written_to_although_unproven(group, cleo):
    cleo.is_self_entered = True
    make_attendance(make_meeting(group), cleo)

    assert put(person=cleo) is not None


def test_words_sent_long_ago_are_forgotten_but_not_that_they_were_sent(db):
    make_mail(key="recap:x", sent_at=NOON)

    forget_words(now=NOON + timedelta(days=91))

    kept = OutgoingMail.objects.get()
    assert (kept.key, kept.text, kept.html, kept.subject) == ("recap:x", "", "", "recap")


def test_sending_costs_two_steps_for_each_mail(db, mail_server, django_assert_num_queries):
    for _number in range(30):
        make_mail()

    with django_assert_num_queries(3 + 3 * 30):
        assert send_due(now=NOON) == 30
