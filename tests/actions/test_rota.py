from datetime import UTC, date, datetime, timedelta

import pytest

from kawka.actions import rota
from kawka.actions.roles import set_up_roles, wish
from kawka.actions.take_overs import TurnIsOver, TurnIsTaken
from kawka.models import Group, Meeting, Membership, OutgoingMail, Role, Standing, Turn
from tests.factories import (
    NOON,
    WEDNESDAY,
    make_answer,
    make_attendance,
    make_meeting,
    make_member,
    make_person,
    make_turn,
)

WEEK = timedelta(days=7)
THURSDAY_NINE = datetime(2026, 10, 15, 7, 0, tzinfo=UTC)


def people(group, count):
    found = [make_person(group.community) for _number in range(count)]
    for person in found:
        make_member(group, person)
    return found


@pytest.fixture
def dates(group):
    return [make_meeting(group, starts_at=WEDNESDAY + number * WEEK) for number in range(4)]


@pytest.fixture
def roles(group):
    return {role.kind: role for role in set_up_roles(group=group)}


def test_turns_are_proposed_for_the_next_three_dates(group, ada, dates, roles):
    people(group, 12)

    rota.propose_turns(group=group, now=NOON)

    assert Turn.objects.count() == 15
    assert Turn.objects.filter(meeting=dates[3]).count() == 0
    assert Turn.objects.filter(person=None).count() == 0
    holders = Turn.objects.exclude(role__kind="host").values_list("meeting", "person")
    assert len(set(holders)) == 12
    assert set(Turn.objects.filter(role__kind="host").values_list("person", "state")) == {
        (ada.pk, "accepted")
    }


def test_proposing_again_changes_nothing(group, ada, dates, roles):
    people(group, 12)
    rota.propose_turns(group=group, now=NOON)
    before = list(Turn.objects.values())

    again = rota.propose_turns(group=group, now=NOON + timedelta(hours=1))

    assert again == []
    assert list(Turn.objects.values()) == before


def test_one_mail_tells_somebody_all_their_turns(group, ada, dates, roles):
    (ben,) = people(group, 1)

    rota.propose_turns(group=group, now=NOON)

    mail = OutgoingMail.objects.get(to=ben.email)
    assert mail.kind == "turns_proposed"
    assert Turn.objects.filter(person=ben, state="proposed").count() == 4
    assert mail.text.count("\n- ") == 4


def test_who_is_away_said_no_or_would_rather_not_is_left_alone(group, ada, dates, roles):
    away, said_no, rather_not, free = people(group, 4)
    away.away_until = dates[2].local_date
    away.save()
    for meeting in dates[:3]:
        make_answer(meeting, said_no, "no")
    for role in roles.values():
        wish(role=role, membership=Membership.objects.get(person=rather_not), what="not_me", now=NOON)

    rota.propose_turns(group=group, now=NOON)

    assert set(Turn.objects.filter(person__isnull=False).values_list("person", flat=True)) <= {
        ada.pk,
        free.pk,
    }


def test_guests_and_those_nobody_can_reach_have_no_turns(group, ada, cleo, dates, roles):
    mute = make_person(group.community, email="")
    make_member(group, mute)

    rota.propose_turns(group=group, now=NOON)

    assert Turn.objects.filter(person__in=[cleo, mute]).count() == 0


def test_who_has_not_come_for_a_quarter_is_left_alone(group, ada, dates, roles):
    regular, gone = people(group, 2)
    make_attendance(make_meeting(group, starts_at=WEDNESDAY - WEEK), regular)
    make_attendance(make_meeting(group, starts_at=WEDNESDAY - 20 * WEEK), gone)

    rota.propose_turns(group=group, now=NOON)

    assert Turn.objects.filter(person=gone).count() == 0
    assert Turn.objects.filter(person=regular).count() > 0


def test_a_loose_coffee_needs_only_who_holds_the_table(group, ada, roles):
    make_meeting(group, is_loose=True)

    rota.propose_turns(group=group, now=NOON)

    assert list(Turn.objects.values_list("role__kind", flat=True)) == ["host"]


def test_proposing_costs_the_same_for_few_and_many(group, ada, dates, roles, django_assert_num_queries):
    people(group, 5)
    rota.propose_turns(group=group, now=NOON, tell=False)
    Turn.objects.all().delete()
    people(group, 25)

    with django_assert_num_queries(12):
        rota.propose_turns(group=group, now=NOON, tell=False)


@pytest.mark.parametrize(
    ("now", "made"),
    [(THURSDAY_NINE - timedelta(minutes=1), 0), (THURSDAY_NINE, 5), (THURSDAY_NINE + timedelta(days=5), 5)],
)
def test_the_third_date_gets_its_turns_on_thursday(group, ada, dates, roles, now, made):
    Meeting.objects.update(created_at=WEDNESDAY - 9 * WEEK)
    people(group, 12)
    rota.propose_turns(group=group, now=NOON)

    rota.propose_due(now=now)

    assert Turn.objects.filter(meeting=dates[3]).count() == made


def test_new_dates_get_their_turns_at_once_and_a_group_its_roles(group, ada):
    make_meeting(group)
    people(group, 3)

    rota.propose_due(now=NOON)
    rota.propose_due(now=NOON)

    assert Role.objects.count() == 5
    assert Turn.objects.count() == 5
    assert Role.objects.first().name == "Prowadzenie"


def test_the_sample_is_left_alone(group, ada):
    group.community.is_sample = True
    group.community.save()
    make_meeting(group)

    assert rota.propose_due(now=NOON) == 0
    assert Role.objects.count() == 0


def test_looking_whose_hour_has_come_costs_the_same_for_many_groups(
    group, ada, roles, django_assert_num_queries
):
    for number in range(20):
        make_meeting(Group.objects.create(community=group.community, slug=f"g{number}", name="Kawa"))
    Role.objects.filter(group=group).delete()
    for one in Group.objects.all():
        Role.objects.create(group=one, name="Gospodarz", kind="host")
    for meeting in Meeting.objects.all():
        make_turn(meeting, meeting.group.roles.get())

    with django_assert_num_queries(3):
        rota.propose_due(now=NOON)


def test_a_turn_is_accepted_once_by_whom_it_was_proposed_to(group, ben, ada, dates, roles):
    turn = make_turn(dates[0], roles["scribe"], ben)

    rota.accept(turn=turn, by=ben, now=NOON)
    rota.accept(turn=turn, by=ben, now=NOON + timedelta(hours=1))

    assert Turn.objects.values_list("state", "accepted_at").get() == ("accepted", NOON)
    with pytest.raises(TurnIsTaken):
        rota.accept(turn=turn, by=ada, now=NOON)


def test_a_turn_of_a_meeting_that_began_stays(group, ben, dates, roles):
    turn = make_turn(dates[0], roles["scribe"], ben)

    with pytest.raises(TurnIsOver):
        rota.accept(turn=turn, by=ben, now=WEDNESDAY)
    with pytest.raises(TurnIsOver):
        rota.give_back(turn=turn, by=ben, now=WEDNESDAY)


def test_an_open_turn_is_taken_by_the_first(group, ada, ben, dates, roles):
    turn = make_turn(dates[0], roles["scribe"])
    places = {one.person: one for one in Membership.objects.all()}

    rota.take(turn=turn, by=places[ben], now=NOON)
    rota.take(turn=turn, by=places[ben], now=NOON)

    with pytest.raises(TurnIsTaken):
        rota.take(turn=turn, by=places[ada], now=NOON)
    assert Turn.objects.values_list("person", "state").get() == (ben.pk, "accepted")


def test_turns_of_names_what_somebody_has_at_one_date(group, ben, ada, dates, roles):
    mine = make_turn(dates[0], roles["scribe"], ben)
    make_turn(dates[1], roles["scribe"], ben)
    make_turn(dates[0], roles["greeter"], ada)

    assert list(rota.turns_of(ben, dates[0])) == [mine]


def test_the_host_writes_down_what_was_agreed(group, ada, ben, dates, roles):
    turn = make_turn(dates[0], roles["scribe"], ada)

    rota.assign(turn=turn, person=ben, by=ada, now=NOON)

    assert Turn.objects.values_list("person", "state").get() == (ben.pk, "accepted")

    rota.assign(turn=turn, person=None, by=ada, now=NOON)

    assert Turn.objects.values_list("person", "state").get() == (None, "open")


def test_only_hosts_lead(group, ben, dates, roles):
    Membership.objects.update(standing=Standing.MEMBER)

    rota.propose_turns(group=group, now=NOON)

    assert set(Turn.objects.filter(role__kind="host").values_list("person", flat=True)) == {None}


def test_why_is_kept_as_data(group, ada, ben, dates, roles):
    make_turn(make_meeting(group, starts_at=WEDNESDAY - 5 * WEEK), roles["scribe"], ben, state="accepted")

    rota.propose_turns(group=group, now=NOON)

    assert Turn.objects.get(meeting=dates[0], role__kind="host").reason == {
        "kind": "only",
        "turns": 0,
        "last": "",
    }
    last = Turn.objects.filter(meeting=dates[0], person=ben).first().reason["last"]
    assert last in {date(2026, 9, 9).isoformat(), dates[0].local_date.isoformat()}


def test_a_host_who_is_still_alone_is_asked_for_nothing(group, ada, dates, roles):
    rota.propose_turns(group=group, now=NOON)

    assert set(Turn.objects.values_list("role__kind", "state")) == {("host", "accepted")}
    assert OutgoingMail.objects.count() == 0
