"""Signing in without a password, by everything a browser can do."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kawka.actions.accounts import sign_in_address
from kawka.models import Account, OutgoingMail, Person
from tests.factories import NOON, make_account, make_community, make_group, make_member, make_person

CODE = re.compile(r"^  (\d{6})$", re.MULTILINE)
LINK = re.compile(r"^http://127\.0\.0\.1:8000(/sign-in/\S+)$", re.MULTILINE)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def ask_for_code(browser: Client, email: str, **more: str) -> OutgoingMail:
    browser.post(reverse("account_login"), {"email": email, **more})
    return OutgoingMail.objects.latest("pk")


def signed_in_as(browser: Client) -> str:
    number = browser.session.get("_auth_user_id")
    return Account.objects.get(pk=number).email if number else ""


def test_the_page_asks_for_the_address_only(client, db):
    page = client.get(reverse("account_login"))

    assert re.findall(r'<input[^>]* name="(\w+)"', page.content.decode()).count("email") == 1
    assert "password" not in page.content.decode()


def test_six_digits_sign_in(client, ben):
    code = CODE.search(ask_for_code(client, "Ben@Example.org").text).group(1)

    answer = client.post(reverse("account_confirm_login_code"), {"code": f"{code[:3]} {code[3:]}"})

    assert (answer.status_code, signed_in_as(client)) == (302, "ben@example.org")


def test_a_wrong_code_is_said_in_words(client, ben):
    ask_for_code(client, "ben@example.org")

    page = client.post(reverse("account_confirm_login_code"), {"code": "000"})

    assert "To nie jest kod z ostatniego maila" in page.content.decode()
    assert signed_in_as(client) == ""


def test_five_wrong_codes_end_the_attempt(client, ben):
    code = CODE.search(ask_for_code(client, "ben@example.org").text).group(1)

    for _try in range(5):
        client.post(reverse("account_confirm_login_code"), {"code": "x"})
    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert signed_in_as(client) == ""


def test_another_code_replaces_the_first(client, ben):
    first = CODE.search(ask_for_code(client, "ben@example.org").text).group(1)

    with time_machine.travel(NOON + timedelta(minutes=2), tick=False):
        client.post(reverse("account_confirm_login_code"), {"action": "resend"})
        second = CODE.search(OutgoingMail.objects.latest("pk").text).group(1)
        client.post(reverse("account_confirm_login_code"), {"code": first if first != second else "x"})
        assert signed_in_as(client) == ""
        client.post(reverse("account_confirm_login_code"), {"code": second})

    assert signed_in_as(client) == "ben@example.org"


def test_the_link_signs_in_on_another_device_and_goes_on(client, ben):
    link = LINK.search(ask_for_code(client, "ben@example.org", next="/account/").text).group(1)
    phone = Client()

    page = phone.get(link)
    answer = phone.post(link)

    assert (page.status_code, signed_in_as(phone)) == (200, "ben@example.org")
    assert answer.headers["Location"] == "/account/"


def test_looking_at_the_link_changes_nothing(client, ben):
    link = LINK.search(ask_for_code(client, "ben@example.org").text).group(1)

    for _scanner in range(3):
        client.get(link)

    assert (signed_in_as(client), Client().post(link).status_code) == ("", 302)


def test_the_link_works_once(client, ben):
    link = LINK.search(ask_for_code(client, "ben@example.org").text).group(1)

    Client().post(link)

    assert client.post(link).status_code == 410


def test_the_link_works_for_a_quarter_of_an_hour(client, ben):
    link = LINK.search(ask_for_code(client, "ben@example.org").text).group(1)

    with time_machine.travel(NOON + timedelta(minutes=15, seconds=1), tick=False):
        assert client.post(link).status_code == 410


def test_the_link_never_leads_to_another_site(client, ben):
    link = sign_in_address(account=ben.account, then="https://elsewhere.example/").removeprefix(
        "http://127.0.0.1:8000"
    )

    assert client.post(link).headers["Location"] == reverse("home")


def test_the_link_is_asked_for_its_csrf_token(ben):
    link = sign_in_address(account=ben.account).removeprefix("http://127.0.0.1:8000")

    assert Client(enforce_csrf_checks=True).post(link).status_code == 403


def test_an_unknown_address_sees_the_same_page_and_reads_how_to_get_in(client, ben):
    other = Client()

    known = client.post(reverse("account_login"), {"email": "ben@example.org"}, follow=True)
    unknown = other.post(reverse("account_login"), {"email": "nobody@example.org"}, follow=True)

    words = re.compile(r'(ben|nobody)@example\.org|value="[^"]*"')
    assert words.sub("", known.content.decode()) == words.sub("", unknown.content.decode())
    assert OutgoingMail.objects.latest("pk").kind == "sign_in_unknown"
    assert Account.objects.filter(email="nobody@example.org").count() == 0


def test_a_known_person_without_account_gets_one_and_is_linked_everywhere(client, community):
    here = make_person(community, "Ewa", email="Ewa@example.org")
    there = make_person(make_community(), "Ewa", email="ewa@example.org")

    code = CODE.search(ask_for_code(client, "ewa@example.org").text).group(1)
    assert Person.objects.filter(account__isnull=False).count() == 0
    client.post(reverse("account_confirm_login_code"), {"code": code})

    account = Account.objects.get(email="ewa@example.org")
    assert set(Person.objects.filter(account=account)) == {here, there}
    assert {person.email_proven_at for person in Person.objects.all()} == {NOON}


def test_a_switched_off_account_gets_no_code(client, db):
    make_account("old@example.org", is_active=False)

    mail = ask_for_code(client, "old@example.org")

    assert mail.kind == "sign_in_unknown"


def test_the_account_language_is_kept_when_signing_in(client, ben):
    Account.objects.filter(pk=ben.account.pk).update(language="en")
    mail = ask_for_code(client, "ben@example.org")

    answer = client.post(LINK.search(mail.text).group(1))

    assert mail.subject.endswith("is your code to Kawka")
    assert answer.cookies["kawka_language"].value == "en"


def test_signing_in_is_limited_for_one_place(db):
    answers = []
    for number in range(101):
        with time_machine.travel(NOON + number * timedelta(seconds=10), tick=False):
            answer = Client().post(reverse("account_login"), {"email": f"a{number}@example.org"})
        answers.append(answer.status_code)

    assert answers == [302] * 100 + [429]


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email"])
def test_pages_with_passwords_are_not_there(name):
    with pytest.raises(Exception, match=name):
        reverse(name)


def test_signing_out_takes_a_press(as_, ben):
    browser = as_(ben)

    browser.get(reverse("account_logout"))
    assert signed_in_as(browser) == "ben@example.org"
    browser.post(reverse("account_logout"))

    assert signed_in_as(browser) == ""


@pytest.mark.parametrize("groups", [1, 30])
def test_my_account_costs_the_same_for_many_groups(groups, as_, ben, community, django_assert_num_queries):
    for _number in range(groups - 1):
        make_member(make_group(community), ben)
    browser = as_(ben)

    with django_assert_num_queries(7):
        assert browser.get(reverse("my_account")).status_code == 200
