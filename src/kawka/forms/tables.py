"""Files and pasted text as a table of texts: CSV, XLSX, vCards, addresses."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError as XMLError

import openpyxl
from django.utils.translation import gettext_lazy as _
from vobject.base import VObjectError

from kawka.calendars import vcard
from kawka.forms import addresses
from kawka.forms.columns import EMAIL_LIKE, LISTS, guessed, plain, recognised
from kawka.forms.encodings import decoded
from kawka.models.errors import Refused

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 40 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS = 10_000, 60
TITLES = 5  # rows that may stand above the names of the columns
INVISIBLE = dict.fromkeys(
    (0, 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)  # marks of byte order inside the text, and those that turn its direction
DELIMITERS = ";,\t|"
BROKEN_WORKBOOK = (
    zipfile.BadZipFile,
    zlib.error,
    XMLError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
)
OTHER_KINDS = (
    (b"%PDF", _("This is a PDF. Bring in the list as a CSV or XLSX file, or paste the addresses.")),
    (
        b"\xd0\xcf\x11\xe0",
        _("This is an old or locked Excel file. Open it, save it as XLSX without a password."),
    ),
    (b"\x89PNG", _("This is a picture. Bring in the list as a CSV or XLSX file, or paste the addresses.")),
    (
        b"\xff\xd8\xff",
        _("This is a picture. Bring in the list as a CSV or XLSX file, or paste the addresses."),
    ),
)


class Unreadable(Refused):
    """The file holds no list; the message says what to do instead."""


@dataclass(frozen=True)
class Table:
    """A list as it was brought in: the names of its columns, its numbered rows, what the columns mean.

    `rows` are [number, [text, …]] with the number the row has in the spreadsheet; empty rows are left out.
    """

    header: list[str]
    rows: list[list[Any]]
    mapping: dict[str, str]


def read_file(content: bytes) -> Table:
    """The table in a CSV, XLSX or VCF file, whatever its name says. Raises Refused in words."""
    if len(content) > MAX_BYTES:
        raise Unreadable(_("This file is larger than 5 MB. Leave only the list of people in it."))
    for beginning, sentence in OTHER_KINDS:
        if content.startswith(beginning):
            raise Unreadable(sentence)
    if content.startswith(b"PK"):
        return table_of(read_workbook(content))
    return read_text(decoded(content))


def read_pasted(text: str) -> Table:
    """The table in what was pasted: cells of a sheet, addresses, or plain names one a line."""
    return read_text(text, pasted=True)


def read_text(text: str, *, pasted: bool = False) -> Table:
    """The table in the text of a CSV or VCF file or in pasted lines. Raises Refused in words."""
    text = text.strip("\ufeff\x1a \r\n")
    if not text:
        raise Unreadable(_("There is nothing in it. Bring in a list with at least one person."))
    if text[:11].upper() == "BEGIN:VCARD":
        try:
            return table_of([vcard.HEADER, *vcard.read_cards(text)])
        except (VObjectError, ValueError, AttributeError, IndexError, TypeError) as error:
            raise Unreadable(
                _("This address book cannot be read. Export it once more as vCard 3.0.")
            ) from error
    rows = read_csv(text)
    if not any(recognised(row) for row in rows[:TITLES]) and is_addresses(rows, text, pasted):
        return table_of([addresses.HEADER, *addresses.read_addresses(text)], numbered_from=0)
    return table_of(rows)


def is_addresses(rows: list[list[str]], text: str, pasted: bool) -> bool:
    """Whether lines are addresses as they stand in a mail rather than columns of a sheet."""
    columns = len(rows[0])
    tidy = len(rows) > 1 and columns > 1 and all(len(row) == columns for row in rows)
    if tidy and sum(bool(EMAIL_LIKE.fullmatch(cell.strip())) for cell in rows[0]) == 1:
        return False
    return "@" in text or (pasted and not tidy)


def read_csv(text: str) -> list[list[str]]:
    """The rows of a CSV, parted by whichever delimiter makes the most sense of it."""
    if text[:4].lower() == "sep=":
        mark, _newline, text = text.partition("\n")
        return parted(text, mark[4:5] or ";")
    beginning = text[:60_000]
    best = max(DELIMITERS, key=lambda delimiter: fitness(parted(beginning, delimiter)[:40]))
    return parted(text, best)


def parted(text: str, delimiter: str) -> list[list[str]]:
    """The rows of the text with this delimiter; line breaks may stand inside quotes."""
    csv.field_size_limit(MAX_BYTES)
    lines = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"))
    rows = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    return [row[:MAX_COLUMNS] for row in rows] or [[""]]


def fitness(rows: list[list[str]]) -> tuple[int, int, int]:
    """How much sense a way of parting makes: columns recognised, rows as long as the first, columns."""
    columns = len(rows[0])
    alike = sum(len(row) == columns for row in rows) if columns > 1 else 0
    return len(recognised(rows[0])) if columns > 1 else 0, alike, columns


def read_workbook(content: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet of an XLSX file, everything as text."""
    broken = _("This Excel file cannot be read. Open it, save it once more as XLSX and bring that in.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise Unreadable(
                    _("This is not an Excel file. Save the list as XLSX or CSV and bring that in.")
                )
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise Unreadable(_("This file unpacks to too much. Leave only the list of people in it."))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_row=2 * MAX_ROWS, max_col=MAX_COLUMNS, values_only=True):
            yield [as_text(value) for value in row]
    except BROKEN_WORKBOOK as error:
        raise Unreadable(broken) from error


def as_text(value: object) -> str:
    """A cell as it was meant: whole numbers without ".0", dates as in a calendar."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return str(value)


def table_of(raw: Iterable[Sequence[str]], numbered_from: int = 1) -> Table:
    """The table of these rows; the names of its columns are in the first, or a little below a title."""
    rows: list[list[Any]] = []
    for number, cells in enumerate(raw, numbered_from):
        texts = [cell.translate(INVISIBLE).strip() for cell in cells[:MAX_COLUMNS]]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            rows.append([number, texts])
        if len(rows) > MAX_ROWS + TITLES:
            raise Unreadable(_("There are more than 10,000 rows. Bring the list in parts."))
    if not rows:
        raise Unreadable(_("There is nothing in it. Bring in a list with at least one person."))
    best = max(range(min(TITLES, len(rows))), key=lambda at: len(recognised(rows[at][1])))
    return with_meanings(rows[best][1], rows[best + 1 :], rows)


def with_meanings(header: list[str], under: list[list[Any]], rows: list[list[Any]]) -> Table:
    """The table with what its columns mean; when no column has a name anybody knows, all rows are people."""
    mapping = recognised(header)
    width = max(len(cells) for _number, cells in rows)
    if not mapping and any(EMAIL_LIKE.fullmatch(cell) for cell in header):
        return Table([""] * width, rows, guessed([cells for _number, cells in rows], width))
    if width == 1 and not mapping:
        if plain(header[0]) not in LISTS:
            return Table([""], rows, {"0": "name"})
        mapping = {"0": "name"}
    if not under:
        raise Unreadable(_("There are names of columns but no people under them."))
    return Table(header + [""] * (width - len(header)), under, mapping)
