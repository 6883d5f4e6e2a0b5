from datetime import UTC, datetime, timedelta

import pytest

from kawka.actions.briefs import brief_due
from kawka.models import Card, OutgoingMail
from tests.factories import make_answer, make_meeting, make_role, make_turn

EVE = datetime(2026, 10, 13, 13, 0, tzinfo=UTC)  # Tuesday, 15:00 in Warsaw
MINUTE = timedelta(minutes=1)


@pytest.fixture
def meeting(group):
    return make_meeting(group)


def mails():
    return sorted(OutgoingMail.objects.values_list("kind", "to"))


def test_on_the_eve_everybody_with_a_role_gets_one_brief(group, ada, ben, meeting):
    make_turn(meeting, make_role(group, steps="Zadzwoń"), ben, state="accepted")
    make_turn(meeting, make_role(group, name="Zdjęcia", position=1), ben, state="accepted")
    make_turn(meeting, make_role(group), ada)

    brief_due(now=EVE - MINUTE)
    assert mails() == []

    brief_due(now=EVE)
    brief_due(now=EVE + MINUTE)
    assert mails() == [("role_brief", "ben@example.org")]
    text = OutgoingMail.objects.get().text
    assert "1. Zadzwoń" in text
    assert "Zdjęcia" in text


def test_guests_are_met_and_their_greeter_sees_what_people_of_a_meeting_may_see(
    group, ada, ben, cleo, meeting
):
    make_answer(meeting, ben)
    make_answer(meeting, cleo)
    seen_by = {"does": "meetings", "phone": "me"}
    Card.objects.filter(person=cleo).update(
        trade="garncarstwo", does="Lepi kubki", phone="600 1", seen_by=seen_by
    )

    brief_due(now=EVE)

    text = OutgoingMail.objects.get(kind="role_brief", to="ben@example.org").text
    assert "Cleo Gość, garncarstwo" in text
    assert "Lepi kubki" in text
    assert "600 1" not in text


def test_a_guest_who_answers_later_is_told_about_once(group, ada, ben, cleo, meeting):
    make_turn(meeting, make_role(group, "greeter"), ben, state="accepted")
    make_answer(meeting, ben)
    brief_due(now=EVE)
    make_answer(meeting, cleo)

    brief_due(now=EVE + MINUTE)
    brief_due(now=EVE + 2 * MINUTE)

    assert mails() == [("guest_to_greet", "ben@example.org"), ("role_brief", "ben@example.org")]


def test_whoever_stands_in_later_is_briefed_then(group, ada, ben, meeting):
    turn = make_turn(meeting, make_role(group), ben, state="accepted")
    brief_due(now=EVE)
    turn.person = ada
    turn.save()

    brief_due(now=EVE + MINUTE)

    assert mails() == [("role_brief", "ada@example.org"), ("role_brief", "ben@example.org")]


def test_who_wants_no_mail_about_roles_is_left_alone(group, ben, meeting):
    ben.memberships.update(wants_roles=False)
    make_turn(meeting, make_role(group), ben, state="accepted")

    assert brief_due(now=EVE) == 0


def test_who_said_no_a_moment_ago_gets_no_brief(group, ada, ben, meeting):
    make_turn(meeting, make_role(group), ben, state="accepted")
    make_answer(meeting, ben, "no")

    assert brief_due(now=EVE) == 0
