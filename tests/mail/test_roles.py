"""Mail about roles, word for word, in both languages."""

import pytest
from django.utils import translation

from kawka.actions.cards import SeenCard
from kawka.actions.spotlight_templates import headings
from kawka.actions.take_overs import role_link
from kawka.mail import briefs, owners, spotlights
from kawka.mail import roles as mail
from kawka.models import Card, Group, Membership, Person, Role, TakeOver
from tests.factories import NOON, make_meeting, make_role, make_turn
from tests.mail.test_messages import check


@pytest.fixture(params=["pl", "en"])
def language(request, group, ada) -> str:
    Group.objects.filter(pk=group.pk).update(language=request.param)
    group.refresh_from_db()
    return request.param


@pytest.fixture
def role(group) -> Role:
    steps = "Usiądź tak, by widzieć zegar.\nZadzwoń na koniec."
    return make_role(
        group,
        "timekeeper",
        name="Czas & dzwonek",
        steps=steps,
        minutes_before=5,
        handover="Dzwonek leży w szufladzie.",
    )


def place_of(person, group) -> Membership:
    return Membership.objects.select_related("person").get(person=person, group=group)


def test_turns_proposed(language, group, ada, ben, role):
    turn = make_turn(make_meeting(group), role, ben, shadow=ada)

    made = mail.turns_proposed(place_of(ben, group), [turn], link=role_link(ben, group, NOON), now=NOON)

    check("turns_proposed", language, made)


def test_turn_call(language, group, ben, role):
    turn = make_turn(make_meeting(group), role)
    take_over = TakeOver.objects.create(turn=turn, opened_at=NOON)

    made = mail.turn_call(place_of(ben, group), turn, take_over, link=role_link(ben, group, NOON), now=NOON)

    check("turn_call", language, made)


def test_turn_taken(language, group, ada, ben, role):
    turn = make_turn(make_meeting(group), role, ada)
    take_over = TakeOver.objects.create(turn=turn, opened_at=NOON)

    made = mail.turn_taken(place_of(ben, group), turn, take_over, link=role_link(ben, group, NOON), now=NOON)

    check("turn_taken", language, made)


def test_turns_fell(language, group, ada, ben, role):
    meeting = make_meeting(group)
    turn = make_turn(meeting, role, ada)

    made = mail.turns_fell(
        ada, meeting, [turn], phones=[(ben, "600 100 200")], link=role_link(ada, group, NOON), now=NOON
    )

    check("turns_fell", language, made)


def test_turns_left(language, group, ada, ben, olga, role):
    meeting = make_meeting(group, code="meeting000")
    turn = make_turn(meeting, role)

    made = mail.turns_left(olga, meeting, [turn], phones=[(ben, "600 100 200")], now=NOON)

    check("turns_left", language, made)


def test_who_wants_no_mail_about_roles_gets_none(group, ben, role):
    Membership.objects.filter(person=ben).update(wants_roles=False)
    turn = make_turn(make_meeting(group), role, ben)

    made = mail.turns_proposed(place_of(ben, group), [turn], link=role_link(ben, group, NOON), now=NOON)

    assert made is None


def test_role_brief(language, group, ada, ben, cleo, role):
    meeting = make_meeting(group)
    turn = make_turn(meeting, role, ben)
    Card.objects.update(trade="ogrodnictwo")
    guest = SeenCard(Person.objects.get(pk=cleo.pk), frozenset())
    link = role_link(ben, group, NOON)

    made = briefs.role_brief(place_of(ben, group), meeting, [turn], guests=[guest], link=link, now=NOON)

    check("role_brief", language, made)


def test_guest_to_greet(language, group, ada, ben, cleo):
    Card.objects.update(trade="ogrodnictwo")
    guest = SeenCard(Person.objects.get(pk=cleo.pk), frozenset())

    made = briefs.guest_to_greet(place_of(ben, group), make_meeting(group), guest, now=NOON)

    check("guest_to_greet", language, made)


def test_spotlight_booked(language, group, ada, ben):
    meeting = make_meeting(group)

    made = spotlights.spotlight_booked(
        place_of(ben, group), meeting, title="Co widać z drabiny", minutes=5, now=NOON
    )

    check("spotlight_booked", language, made)


def test_spotlight_reminder(language, group, ada, ben):
    with translation.override(language):
        parts = headings(5)

    made = spotlights.spotlight_reminder(
        place_of(ben, group),
        make_meeting(group),
        step="eve",
        title="Co widać z drabiny",
        minutes=5,
        headings=parts,
        now=NOON,
    )

    check("spotlight_reminder", language, made)


def test_owner_ask(language, group, ada, ben):
    made = owners.owner_ask(ben, group, link=role_link(ben, group, NOON), now=NOON)

    check("owner_ask", language, made)
