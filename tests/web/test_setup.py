"""Setting up an instance and a group: who may, what is asked, and that nothing typed is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from kawka.actions.sample import create_sample
from kawka.actions.setup import setup_key
from kawka.models import Account, Group
from tests.factories import NOON

pytestmark = pytest.mark.django_db
STEPS = {
    "why": {"purpose": "both"},
    "type": {"type": "profiled", "profile": "graficy"},
    "name": {"host_name": "Dana Nowa", "name": "Środowa Kawa", "town": "Żywiec"},
    "formula": {"formula": "breakfast"},
    "rhythm": {
        "rhythm": "weeks_2",
        "nth": "1",
        "weekday": "2",
        "starts_at": "08:30",
        "starts_on": "2026-10-14",
        "place_name": "Kawiarnia",
        "timezone": "Europe/Warsaw",
    },
    "size": {"size_min": "5", "size_max": "20"},
}
ROWS = {
    "formula": "own",
    "rows-TOTAL_FORMS": "2",
    "rows-INITIAL_FORMS": "0",
    "rows-0-kind": "coffee",
    "rows-0-title": "Kawa przy oknie",
    "rows-0-minutes": "30",
    "rows-1-kind": "talks",
    "rows-1-title": "",
    "rows-1-minutes": "27",
}


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(NOON, tick=False)


def at(step: str) -> str:
    return reverse("setup-step", args=[step])


def send(browser: Client, step: str, button: str = "next", **typed: str) -> object:
    return browser.post(at(step), {**STEPS[step], **typed, "do": button})


def walk(browser: Client) -> None:
    for step in list(STEPS)[:-1]:
        send(browser, step)


def test_the_first_visitor_on_this_machine_gives_a_name_and_an_address_and_is_in(client):
    answer = client.post(reverse("start"), {"name": "Dana Nowa", "email": "dana@example.org"})

    account = Account.objects.get()
    assert (account.email, account.is_superuser) == ("dana@example.org", True)
    assert answer.url == at("why")
    assert "host_name" not in client.get(at("name")).context["form"].fields


def test_a_start_without_an_address_comes_back_filled(client):
    page = client.post(reverse("start"), {"name": "Dana Nowa", "email": "dana"})

    assert page.status_code == 422
    assert page.context["form"]["name"].value() == "Dana Nowa"
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    "far",
    [
        {"REMOTE_ADDR": "192.168.1.20"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
    ],
)
def test_from_elsewhere_the_key_is_asked_for(far):
    browser = Client(**far)

    asked = browser.get(reverse("start"))
    refused = browser.post(reverse("start"), {"name": "X", "email": "x@example.org", "key": "guess"})
    browser.post(reverse("start"), {"key": setup_key()})
    started = browser.post(reverse("start"), {"name": "Dana", "email": "dana@example.org"})

    assert (asked.templates[0].name, refused.status_code) == ("setup/key.html", 422)
    assert started.url == at("why")
    assert Account.objects.count() == 1


def test_an_instance_with_a_public_address_asks_for_the_key_even_here(client, settings):
    settings.SITE_HOST = "kawka.example"

    assert client.get(reverse("start")).templates[0].name == "setup/key.html"


def test_once_there_is_an_account_nobody_starts_the_instance_again(client, root):
    answer = client.post(reverse("start"), {"name": "X", "email": "x@example.org"})

    assert answer.url == at("why")
    assert list(Account.objects.all()) == [root]


def test_six_steps_make_a_group_and_lead_to_its_host_page(as_, dan):
    browser = as_(dan)
    walk(browser)

    summary = browser.get(at("size"))
    answer = send(browser, "size")

    group = Group.objects.get(slug="srodowa-kawa-zywiec")
    assert "graficy" in summary.content.decode()
    assert [day.strftime("%d.%m %H:%M") for day in summary.context["dates"]][:2] == [
        "14.10 08:30",
        "28.10 08:30",
    ]
    assert answer.url == reverse("group-host", args=[group.slug])
    assert (group.profile, group.size_max, group.meetings.count()) == ("graficy", 20, 4)
    assert browser.get(answer.url).status_code == 200


def test_the_last_button_pressed_twice_makes_one_group(as_, dan):
    browser = as_(dan)
    walk(browser)

    first, again = send(browser, "size"), send(browser, "size")

    assert first.url == again.url == reverse("group-host", args=["srodowa-kawa-zywiec"])
    assert Group.objects.filter(name=Group.objects.get(slug="srodowa-kawa-zywiec").name).count() == 1


def test_nothing_is_lost_on_the_way_back_or_on_reload(as_, dan):
    browser = as_(dan)
    send(browser, "why")

    answer = send(browser, "type", button="back", profile="fryz")

    assert answer.url == at("why")
    assert browser.get(at("type")).context["form"]["profile"].value() == "fryz"
    assert browser.get(at("why")).context["form"]["purpose"].value() == "both"


def test_wrong_input_comes_back_filled_with_what_to_do(as_, dan):
    browser = as_(dan)

    page = send(browser, "rhythm", starts_at="half past", place_name="")

    assert page.status_code == 422
    assert page.context["form"]["starts_at"].value() == "half past"
    assert set(page.context["form"].errors) == {"starts_at", "place_name"}


def test_the_last_step_leads_to_the_first_one_that_needs_something(as_, dan):
    browser = as_(dan)
    walk(browser)
    send(browser, "type", button="back", type="profiled", profile="")

    answer = send(browser, "size")

    assert answer.url == at("type") + "?look=1"
    assert "profile" in browser.get(answer.url).context["form"].errors
    assert not Group.objects.filter(name="Środowa Kawa").exists()


def test_an_own_run_sheet_begins_with_the_proposal_and_can_be_rearranged(as_, dan):
    browser = as_(dan)
    send(browser, "why")

    send(browser, "formula", formula="own")
    proposed = [form["kind"].value() for form in browser.get(at("formula")).context["rows"]]
    browser.post(at("formula"), {**ROWS, "do": "down-0"})
    browser.post(at("formula"), {**ROWS, "do": "add"})
    added = browser.get(at("formula")).context["rows"]

    assert proposed == ["coffee", "round", "talks", "spotlight", "notices"]
    assert [form["title"].value() for form in added] == ["Kawa przy oknie", "", ""]
    assert len(added.forms) == 3


def test_an_own_run_sheet_becomes_the_groups(as_, dan):
    browser = as_(dan)
    walk(browser)
    send(browser, "formula", formula="own")
    browser.post(at("formula"), {**ROWS, "do": "next"})

    send(browser, "size")

    group = Group.objects.get(name="Środowa Kawa")
    assert [(part.kind, part.name, part.minutes) for part in group.segments.all()] == [
        ("coffee", "Kawa przy oknie", 30),
        ("talks", str(group.segments.last().get_kind_display()), 27),
    ]


def test_a_row_that_is_wrong_says_so_and_stays(as_, dan):
    browser = as_(dan)
    send(browser, "formula", formula="own")

    page = browser.post(at("formula"), {**ROWS, "rows-1-minutes": "0", "do": "next"})

    assert page.status_code == 422
    assert page.context["rows"].forms[1]["minutes"].value() == "0"
    assert page.context["rows"].forms[1].errors


def test_the_purpose_proposes_the_formula(as_, dan):
    browser = as_(dan)
    send(browser, "why", purpose="integrate")

    assert browser.get(at("formula")).context["form"]["formula"].value() == "open_coffee"


def test_a_host_of_the_sample_is_shown_to_their_own_start(as_):
    browser = as_(create_sample(now=NOON))

    assert browser.get(at("why")).url == reverse("start")


def test_a_step_that_does_not_exist_is_not_found(as_, dan):
    assert as_(dan).get(at("seventh")).status_code == 404


@pytest.mark.parametrize("step", STEPS)
def test_every_step_asks_the_same_few_questions_of_the_database(
    as_, dan, step, django_assert_max_num_queries
):
    browser = as_(dan)
    walk(browser)

    with django_assert_max_num_queries(12):
        assert browser.get(at(step)).status_code == 200
