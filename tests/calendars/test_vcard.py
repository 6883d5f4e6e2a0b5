"""Cards as vCards and back, with nothing that may not be seen."""

from datetime import UTC, datetime

import pytest

from kawka.calendars.vcard import card_file, read_cards
from kawka.models import Card
from tests.factories import make_ask, make_person

CHANGED = datetime(2026, 10, 12, 10, 0, tzinfo=UTC)


@pytest.fixture
def person(community):
    person = make_person(
        community,
        "Żaneta Żółć-Łęcka",
        email="zaneta@example.org",
        code="abcdefghjk",
        card={
            "trade": "stroiciel; pianina, fortepiany",
            "does": "Stroję i naprawiam",
            "phone": "+48 501 234 567",
            "website": "https://zolc.example",
            "updated_at": CHANGED,
        },
    )
    make_ask(person, "Szukam, kto przewiezie pianino")
    return person


def lines(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_a_card_as_everybody_may_see_it(person):
    assert lines(card_file(person, [])) == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "UID:person-abcdefghjk@127.0.0.1",
        "CATEGORIES:Kawa i ludzie",
        "FN:Żaneta Żółć-Łęcka",
        "N:Żółć-Łęcka;Żaneta;;;",
        "REV:20261012T100000Z",
        "TITLE:stroiciel\\; pianina\\, fortepiany",
        "END:VCARD",
        "",
    ]


def test_all_allowed_fields_are_in_it(person):
    content = lines(card_file(person, Card.FIELDS, met="Śniadanie, 14.10.2026", photo=b"jpeg" * 40))

    assert "EMAIL;TYPE=INTERNET:zaneta@example.org" in content
    assert "TEL;TYPE=CELL:+48 501 234 567" in content
    assert "URL:https://zolc.example" in content
    assert [line for line in content if line.startswith("NOTE:")][0].count("\\n") == 2
    assert [line for line in content if line.startswith("PHOTO;ENCODING=b;TYPE=JPEG:anBlZ2")]
    assert max(len(line) for line in card_file(person, Card.FIELDS, photo=b"x" * 999).split(b"\r\n")) <= 76


def test_version_four_writes_the_photo_as_an_address(person):
    content = lines(card_file(person, ["photo"], version="4.0", photo=b"jpeg"))

    assert "VERSION:4.0" in content
    assert "PHOTO:data:image/jpeg;base64,anBlZw==" in content


def test_one_word_is_a_given_name(community):
    assert "N:;Ola;;;" in lines(card_file(make_person(community, "Ola"), []))


def test_what_was_written_is_read_back(person):
    book = card_file(person, Card.FIELDS).decode() + card_file(person, []).decode()

    assert list(read_cards(book))[0] == [
        "Żaneta Żółć-Łęcka",
        "zaneta@example.org",
        "+48 501 234 567",
        "stroiciel; pianina, fortepiany",
        "",
        "",
        "https://zolc.example",
    ]


def test_old_phones_and_odd_lines(capsys):
    book = (
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=BB=C3=B3=C5=82=C4=87;Jan;;;\n"
        "TEL;WORK:111\nTEL;CELL:222\nEMAIL:jan@x.pl\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:4.0\nNONSENSE\nFN:Ola\nORG:Firma;Dział\nADR:;;ul. X;Olsztyn;;;\nEND:VCARD\n"
    )

    assert list(read_cards(book)) == [
        ["Jan Żółć", "jan@x.pl", "222", "", "", "", ""],
        ["Ola", "", "", "", "Firma Dział", "Olsztyn", ""],
    ]
    assert capsys.readouterr().err == ""


def test_broken_photos_are_passed_over():
    book = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Kos;Jan;;;\r\nPHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n AAM\r\n\r\n"
        "EMAIL;INTERNET:jan@x.pl\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ola\r\nitem1.PHOTO;ENCODING=b:x\r\nTEL:1\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ewa\r\nPHOTO:data:image/jpeg;base64,/9j\r\n /9j\r\nEND:VCARD\r\n"
    )

    assert [card[:3] for card in read_cards(book)] == [
        ["Jan Kos", "jan@x.pl", ""],
        ["Ola", "", "1"],
        ["Ewa", "", ""],
    ]
