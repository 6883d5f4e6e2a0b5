"""Outgoing mail is shown on this machine while no mail server is set, and to nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_mail


@pytest.fixture
def mail(db):
    return make_mail(subject="Do zobaczenia", text="http://127.0.0.1:8000/a/x/", headers={"List-Id": "<x.y>"})


def test_it_lists_and_shows_mail(client, mail):
    listed = client.get(reverse("mail_list")).content.decode()
    shown = client.get(reverse("mail_page", args=[mail.pk])).content.decode()

    assert "Do zobaczenia" in listed
    assert '<a href="http://127.0.0.1:8000/a/x/"' in shown
    assert "&lt;x.y&gt;" in shown


def test_its_html_stands_alone(client, mail):
    page = client.get(reverse("mail_html", args=[mail.pk]))

    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "sandbox allow-popups" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert '<base target="_blank">' in page.content.decode()


@pytest.mark.parametrize("name", ["mail_list", "mail_page", "mail_html"])
@pytest.mark.parametrize(
    "place",
    [{"REMOTE_ADDR": "192.0.2.7"}, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}],
)
def test_from_elsewhere_it_is_not_found(name, place, mail, as_, ada):
    address = reverse(name, args=[] if name == "mail_list" else [mail.pk])

    assert (Client().get(address, **place).status_code, as_(ada).get(address, **place).status_code) == (
        404,
        404,
    )


def test_the_admin_sees_it_from_anywhere(as_, root, mail):
    assert as_(root).get(reverse("mail_list"), REMOTE_ADDR="192.0.2.7").status_code == 200


def test_with_a_mail_server_it_is_not_found(client, mail, settings):
    settings.MAIL_IS_SHOWN_HERE = False

    assert client.get(reverse("mail_list")).status_code == 404


@pytest.mark.parametrize("mails", [1, 30])
def test_the_list_costs_one_query(mails, client, db, django_assert_num_queries):
    for _number in range(mails):
        make_mail()

    with django_assert_num_queries(1):
        client.get(reverse("mail_list"))
