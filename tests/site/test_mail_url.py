"""Mail leaves through a service named by EMAIL_URL."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection

from kawka.site.mail_url import is_service, service_of


@pytest.mark.parametrize(
    ("url", "backend", "chosen"),
    [
        (
            "anymail+mailgun://k-1@mg.example.org?api_url=https://api.eu.mailgun.net/v3",
            "mailgun",
            {
                "MAILGUN_API_KEY": "k-1",
                "MAILGUN_SENDER_DOMAIN": "mg.example.org",
                "MAILGUN_API_URL": "https://api.eu.mailgun.net/v3",
            },
        ),
        ("anymail+postmark://t%40ken@", "postmark", {"POSTMARK_SERVER_TOKEN": "t@ken"}),
        (
            "anymail+mailjet://key:secret@",
            "mailjet",
            {"MAILJET_API_KEY": "key", "MAILJET_SECRET_KEY": "secret"},
        ),
    ],
)
def test_an_address_names_service_and_key(url, backend, chosen):
    assert service_of(url) == (f"anymail.backends.{backend}.EmailBackend", chosen)


@pytest.mark.parametrize("url", ["anymail+pigeon://key@", "anymail+mailgun://", "anymail+mailjet://key@"])
def test_what_cannot_work_is_said(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        service_of(url)


def test_a_mail_server_is_no_service():
    assert (is_service("smtp://localhost"), is_service("")) == (False, False)


class Postmark(BaseHTTPRequestHandler):
    """Takes what is sent to the service, and remembers it."""

    taken: list[tuple[str, dict]] = []

    def do_POST(self) -> None:
        words = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.taken.append((self.headers["X-Postmark-Server-Token"], words))
        said = [{"ErrorCode": 0, "Message": "OK", "MessageID": "m-1", "To": "ben@example.org"}]
        body = json.dumps(said if isinstance(words, list) else said[0]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def postmark() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Postmark)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_mail_arrives_at_the_service_with_its_headers(postmark, settings):
    backend, settings.ANYMAIL = service_of(f"anymail+postmark://token@?api_url=http://127.0.0.1:{postmark}/")
    message = EmailMessage(
        "Hello", "words", "kawka@k.example", ["ben@example.org"], headers={"List-Id": "<x.k.example>"}
    )
    message.connection = get_connection(backend)

    assert message.send() == 1

    [(token, words)] = Postmark.taken
    assert (token, words["Subject"], words["To"]) == ("token", "Hello", "ben@example.org")
    assert {"Name": "List-Id", "Value": "<x.k.example>"} in words["Headers"]
