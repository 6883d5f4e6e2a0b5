"""Answers pressed in calendars, mail that came back and “no more mail” arrive by a real IMAP conversation."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import icalendar
import pytest
from django.core import mail as django_mail

from kawka.actions.answers import answer, answer_as_guest
from kawka.actions.dates import call_off
from kawka.actions.inbox import read_inbox
from kawka.actions.outbox import send_due
from kawka.mail.outbox import write
from kawka.mail.reply_boxes import rsvp_box
from kawka.models import Answer, Membership, OutgoingMail, Person
from kawka.site.inbox_url import inbox_of
from tests.actions.imap_server import Folder, imap_server
from tests.factories import NOON, make_meeting

HOUR = timedelta(hours=1)
COMING, NO = Answer.Choice.COMING, Answer.Choice.NOT_THIS_TIME


@pytest.fixture
def folder(settings) -> Iterator[Folder]:
    settings.MAIL_IS_SHOWN_HERE = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with imap_server() as folder:
        settings.INBOX = inbox_of(
            f"imap://rsvp%40k.example:right@127.0.0.1:{folder.port}/INBOX?address=rsvp@k.example"
        )
        yield folder


def reply(uid: str, to: str, said: str) -> bytes:
    """What a calendar program mails when “yes”, “no” or “perhaps” is pressed."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ben@example.org", to, "Accepted: breakfast"
    message.set_content("Ben has answered.")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Google Inc//Google Calendar//EN",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "DTSTAMP:20261012T100000Z",
        "SEQUENCE:1",
        f"ORGANIZER:mailto:{to}",
        f"ATTENDEE;PARTSTAT={said}:mailto:ben@example.org",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    words = "\r\n".join(lines)
    message.add_alternative(words, subtype="calendar", params={"method": "REPLY"})
    return message.as_bytes()


def bounce(address: str, identity: str, status: str = "5.1.1") -> bytes:
    """What a mail server writes when it could not deliver (RFC 3464)."""
    lines = [
        "From: MAILER-DAEMON@mx.example",
        "To: rsvp@k.example",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=B",
        "",
        "--B",
        "",
        "Your mail could not be delivered.",
        "--B",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example",
        "",
        f"Final-Recipient: rfc822; {address}",
        "Action: failed",
        f"Status: {status}",
        "Diagnostic-Code: smtp; 550 5.1.1 no such user here",
        "",
        "--B",
        "Content-Type: text/rfc822-headers",
        "",
        "Subject: Hello",
        f"Message-ID: {identity}",
        "",
        "--B--",
        "",
    ]
    return "\r\n".join(lines).encode()


def calendar_of(mail: OutgoingMail) -> icalendar.Calendar:
    [file] = mail.attachments
    assert file["name"] == "invite.ics"
    return icalendar.Calendar.from_ical(file["text"])


def said_by(person: Person) -> list[str]:
    return list(Answer.objects.filter(person=person).values_list("choice", flat=True))


@pytest.mark.parametrize(
    ("said", "kept", "told"),
    [("ACCEPTED", [COMING], "answer"), ("DECLINED", [NO], "answer"), ("TENTATIVE", [], "perhaps")],
)
def test_an_answer_pressed_in_a_calendar_is_an_answer(said, kept, told, folder, group, ben):
    meeting = make_meeting(group)
    folder.messages.append(reply(meeting.calendar_uid, rsvp_box(meeting, ben), said))

    assert read_inbox(now=NOON) == {told: 1}
    assert (said_by(ben), folder.seen) == (kept, {1})


def test_a_message_is_read_once_and_again_changes_nothing(folder, group, ben):
    meeting = make_meeting(group)
    folder.messages.append(reply(meeting.calendar_uid, rsvp_box(meeting, ben), "ACCEPTED"))

    assert (read_inbox(now=NOON), read_inbox(now=NOON)) == ({"answer": 1}, {})
    folder.seen.clear()

    assert read_inbox(now=NOON) == {"answer": 1}
    assert said_by(ben) == [COMING]


def test_an_answer_by_another_tag_or_to_another_date_is_dropped_and_counted(folder, group, ben, cleo):
    meeting, other = make_meeting(group), make_meeting(group, starts_at=NOON + timedelta(days=9))
    box = rsvp_box(meeting, ben)
    folder.messages += [
        reply(meeting.calendar_uid, "rsvp@k.example", "ACCEPTED"),
        reply(other.calendar_uid, box, "ACCEPTED"),
        reply("unknown@elsewhere", box, "ACCEPTED"),
        reply(meeting.calendar_uid, box.replace(ben.code, cleo.code), "ACCEPTED"),
        b"Subject: win a prize\r\n\r\nClick",
        b"\xff\xfe nothing at all",
    ]

    assert read_inbox(now=NOON) == {"unknown": 6}
    assert not Answer.objects.exists()
    assert folder.seen == {1, 2, 3, 4, 5, 6}


def test_an_answer_to_a_date_that_is_over_is_refused(folder, group, ben):
    meeting = make_meeting(group)
    folder.messages.append(reply(meeting.calendar_uid, rsvp_box(meeting, ben), "ACCEPTED"))

    assert read_inbox(now=NOON + timedelta(days=9)) == {"refused": 1}


def test_a_guest_is_invited_and_a_change_of_mind_takes_it_back(folder, group, ada, ben):
    meeting = make_meeting(group)
    given = answer_as_guest(meeting=meeting, name="Ewa", email="ewa@example.org", choice=COMING, now=NOON)
    ewa = given.person

    answer(meeting=meeting, person=ewa, choice=NO, by=ewa, now=NOON + HOUR)
    answer(meeting=meeting, person=ewa, choice=COMING, by=ewa, now=NOON + 2 * HOUR)
    answer(meeting=meeting, person=ewa, choice=COMING, by=ewa, now=NOON + 3 * HOUR)

    files = [calendar_of(mail) for mail in OutgoingMail.objects.order_by("pk")]
    events = [file.walk("VEVENT")[0] for file in files]
    assert [str(file["method"]) for file in files] == ["REQUEST", "CANCEL", "REQUEST"]
    assert {str(event["uid"]) for event in events} == {meeting.calendar_uid}
    assert {str(event["organizer"]) for event in events} == {f"mailto:{rsvp_box(meeting, ewa)}"}
    assert {str(event["attendee"]) for event in events} == {"mailto:ewa@example.org"}
    assert [int(event["sequence"]) - int(events[0]["sequence"]) for event in events] == [0, 3600, 7200]
    assert [str(event["status"]) for event in events] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]


def test_calling_off_takes_the_date_out_of_the_calendars_of_those_invited(folder, group, ada, ben):
    meeting = make_meeting(group)
    guest = answer_as_guest(
        meeting=meeting, name="Ewa", email="ewa@example.org", choice=COMING, now=NOON
    ).person
    answer(meeting=meeting, person=ben, choice=COMING, by=ben, now=NOON)

    call_off(meeting=meeting, by=ada, now=NOON + HOUR)

    mails = OutgoingMail.objects.filter(kind="called_off")
    to_guest, to_ben = (calendar_of(mails.get(person=one)).walk("VEVENT")[0] for one in (guest, ben))
    assert str(to_guest["organizer"]) == f"mailto:{rsvp_box(meeting, guest)}"
    assert "organizer" not in to_ben


def test_the_invitation_stands_in_the_mail_as_mail_programs_look_for_it(folder, group):
    meeting = make_meeting(group)
    answer_as_guest(meeting=meeting, name="Ewa", email="ewa@example.org", choice=COMING, now=NOON)

    send_due(now=NOON)

    types = [part["content-type"] for part in django_mail.outbox[0].message().walk()]
    assert [one.split("boundary")[0].rstrip("; \n") for one in types] == [
        "multipart/mixed",
        "multipart/alternative",
        'text/plain; charset="utf-8"',
        'text/html; charset="utf-8"',
        'text/calendar; method="REQUEST"; charset="utf-8"',
        'text/calendar; method="REQUEST"; charset="utf-8"',
    ]


def test_without_a_mailbox_the_date_is_a_plain_file(group):
    meeting = make_meeting(group)

    answer_as_guest(meeting=meeting, name="Ewa", email="ewa@example.org", choice=COMING, now=NOON)

    [file] = OutgoingMail.objects.get().attachments
    calendar = icalendar.Calendar.from_ical(file["text"])
    assert (str(calendar["method"]), "organizer" in calendar.walk("VEVENT")[0]) == ("PUBLISH", False)


def sent_mail(group, person) -> OutgoingMail:
    return write(
        key="called_off:x",
        kind="called_off",
        to=person.email,
        person=person,
        group=group,
        subject="s",
        text="t",
        html="<p>t",
        now=NOON,
    )


@pytest.mark.parametrize(("status", "paused"), [("5.1.1", NOON + HOUR), ("4.2.2", None)])
def test_mail_that_comes_back_pauses_its_address(status, paused, folder, group, ben):
    mail = sent_mail(group, ben)
    send_due(now=NOON)
    folder.messages.append(bounce("ben@example.org", mail.headers["Message-ID"], status))

    read_inbox(now=NOON + HOUR)

    ben.refresh_from_db()
    assert (ben.mail_paused_at, ben.mail_trouble) == (paused, "550 5.1.1 no such user here" if paused else "")


def test_a_forged_report_pauses_nobody(folder, group, ben):
    sent_mail(group, ben)
    send_due(now=NOON)
    folder.messages.append(bounce("ben@example.org", "<made-up@k.example>"))

    assert read_inbox(now=NOON + HOUR) == {"unknown": 1}
    ben.refresh_from_db()
    assert ben.mail_paused_at is None


def stop(to: str, subject: str) -> bytes:
    return f"From: ben@example.org\r\nTo: <{to}>\r\nSubject: {subject}\r\n\r\n".encode()


def test_a_mail_program_stops_mail_by_mail(folder, group, ben):
    headers = sent_mail(group, ben).headers
    address = headers["List-Unsubscribe"].split("mailto:")[1].split("?")[0]
    folder.messages += [stop(address, "unsubscribe roles"), stop(f"rsvp+{'2' * 36}@k.example", "unsubscribe")]

    assert read_inbox(now=NOON) == {"stop": 1, "unknown": 1}
    place = Membership.objects.get(person=ben)
    assert (place.wants_roles, place.wants_dates, place.wants_mail) == (False, True, True)


def test_a_wrong_password_is_an_error_of_the_job(folder, settings):
    settings.INBOX = replace(settings.INBOX, password="wrong")

    with pytest.raises(Exception, match="done"):
        read_inbox(now=NOON)


def test_without_a_mailbox_nothing_is_read(settings):
    settings.INBOX = None

    assert read_inbox(now=NOON) == {}
