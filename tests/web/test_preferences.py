"""Language and light are chosen on any page, without an account."""

import pytest
from django.urls import reverse

from kawka.forms.tokens import new_token
from kawka.models import Account, Person


def press(browser, name, **fields):
    return browser.post(reverse(name), {"form_token": new_token(), **fields})


def test_a_language_is_kept_and_the_page_comes_back(client, db):
    answer = press(client, "language", language="en", next="/accounts/login/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/")
    assert '<html lang="en"' in client.get("/accounts/login/").content.decode()


def test_a_signed_in_reader_gets_mail_in_the_language_too(as_, ben):
    press(as_(ben), "language", language="en")

    assert Account.objects.get(pk=ben.account.pk).language == "en"
    assert Person.objects.get(pk=ben.pk).language == "en"


KEPT = [("dark", "dark"), ("light", "light"), ("auto", ""), ("pink", "")]


@pytest.mark.parametrize(("theme", "kept"), KEPT)
def test_a_theme_is_kept(theme, kept, client, db):
    answer = press(client, "theme", theme=theme)

    cookie = answer.cookies.get("kawka_theme")
    assert (cookie.value if cookie else "") == kept


def test_a_language_kawka_does_not_speak_changes_nothing(client, db):
    answer = press(client, "language", language="tlh")

    assert "kawka_language" not in answer.cookies


def test_no_choice_leads_to_another_site(client, db):
    answer = press(client, "theme", theme="dark", next="//elsewhere.example")

    assert answer.headers["Location"] == reverse("home")
