"""Real calendar programs keep 8:30 at 8:30, move what moves and see what is called off."""

from datetime import UTC, datetime, timedelta

import pytest

from kawka.calendars.feeds import FeedDate, feed, group_feed
from kawka.models import Role, Turn
from tests.calendars.readers import Khal, starts
from tests.factories import make_group, make_meeting

pytestmark = pytest.mark.django_db
AUTUMN = [datetime(2026, 10, 21, 6, 30, tzinfo=UTC), datetime(2026, 10, 28, 7, 30, tzinfo=UTC)]
SPRING = [datetime(2027, 3, 24, 7, 30, tzinfo=UTC), datetime(2027, 3, 31, 6, 30, tzinfo=UTC)]
PLACE = {"source": "https://kawka.example/f.ics", "address": "https://kawka.example/"}
HOUR = timedelta(hours=1)


@pytest.fixture
def khal(tmp_path):
    return Khal(tmp_path, "Europe/Warsaw")


def test_khal_shows_half_past_eight_on_both_sides_of_both_changes_of_clocks(group, khal):
    meetings = [make_meeting(group, starts_at=at) for at in (*AUTUMN, *SPRING)]

    khal.take(group_feed(group, meetings, **PLACE))

    assert khal.dates("2026-10-01", "2027-04-30") == [
        f"{day} 08:30 Śniadanie biznesowe" for day in ("2026-10-21", "2026-10-28", "2027-03-24", "2027-03-31")
    ]


@pytest.mark.parametrize("zone", ["Europe/Warsaw", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])
def test_libical_finds_the_very_moment_by_the_zone_in_the_file(community, zone):
    group = make_group(community, timezone=zone)
    meetings = [make_meeting(group, starts_at=at) for at in (*AUTUMN, *SPRING)]

    assert starts(group_feed(group, meetings, **PLACE)) == {
        one.calendar_uid: one.starts_at for one in meetings
    }


def test_a_moved_date_moves_and_a_called_off_one_says_so(group, khal):
    moved, off = (make_meeting(group, starts_at=at) for at in AUTUMN)
    khal.take(group_feed(group, [moved, off], **PLACE))
    moved.starts_at, moved.ends_at = moved.starts_at + 25 * HOUR, moved.ends_at + 25 * HOUR
    off.state = "called_off"
    for meeting in (moved, off):
        meeting.calendar_sequence += 1
        meeting.changed_at += HOUR

    khal.take(group_feed(group, [moved, off], **PLACE))

    assert khal.dates("2026-10-01", "2026-11-30") == [
        "2026-10-22 09:30 Śniadanie biznesowe",
        "2026-10-28 08:30 ODWOŁANE: Śniadanie biznesowe",
    ]


def test_a_turn_is_an_entry_of_its_own_that_begins_when_one_is_needed(group, khal):
    meeting = make_meeting(group, starts_at=AUTUMN[0])
    role = Role.objects.create(group=group, name="witanie", steps="Stań przy drzwiach", minutes_before=15)
    turn = Turn.objects.create(role=role, meeting=meeting)

    khal.take(feed("Moje", [FeedDate(meeting, "")], source="https://kawka.example/m.ics", turns=[turn]))

    assert khal.dates("2026-10-21", "2026-10-21") == [
        "2026-10-21 08:15 Mój dyżur: witanie",
        "2026-10-21 08:30 Śniadanie biznesowe",
    ]
