"""A mail service tells what came back; strangers tell nothing."""

from base64 import b64encode

import pytest
from django.urls import reverse

from kawka.site.mail_url import service_of
from tests.factories import make_person

KNOWS = {"HTTP_AUTHORIZATION": "Basic " + b64encode(b"kawka:sesame").decode()}
BOUNCE = {
    "RecordType": "Bounce",
    "Type": "HardBounce",
    "TypeCode": 1,
    "ID": 42,
    "Email": "Ewa@example.org",
    "BouncedAt": "2026-10-05T12:00:00Z",
    "Description": "The server was unable to deliver your message.",
    "Details": "550 no such user",
    "MessageID": "1",
}
COMPLAINT = {**BOUNCE, "RecordType": "SpamComplaint", "Type": "SpamComplaint", "TypeCode": 512}
LATER = {**BOUNCE, "Type": "Transient", "TypeCode": 2}


@pytest.fixture
def ewa(community, settings):
    settings.EMAIL_BACKEND, settings.ANYMAIL = service_of("anymail+postmark://token@")
    settings.ANYMAIL["WEBHOOK_SECRET"] = "kawka:sesame"
    return make_person(community, "Ewa", email="ewa@example.org")


def tell(client, said, **headers):
    return client.post(reverse("mail-events"), said, content_type="application/json", **headers)


@pytest.mark.parametrize(
    ("said", "trouble"), [(BOUNCE, "550 no such user"), (COMPLAINT, "oznaczone jako niechciane"), (LATER, "")]
)
def test_what_came_back_for_good_pauses_the_address(said, trouble, client, ewa):
    assert tell(client, said, **KNOWS).status_code == 200

    ewa.refresh_from_db()
    assert (ewa.mail_paused_at is not None, ewa.mail_trouble) == (bool(trouble), trouble)


def test_who_does_not_know_the_password_is_not_heard(client, ewa):
    wrong = {"HTTP_AUTHORIZATION": "Basic " + b64encode(b"kawka:guess").decode()}

    answers = [tell(client, BOUNCE, **headers).status_code for headers in ({}, wrong)]

    ewa.refresh_from_db()
    assert (answers, ewa.mail_paused_at) == ([400, 400], None)


def test_without_a_service_there_is_nothing_to_tell(client, db):
    assert tell(client, BOUNCE).status_code == 404
