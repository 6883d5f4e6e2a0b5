"""A note arrives once at a push service on this machine, and says nothing about anybody."""

import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kawka.actions.answers import answer
from kawka.actions.dates import call_off
from kawka.actions.push import NoPushService, is_known, send_pushes, subscribe, unsubscribe
from kawka.actions.rota import give_back
from kawka.mail.web_push import as_text, point
from kawka.models import Meeting, PushNote, PushSubscription
from tests.factories import NOON, make_account, make_answer, make_meeting, make_role, make_turn

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
CURVE = ec.SECP256R1()


class Browser:
    """A browser: its keys, the service that reaches it, and what arrived there."""

    def __init__(self) -> None:
        self.key, self.auth = ec.generate_private_key(CURVE), b"0123456789abcdef"
        self.status, self.taken, self.port = 201, [], 0

    @property
    def says(self) -> dict[str, str]:
        keys = {"p256dh": as_text(point(self.key.public_key())), "auth": as_text(self.auth)}
        return {"endpoint": f"http://127.0.0.1:{self.port}/send/1", **keys}

    def read(self, sealed: bytes) -> dict[str, str]:
        """What a message says, decrypted as a browser does."""
        salt, sender, body = sealed[:16], sealed[21:86], sealed[86:]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))
        info = b"WebPush: info\0" + point(self.key.public_key()) + sender
        secret = self.derive(self.auth, shared, info, 32)
        key = self.derive(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
        nonce = self.derive(salt, secret, b"Content-Encoding: nonce\0", 12)
        return json.loads(AESGCM(key).decrypt(nonce, body, None).rstrip(b"\x02"))

    @staticmethod
    def derive(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
        return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


@pytest.fixture
def browser(settings) -> Iterator[Browser]:
    browser = Browser()

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            browser.taken.append((self.headers, body))
            self.send_response(browser.status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Service)
    browser.port = server.server_address[1]
    settings.PUSH_SERVICES = (f"http://127.0.0.1:{browser.port}",)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield browser
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def called_off(browser, group, ada, ben) -> Meeting:
    """A date Ben comes to, called off after he let his browser be woken up."""
    subscribe(account=ben.account, now=NOON, **browser.says)
    meeting = make_meeting(group)
    make_answer(meeting, ben)
    call_off(meeting=meeting, reason="Remont", by=ada, now=NOON)
    return meeting


def test_a_called_off_date_wakes_the_browser_once_without_a_name(called_off, browser):
    assert (send_pushes(now=NOON), send_pushes(now=NOON)) == (1, 0)

    [(headers, body)] = browser.taken
    said = browser.read(body)
    assert said["url"] == f"http://127.0.0.1:8000/m/{called_off.code}/"
    assert said["body"] == "Odwołane: środa"
    assert sorted(said) == ["body", "tag", "title", "url"]
    assert (headers["Content-Encoding"], headers["TTL"], headers["Urgency"]) == ("aes128gcm", "43200", "high")
    assert headers["Authorization"].startswith("vapid t=")


def test_a_seat_that_became_free_wakes_the_first_who_waits(browser, group, ada, ben, cleo):
    subscribe(account=ben.account, now=NOON, **browser.says)
    meeting = make_meeting(group, seats=1)
    for person in (ada, ben):
        answer(meeting=meeting, person=person, choice="coming", by=person, now=NOON)
    answer(meeting=meeting, person=ada, choice="no", by=ada, now=NOON)

    send_pushes(now=NOON)

    assert [browser.read(body)["body"] for _headers, body in browser.taken] == ["Jest wolne miejsce: środa"]


def test_who_could_stand_in_is_woken(browser, group, ada, ben):
    subscribe(account=ben.account, now=NOON, **browser.says)
    turn = make_turn(make_meeting(group), make_role(group), ada)
    give_back(turn=turn, by=ada, now=NOON)

    send_pushes(now=NOON)

    assert [browser.read(body)["body"] for _headers, body in browser.taken] == ["Potrzebne zastępstwo: środa"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(status, called_off, browser):
    browser.status = status

    send_pushes(now=NOON)

    assert (PushSubscription.objects.count(), PushNote.objects.count()) == (0, 0)


def test_a_service_in_trouble_is_tried_again_later_and_later(called_off, browser):
    browser.status, now, waits = 503, NOON, []
    for _try in range(3):
        send_pushes(now=now)
        due = PushNote.objects.get().due_at
        waits.append(due - now)
        now = due
    send_pushes(now=now)

    assert waits == [MINUTE, 10 * MINUTE, HOUR]
    assert (PushNote.objects.get().failed_at, len(browser.taken)) == (now, 4)


@pytest.mark.parametrize("status", [400, 302])
def test_what_a_service_does_not_take_is_not_sent_again(status, called_off, browser):
    browser.status = status

    send_pushes(now=NOON)

    assert PushNote.objects.get().failed_at == NOON


def test_a_note_of_a_worker_that_died_is_sent_and_an_old_one_is_not(called_off, browser):
    PushNote.objects.update(claimed_at=NOON)

    assert (send_pushes(now=NOON + 9 * MINUTE), send_pushes(now=NOON + 11 * MINUTE)) == (0, 1)
    PushNote.objects.update(sent_at=None)
    assert send_pushes(now=NOON + 13 * HOUR) == 0


def test_other_mail_wakes_nobody(browser, group, ben):
    subscribe(account=ben.account, now=NOON, **browser.says)
    make_answer(make_meeting(group), ben)

    assert not PushNote.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"endpoint": "http://127.0.0.1:1/send"}, {"endpoint": "file:///etc/passwd"}, {"p256dh": "AAAA"}],
)
def test_only_known_services_and_real_keys_are_taken(change, browser, ben):
    with pytest.raises(NoPushService):
        subscribe(account=ben.account, now=NOON, **{**browser.says, **change})


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        ("https://fcm.googleapis.com/fcm/send/1", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/1", True),
        ("https://web.push.apple.com/1", True),
        ("https://db5p.notify.windows.com/w/?token=1", True),
        ("https://10.0.0.5:8443/a.push.apple.com/x", False),
        ("https://evil.example/?.push.services.mozilla.com/", False),
        ("https://evil.example#.push.apple.com", False),
        ("https://evil.example\\.push.apple.com/", False),
        ("https://evil.example@web.push.apple.com/", False),
        ("https://web.push.apple.com@evil.example/", False),
        ("https://web.push.apple.com:8443/", False),
        ("https://push.apple.com.evil.example/", False),
        ("http://web.push.apple.com/1", False),
        ("https://[::1", False),
    ],
)
def test_a_service_is_known_by_its_host_and_never_by_the_path(endpoint, expected):
    assert is_known(endpoint) is expected


def test_an_address_kept_from_before_is_checked_again_and_not_posted_to(called_off, browser, settings):
    settings.PUSH_SERVICES = ("https://web.push.apple.com",)

    assert send_pushes(now=NOON) == 0
    assert (browser.taken, PushSubscription.objects.count()) == ([], 0)


def test_a_browser_belongs_to_who_subscribed_last_and_can_be_taken_back(browser, ben):
    other = make_account("ewa@example.org")
    subscribe(account=other, now=NOON, **browser.says)
    subscribe(account=ben.account, now=NOON, **browser.says)

    assert (unsubscribe(account=other), unsubscribe(account=ben.account)) == (0, 1)


def test_an_account_has_at_most_ten_browsers(browser, ben):
    for number in range(12):
        says = {**browser.says, "endpoint": f"http://127.0.0.1:{browser.port}/send/{number}"}
        subscribe(account=ben.account, now=NOON + number * MINUTE, **says)

    assert PushSubscription.objects.count() == 10
