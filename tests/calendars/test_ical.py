from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from kawka.calendars.feeds import group_feed
from kawka.calendars.ical import cancellation, meeting_calendar
from kawka.models import Meeting
from tests.factories import WEDNESDAY, make_group, make_meeting

BEFORE_AND_AFTER_AUTUMN = [
    datetime(2026, 10, 21, 6, 30, tzinfo=UTC),
    datetime(2026, 10, 28, 7, 30, tzinfo=UTC),
]
BEFORE_AND_AFTER_SPRING = [datetime(2027, 3, 24, 7, 30, tzinfo=UTC), datetime(2027, 3, 31, 6, 30, tzinfo=UTC)]


def test_one_date_is_written_as_readers_expect_it(group):
    meeting = make_meeting(group, calendar_uid="meeting-1@kawka.example", changed_at=WEDNESDAY)

    text = meeting_calendar(meeting, address="https://kawka.example/m/1/").decode()

    assert text.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kawka//Kawka//PL",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Warsaw",
        "X-LIC-LOCATION:Europe/Warsaw",
        "BEGIN:DAYLIGHT",
        "DTSTART:19700329T020000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZNAME:CEST",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19701025T030000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZNAME:CET",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "SUMMARY:Śniadanie biznesowe",
        "DTSTART;TZID=Europe/Warsaw:20261014T083000",
        "DTEND;TZID=Europe/Warsaw:20261014T100000",
        "DTSTAMP:20261014T063000Z",
        "UID:meeting-1@kawka.example",
        "SEQUENCE:0",
        "LAST-MODIFIED:20261014T063000Z",
        "LOCATION:Kawiarnia Pod Kawką\\, Rynek 1\\, Olsztyn",
        "STATUS:CONFIRMED",
        "URL:https://kawka.example/m/1/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize("moments", [BEFORE_AND_AFTER_AUTUMN, BEFORE_AND_AFTER_SPRING])
def test_half_past_eight_stays_half_past_eight_across_the_clock_change(group, moments):
    for moment in moments:
        make_meeting(group, starts_at=moment)

    feed = group_feed(
        group, group.meetings.all(), source="https://k.example/f.ics", address="https://k.example/g/"
    )

    starts = [event.decoded("dtstart") for event in icalendar.Calendar.from_ical(feed).walk("VEVENT")]
    assert [start.astimezone(ZoneInfo("Europe/Warsaw")).strftime("%H:%M") for start in starts] == [
        "08:30",
        "08:30",
    ]
    assert [start.astimezone(UTC) for start in starts] == moments


def test_a_called_off_date_stays_in_the_feed_and_says_so(group):
    make_meeting(group, state=Meeting.State.CALLED_OFF, calendar_sequence=2)

    feed = group_feed(
        group, group.meetings.all(), source="https://k.example/f.ics", address="https://k.example/g/"
    )

    [event] = icalendar.Calendar.from_ical(feed).walk("VEVENT")
    assert (str(event["status"]), int(event["sequence"])) == ("CANCELLED", 2)
    assert str(event["summary"]) in {"CALLED OFF: Śniadanie biznesowe", "ODWOŁANE: Śniadanie biznesowe"}


def test_lines_are_folded_at_75_octets_not_letters(group):
    group.name = "Żółć " * 16
    make_meeting(group)

    feed = group_feed(
        group, group.meetings.all(), source="https://k.example/f.ics", address="https://k.example/g/"
    )

    assert max(len(line) for line in feed.split(b"\r\n")) <= 75
    assert str(icalendar.Calendar.from_ical(feed)["name"]) == "Żółć " * 16


@pytest.mark.parametrize(
    ("zone", "rules"),
    [
        ("Europe/Warsaw", ["FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"]),
        ("America/New_York", ["FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"]),
        ("Asia/Tokyo", []),
    ],
)
def test_zones_change_their_clocks_by_their_own_rules(community, zone, rules):
    group = make_group(community, timezone=zone)
    make_meeting(group, starts_at=WEDNESDAY + timedelta(days=1))

    feed = group_feed(
        group, group.meetings.all(), source="https://k.example/f.ics", address="https://k.example/g/"
    )

    halves = icalendar.Calendar.from_ical(feed).walk("VTIMEZONE")[0].subcomponents
    assert [half["rrule"].to_ical().decode() for half in halves if "rrule" in half] == rules


def test_a_called_off_date_is_taken_out_by_its_own_identity(group):
    meeting = make_meeting(group, state=Meeting.State.CALLED_OFF, calendar_sequence=2)

    text = cancellation(meeting).decode()

    assert "METHOD:CANCEL\r\n" in text
    assert "STATUS:CANCELLED\r\n" in text
    assert "SEQUENCE:2\r\n" in text
    assert meeting.calendar_uid in text.replace("\r\n ", "")
