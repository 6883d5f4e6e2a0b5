"""Every kind of mail has its rule, and the outbox keeps to it."""

import pytest

from kawka.mail.outbox import write
from kawka.mail.rules import RULES, UnknownKind
from kawka.models import Membership
from kawka.models.membership import MAIL_SWITCHES
from tests.factories import NOON
from tests.mail.test_messages import GOLDEN


def put(group, person, kind, **more):
    words = {"subject": "s", "text": "t", "html": "<p>t"}
    about = {"to": person.email, "person": person, "group": group}
    return write(key=f"{kind}:x", kind=kind, now=NOON, **about, **words, **more)


def test_every_switch_is_one_people_have():
    assert {rule.switch for rule in RULES.values()} <= {*MAIL_SWITCHES, "always"}


def test_a_mail_without_a_rule_is_not_written(group, ben):
    with pytest.raises(UnknownKind, match="'weather'; add it to RULES"):
        put(group, ben, "weather")


@pytest.mark.parametrize("kind", sorted(RULES))
def test_a_kind_somebody_switched_off_is_not_written(kind, group, ben):
    switch = RULES[kind].switch
    Membership.objects.filter(person=ben).update(**dict.fromkeys(MAIL_SWITCHES.values(), False))

    assert (put(group, ben, kind) is None) is (switch != "always")


@pytest.mark.parametrize("kind", sorted(RULES))
def test_only_what_cannot_be_stopped_reaches_who_has_left(kind, group, ben):
    Membership.objects.filter(person=ben).update(standing="alumnus", wants_weekly_ask=True)

    assert (put(group, ben, kind) is None) is (RULES[kind].switch != "always")


@pytest.mark.parametrize("kind", sorted(RULES))
def test_every_kind_can_be_stopped_by_one_press(kind, group, ben):
    Membership.objects.filter(person=ben).update(wants_weekly_ask=True)

    headers = put(group, ben, kind).headers

    switch = "" if RULES[kind].switch == "always" else f"{RULES[kind].switch}/"
    token = ben.memberships.get().mail_token
    assert headers["List-Unsubscribe"] == f"<http://127.0.0.1:8000/unsubscribe/{token}/{switch}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Id"].endswith("<sniadanie.127.0.0.1>")
    assert headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("kind", ["reminder", "turns_left"])
def test_mail_about_a_group_somebody_is_not_in_says_only_where_it_is_from(kind, group, dan):
    headers = put(group, dan, kind).headers

    assert sorted(headers) == ["Auto-Submitted", "List-Id", "Message-ID"]


def test_only_what_is_needed_goes_to_an_unproven_address():
    assert sorted(kind for kind, rule in RULES.items() if rule.to_unproven) == [
        "answer_confirmed",
        "called_off",
        "sign_in_code",
        "sign_in_unknown",
        "taken_back",
    ]


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("kind", sorted(RULES))
def test_every_kind_has_its_golden_file(kind, language):
    assert (GOLDEN / f"{kind}.{language}.txt").exists()
