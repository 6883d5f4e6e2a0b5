"""The log names no person and opens no personal link."""

import logging

import pytest
from django.conf import settings

from kawka.site.logs import DiscreetFormatter


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Forbidden: /r/J1E_B-w.qHIX/talk/", "Forbidden: /r/…/talk/"),
        ("Forbidden: /a/J1E_B-w.qHIX/", "Forbidden: /a/…/"),
        ("Error: /sign-in/x2ajpd35ed/dij6bq-3a1a/", "Error: /sign-in/…"),
        ("Error: /live/stream/abc~def", "Error: /live/stream/…"),
        ("Error: /unsubscribe/abc", "Error: /unsubscribe/…"),
        ("Key (email)=(ada@example.org) exists", "Key (email)=(…) exists"),
        ("refused: {'ada.gos@example.org': (550, b'no')}", "refused: {'…': (550, b'no')}"),
        ("mail 12 did not go out: TimeoutError", "mail 12 did not go out: TimeoutError"),
    ],
)
def test_secrets_and_addresses_are_left_out(said, written):
    record = logging.LogRecord("kawka", logging.ERROR, "", 1, "%s", (said,), None)

    assert DiscreetFormatter("{message}", style="{").format(record) == written


def test_so_they_are_in_tracebacks():
    try:
        raise ValueError("ada@example.org")
    except ValueError as error:
        fault = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("kawka", logging.ERROR, "", 1, "a fault", (), fault)

    assert DiscreetFormatter("{message}", style="{").format(record).endswith("ValueError: …")


def test_every_line_is_written_so():
    assert settings.LOGGING["formatters"]["plain"]["()"] == "kawka.site.logs.DiscreetFormatter"
