"""Files and pasted text as tables: what arrives, and the sentence for what cannot."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from kawka.forms.tables import MAX_BYTES, MAX_COLUMNS, Table, read_file, read_pasted
from kawka.models import Refused

HEADER = ["Imię i nazwisko", "E-mail"]
MAPPING = {"0": "name", "1": "email"}


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def zipped(**files: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1250", "utf-16", "iso-8859-2"])
def test_a_csv_however_it_was_saved(delimiter, encoding):
    text = "Imię i nazwisko;E-mail\r\nŻółć-Łęcka Śliwa;z@x.pl\r\n\r\nOla;o@x.pl\r\n".replace(";", delimiter)

    assert read_file(text.encode(encoding)) == Table(
        HEADER, [[2, ["Żółć-Łęcka Śliwa", "z@x.pl"]], [4, ["Ola", "o@x.pl"]]], MAPPING
    )


def test_quoted_line_breaks_and_delimiters():
    text = 'Imię;Oferty;Szukam\nOla;"PIT, VAT\nKSeF";"kogoś; pilnie"\n'

    assert read_file(text.encode()).rows == [[2, ["Ola", "PIT, VAT\nKSeF", "kogoś; pilnie"]]]


def test_what_excel_says_of_the_delimiter_is_believed():
    assert read_file(b"sep=,\nImie,Mail\nOla,o@x.pl").rows == [[2, ["Ola", "o@x.pl"]]]


def test_a_title_above_the_names_of_columns():
    table = read_file("Lista 2026;\n;\nImię i nazwisko;E-mail\nOla;o@x.pl".encode())

    assert table == Table(HEADER, [[4, ["Ola", "o@x.pl"]]], MAPPING)


def test_without_names_of_columns_the_addresses_tell():
    assert read_file(b"o@x.pl;Ola\ne@x.pl;Ewa") == Table(
        ["", ""], [[1, ["o@x.pl", "Ola"]], [2, ["e@x.pl", "Ewa"]]], {"0": "email", "1": "name"}
    )


def test_one_column_of_names():
    assert read_file(b"Lista\nOla Kos\nEwa") == Table(
        ["Lista"], [[2, ["Ola Kos"]], [3, ["Ewa"]]], {"0": "name"}
    )


def test_one_column_of_names_without_a_title_loses_nobody():
    assert read_file("Jan Kowalski\nŻółć-Łęcka".encode()) == Table(
        [""], [[1, ["Jan Kowalski"]], [2, ["Żółć-Łęcka"]]], {"0": "name"}
    )


def test_marks_nobody_sees_are_taken_out():
    table = read_file(
        "imię;\ufeffemail\n\ufeffJan\u200b;jan@x.pl\n\u202eEwa;e@x.pl\n👩\u200d👧 Ola;o@x.pl".encode()
    )

    assert [cells[0] for _number, cells in table.rows] == ["Jan", "Ewa", "👩\u200d👧 Ola"]


@pytest.mark.parametrize("name", ['"' * 400_000, "(" * 400_000, "! x" * 200_000])
def test_what_is_too_long_for_the_name_of_a_column_means_nothing(name):
    assert read_file(f"x\t{name}\nOla\tEwa".encode()).mapping == {}


def test_no_more_columns_are_read_than_a_list_has():
    assert len(read_file(b"x" + b",x" * 400_000 + b"\ny,y").header) == MAX_COLUMNS


@pytest.mark.parametrize("filling", ["a", " ", "<", "(", "@", '"', "a,", "mailto:"])
def test_a_line_without_an_end_is_read_all_the_same(filling):
    assert len(read_pasted("a" + filling * 200_000 + "b @").rows) == 1


def test_one_column_of_addresses():
    assert read_file(b"ola@x.pl\newa@x.pl").rows == [[1, ["Ola", "ola@x.pl"]], [2, ["Ewa", "ewa@x.pl"]]]


def test_a_workbook_with_numbers_and_dates_as_text():
    content = workbook(
        ["Imię", "Telefon", "Doświadczenie"], ["Ola", 501234567.0, date(2026, 10, 14)], [], ["Ewa", 48, 1.5]
    )

    assert read_file(content).rows == [[2, ["Ola", "501234567", "2026-10-14"]], [4, ["Ewa", "48", "1.5"]]]


def test_an_address_book():
    table = read_file(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Żaneta Żółć\r\nEMAIL:z@x.pl\r\nEND:VCARD\r\n".encode()
    )

    assert table.rows == [[2, ["Żaneta Żółć", "z@x.pl"]]]
    assert table.mapping["0"] == "name"
    assert table.mapping["6"] == "website"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Jan <j@x.pl>, ola@y.pl; Ewa <e@x.pl>",
            [[1, ["Jan", "j@x.pl"]], [2, ["Ola", "ola@y.pl"]], [3, ["Ewa", "e@x.pl"]]],
        ),
        (
            "a@x.pl, b@x.pl\nc@x.pl, d@x.pl",
            [[1, ["A", "a@x.pl"]], [2, ["B", "b@x.pl"]], [3, ["C", "c@x.pl"]], [4, ["D", "d@x.pl"]]],
        ),
        ("Imię\tE-mail\nOla\to@x.pl", [[2, ["Ola", "o@x.pl"]]]),
        ("Ola\to@x.pl\nEwa\te@x.pl", [[1, ["Ola", "o@x.pl"]], [2, ["Ewa", "e@x.pl"]]]),
        ("Jan Kos\nEwa Lis", [[1, ["Jan Kos"]], [2, ["Ewa Lis"]]]),
        ("Ola Kos", [[1, ["Ola Kos"]]]),
    ],
)
def test_pasted_text(text, rows):
    assert read_pasted(text).rows == rows


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There is nothing in it. Bring in a list with at least one person."),
        (b"\xef\xbb\xbf\r\n \r\n", "There is nothing in it. Bring in a list with at least one person."),
        (b"Imie;E-mail\n;\n", "There are names of columns but no people under them."),
        (b"%PDF-1.7 ...", "This is a PDF. Bring in the list as a CSV or XLSX file, or paste the addresses."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            "This is an old or locked Excel file. Open it, save it as XLSX without a password.",
        ),
        (
            b"\x89PNG\r\n",
            "This is a picture. Bring in the list as a CSV or XLSX file, or paste the addresses.",
        ),
        (
            b"PK\x03\x04 broken",
            "This Excel file cannot be read. Open it, save it once more as XLSX and bring that in.",
        ),
        (zipped(a=b"x"), "This is not an Excel file. Save the list as XLSX or CSV and bring that in."),
        (b"x" * (MAX_BYTES + 1), "This file is larger than 5 MB. Leave only the list of people in it."),
        (b"Imie\n" + b"Ola\n" * 10_020, "There are more than 10,000 rows. Bring the list in parts."),
        (b"BEGIN:VCARD\nFN", "This address book cannot be read. Export it once more as vCard 3.0."),
        (b"MZ\x90\x00\x03\x00\x00\x00" * 4, "This file is not a list. Bring in a CSV, XLSX or VCF file."),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(content, sentence):
    with pytest.raises(Refused) as refusal:
        read_file(content)

    assert str(refusal.value) == sentence


def test_a_file_that_unpacks_to_too_much():
    content = zipped(**{"xl/workbook.xml": b"<x/>", "xl/sharedStrings.xml": b" " * 41 * 1024 * 1024})

    assert len(content) < 100_000
    with pytest.raises(Refused, match="unpacks to too much"):
        read_file(content)
