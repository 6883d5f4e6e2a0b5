from datetime import timedelta

import pytest

from kawka.actions.owners import (
    CannotOwn,
    NotAskedToOwn,
    answer_ask,
    could_own,
    look_after_owners,
    make_owner,
    owners_of,
)
from kawka.models import Membership, OutgoingMail, OwnerAsk, Person, Task
from tests.factories import NOON, WEDNESDAY, make_attendance, make_meeting, make_member, make_person

LATER = NOON + timedelta(days=61)
DAY = timedelta(days=1)


@pytest.fixture
def silent(group, olga, ada, ben):
    """Olga owns the community and was never seen; ada and ben came lately, ben belongs to it longer."""
    group.community.created_at = NOON
    group.community.save()
    Person.objects.update(created_at=NOON)
    meeting = make_meeting(group, starts_at=LATER - 5 * DAY)
    for person, joined in ((ada, NOON), (ben, NOON - DAY)):
        make_attendance(meeting, person)
        Membership.objects.filter(person=person).update(joined_at=joined)


def asked():
    return list(OwnerAsk.objects.order_by("pk").values_list("person__email", "reply"))


def test_a_community_with_one_owner_is_asked_for_a_second_once(group, olga, ada, ben):
    look_after_owners(now=NOON)
    look_after_owners(now=NOON + DAY)

    task = Task.objects.get()
    assert (task.group, task.owner, task.is_about_owners) == (group, olga, True)


def test_with_a_second_owner_the_task_is_done(group, olga, ada, ben):
    look_after_owners(now=NOON)

    make_owner(community=group.community, person=ben, by=olga, now=NOON)
    make_owner(community=group.community, person=ben, by=olga, now=NOON)

    assert owners_of(group.community) == [olga, ben]
    assert Task.objects.get().done_at == NOON


def test_an_owner_can_be_reached_and_belongs_to_the_community(group, dan):
    mute = make_person(group.community, email="")
    make_member(group, mute)

    assert could_own(group.community) == []
    with pytest.raises(CannotOwn):
        make_owner(community=group.community, person=mute, by=None, now=NOON)
    with pytest.raises(CannotOwn):
        make_owner(community=group.community, person=dan, by=None, now=NOON)


def test_after_sixty_silent_days_the_longest_serving_member_is_asked(silent):
    look_after_owners(now=NOON + timedelta(days=59))
    assert asked() == []

    look_after_owners(now=LATER)
    look_after_owners(now=LATER + DAY)

    assert asked() == [("ben@example.org", "")]
    assert OutgoingMail.objects.get(kind="owner_ask").to == "ben@example.org"


def test_an_owner_who_did_something_lately_is_not_silent(silent, group, olga):
    olga.account.last_login = LATER - DAY
    olga.account.save()

    look_after_owners(now=LATER)

    assert asked() == []


def test_not_me_asks_the_next_and_silence_too(silent, ben, ada):
    look_after_owners(now=LATER)

    answer_ask(person=ben, yes=False, now=LATER)

    assert asked() == [("ben@example.org", "no"), ("ada@example.org", "")]
    with pytest.raises(NotAskedToOwn):
        answer_ask(person=ben, yes=True, now=LATER)


def test_who_says_nothing_for_a_week_keeps_the_question_and_the_next_is_asked(silent):
    look_after_owners(now=LATER)

    look_after_owners(now=LATER + 8 * DAY)

    assert asked() == [("ben@example.org", ""), ("ada@example.org", "")]


def test_yes_hands_over_the_keys(silent, group, olga, ben):
    look_after_owners(now=LATER)

    answer_ask(person=ben, yes=True, now=LATER)

    assert owners_of(group.community) == [olga, ben]
    assert Membership.objects.get(person=ben).standing == "host"
    with pytest.raises(NotAskedToOwn):
        answer_ask(person=ben, yes=True, now=LATER)


def test_looking_costs_the_same_for_one_and_for_many(group, olga, django_assert_num_queries):
    make_meeting(group, starts_at=WEDNESDAY)

    with django_assert_num_queries(7):
        look_after_owners(now=NOON)
