"""One row of a list as a person, and what is wrong with it in words."""

import pytest

from kawka.forms.columns import recognised
from kawka.forms.rows import Entry, doubled, problems, read_rows


def read(header: list[str], *rows: list[str]) -> list[Entry]:
    return read_rows(enumerate(rows, 2), recognised(header))


def test_a_whole_row():
    header = ["Imię", "Nazwisko", "E-mail", "Telefon", "Branża", "Firma", "Czym się zajmuję", "WWW", "Szukam"]
    row = [
        " Żaneta ",
        "Żółć-Łęcka",
        "<Z@X.PL>",
        "501234567.0",
        "-",
        "Żółć s.c.",
        "Stroję",
        "zolc.pl",
        "drukarni",
    ]

    assert read(header, row) == [
        Entry(
            number=2,
            name="Żaneta Żółć-Łęcka",
            email="z@x.pl",
            texts={"phone": "501234567", "does": "Żółć s.c.\nStroję", "website": "https://zolc.pl"},
            asks=(("work", "drukarni"),),
        )
    ]


@pytest.mark.parametrize(
    ("header", "row", "offers"),
    [
        (
            ["Imię", "Oferty"],
            ["A", "PIT\n- VAT\n• KSeF"],
            [("work", "PIT"), ("work", "VAT"), ("work", "KSeF")],
        ),
        (["Imię", "Oferty"], ["A", "PIT; i VAT | KSeF"], [("work", "PIT; i VAT"), ("work", "KSeF")]),
        (["Imię", "Oferty"], ["A", "PIT; VAT"], [("work", "PIT"), ("work", "VAT")]),
        (
            ["Imię", "Oferta 1", "Oferta 2"],
            ["A", "gravel; doradzę", "PIT"],
            [("work", "gravel; doradzę"), ("work", "PIT")],
        ),
        (["Imię", "Oferty"], ["A", "rower (prywatnie)"], [("private", "rower")]),
        (["Imię", "Oferty"], ["A", "private: rower"], [("private", "rower")]),
        (["Imię", "Oferty"], ["A", "polityka prywatności"], [("work", "polityka prywatności")]),
        (
            ["Imię", "Oferty", "Oferty prywatne"],
            ["A", "PIT", "rower"],
            [("work", "PIT"), ("private", "rower")],
        ),
        (["Imię", "Oferty"], ["A", "PIT\nPIT\n\n-"], [("work", "PIT")]),
        (["Imię", "Oferty"], ["A", "=cmd|' /C calc'!A0"], [("work", "=cmd|' /C calc'!A0")]),
    ],
)
def test_sentences_however_they_stand_in_cells(header, row, offers):
    assert list(read(header, row)[0].offers) == offers


def test_a_formula_is_text_and_its_guarding_apostrophe_is_taken_off():
    entries = read(["Imię i nazwisko", "Telefon"], ["=1+1", "'+48 501"], ["'=HYPERLINK(1)", "+48 1"])

    assert [(entry.name, entry.texts["phone"]) for entry in entries] == [
        ("=1+1", "+48 501"),
        ("=HYPERLINK(1)", "+48 1"),
    ]
    assert [problems(entry) for entry in entries] == [[], []]


def test_an_address_is_taken_out_of_what_stands_around_it():
    entries = read(
        ["Imię", "E-mail"], ["A", "Ola Kos <Ola@X.pl>"], ["B", "mailto:b@x.pl. "], ["C", "<c@x.pl>;"]
    )

    assert [entry.email for entry in entries] == ["ola@x.pl", "b@x.pl", "c@x.pl"]


def test_without_a_column_of_names_the_address_suggests_one():
    assert read(["E-mail"], ["ola.kos@x.pl"])[0].name == "Ola Kos"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (Entry(2), ["The name is missing. Type it in the file."]),
        (Entry(2, "!!!"), ["The name is missing. Type it in the file."]),
        (
            Entry(2, "Jan;j@x.pl Ola;o@x.pl"),
            ["There is an e-mail address in the name. Give it a column of its own."],
        ),
        (Entry(2, "A", "a@x.pl"), []),
        (Entry(2, "A", "a@x,pl"), ["The e-mail “a@x,pl” has a slip in it. Is it a@x.pl?"]),
        (Entry(2, "A", "a(at)x.pl"), ["The e-mail “a(at)x.pl” has a slip in it. Is it a@x.pl?"]),
        (Entry(2, "A", "a@@x.pl"), ["The e-mail “a@@x.pl” has a slip in it. Is it a@x.pl?"]),
        (Entry(2, "A", "nie ma"), ["“nie ma” is not an e-mail address. Correct it or leave it empty."]),
        (Entry(2, "A" * 120), []),
        (Entry(2, "A" * 200), ["“first and last name” has 200 characters, and 120 fit. Shorten it."]),
        (Entry(2, "A", offers=(("work", "o" * 200),)), []),
        (
            Entry(2, "A", offers=(("work", "o" * 401),)),
            ["“can help with” has 401 characters, and 400 fit. Shorten it."],
        ),
        (Entry(2, "A", asks=(("work", "o"),) * 41), ["“is looking for” has more than 40 sentences."]),
        (Entry(2, "A", texts={"website": "https://x y"}), ["“https://x y” is not the address of a website."]),
    ],
)
def test_problems_are_told_with_how_to_mend_them(entry, said):
    assert problems(entry) == said


def test_a_repeated_row_names_the_first():
    entries = [
        Entry(2, "Jan", "jan@x.pl"),
        Entry(3, "Janek", "jan@x.pl"),
        Entry(4, "Ola"),
        Entry(5, "OLA"),
        Entry(6, "Jan"),
        Entry(7, "Jan", "inny@x.pl"),
    ]

    assert doubled(entries) == {
        3: "The same e-mail as in row 2. Leave one of the two.",
        5: "The same name as in row 4, and no e-mail tells them apart. Add one.",
        6: "The same name as in row 2, and no e-mail tells them apart. Add one.",
    }
