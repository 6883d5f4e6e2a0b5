"""Every kind of mail can be looked at, in both languages, where mail is shown."""

import pytest
from django.urls import reverse

from kawka.mail.rules import RULES
from kawka.web.mail_samples import names

pytestmark = pytest.mark.django_db


def test_every_kind_is_there_in_both_languages(client):
    page = client.get(reverse("mail_samples")).content.decode()

    wanted = {f"{kind}.{language}" for kind in RULES for language in ("pl", "en")}
    assert {name for name in wanted if reverse("mail_sample", args=[name]) not in page} == set()


def test_a_sample_is_shown_as_mail_programs_show_it(client):
    shown = client.get(reverse("mail_sample", args=["recap.en"])).content.decode()
    html = client.get(reverse("mail_sample_html", args=["recap.en"]))

    assert "List-Unsubscribe-Post" in shown
    assert html.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "Open my recap" in html.content.decode()


@pytest.mark.parametrize("name", ["weather.pl", "..", "..%2f..%2fsecret"])
def test_nothing_else_is_shown(name, client):
    assert client.get(f"/dev/mail/samples/{name}/html/").status_code == 404


def test_with_a_mail_server_there_are_none(client, settings):
    settings.MAIL_IS_SHOWN_HERE = False

    answers = [client.get(reverse("mail_sample_html", args=[name])) for name in names()[:2]]

    assert [answer.status_code for answer in answers] == [404, 404]
