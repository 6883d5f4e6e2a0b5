"""Addresses as they are pasted from mails and chats."""

import pytest

from kawka.forms.addresses import read_addresses


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Jan Kowalski <jan@x.pl>, ola@y.pl; Żółć-Łęcka Ada <ada@z.pl>",
            [["Jan Kowalski", "jan@x.pl"], ["Ola", "ola@y.pl"], ["Żółć-Łęcka Ada", "ada@z.pl"]],
        ),
        (
            "jan.kowalski@x.pl\n\nola-nowak2@y.pl\n",
            [["Jan Kowalski", "jan.kowalski@x.pl"], ["Ola Nowak", "ola-nowak2@y.pl"]],
        ),
        ('"Kowalski, Jan" <jan@x.pl>', [["Jan Kowalski", "jan@x.pl"]]),
        ("Kowalski, Jan <jan@x.pl>;", [["Jan Kowalski", "jan@x.pl"]]),
        ("Jan Kowalski jan@x.pl", [["Jan Kowalski", "jan@x.pl"]]),
        ("Jan Kowalski\tjan@x.pl", [["Jan Kowalski", "jan@x.pl"]]),
        ("1. Jan Kowalski - jan@x.pl", [["Jan Kowalski", "jan@x.pl"]]),
        ("• Jan Kowalski (jan@x.pl)", [["Jan Kowalski", "jan@x.pl"]]),
        ("<mailto:jan@x.pl>", [["Jan", "jan@x.pl"]]),
        ("jan@x.pl,ola@y.pl,e@z.pl", [["Jan", "jan@x.pl"], ["Ola", "ola@y.pl"], ["E", "e@z.pl"]]),
        ("Jan<jan@x,pl>", [["Jan", "jan@x,pl"]]),
        ("Ewa Kos", [["Ewa Kos", ""]]),
        ('"Firma; z o.o." <a@x.pl>; b@y.pl', [["Firma; z o.o.", "a@x.pl"], ["B", "b@y.pl"]]),
        ("  \n;;\n,", []),
    ],
)
def test_addresses_however_they_are_written(text, rows):
    assert list(read_addresses(text)) == rows
