"""Encryption as RFC 8291 shows it, and a signature push services can check."""

import base64
import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from kawka.mail.web_push import as_bytes, as_text, authorization, encrypted, is_key, own_key, public_key
from tests.factories import NOON

BROWSER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"


def test_the_example_of_the_standard_is_encrypted_as_it_shows():
    once = ec.derive_private_key(
        int.from_bytes(as_bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), ec.SECP256R1()
    )

    sealed = encrypted(
        b"When I grow up, I want to be a watermelon",
        BROWSER,
        SECRET,
        salt=as_bytes("DGv6ra1nlYgDCS1FRnbzlw"),
        once=once,
    )

    assert as_text(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
        "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_no_two_messages_are_alike():
    assert encrypted(b"x", BROWSER, SECRET) != encrypted(b"x", BROWSER, SECRET)


def test_the_service_is_told_who_sends():
    header = authorization("https://push.example:8443/abc/def", now=NOON)

    token, key = header.removeprefix("vapid t=").split(", k=")
    head, claims, signature = token.split(".")
    raw = as_bytes(signature)
    both = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    own_key().public_key().verify(both, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    assert key == public_key()
    assert json.loads(base64.urlsafe_b64decode(claims + "==")) == {
        "aud": "https://push.example:8443",
        "exp": int((NOON + timedelta(hours=12)).timestamp()),
        "sub": "http://127.0.0.1:8000",
    }


@pytest.mark.parametrize(
    ("p256dh", "auth", "good"),
    [(BROWSER, SECRET, True), ("AAAA", SECRET, False), (BROWSER, "AAAA", False), ("ż", SECRET, False)],
)
def test_what_is_no_key_is_told(p256dh, auth, good):
    assert is_key(p256dh, auth) is good
