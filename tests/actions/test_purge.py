"""What has had its time is forgotten, and nothing else."""

from datetime import timedelta

from kawka.actions.purge import purge
from kawka.models import Account, Group, Person, PersonalLink
from tests.factories import (
    NOON,
    make_account,
    make_answer,
    make_attendance,
    make_link,
    make_meeting,
    make_member,
    make_person,
)

DAY = timedelta(days=1)


def stranger(group, **fields):
    person = make_person(group.community, is_self_entered=True, created_at=NOON, **fields)
    make_member(group, person, "guest")
    return person


def test_an_unproven_address_is_forgotten_with_its_answer_after_two_days(group):
    meeting = make_meeting(group)
    make_answer(meeting, stranger(group))

    purge(now=NOON + timedelta(hours=47))
    assert meeting.answers.count() == 1
    purge(now=NOON + timedelta(hours=49))

    assert (Person.objects.count(), meeting.answers.count()) == (0, 0)
    assert Group.objects.get().page_version == 2


def test_who_proved_came_or_was_brought_in_stays(group):
    stranger(group, name="Proven", email_proven_at=NOON)
    make_attendance(make_meeting(group), stranger(group, name="Came"))
    make_person(group.community, "Brought", created_at=NOON)

    purge(now=NOON + 9 * DAY)

    assert list(Person.objects.values_list("name", flat=True)) == ["Brought", "Came", "Proven"]


def test_links_are_deleted_a_month_after_they_end(group, ben):
    make_link(ben, group, "answer", expires_at=NOON)
    make_link(ben, group, "recap", make_meeting(group))

    purge(now=NOON + 31 * DAY)

    assert [link.scope for link in PersonalLink.objects.all()] == ["recap"]


def test_accounts_nobody_ever_signed_in_to_are_deleted(group, ben):
    make_account("typed@example.org", joined_at=NOON)
    make_account("root@example.org", joined_at=NOON, is_superuser=True)

    purge(now=NOON + 3 * DAY)

    assert set(Account.objects.values_list("email", flat=True)) == {"ben@example.org", "root@example.org"}
