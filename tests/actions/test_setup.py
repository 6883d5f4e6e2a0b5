"""The first account of an instance, the draft of a group, and the group made of it."""

from datetime import date, time

import pytest

from kawka.actions import setup
from kawka.actions.formulas import BREAKFAST, OPEN_COFFEE, proposed_formula, usual_overrun
from kawka.actions.groups import change_formula, change_group
from kawka.actions.sample import create_sample
from kawka.models import Account, Community, Group, Membership, Person, Series, SetupDraft
from tests.factories import NOON, make_account, make_group, make_meeting, make_person

FIELDS = {
    "name": "Śniadanie w Łodzi",
    "town": "Łódź",
    "purpose": "both",
    "type": "general",
    "place_name": "Kawiarnia",
    "timezone": "Europe/Warsaw",
}


def plan(**series: object) -> setup.NewGroup:
    rhythm = {"kind": "weekly", "weekday": 2, "starts_at": time(8, 30), "starts_on": date(2026, 10, 14)}
    return setup.NewGroup("Ola Nowa", dict(FIELDS), list(BREAKFAST), Series(**{**rhythm, **series}))


def first_account() -> Account:
    return setup.make_first_account(name="Ola Nowa", email="Ola@Example.org ", language="pl", now=NOON)


def test_the_first_account_looks_after_the_instance_with_a_proven_address(db):
    account = first_account()

    assert (account.email, account.is_superuser) == ("ola@example.org", True)
    assert account.emailaddress_set.get().verified
    assert setup.draft_of(account) == {"host": {"host_name": "Ola Nowa"}}


def test_there_is_one_first_account(root):
    with pytest.raises(setup.AlreadyStarted):
        first_account()

    assert list(Account.objects.all()) == [root]


def test_an_instance_with_nothing_but_the_sample_is_fresh(db):
    create_sample(now=NOON)
    guest = make_account("gosc@example.org")
    make_person(Community.objects.get(), email=guest.email, account=guest)

    assert setup.is_fresh()
    assert first_account().is_superuser
    assert not setup.is_fresh()


def test_a_guest_of_the_sample_becomes_the_first_account_with_the_same_address(db):
    create_sample(now=NOON)
    guest = make_account("ola@example.org")
    make_person(Community.objects.get(), email=guest.email, account=guest)

    assert first_account().pk == guest.pk


def test_the_setup_key_is_made_once_and_is_for_its_owner_alone(settings, tmp_path):
    settings.DATA = tmp_path

    key = setup.setup_key()

    assert setup.setup_key() == key
    assert (tmp_path / "setup_key").stat().st_mode & 0o777 == 0o600
    assert [setup.is_setup_key(typed) for typed in (f" {key} ", "", "x", "ż")] == [True, False, False, False]


def test_a_group_is_made_whole(db):
    account = first_account()

    group = setup.create_group(plan=plan(), by=account, now=NOON)

    host = Person.objects.get()
    assert (group.slug, group.community.name) == ("sniadanie-w-lodzi", "Śniadanie w Łodzi")
    assert [(part.kind, part.minutes) for part in group.segments.all()] == [
        ("coffee", 20),
        ("round", 28),
        ("talks", 27),
        ("spotlight", 10),
        ("notices", 5),
    ]
    assert group.meetings.count() == 8
    assert (host.name, host.email, host.account) == ("Ola Nowa", "ola@example.org", account)
    assert (host.ownership.community, Membership.objects.get().standing) == (group.community, "host")
    assert not SetupDraft.objects.exists()


def test_a_group_by_hand_has_the_one_date_that_was_chosen(db):
    by_hand = plan(kind="by_hand", starts_on=date(2026, 10, 17))

    group = setup.create_group(plan=by_hand, by=first_account(), now=NOON)

    assert [meeting.local_date for meeting in group.meetings.all()] == [date(2026, 10, 17)]


def test_a_second_group_of_the_same_owner_joins_their_community(db):
    account = first_account()
    first = setup.create_group(plan=plan(), by=account, now=NOON)

    second = setup.create_group(plan=plan(), by=account, now=NOON + setup.DOUBLE_PRESS)

    assert second.community == first.community
    assert second.slug == "sniadanie-w-lodzi-2"
    assert Person.objects.count() == 1


def test_a_host_of_the_sample_starts_nothing_real(db):
    sample_host = create_sample(now=NOON)

    with pytest.raises(setup.SampleStaysApart):
        setup.create_group(plan=plan(), by=sample_host, now=NOON)

    assert Group.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "town", "slug"),
    [
        ("Żółć i kawa", "Łódź", "zolc-i-kawa-lodz"),
        ("Śniadanie Olsztyn", "Olsztyn", "sniadanie-olsztyn"),
        ("☕☕", "東京", "group"),
        ("a" * 80, "b" * 80, "a" * 54),
    ],
)
def test_the_address_is_made_of_name_and_town(db, name, town, slug):
    assert setup.free_slug(name, town) == slug


def test_an_address_is_never_given_twice(community):
    make_group(community, slug="kawa-olsztyn")
    make_group(community, slug="kawa-olsztyn-2")

    assert setup.free_slug("Kawa", "Olsztyn") == "kawa-olsztyn-3"


@pytest.mark.parametrize(
    ("purpose", "formula"), [("recommend", "breakfast"), ("both", "breakfast"), ("integrate", "open_coffee")]
)
def test_the_purpose_proposes_the_formula(purpose, formula):
    assert proposed_formula(purpose) == formula


def test_the_proposed_formulas_take_whole_hours_and_fit_their_people(community):
    assert sum(minutes for _kind, _title, minutes in BREAKFAST) == 90
    assert sum(minutes for _kind, _title, minutes in OPEN_COFFEE) == 60
    group = make_group(community, segments=[(kind, minutes) for kind, _title, minutes in BREAKFAST])

    assert usual_overrun(group, people=24, starts_at=NOON) is None
    assert usual_overrun(group, people=25, starts_at=NOON).shorter == 45


def test_another_run_sheet_changes_when_coming_meetings_end(group):
    meeting = make_meeting(group)

    change_formula(group=group, rows=OPEN_COFFEE, fields={"pitch_seconds": 45}, by=None, now=NOON)

    meeting.refresh_from_db()
    assert (meeting.ends_at - meeting.starts_at).total_seconds() == 3600
    assert meeting.calendar_sequence == 1
    assert Group.objects.get(pk=group.pk).pitch_seconds == 45


def test_in_another_time_zone_the_hour_on_the_clock_stays(group):
    meeting = make_meeting(group)

    changed = change_group(group=group, fields={"timezone": "Europe/Lisbon"}, by=None, now=NOON)

    moved = changed.meetings.get(pk=meeting.pk)
    assert moved.local_start.strftime("%d %H:%M") == "14 08:30"
    assert moved.starts_at.hour == 7


def test_two_requests_at_once_make_one_group(root):
    made = [setup.create_group(plan=plan(), by=root, now=NOON) for _request in range(2)]

    assert made[0] == made[1] == Group.objects.get()


def test_a_group_of_another_name_may_follow_at_once(root):
    setup.create_group(plan=plan(), by=root, now=NOON)
    other = plan()
    other.fields["name"] = "Kawa w Łodzi"

    setup.create_group(plan=other, by=root, now=NOON)

    assert Group.objects.count() == 2
