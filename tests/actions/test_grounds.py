"""What tables are set by: the cards, the past, and what is said of it for oneself alone."""

from datetime import timedelta
from itertools import combinations

import pytest
from django.utils.translation import override

from kawka import access
from kawka.actions.attendance import Mark, note
from kawka.actions.forgetting import forget
from kawka.actions.grounds import grounds_of, talks_before
from kawka.actions.matches import Because
from kawka.actions.meetings import close_meeting
from kawka.actions.talk_reasons import LONGEST, label, quoted, say
from kawka.actions.talks import RoundHasBegun, deal, keep_together, swap, swaps, tables
from kawka.engine.talk_worth import Past
from kawka.models import Meeting, Talk, TalkSeat
from tests.factories import (
    WEDNESDAY,
    make_ask,
    make_attendance,
    make_group,
    make_meeting,
    make_member,
    make_offer,
    make_person,
)

AT = WEDNESDAY + timedelta(minutes=5)
LOGO = "Zaprojektuję logo i menu do druku"
ASK = "Szukam kogoś, kto zrobi logo dla piekarni"


@pytest.fixture
def meeting(community):
    return make_meeting(make_group(community, segments=[("talks", 24), ("round", 20)]))


def come(meeting, *names, **card):
    people = [make_person(meeting.group.community, name, card=card) for name in names]
    for person in people:
        make_member(meeting.group, person)
        make_attendance(meeting, person)
    return people


@pytest.fixture
def baker(meeting):
    [person] = come(meeting, "Piotr Piekarz", trade="Piekarz")
    make_ask(person, ASK)
    return person


@pytest.fixture
def designer(meeting):
    [person] = come(meeting, "Sandra Grafik", trade="Grafik")
    make_offer(person, LOGO)
    return person


def rounds_of(meeting):
    """Who sits together, by round and table."""
    return {(table.round, table.number): frozenset(table.codes) for table in tables(meeting)}


def round_of(meeting, *people):
    """The round in which these people share a table."""
    return [key[0] for key, codes in rounds_of(meeting).items() if {one.code for one in people} <= codes]


def talked(meeting, one, other, days, again=""):
    when = meeting.starts_at - timedelta(days=days)
    before = make_meeting(meeting.group, starts_at=when, state=Meeting.State.CLOSED)
    talk = Talk.objects.create(meeting=before, round=1, table=1)
    TalkSeat.objects.create(talk=talk, person=one, again=again)
    TalkSeat.objects.create(talk=talk, person=other)


def test_who_can_help_whom_is_worth_a_talk_and_says_why(meeting, baker, designer, ada):
    come(meeting, *(f"Osoba {number}" for number in range(8)))

    deal(meeting=meeting, by=ada, now=AT)

    [table] = [table for table in tables(meeting) if {baker.code, designer.code} <= set(table.codes)]
    with override("en"):
        said = [say(table.reasons, table.people, viewer=viewer) for viewer in (baker, designer, None)]
    assert said == [
        [f"On your card: “{ASK}”. Sandra Grafik may help."],
        [f"Piotr Piekarz: “{ASK}”. You may be the one who helps."],
        [f"Piotr Piekarz: “{ASK}”. Sandra Grafik may help."],
    ]


def test_a_long_ask_is_cut_at_the_end_of_a_word():
    said = quoted("Szukam drukarni do menu " * 10)

    assert said.endswith((" menu…", " drukarni…", " Szukam…", " do…"))
    assert len(said) <= LONGEST + 1


def test_a_trade_as_a_client_is_said_in_the_plural():
    because = Because("shares", "knows", "knows", "baker", "piekarnie", "client", "piekarnie", "")

    with override("pl"):
        assert label(because) == "piekarnie i cukiernie"


def test_a_shared_client_is_said_before_what_one_looks_for(meeting, baker, designer, ada):
    for person in (baker, designer):
        person.card.client = "gabinety stomatologiczne"
        person.card.save()
    deal(meeting=meeting, by=ada, now=AT)

    [table] = tables(meeting)
    with override("en"):
        [sentence] = say(table.reasons, table.people, viewer=designer)

    assert sentence.startswith("You both work for: ")
    assert sentence.endswith(f"Piotr Piekarz: “{ASK}”. You may be the one who helps.")


def test_what_an_owner_hides_meanwhile_is_said_no_more(meeting, baker, designer, ada):
    deal(meeting=meeting, by=ada, now=AT)
    baker.card.seen_by["asks"] = "meetings"
    baker.card.save()
    [table] = tables(meeting)

    with override("en"):
        said = {near: say(table.reasons, table.people, near=near) for near in (access.MET, access.FELLOW)}

    assert said[access.MET] == [f"Piotr Piekarz: “{ASK}”. Sandra Grafik may help."]
    assert said[access.FELLOW][0].endswith("have not talked at a table yet.")


def test_who_is_forgotten_takes_their_words_along(meeting, baker, designer, ada):
    deal(meeting=meeting, by=ada, now=AT)

    forget(person=baker, by=None, now=AT)

    assert [reason["kind"] for reason in Talk.objects.get().reasons] == ["never_talked"]


def test_the_words_of_cards_go_when_the_meeting_is_over(meeting, baker, designer, ada):
    deal(meeting=meeting, by=ada, now=AT)

    close_meeting(meeting=meeting, by=ada, now=AT + timedelta(hours=2))

    assert [reason["kind"] for reason in Talk.objects.get().reasons] == ["never_talked"]


def test_the_past_weighs_with_what_each_said_of_it(meeting, baker, designer):
    talked(meeting, baker, designer, days=70)
    talked(meeting, baker, designer, days=28, again="glad")

    pair = (baker.code, designer.code)

    problem, past = grounds_of(meeting, 3).problem, talks_before(meeting, pair)
    TalkSeat.objects.filter(person=designer).update(again="enough")
    tired = grounds_of(meeting, 3).problem

    assert past == {pair: Past(2, 4.0, "glad", ""), pair[::-1]: Past(2, 4.0, "", "glad")}
    assert problem.met == tired.met == {frozenset(pair): 2}
    assert problem.gain[pair] > problem.gain[pair[::-1]]
    assert tired.gain == {}


def test_what_somebody_was_glad_of_is_no_reason_anybody_reads(meeting, ada):
    one, other = come(meeting, "Ala", "Ola")
    talked(meeting, one, other, days=200, again="glad")

    deal(meeting=meeting, by=ada, now=AT)

    assert [reason["kind"] for reason in tables(meeting)[0].reasons] == ["talked_before"]


@pytest.mark.parametrize("size", [2, 30])
def test_the_grounds_cost_the_same_however_many_people(meeting, size, django_assert_num_queries):
    come(meeting, *(f"Osoba {number}" for number in range(size)))

    with django_assert_num_queries(9):
        grounds_of(meeting, 3)


def test_a_table_kept_together_stays_through_a_deal_a_late_comer_and_a_leaver(meeting, ada):
    people = come(meeting, *(f"Osoba {number}" for number in range(9)))
    deal(meeting=meeting, by=ada, now=AT)
    kept = next(table for table in tables(meeting) if table.round == 2)
    keep_together(meeting=meeting, number=2, table=kept.number, kept=True, by=ada, now=AT)

    deal(meeting=meeting, by=ada, now=AT + timedelta(minutes=1))
    dealt = rounds_of(meeting)
    late = make_person(meeting.group.community)
    make_member(meeting.group, late)
    leaver = next(person for person in people if person.code not in kept.codes)
    note(meeting=meeting, person=late, mark=Mark.HERE, by=ada, now=AT)
    note(meeting=meeting, person=leaver, mark=Mark.LEFT, by=ada, now=AT + timedelta(minutes=2))

    assert dealt[2, kept.number] == rounds_of(meeting)[2, kept.number] == frozenset(kept.codes)
    assert [(table.round, table.codes) for table in tables(meeting) if table.is_kept] == [(2, kept.codes)]
    assert round_of(meeting, *kept.people) == [2]
    for number in (1, 2, 3):
        sitting = [
            code for (at, _table), codes in rounds_of(meeting).items() if at == number for code in codes
        ]
        assert sorted(sitting) == sorted(one.code for one in (*people, late) if one != leaver)


def test_who_leaves_lets_a_kept_table_go(meeting, ada):
    come(meeting, *(f"Osoba {number}" for number in range(6)))
    deal(meeting=meeting, by=ada, now=AT)
    kept = next(table for table in tables(meeting) if table.round == 2)
    keep_together(meeting=meeting, number=2, table=kept.number, kept=True, by=ada, now=AT)

    note(meeting=meeting, person=kept.people[0], mark=Mark.LEFT, by=ada, now=AT)

    assert not any(table.is_kept for table in tables(meeting))


def test_a_round_that_is_on_is_not_kept_anymore(meeting, ada):
    come(meeting, "Ala", "Ola")
    meeting.state = Meeting.State.CLOSED
    meeting.save()

    with pytest.raises(RoundHasBegun):
        keep_together(meeting=meeting, number=1, table=1, kept=True, by=ada, now=AT)


def test_what_a_swap_costs_is_counted_in_useful_talks(meeting, baker, designer, ada):
    come(meeting, "Ala", "Ola")
    deal(meeting=meeting, by=ada, now=AT)
    [number] = round_of(meeting, baker, designer)

    offered = swaps(meeting, tables(meeting), number=number, one=baker.code)
    swap(meeting=meeting, number=number, one=baker.code, other=offered[0].other.code, by=ada, now=AT)

    assert [(one.costs, one.brings) for one in offered] == [(1, 0), (1, 0)]
    assert [len(one.twice) for one in offered] == [2, 2]
    assert round_of(meeting, baker, designer) == []


def test_pairs_who_sit_together_twice_are_named(meeting, ada):
    come(meeting, "Ala", "Ela", "Iza", "Ola")
    deal(meeting=meeting, by=ada, now=AT)
    seated = tables(meeting)

    [first, *_rest] = swaps(meeting, seated, number=1, one=seated[0].codes[0])

    changed = {frozenset(person.name for person in table.people) for table in first.tables}
    assert {frozenset(person.name for person in pair) for pair in first.twice} == changed
    assert len({pair for table in first.tables for pair in combinations(table.codes, 2)}) == 2
