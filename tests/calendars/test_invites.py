"""Invitations as mail programs take them: read by a calendar program, folded by octets, one attendee."""

from datetime import timedelta

import icalendar
import pytest

from kawka.calendars.invites import cancel, request
from tests.calendars.readers import Khal, starts
from tests.factories import NOON, WEDNESDAY, make_meeting

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WHERE = {"organizer": "rsvp+abc@k.example", "address": "https://k.example/m/1/"}


@pytest.fixture
def khal(tmp_path):
    return Khal(tmp_path, "Europe/Warsaw")


def test_an_invitation_says_who_asks_whom(group, ben):
    meeting = make_meeting(group, calendar_uid="meeting-1@k.example", changed_at=WEDNESDAY)

    text = request(meeting, ben, now=NOON, **WHERE)

    lines = text.decode().replace("\r\n ", "").split("\r\n")
    assert lines[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kawka//Kawka//PL",
        "CALSCALE:GREGORIAN",
        "METHOD:REQUEST",
    ]
    assert [line for line in lines if line.startswith(("ORGANIZER", "ATTENDEE"))] == [
        'ATTENDEE;CN="Ben Członek";PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:ben@example.org',
        'ORGANIZER;CN="Śniadanie biznesowe":mailto:rsvp+abc@k.example',
    ]
    assert lines.count("METHOD:REQUEST") == 1
    assert max(len(line) for line in text.split(b"\r\n")) <= 75


def test_what_follows_has_the_same_identity_and_a_higher_number(group, ben):
    meeting = make_meeting(group)

    files = [
        request(meeting, ben, now=NOON, **WHERE),
        request(meeting, ben, now=NOON + HOUR, **WHERE),
        cancel(meeting, ben, organizer=WHERE["organizer"], now=NOON + 2 * HOUR),
    ]

    calendars = [icalendar.Calendar.from_ical(file) for file in files]
    events = [calendar.walk("VEVENT")[0] for calendar in calendars]
    assert [str(calendar["method"]) for calendar in calendars] == ["REQUEST", "REQUEST", "CANCEL"]
    assert {(str(event["uid"]), str(event["organizer"])) for event in events} == {
        (meeting.calendar_uid, "mailto:rsvp+abc@k.example")
    }
    assert [int(event["sequence"]) - int(events[0]["sequence"]) for event in events] == [0, 3600, 7200]


def test_a_calendar_program_moves_what_is_asked_again(group, ben, khal):
    meeting = make_meeting(group)
    khal.take(request(meeting, ben, now=NOON, **WHERE))
    meeting.starts_at, meeting.ends_at = meeting.starts_at + 25 * HOUR, meeting.ends_at + 25 * HOUR
    again = request(meeting, ben, now=NOON + HOUR, **WHERE)

    khal.take(again)

    assert khal.dates("2026-10-01", "2026-10-31") == ["2026-10-15 09:30 Śniadanie biznesowe"]
    assert starts(again) == {meeting.calendar_uid: WEDNESDAY + 25 * HOUR}
