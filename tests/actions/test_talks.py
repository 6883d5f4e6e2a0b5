from datetime import timedelta
from itertools import combinations

import pytest
from django.utils.translation import override

from kawka.actions import live
from kawka.actions.attendance import Mark, note
from kawka.actions.grounds import grounds_of
from kawka.actions.talk_reasons import say
from kawka.actions.talks import (
    NoSuchSwap,
    RoundHasBegun,
    TalksHaveBegun,
    TooFewForTalks,
    deal,
    rounds_begun,
    swap,
    swaps,
    tables,
)
from kawka.models import Attendance, Meeting, Standing, Talk, TalkSeat
from tests.factories import WEDNESDAY, make_attendance, make_group, make_meeting, make_member, make_person

AT = WEDNESDAY + timedelta(minutes=20)
SEGMENTS = [("talks", 24), ("round", 20)]


@pytest.fixture
def meeting(community):
    return make_meeting(make_group(community, segments=SEGMENTS))


def room_of(meeting, size):
    people = [make_person(meeting.group.community) for _number in range(size)]
    for person in people:
        make_member(meeting.group, person)
        make_attendance(meeting, person)
    return people


def seats(meeting):
    """Who sits together, as sets of names, by round."""
    rounds = {}
    for table in tables(meeting):
        rounds.setdefault(table.round, set()).add(frozenset(person.name for person in table.people))
    return rounds


def pairs(meeting):
    return [pair for table in tables(meeting) for pair in combinations(sorted(table.codes), 2)]


def start(meeting, ada, rounds=0):
    live.begin(meeting=meeting, by=ada, now=AT)
    for number in range(rounds):
        state = live.state_of(meeting)
        live.press(
            meeting=meeting,
            verb="next",
            by=ada,
            now=AT + timedelta(minutes=9 * (number + 1)),
            seen=state.version,
        )
    meeting.refresh_from_db()


@pytest.mark.parametrize(("size", "sizes"), [(6, [2, 2, 2]), (7, [2, 2, 3]), (3, [3])])
def test_everybody_sits_in_every_round_and_nobody_twice_with_the_same(meeting, ada, size, sizes):
    people = room_of(meeting, size)

    deal(meeting=meeting, by=ada, now=AT)

    for number in {table.round for table in tables(meeting)}:
        at_tables = [table for table in tables(meeting) if table.round == number]
        assert sorted(len(table.people) for table in at_tables) == sizes
        assert sorted(code for table in at_tables for code in table.codes) == sorted(p.code for p in people)
    assert len(pairs(meeting)) == len(set(pairs(meeting)))


def test_two_people_are_needed(meeting, ada):
    room_of(meeting, 1)

    with pytest.raises(TooFewForTalks):
        deal(meeting=meeting, by=ada, now=AT)

    assert not Talk.objects.exists()


def test_people_who_talked_before_sit_apart_unless_they_said_they_did_not_talk(meeting, ada):
    one, two, three, four = room_of(meeting, 4)
    before = make_meeting(meeting.group, starts_at=WEDNESDAY - timedelta(days=7), state=Meeting.State.CLOSED)
    for number, (a, b) in enumerate([(one, two), (three, four)], start=1):
        talk = Talk.objects.create(meeting=before, round=1, table=number)
        TalkSeat.objects.create(talk=talk, person=a)
        TalkSeat.objects.create(talk=talk, person=b, happened=False if b == four else None)

    met = grounds_of(meeting, 3).problem.met

    assert met == {frozenset((one.code, two.code)): 1}


def test_guests_are_new_however_often_they_came(meeting):
    [one] = room_of(meeting, 1)
    guest = make_person(meeting.group.community)
    make_member(meeting.group, guest, Standing.GUEST)
    make_attendance(meeting, guest)
    before = make_meeting(meeting.group, starts_at=WEDNESDAY - timedelta(days=7))
    for person in (one, guest):
        make_attendance(before, person)

    assert grounds_of(meeting, 3).problem.newcomers == {guest.code}


def test_a_late_comer_slots_in_without_a_new_deal(meeting, ada):
    room_of(meeting, 6)
    late = make_person(meeting.group.community)
    make_member(meeting.group, late)
    deal(meeting=meeting, by=ada, now=AT)
    start(meeting, ada)
    before = seats(meeting)

    note(meeting=meeting, person=late, mark=Mark.LATE, by=ada, now=AT + timedelta(minutes=1))

    after = seats(meeting)
    assert rounds_begun(meeting) == 1
    assert after[1] == before[1]
    for number in (2, 3):
        assert len(after[number] - before[number]) == 1
        assert [table for table in after[number] if late.name in table] == list(
            after[number] - before[number]
        )
    assert len(pairs(meeting)) == len(set(pairs(meeting)))


def test_a_leaver_frees_the_partner_in_the_rounds_ahead(meeting, ada):
    people = room_of(meeting, 7)
    deal(meeting=meeting, by=ada, now=AT)
    start(meeting, ada, rounds=1)
    before = seats(meeting)

    note(meeting=meeting, person=people[0], mark=Mark.LEFT, by=ada, now=AT + timedelta(minutes=10))

    after = seats(meeting)
    assert (after[1], after[2]) == (before[1], before[2])
    assert sorted(name for table in after[3] for name in table) == sorted(p.name for p in people[1:])


def test_coming_before_the_deal_or_after_the_last_round_changes_no_table(meeting, ada):
    people = room_of(meeting, 4)
    start(meeting, ada, rounds=3)

    note(meeting=meeting, person=people[0], mark=Mark.LEFT, by=ada, now=AT + timedelta(hours=1))

    assert rounds_begun(meeting) == 3
    assert tables(meeting) == []


def test_talks_that_have_begun_are_not_dealt_again(meeting, ada):
    room_of(meeting, 4)
    deal(meeting=meeting, by=ada, now=AT)
    deal(meeting=meeting, by=ada, now=AT + timedelta(seconds=5))
    start(meeting, ada)

    with pytest.raises(TalksHaveBegun):
        deal(meeting=meeting, by=ada, now=AT)


def test_two_people_change_seats_in_one_round_only(meeting, ada):
    room_of(meeting, 8)
    deal(meeting=meeting, by=ada, now=AT)
    first, second = [table for table in tables(meeting) if table.round == 2][:2]
    before = seats(meeting)

    swap(meeting=meeting, number=2, one=first.codes[0], other=second.codes[0], by=ada, now=AT)

    after = seats(meeting)
    names = [{person.name for person in table.people} for table in (first, second)]
    moved = {first.people[0].name, second.people[0].name}
    assert (after[1], after[3]) == (before[1], before[3])
    assert after[2] - before[2] == {frozenset(group ^ moved) for group in names}


def test_a_swap_within_a_table_or_in_a_round_that_began_is_refused(meeting, ada):
    room_of(meeting, 4)
    deal(meeting=meeting, by=ada, now=AT)
    one, other = tables(meeting)[:2]

    with pytest.raises(NoSuchSwap):
        swap(meeting=meeting, number=1, one=one.codes[0], other=one.codes[1], by=ada, now=AT)
    with pytest.raises(NoSuchSwap):
        swap(meeting=meeting, number=9, one=one.codes[0], other=other.codes[1], by=ada, now=AT)
    start(meeting, ada)
    with pytest.raises(RoundHasBegun):
        swap(meeting=meeting, number=1, one=one.codes[0], other=other.codes[0], by=ada, now=AT)


def test_what_a_swap_changes_is_told_before(meeting, ada):
    room_of(meeting, 4)
    deal(meeting=meeting, by=ada, now=AT)
    seated = tables(meeting)
    mine, others = seated[0], seated[1]

    offered = swaps(meeting, seated, number=1, one=mine.codes[0])

    assert {swap.other.code for swap in offered} == set(others.codes)
    assert [len(swap.tables) for swap in offered] == [2, 2]
    assert all(swap.twice for swap in offered)


@pytest.mark.parametrize("size", [2, 30])
def test_reading_the_tables_costs_the_same_for_two_and_for_thirty(
    meeting, ada, size, django_assert_num_queries
):
    room_of(meeting, size)
    deal(meeting=meeting, by=ada, now=AT)

    with django_assert_num_queries(2):
        seated = tables(meeting)

    assert len(seated[0].people) == 2


def test_reasons_are_said_once_for_each_pair_and_speak_to_the_reader(group, ada, ben):
    ada.name, ben.name = "Ada", "Ben"
    reasons = [
        {"kind": "newcomer", "pair": [ben.code, ada.code]},
        {"kind": "never_talked", "pair": [ada.code, ben.code]},
    ]

    with override("en"):
        to_all, to_ada, to_ben = (say(reasons, [ada, ben], viewer=viewer) for viewer in (None, ada, ben))

    assert to_all == ["Ben is new here: a first talk with Ada."]
    assert to_ada == ["Ben is new here: you can be the first good talk."]
    assert to_ben == ["You have not talked with Ada at a table yet."]
    assert say(reasons, [ada]) == []


def test_excused_people_are_not_in_the_room(meeting):
    room_of(meeting, 1)
    Attendance.objects.update(state="excused")

    assert grounds_of(meeting, 3).problem.people == ()
