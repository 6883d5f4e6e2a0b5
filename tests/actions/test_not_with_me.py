from itertools import combinations

import pytest
from django.db import IntegrityError, transaction

from kawka.actions.forgetting import forget
from kawka.actions.grounds import grounds_of
from kawka.actions.my_data import my_data
from kawka.actions.not_with_me import (
    NotAboutYourself,
    keep_apart,
    kept_apart,
    kept_apart_from,
    pairs_kept_apart,
    take_back,
)
from kawka.actions.opening import open_meeting
from kawka.actions.seats_apart import sit_apart
from kawka.actions.talks import deal, tables
from kawka.models import NotWithMe
from tests.factories import (
    NOON,
    WEDNESDAY,
    make_attendance,
    make_group,
    make_meeting,
    make_member,
    make_person,
)

PAIR = frozenset


def room_of(community, size):
    meeting = make_meeting(make_group(community, segments=[("talks", 24)]))
    people = [make_person(community) for _number in range(size)]
    for person in people:
        make_member(meeting.group, person)
        make_attendance(meeting, person)
    return meeting, people


def test_a_wish_is_kept_once_and_can_be_taken_back(ada, ben):
    keep_apart(owner=ada, other=ben, by=ada, now=NOON)
    keep_apart(owner=ada, other=ben, by=ada, now=NOON)
    kept = (kept_apart(ada), kept_apart(ben), kept_apart_from(ada), kept_apart_from(ben))

    take_back(owner=ada, other=ben, by=ada, now=NOON)

    assert kept == ([ben], [], {ben.pk}, {ada.pk})
    assert not NotWithMe.objects.exists()


def test_it_is_about_somebody_else_of_the_same_community(ada, dan):
    for other in (ada, dan):
        with pytest.raises(NotAboutYourself):
            keep_apart(owner=ada, other=other, by=ada, now=NOON)

    for rows in ([(ada, ada)], [(ada, dan), (ada, dan)]):
        with pytest.raises(IntegrityError), transaction.atomic():
            NotWithMe.objects.bulk_create(
                NotWithMe(owner=owner, other=other, said_at=NOON) for owner, other in rows
            )


@pytest.mark.parametrize("size", [4, 5, 8])
def test_the_two_never_share_a_table_and_everybody_sits(community, ada, size):
    meeting, people = room_of(community, size)
    keep_apart(owner=people[0], other=people[1], by=people[0], now=NOON)

    deal(meeting=meeting, by=ada, now=WEDNESDAY)

    together = {PAIR(pair) for table in tables(meeting) for pair in combinations(table.codes, 2)}
    first = [code for table in tables(meeting) if table.round == 1 for code in table.codes]
    assert PAIR((people[0].code, people[1].code)) not in together
    assert sorted(first) == sorted(person.code for person in people)


def test_who_named_everybody_rests_and_nobody_else_does(community, ada):
    meeting, people = room_of(community, 5)
    for other in people[1:]:
        keep_apart(owner=people[0], other=other, by=people[0], now=NOON)

    deal(meeting=meeting, by=ada, now=WEDNESDAY)

    first = [code for table in tables(meeting) if table.round == 1 for code in table.codes]
    assert sorted(first) == sorted(person.code for person in people[1:])


def test_said_while_the_tables_are_set_it_holds_in_the_rounds_ahead(community, ada):
    meeting, people = room_of(community, 8)
    deal(meeting=meeting, by=ada, now=WEDNESDAY)
    third = next(table for table in tables(meeting) if table.round == 3)
    one, other = third.people

    sit_apart(owner=one, other=other, by=one, now=WEDNESDAY)

    together = {PAIR(pair) for table in tables(meeting) for pair in combinations(table.codes, 2)}
    sitting = [code for table in tables(meeting) if table.round == 3 for code in table.codes]
    assert PAIR((one.code, other.code)) not in together
    assert sorted(sitting) == sorted(person.code for person in people)


def test_a_round_that_is_on_is_left_as_it_is(community, ada):
    meeting, _people = room_of(community, 4)
    deal(meeting=meeting, by=ada, now=WEDNESDAY)
    open_meeting(meeting=meeting, by=ada, now=WEDNESDAY)
    first = next(table for table in tables(meeting) if table.round == 1)

    sit_apart(owner=first.people[0], other=first.people[1], by=first.people[0], now=WEDNESDAY)

    assert first in tables(meeting)


def test_it_holds_at_every_meeting_of_the_community(community):
    meeting, people = room_of(community, 3)
    elsewhere = make_meeting(make_group(community))
    for person in people:
        make_attendance(elsewhere, person)
    keep_apart(owner=people[2], other=people[0], by=people[2], now=NOON)

    pair = {PAIR((people[0].code, people[2].code))}
    assert grounds_of(meeting, 3).problem.never == grounds_of(elsewhere, 3).problem.never == pair


@pytest.mark.parametrize("size", [1, 30])
def test_it_is_one_question_however_many_people(community, size, django_assert_num_queries):
    _meeting, people = room_of(community, size + 1)
    for other in people[1:]:
        keep_apart(owner=people[0], other=other, by=people[0], now=NOON)

    with django_assert_num_queries(1):
        found = pairs_kept_apart(person.code for person in people)

    assert len(found) == size


def test_only_the_owner_takes_it_along(ada, ben):
    keep_apart(owner=ada, other=ben, by=ada, now=NOON)

    mine, theirs = ([one["not_with_me"] for one in my_data(who.account)["persons"]] for who in (ada, ben))

    assert (mine, theirs) == ([["Ben Członek"]], [[]])
    assert "Ben" not in str(NotWithMe.objects.get())


@pytest.mark.parametrize("gone", ["ada", "ben"])
def test_it_is_forgotten_with_either_of_the_two(ada, ben, gone):
    keep_apart(owner=ada, other=ben, by=ada, now=NOON)

    forget(person={"ada": ada, "ben": ben}[gone], by=None, now=NOON)

    assert not NotWithMe.objects.exists()
