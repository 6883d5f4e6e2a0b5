"""Switching kinds of mail on and off: in the account, by the page behind a mail, by a mail program."""

import pytest
from django.test import Client
from django.urls import reverse

from kawka.models import Membership


def wishes_of(person) -> list[str]:
    place = Membership.objects.get(person=person)
    fields = {"dates": "wants_dates", "roles": "wants_roles", "asks": "wants_asks", "news": "wants_mail"}
    fields |= {"weekly": "wants_weekly_ask"}
    return [name for name, field in fields.items() if getattr(place, field)]


def address_for(person, switch: str = "") -> str:
    token = person.memberships.get().mail_token
    more = {"switch": switch} if switch else {}
    return reverse("unsubscribe-one" if switch else "unsubscribe", kwargs={"token": token, **more})


def test_each_kind_is_switched_in_the_account(as_, ben, group):
    browser = as_(ben)

    browser.post(reverse("mail_wish", kwargs={"slug": group.slug}), {"dates": "on", "news": "on"})

    assert wishes_of(ben) == ["dates", "news"]
    assert browser.get(reverse("my_account")).content.decode().count(" checked") == 2


@pytest.mark.parametrize(
    ("switch", "left"),
    [
        ("dates", ["roles", "asks", "news"]),
        ("roles", ["dates", "asks", "news"]),
        ("asks", ["dates", "roles", "news"]),
        ("news", ["dates", "roles", "asks"]),
        ("", []),
    ],
)
def test_a_mail_program_stops_one_kind_with_one_press(switch, left, ben):
    program = Client(enforce_csrf_checks=True)

    answer = program.post(address_for(ben, switch), {"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, wishes_of(ben)) == (200, left)


@pytest.mark.parametrize("switch", ["", "dates"])
def test_looking_stops_nothing_however_often(switch, client, ben):
    for _scanner in range(10):
        client.get(address_for(ben, switch))

    assert wishes_of(ben) == ["dates", "roles", "asks", "news"]


def test_the_page_behind_a_mail_sets_each_kind_by_itself(client, ben):
    client.post(address_for(ben, "news"), {"chosen": "1", "roles": "on"})

    assert wishes_of(ben) == ["roles"]


def test_what_was_stopped_is_said(client, ben):
    page = client.post(address_for(ben, "roles")).content.decode()

    assert "Bez wiadomości tego rodzaju: Role" in page
    assert "btn-big" not in page


def test_a_forged_address_and_an_unknown_kind_are_not_found(client, ben):
    forged = reverse("unsubscribe", kwargs={"token": "abc-def.forged"})

    assert (client.post(forged).status_code, client.post(address_for(ben, "weather")).status_code) == (
        404,
        404,
    )
    assert wishes_of(ben) == ["dates", "roles", "asks", "news"]
