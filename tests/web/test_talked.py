from datetime import timedelta

import pytest

from kawka.actions.not_with_me import keep_apart
from kawka.actions.talked import SEASON, my_season, season_of
from kawka.models import Meeting, Standing, Talk, TalkSeat
from tests.factories import NOON, WEDNESDAY, make_ask, make_meeting, make_member, make_person

AFTER = WEDNESDAY + timedelta(days=1)


def talk(group, *people, starts_at=WEDNESDAY, happened=None, state=Meeting.State.CLOSED):
    meeting = make_meeting(group, starts_at=starts_at, state=state)
    row = Talk.objects.create(meeting=meeting, round=1, table=1)
    for person in people:
        TalkSeat.objects.create(talk=row, person=person, happened=happened)


def test_the_host_sees_who_has_sat_with_whom_and_how_far_it_goes(group, ada, ben, cleo):
    eve = make_person(group.community, "Ewa Żak")
    make_member(group, eve)
    talk(group, ada, ben, cleo)
    talk(group, ada, eve, starts_at=WEDNESDAY - SEASON)
    talk(group, ben, eve, starts_at=AFTER, state=Meeting.State.LIVE)

    season = season_of(group, now=AFTER)

    assert [(row.person, row.marks, row.talked, row.not_yet) for row in season.rows] == [
        (ada, [None, True, False], [ben], [eve]),
        (ben, [True, None, False], [ada], [eve]),
        (eve, [False, False, None], [], [ada, ben]),
    ]
    assert (season.talked, season.pairs) == (1, 3)


def test_the_host_sees_how_many_of_those_who_may_help_each_other_have_talked(
    group, ada, ben, cleo, as_, time_machine
):
    time_machine.move_to(AFTER)
    eve = make_person(group.community, "Ewa Żak", card={"trade": "Dekarz"})
    make_member(group, eve)
    make_ask(ada, "dekarz do naprawy dachu")
    make_ask(ben, "dobry dekarz")
    talk(group, ada, eve)
    talk(group, ada, ben)

    season = season_of(group, now=AFTER)
    page = as_(ada).get(f"/g/{group.slug}/talked/all/").content.decode()

    assert (season.talked, season.pairs, season.helped, season.helpful) == (2, 3, 1, 2)
    assert "Z 2 par, w których jedna osoba może pomóc drugiej, rozmawiała 1." in page


def test_what_people_say_of_their_talks_and_wish_changes_nothing_for_the_host(group, ada, ben, as_):
    talk(group, ada, ben)
    before = season_of(group, now=AFTER)

    TalkSeat.objects.filter(person=ben).update(happened=False, again="enough")
    keep_apart(owner=ben, other=ada, by=ben, now=NOON)

    assert season_of(group, now=AFTER) == before


def test_each_sees_their_own_by_what_they_said_themselves(group, ada, ben, cleo, as_, time_machine):
    time_machine.move_to(AFTER)
    talk(group, ada, ben)
    TalkSeat.objects.filter(person=ben).update(happened=False)

    of_ada, of_ben = (my_season(group, person, now=AFTER) for person in (ada, ben))
    page = as_(ada).get(f"/g/{group.slug}/talked/", headers={"accept-language": "en"}).content.decode()

    assert (of_ada.talked, of_ada.not_yet) == ([ben], [])
    assert (of_ben.talked, of_ben.not_yet) == ([], [ada])
    assert "already talked with everybody" in page


def test_a_guest_knows_only_whom_they_met(group, ada, ben, cleo):
    assert my_season(group, cleo, now=AFTER).people == 0


def test_former_members_are_no_longer_there(group, ada, ben):
    group.memberships.filter(person=ben).update(standing=Standing.ALUMNUS)
    talk(group, ada, ben)

    assert [row.person for row in season_of(group, now=AFTER).rows] == [ada]
    assert my_season(group, ada, now=AFTER).people == 0


@pytest.mark.parametrize("size", [1, 30])
@pytest.mark.parametrize(("page", "queries"), [("", 6), ("all/", 9)])
def test_the_pages_cost_the_same_for_one_and_for_thirty(
    group, ada, as_, size, page, queries, django_assert_num_queries, time_machine
):
    time_machine.move_to(AFTER)
    for number in range(size):
        person = make_person(group.community)
        make_member(group, person)
        talk(group, ada, person, starts_at=WEDNESDAY - timedelta(days=number))
    browser = as_(ada)

    with django_assert_num_queries(queries):
        browser.get(f"/g/{group.slug}/talked/{page}")
