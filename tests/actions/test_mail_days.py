"""One mail a day, by day, on working days; at once only what cannot wait; nothing whose reason is gone."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.base import BaseEmailBackend

from kawka.actions.answers import answer
from kawka.actions.mail_reasons import FOR_WHO_COMES, FOR_WHO_IS_HERE
from kawka.actions.outbox import send_due, try_again
from kawka.mail.outbox import write
from kawka.models import Answer, Meeting, Membership, OutgoingMail, Person, SeatOffer, TakeOver
from tests.factories import NOON, WEDNESDAY, make_answer, make_meeting, make_role, make_turn

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NIGHT = NOON + 9 * HOUR  # Monday, 21:00 in Warsaw
FRIDAY_EVENING = NOON + 4 * DAY + 9 * HOUR
PAGE = (
    "<head></head><!--words--><p>{}</p><a href='http://k/{}'>Tak</a><!--/words--><!--foot-->stop<!--/foot-->"
)


@pytest.fixture(autouse=True)
def mail_server(settings):
    settings.MAIL_IS_SHOWN_HERE = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


class Refusing(BaseEmailBackend):
    """A mail server that knows nobody of this name."""

    def send_messages(self, messages: list) -> int:
        [address] = messages[0].to
        raise SMTPRecipientsRefused({address: (550, b"5.1.1 no such user")})


class Full(BaseEmailBackend):
    """A mail server that cannot take it just now."""

    def send_messages(self, messages: list) -> int:
        [address] = messages[0].to
        raise SMTPRecipientsRefused({address: (452, b"mailbox full")})


def put(group, person, kind="recap", *, now=NOON, key="", **more):
    key = key or f"{kind}:{person.code}"
    words = {"subject": f"S {kind}", "text": f"T {kind}", "html": PAGE.format(kind, kind)}
    about = {"to": person.email, "person": person, "group": group, "community": group.community}
    return write(key=key, kind=kind, now=now, **about, **words, **more)


def sent() -> list[str]:
    return [message.subject for message in django_mail.outbox]


@pytest.mark.parametrize(
    ("written", "due"),
    [
        (NOON, NOON + 10 * MINUTE),
        (NIGHT, NOON + 20 * HOUR),
        (FRIDAY_EVENING, NOON + 7 * DAY - 4 * HOUR),
    ],
)
def test_what_can_wait_is_written_for_the_next_moment_people_are_written_to(written, due, group, ben):
    assert put(group, ben, now=written).due_at == due


@pytest.mark.parametrize(
    "kind", ["called_off", "seat_offered", "list_moved", "turn_call", "answer_confirmed"]
)
def test_what_cannot_wait_is_due_at_once(kind, group, ben):
    assert put(group, ben, kind, now=NIGHT).due_at == NIGHT


def test_night_is_looked_at_again_when_it_is_sent(group, ben):
    OutgoingMail.objects.filter(pk=put(group, ben).pk).update(due_at=NOON)

    assert send_due(now=NIGHT) == 0
    assert OutgoingMail.objects.get().due_at == NOON + 20 * HOUR


def test_what_would_come_too_late_in_the_morning_goes_in_the_evening(group, ben):
    meeting = make_meeting(group, starts_at=NOON + 20 * HOUR)
    put(group, ben, "moved", now=NIGHT, meeting=meeting)

    assert send_due(now=NIGHT) == 1


def test_mail_of_one_time_is_gathered_with_every_part(group, ben):
    file = {"name": "a.ics", "type": "text/calendar", "text": "BEGIN:VCALENDAR"}
    put(group, ben, "recap", attachments=[file], reply_to="ada@example.org")
    put(group, ben, "left_out", reply_to="ada@example.org")

    assert (send_due(now=NOON + HOUR), send_due(now=NOON + 2 * HOUR)) == (2, 0)

    [mail] = django_mail.outbox
    [(html, _type)] = mail.alternatives
    assert mail.subject == "S recap i jeszcze 1"
    assert mail.body == f"S recap\n\nT recap\n{'-' * 60}\n\nS left_out\n\nT left_out"
    assert [f"http://k/{kind}" in html for kind in ("recap", "left_out")] == [True, True]
    assert (mail.reply_to, [name for name, *_rest in mail.attachments]) == (["ada@example.org"], ["a.ics"])
    assert mail.extra_headers["List-Unsubscribe"].endswith(f"{ben.memberships.get().mail_token}/>")
    assert mail.extra_headers["List-Id"].endswith("<sniadanie.127.0.0.1>")


def test_gathered_again_after_a_crash_it_is_the_same_mail(group, ben):
    put(group, ben, "recap")
    put(group, ben, "left_out")
    send_due(now=NOON + HOUR)
    OutgoingMail.objects.update(sent_at=None, claimed_at=NOON)

    send_due(now=NOON + HOUR)

    first, second = (message.extra_headers["Message-ID"] for message in django_mail.outbox)
    assert first == second


def test_a_second_mail_of_the_day_waits_for_the_next_morning(group, ben):
    put(group, ben, "recap")
    send_due(now=NOON + HOUR)
    put(group, ben, "left_out", now=NOON + HOUR)

    assert [send_due(now=NOON + hours * HOUR) for hours in (2, 3, 19, 20)] == [0, 0, 0, 1]
    assert sent() == ["S recap", "S left_out"]


def test_what_cannot_wait_goes_beside_the_mail_of_the_day(group, ben):
    meeting = make_meeting(group)
    put(group, ben, "recap")
    send_due(now=NOON + HOUR)
    put(group, ben, "called_off", now=NOON + HOUR, meeting=meeting)
    put(group, ben, "answer_confirmed", now=NOON + HOUR, meeting=meeting)

    assert send_due(now=NOON + HOUR) == 2


def test_what_cannot_wait_is_not_the_mail_of_the_day(group, ben):
    put(group, ben, "called_off")
    send_due(now=NOON)
    put(group, ben, "recap")

    assert send_due(now=NOON + HOUR) == 1


def test_each_has_their_own_mail_of_the_day(group, ada, ben):
    put(group, ada)
    put(group, ben)

    assert send_due(now=NOON + HOUR) == 2
    assert len(django_mail.outbox) == 2


@pytest.mark.parametrize("choice", list(Answer.Choice))
def test_a_reminder_does_not_reach_who_has_answered(choice, group, ben):
    meeting = make_meeting(group)
    put(group, ben, "reminder", meeting=meeting)
    make_answer(meeting, ben, choice)

    assert send_due(now=NOON + HOUR) == 0
    mail = OutgoingMail.objects.get()
    assert (mail.dropped_at, mail.error) == (NOON + HOUR, "what it asks or tells has been settled")
    assert not OutgoingMail.objects.waiting().exists()
    assert not OutgoingMail.objects.failed().exists()


def test_a_reminder_does_not_reach_who_is_away(group, ben):
    put(group, ben, "reminder", meeting=make_meeting(group))
    Person.objects.filter(pk=ben.pk).update(away_until=WEDNESDAY.date())

    assert send_due(now=NOON + HOUR) == 0


def test_a_reminder_reaches_who_is_silent(group, ben):
    put(group, ben, "reminder", meeting=make_meeting(group))

    assert send_due(now=NOON + HOUR) == 1


@pytest.mark.parametrize("change", [{"state": Meeting.State.CALLED_OFF}, {"starts_at": NOON}])
def test_nothing_asks_about_a_date_that_is_no_more(change, group, ben):
    meeting = make_meeting(group)
    put(group, ben, "reminder", meeting=meeting)
    Meeting.objects.filter(pk=meeting.pk).update(**change)

    assert send_due(now=NOON + HOUR) == 0


def test_what_was_switched_off_meanwhile_is_not_sent(group, ben):
    put(group, ben, "recap")
    Membership.objects.filter(person=ben).update(wants_mail=False)

    assert send_due(now=NOON + HOUR) == 0


@pytest.mark.parametrize("kind", sorted(FOR_WHO_COMES))
def test_who_said_no_meanwhile_hears_nothing_more_of_the_date(kind, group, ben):
    meeting = make_meeting(group)
    put(group, ben, kind, meeting=meeting)
    make_answer(meeting, ben, Answer.Choice.NOT_THIS_TIME)

    assert send_due(now=NOON + HOUR) == 0


@pytest.mark.parametrize("kind", sorted(FOR_WHO_IS_HERE))
def test_who_went_away_meanwhile_hears_of_no_duty(kind, group, ben):
    put(group, ben, kind, meeting=make_meeting(group))
    Person.objects.filter(pk=ben.pk).update(away_until=WEDNESDAY.date())

    assert send_due(now=NOON + HOUR) == 0


def test_news_of_several_dates_reaches_who_said_no_to_one(group, ben):
    meeting = make_meeting(group)
    file = {"name": "invite.ics", "type": "text/calendar", "text": "BEGIN:VEVENT\r\nBEGIN:VEVENT\r\n"}
    put(group, ben, "moved", meeting=meeting, attachments=[file])
    make_answer(meeting, ben, Answer.Choice.NOT_THIS_TIME)

    assert send_due(now=NOON + HOUR) == 1


def test_a_guest_who_does_not_come_is_not_asked(group, cleo):
    meeting = make_meeting(group)
    make_answer(meeting, cleo)
    put(group, cleo, "guest_question", meeting=meeting)
    answer(meeting=meeting, person=cleo, choice=Answer.Choice.NOT_THIS_TIME, by=cleo, now=NOON)

    assert send_due(now=NOON + HOUR) == 0


def test_a_seat_that_is_offered_no_more_is_not_mailed(group, ben):
    meeting = make_meeting(group)
    waiting = make_answer(meeting, ben, Answer.Choice.WAITING)
    SeatOffer.objects.create(answer=waiting, offered_at=NOON, expires_at=NOON + HOUR)
    put(group, ben, "seat_offered", meeting=meeting)

    assert send_due(now=NOON + HOUR) == 0


@pytest.mark.parametrize(("outcome", "goes"), [("", 1), ("taken", 0)])
def test_nobody_is_asked_for_a_turn_that_is_taken(outcome, goes, group, ben):
    turn = make_turn(make_meeting(group), make_role(group))
    search = TakeOver.objects.create(turn=turn, opened_at=NOON, outcome=outcome)
    put(group, ben, "turn_call", key=f"turn_call:{search.code}:{ben.code}", meeting=turn.meeting)

    assert send_due(now=NOON) == goes


@pytest.mark.parametrize(("state", "goes"), [("proposed", 1), ("accepted", 0)])
def test_nobody_is_told_of_proposals_they_have_answered(state, goes, group, ben):
    make_turn(make_meeting(group), make_role(group), ben, state=state)
    put(group, ben, "turns_proposed")

    assert send_due(now=NOON + HOUR) == goes


def test_an_address_nobody_has_is_paused(group, ben, settings):
    settings.EMAIL_BACKEND = "tests.actions.test_mail_days.Refusing"
    put(group, ben)

    send_due(now=NOON + HOUR)

    ben.refresh_from_db()
    assert (ben.mail_paused_at, ben.mail_trouble) == (NOON + HOUR, "550 5.1.1 no such user")
    assert OutgoingMail.objects.failed().count() == 1


def test_a_mailbox_that_is_full_is_tried_again(group, ben, settings):
    settings.EMAIL_BACKEND = "tests.actions.test_mail_days.Full"
    put(group, ben)

    send_due(now=NOON + HOUR)

    ben.refresh_from_db()
    assert (ben.mail_paused_at, OutgoingMail.objects.get().due_at) == (None, NOON + HOUR + MINUTE)


def test_nothing_goes_to_a_paused_address_until_it_is_tried_again(group, ada, ben):
    Person.objects.filter(pk=ben.pk).update(mail_paused_at=NOON, mail_trouble="550 no such user")
    put(group, ben, "recap")
    put(group, ben, "called_off")

    assert send_due(now=NOON + HOUR) == 0
    try_again(person=ben, by=ada, now=NOON + HOUR)

    assert send_due(now=NOON + HOUR) == 2


@pytest.mark.parametrize("people", [1, 30])
def test_looking_through_costs_the_same_for_each_address(people, group, django_assert_num_queries):
    for number in range(people):
        write(
            key=f"recap:{number}",
            kind="recap",
            to=f"osoba{number}@example.org",
            group=group,
            subject="s",
            text="t",
            html="<p>t",
            now=NOON,
        )

    with django_assert_num_queries(3 + 5 * people):
        assert send_due(now=NOON + HOUR) == people
