"""Bytes of a text file to text: the encodings Polish spreadsheets are saved in, and no guessing beyond."""

import codecs

from django.utils.translation import gettext_lazy as _

from kawka.models.errors import Refused

# ą ś ź Ą Ś Ź are where the two old Polish encodings differ; ć ę ł ń ó ż are the same in both.
ONLY_WINDOWS = frozenset(b"\xb9\x9c\x9f\xa5\x8c\x8f")
ONLY_ISO = frozenset(b"\xb1\xb6\xbc\xa1\xa6\xac")
C1 = frozenset(range(0x80, 0xA0))  # letters and quotes in Windows-1250, nothing at all in ISO-8859-2
CONTROL = frozenset(range(0x20)) - frozenset(b"\t\n\r\x0b\x0c\x1a\x1c\x1d\x1e\x1f")


class MixedUpLetters(Refused):
    """The bytes are in no encoding known here, or in two at once."""

    message = _(
        "The letters in this file are mixed up. Open it in the spreadsheet, save it as “CSV UTF-8” and "
        "bring it in again."
    )


class NotText(Refused):
    """The bytes are no text at all."""

    message = _("This file is not a list. Bring in a CSV, XLSX or VCF file.")


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16, Windows-1250 or ISO-8859-2, with or without its mark.

    Raises MixedUpLetters or NotText.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return strictly(content, encoding)
    if b"\0" in content[:2000]:
        return strictly(content, unmarked_utf16(content))
    if CONTROL & set(content[:100_000]):
        raise NotText
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return old_polish(content)


def strictly(content: bytes, encoding: str) -> str:
    """The text, or MixedUpLetters."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise MixedUpLetters from error
    if "\0" in text:
        raise NotText
    return text


def unmarked_utf16(content: bytes) -> str:
    """Which UTF-16 it is by where its zeros stand; NotText when they stand everywhere."""
    even, odd = content[0:2000:2].count(0), content[1:2000:2].count(0)
    letters = min(len(content), 2000) / 2
    if max(even, odd) < 0.4 * letters or min(even, odd) > 0.05 * letters:
        raise NotText
    return "utf-16-le" if odd > even else "utf-16-be"


def old_polish(content: bytes) -> str:
    """Windows-1250 or ISO-8859-2 by the letters that differ; UTF-8 with broken places is refused."""
    if len(content.decode("utf-8", "ignore").encode()) > len(content) - high(content) / 2:
        raise MixedUpLetters
    counts = [sum(content.count(byte) for byte in which) for which in (ONLY_ISO, ONLY_WINDOWS, C1)]
    iso, windows, c1 = counts
    return strictly(content, "iso-8859-2" if iso > windows and not c1 else "cp1250")


def high(content: bytes) -> int:
    """How many bytes are not ASCII."""
    return len(content.translate(None, bytes(range(128))))
