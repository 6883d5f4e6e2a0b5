"""The host's week: what is open, what is decided, and how a quiet week is rescued."""

from datetime import timedelta

import pytest

from kawka.actions.dates import MeetingHasBegun
from kawka.actions.outbox import pause
from kawka.actions.reminders import send_headcount
from kawka.actions.week import IsLooseAlready, make_full, make_loose, week_of
from kawka.models import Invitation, Membership, Role, Task, Turn
from kawka.models.formula import segments_of
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
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def test_a_group_without_dates_has_an_empty_week(group, ada):
    week = week_of(group, now=NOON)

    assert (week.meeting, week.outlook, list(week.steps)) == (None, None, [])


def test_the_week_names_what_waits(group, ada, ben):
    meeting = make_meeting(group)
    role = Role.objects.create(group=group, name="Minutnik")
    turn = Turn.objects.create(role=role, meeting=meeting)
    Membership.objects.filter(person=ben).update(applied_at=NOON)
    task = Task.objects.create(
        group=group, text="Kupić flipchart", due_on=meeting.local_date, created_at=NOON
    )
    Task.objects.create(group=group, text="Kiedyś", due_on=meeting.local_date + 30 * DAY, created_at=NOON)
    over = make_meeting(group, starts_at=WEDNESDAY - WEEK)
    make_attendance(over, ben)
    ben.mail_paused_at = NOON
    ben.save(update_fields=["mail_paused_at"])

    week = week_of(group, now=NOON)

    assert week.meeting == meeting
    assert week.open_turns == [turn]
    assert [place.person for place in week.applicants] == [ben]
    assert list(week.tasks) == [task]
    assert list(week.unclosed) == [over]
    assert list(week.returned) == [ben]
    assert [name for name, _at in week.steps] == ["prepare", "freeze", "wrap_up", "thank", "call"]


def test_the_last_hours_say_that_nobody_leads(group, ada):
    meeting = make_meeting(group)
    Turn.objects.create(role=Role.objects.create(group=group, name="Prowadzenie"), meeting=meeting)

    early = week_of(group, now=meeting.starts_at - timedelta(hours=13))
    late = week_of(group, now=meeting.starts_at - timedelta(hours=11))

    assert (early.nobody_leads, late.nobody_leads) == (False, True)


def test_an_invitation_without_a_date_is_one_to_ask_about(group, ada, ben):
    make_meeting(group)
    about = {"group": group, "inviter": ben, "way": "link", "name": "Anna", "created_at": NOON}
    open_one = Invitation.objects.create(**about, expires_at=NOON + 100 * DAY)
    Invitation.objects.create(**about, expires_at=NOON - DAY)
    Invitation.objects.create(**about, expires_at=NOON + 100 * DAY, rested_at=NOON)

    assert list(week_of(group, now=NOON).owing) == [open_one]


@pytest.mark.parametrize(("coming", "is_quiet"), [(3, True), (7, False)])
def test_a_week_is_quiet_when_few_are_expected_and_the_date_is_near(group, ada, coming, is_quiet):
    meeting = make_meeting(group)
    for _ in range(coming):
        person = make_person(group.community)
        make_member(group, person)
        make_answer(meeting, person)

    assert week_of(group, now=NOON).is_quiet is is_quiet
    assert week_of(group, now=NOON - 3 * DAY).is_quiet is False


def test_a_quiet_week_becomes_a_coffee_of_the_same_length_and_back(group, ada):
    meeting = make_meeting(group)

    loose = make_loose(meeting=meeting, by=ada, now=NOON)

    assert [(part.kind, part.minutes) for part in segments_of(loose)] == [("coffee", 79), ("notices", 5)]
    with pytest.raises(IsLooseAlready):
        make_loose(meeting=meeting, by=ada, now=NOON)
    assert len(segments_of(make_full(meeting=meeting, by=ada, now=NOON))) == 5


def test_a_meeting_that_runs_stays_as_it_is(group, ada):
    meeting = make_meeting(group, state="live")

    with pytest.raises(MeetingHasBegun):
        make_loose(meeting=meeting, by=ada, now=NOON)


def test_a_place_mail_does_not_reach_is_one_to_call_until_it_is_told_anew(group, ada):
    group.venue_email = "lokal@example.org"
    group.save(update_fields=["venue_email"])
    meeting = make_meeting(group)
    send_headcount(meeting=meeting, by=ada, now=NOON)
    told = week_of(group, now=NOON).is_place_unreached

    pause(address="Lokal@example.org", trouble="550 5.1.1 no such user here", now=NOON)
    lost = week_of(group, now=NOON).is_place_unreached
    send_headcount(meeting=meeting, by=ada, now=NOON)

    assert (told, lost, week_of(group, now=NOON).is_place_unreached) == (False, True, False)
