"""The sample: whole, apart from everything real, and gone with one call."""

from datetime import UTC, datetime
from itertools import combinations

import pytest
from django.apps import apps

from kawka.actions.sample import NotYours, SampleAddressTaken, create_sample, remove_sample, sample_accounts
from kawka.models import (
    Account,
    Attendance,
    Community,
    Greeting,
    Group,
    Hand,
    Meeting,
    Membership,
    OutgoingMail,
    Person,
    Spotlight,
    SpotlightProposal,
    Talk,
    TalkSeat,
    Task,
    Turn,
)
from tests.factories import NOON, make_account, make_group, make_person

WEDNESDAY_MORNING = datetime(2026, 10, 14, 6, 5, tzinfo=UTC)  # 8:05 in Tarnów
LATE_EVENING = datetime(2026, 10, 12, 21, 50, tzinfo=UTC)  # 23:50 in Tarnów


def rows_by_table() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in apps.get_app_config("kawka").get_models()}


def test_the_sample_has_people_past_meetings_and_one_today(db):
    host = create_sample(now=NOON)

    assert (host.email, host.is_superuser) == ("gosia@example.org", False)
    assert Person.objects.count() == 24
    assert Account.objects.count() == 2
    closed = Meeting.objects.filter(state=Meeting.State.CLOSED)
    assert [meeting.attendances.came().count() for meeting in closed] == [12, 13, 14, 15, 17, 18]
    assert {meeting.local_start.strftime("%A %H:%M") for meeting in closed} == {"Wednesday 08:30"}
    assert (Spotlight.objects.count(), Hand.objects.count()) == (7, 21)
    assert Talk.objects.count() == 3 * (6 + 6 + 7 + 7 + 8 + 9)


def test_todays_meeting_begins_at_the_next_half_hour(db):
    create_sample(now=NOON)

    today = Meeting.objects.get(local_date="2026-10-12")

    assert today.local_start.strftime("%H:%M") == "12:30"
    assert (today.state, today.series) == (Meeting.State.PLANNED, None)
    assert today.answers.coming().count() == 19
    assert today.attendances.in_room().count() == 8


def test_on_a_wednesday_todays_meeting_is_the_date_of_the_series(db):
    create_sample(now=WEDNESDAY_MORNING)

    today = Meeting.objects.get(local_date="2026-10-14")

    assert today.local_start.strftime("%H:%M") == "08:30"
    assert today.series is not None
    assert Meeting.objects.filter(state=Meeting.State.CLOSED).last().local_date.isoformat() == "2026-10-07"


def test_shortly_before_midnight_todays_meeting_has_just_begun(db):
    create_sample(now=LATE_EVENING)

    assert Meeting.objects.get(local_date="2026-10-12").local_start.strftime("%H:%M") == "23:30"


def test_the_next_eight_wednesdays_are_in_the_calendar(db):
    create_sample(now=NOON)

    later = Meeting.objects.filter(local_date__gt="2026-10-12")

    assert [meeting.local_date.isoformat() for meeting in later][:2] == ["2026-10-14", "2026-10-21"]
    assert later.count() == 8


def test_nobody_talked_twice_with_the_same_person_at_one_meeting(db):
    create_sample(now=NOON)

    for meeting in Meeting.objects.filter(state=Meeting.State.CLOSED):
        seats = [
            frozenset(talk.seats.values_list("person", flat=True))
            for talk in meeting.talks.prefetch_related("seats")
        ]
        pairs = [frozenset(pair) for people in seats for pair in combinations(people, 2)]
        assert len(pairs) == len(set(pairs))
        assert {len(people) for people in seats} <= {2, 3}
        assert sum(map(len, seats)) == 3 * meeting.attendances.count()


def test_creating_the_sample_twice_makes_one(db):
    first = create_sample(now=NOON)
    before = rows_by_table()

    second = create_sample(now=NOON)

    assert (second, rows_by_table()) == (first, before)


def test_removing_the_sample_leaves_nothing_of_it_and_all_that_is_real(group, ada, root):
    before = rows_by_table()
    host = create_sample(now=NOON)
    visitor = make_account("ja@example.org")
    make_person(Community.objects.get(is_sample=True), email=visitor.email, account=visitor)

    remove_sample(by=host, now=NOON)

    assert rows_by_table() == before
    assert (Attendance.objects.exists(), TalkSeat.objects.exists()) == (False, False)


def test_the_admin_keeps_the_account_they_looked_around_with(root):
    create_sample(now=NOON)
    make_person(Community.objects.get(is_sample=True), email=root.email, account=root)

    remove_sample(by=root, now=NOON)

    assert list(Account.objects.all()) == [root]


def test_a_stranger_cannot_remove_the_sample(ada):
    create_sample(now=NOON)

    with pytest.raises(NotYours):
        remove_sample(by=ada.account, now=NOON)

    assert Community.objects.filter(is_sample=True).exists()


def test_a_guest_of_the_sample_cannot_remove_it(db):
    create_sample(now=NOON)
    guest = make_account("gosc@example.org")
    somebody = Membership.objects.filter(standing="guest").first()
    Person.objects.filter(pk=somebody.person_id).update(account=guest)

    with pytest.raises(NotYours):
        remove_sample(by=guest, now=NOON)


def test_an_address_of_a_real_account_is_never_taken_over(db):
    make_account("gosia@example.org")

    with pytest.raises(SampleAddressTaken):
        create_sample(now=NOON)

    assert (Community.objects.count(), sample_accounts().count()) == (0, 0)


def test_a_real_group_with_the_samples_address_keeps_it(community):
    real = make_group(community, slug="sroda-od-sniadania")

    create_sample(now=NOON)

    assert Group.objects.get(community__is_sample=False) == real
    assert Group.objects.get(community__is_sample=True).slug == "sroda-od-sniadania-przyklad"


def test_the_sample_needs_few_statements(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(125):
        create_sample(now=NOON)


def test_the_sample_shows_who_carried_it_and_who_is_next(db):
    create_sample(now=NOON)

    past = Turn.objects.filter(meeting__state="closed")
    assert past.count() == 30
    assert all(turn.meeting.attendances.filter(person=turn.person).exists() for turn in past)
    ahead = Turn.objects.exclude(meeting__state="closed")
    assert ahead.count() == 15
    assert not ahead.filter(person=None).exists()
    assert set(Greeting.objects.values_list("guest__memberships__standing", flat=True)) == {"guest"}
    assert Task.objects.open().count() == 3
    assert SpotlightProposal.objects.count() == 2
    assert OutgoingMail.objects.count() == 0
