"""Every mail, word for word, in both languages. REMAKE_GOLDEN=1 writes the golden files anew."""

import os
import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from kawka.actions import date_moves, polls
from kawka.actions.date_news import tell_moves_due
from kawka.actions.dates import call_off, take_back
from kawka.actions.holidays import warn_of_holidays
from kawka.actions.links import link_for
from kawka.actions.polls import remind_of_dates
from kawka.actions.recaps import send_recaps
from kawka.actions.series import make_dates, pause
from kawka.mail import answers, messages
from kawka.mail.outbox import Attachment
from kawka.models import Answer, Card, Group, Meeting, OutgoingMail, Person, PersonalLink, SeatOffer
from tests.factories import (
    NOON,
    WEDNESDAY,
    make_account,
    make_answer,
    make_ask,
    make_attendance,
    make_invitation,
    make_meeting,
    make_series,
)
from tests.mail.scanner import looking_changes_nothing

FILE: Attachment = {"name": "2026-10-14.ics", "type": "text/calendar", "text": "BEGIN"}
GOLDEN = Path(__file__).parent / "golden"
TOKEN = re.compile(r"/(a|p|r|t|pass|people|recap|live|unsubscribe|sign-in/\w+)/[^/\s\"<>]+/")
WEEK = timedelta(days=7)


def as_file(mail: OutgoingMail) -> str:
    """The mail as one text, with secrets that differ in each run left out."""
    headers = {**mail.headers, "Message-ID": "…", "Reply-To": mail.reply_to}
    head = [f"{name}: {value}" for name, value in sorted(headers.items()) if value]
    files = [f"Attachment: {file['name']} ({file['type']})" for file in mail.attachments]
    parts = ["\n".join([f"To: {mail.to}", f"Subject: {mail.subject}", *head, *files]), mail.text, mail.html]
    return TOKEN.sub(r"/\1/TOKEN/", "\n----\n".join(parts))


def check(name: str, language: str, mail: OutgoingMail | None) -> None:
    assert mail is not None
    file = GOLDEN / f"{name}.{language}.txt"
    if os.environ.get("REMAKE_GOLDEN"):
        file.write_text(as_file(mail), encoding="utf-8")
    assert as_file(mail) == file.read_text(encoding="utf-8")
    if language == "pl":
        looking_changes_nothing(mail)


@pytest.fixture(params=["pl", "en"])
def language(request, group, ada) -> str:
    Group.objects.filter(pk=group.pk).update(language=request.param)
    group.refresh_from_db()
    return request.param


def answer_link(person: Person, group: Group, now: datetime = NOON) -> PersonalLink:
    return link_for(person=person, scope=PersonalLink.Scope.ANSWER, group=group, now=now)


def test_sign_in_code(language):
    account = make_account("ewa@example.org")
    link = f"http://127.0.0.1:8000/sign-in/{account.code}/abc/"

    mail = messages.sign_in_code(account, code="042137", link=link, language=language, now=NOON)

    mail.text, mail.html = (words.replace(account.code, "CODE") for words in (mail.text, mail.html))
    check("sign_in_code", language, mail)


def test_sign_in_unknown(language):
    mail = messages.sign_in_unknown("nobody@example.org", language=language, now=NOON)

    check("sign_in_unknown", language, mail)


def test_answer_confirmed(language, group, ben):
    answer = make_answer(make_meeting(group), ben)

    mail = messages.answer_confirmed(answer, link=answer_link(ben, group), file=FILE, now=NOON)

    check("answer_confirmed", language, mail)


def test_answer_confirmed_to_an_unproven_address(language, group, cleo):
    cleo.is_self_entered = True
    answer = make_answer(make_meeting(group), cleo, Answer.Choice.NOT_THIS_TIME)

    mail = messages.answer_confirmed(answer, link=answer_link(cleo, group), file=None, now=NOON)

    check("answer_confirmed_unproven", language, mail)


def test_answer_confirmed_to_somebody_who_waits(language, group, cleo):
    answer = make_answer(make_meeting(group), cleo, Answer.Choice.WAITING)

    mail = messages.answer_confirmed(answer, place=2, link=answer_link(cleo, group), file=None, now=NOON)

    check("answer_confirmed_waiting", language, mail)


def test_seat_offered(language, group, ben):
    answer = make_answer(make_meeting(group), ben, Answer.Choice.WAITING)
    offer = SeatOffer.objects.create(answer=answer, offered_at=NOON, expires_at=NOON + timedelta(hours=24))

    mail = answers.seat_offered(offer, link=answer_link(ben, group), now=NOON)

    check("seat_offered", language, mail)


def test_list_moved(language, group, ben):
    answer = make_answer(make_meeting(group), ben, Answer.Choice.WAITING)
    following = make_meeting(group, starts_at=WEDNESDAY + WEEK)

    mail = answers.list_moved(answer, next_meeting=following, link=answer_link(ben, group), now=NOON)

    check("list_moved", language, mail)


def test_recap(language, group, ada, ben, cleo):
    meeting = make_meeting(group, state="closed", closed_at=WEDNESDAY)
    make_meeting(group, starts_at=WEDNESDAY + WEEK)
    for person in (ada, ben, cleo):
        make_attendance(meeting, person)
    Card.objects.update(trade="ogrodnictwo")
    make_ask(ada, "Szukam grafika do ulotek & plakatów")

    send_recaps(meeting=meeting, by=None, now=WEDNESDAY + timedelta(hours=2))

    check("recap", language, OutgoingMail.objects.get(to="ben@example.org"))


def test_called_off(language, group, ada, ben):
    meeting = make_meeting(group)
    Meeting.objects.filter(pk=meeting.pk).update(code="kawka22222")
    for number in (1, 2, 3, 4):
        make_meeting(group, starts_at=WEDNESDAY + WEEK * number, code=f"termin222{number}")
    make_answer(meeting, ben)

    call_off(meeting=meeting, reason="Kawiarnia ma remont", by=ada, now=NOON)

    check("called_off", language, OutgoingMail.objects.get(to="ben@example.org"))


def test_called_off_without_another_date(language, group, ada, ben):
    meeting = make_meeting(group)
    make_answer(meeting, ben)

    call_off(meeting=meeting, by=ada, now=NOON)

    check("called_off_last", language, OutgoingMail.objects.get(to="ben@example.org"))


def test_moved(language, group, ada, ben):
    meeting = make_meeting(group)
    make_answer(meeting, ben)
    wanted = date_moves.Wanted(date(2026, 10, 15), time(9), "Biblioteka", "Rynek 2", changes_place=True)
    seen = date_moves.plan(meeting=meeting, wanted=wanted, reach="one", now=NOON).seen
    date_moves.change(meeting=meeting, wanted=wanted, reach="one", seen=seen, by=ada, now=NOON)

    tell_moves_due(now=NOON + timedelta(minutes=30))

    check("moved", language, OutgoingMail.objects.get(to="ben@example.org"))


def test_left_out(language, group, ben):
    series = make_series(group)
    make_dates(series=series, now=NOON)
    for meeting in group.meetings.all()[:2]:
        Answer.objects.filter(pk=make_answer(meeting, ben).pk).update(is_standing=True)
    for number, meeting in enumerate(group.meetings.order_by("starts_at")):
        Meeting.objects.filter(pk=meeting.pk).update(code=f"termin222{number}")
    days = {"first": date(2026, 10, 14), "last": date(2026, 10, 21)}

    pause(series=series, **days, reason="Remont kawiarni", by=None, now=NOON)

    check("left_out", language, OutgoingMail.objects.get())


def test_taken_back(language, group, ada, ben):
    meeting = make_meeting(group, code="termin2222", calendar_uid="meeting-x@127.0.0.1")
    make_answer(meeting, ben)
    make_invitation(ben, meeting, name="Anna")
    call_off(meeting=meeting, by=ada, now=NOON)

    take_back(meeting=meeting, by=ada, now=NOON)

    check("taken_back", language, OutgoingMail.objects.get(kind="taken_back"))


def test_holiday_ahead(language, group, ada):
    make_meeting(group, starts_at=datetime(2026, 11, 11, 7, 30, tzinfo=UTC), code="termin2222")

    warn_of_holidays(now=datetime(2026, 10, 21, 8, tzinfo=UTC))

    check("holiday_ahead", language, OutgoingMail.objects.get())


def test_date_wanted(language, group, ada):
    Group.objects.update(created_at=NOON - WEEK * 10)
    make_meeting(group, starts_at=WEDNESDAY - WEEK * 5)

    remind_of_dates(now=NOON)

    check("date_wanted", language, OutgoingMail.objects.get())


def test_poll_decided(language, group, ada):
    days = [(date(2026, 10, day), time(17)) for day in (20, 22, 27)]
    poll = polls.ask(group=group, days=days, by=ada, now=NOON)
    polls.vote(poll=poll, codes=[], name="Ola", email="ola@example.org", press="x", now=NOON)

    polls.close(poll=poll, proposal=poll.proposals.first(), by=ada, now=NOON)

    check("poll_decided", language, OutgoingMail.objects.get())


def test_the_recap_can_be_stopped_with_one_press(language, group, ben):
    meeting = make_meeting(group, state="closed", closed_at=WEDNESDAY)
    make_attendance(meeting, ben)

    send_recaps(meeting=meeting, by=None, now=WEDNESDAY + timedelta(hours=2))

    headers = OutgoingMail.objects.get(to="ben@example.org").headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/unsubscribe/")


def test_words_of_people_never_become_html(group, ben):
    Group.objects.filter(pk=group.pk).update(name="<b>Kawa & ludzie</b>")
    group.refresh_from_db()
    answer = make_answer(make_meeting(group), ben)

    mail = messages.answer_confirmed(answer, link=answer_link(ben, group), file=FILE, now=NOON)

    assert "&lt;b&gt;Kawa &amp; ludzie&lt;/b&gt;" in mail.html
    assert "<b>Kawa & ludzie</b>" in mail.text
