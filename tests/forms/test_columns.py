"""Columns are known by their names in Polish and English."""

import pytest

from kawka.forms.columns import MEANINGS, NAMES, meaning_of, recognised


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("Imię", "first_name"),
        ("NAZWISKO", "last_name"),
        ("Imię i nazwisko", "name"),
        ("Adres e-mail", "email"),
        ("E-mail:", "email"),
        ("e_mail", "email"),
        ("Telefon (komórkowy)", "phone"),
        ("Branża", "trade"),
        ("czym się zajmuję", "does"),
        ("headline", "does"),
        ("Klient", "client"),
        ("Doświadczenie", "experience"),
        ("about", "experience"),
        ("Mogę pomóc 3", "offers"),
        ("offer_2", "offers"),
        ("Oferty (prywatne)", "offers_private"),
        ("Oferty (praca)", "offers"),
        ("Oferty prywatne", "offers_private"),
        ("Szukam", "asks"),
        ("ask 1", "asks"),
        ("Miasto", "town"),
        ("WWW", "website"),
        ("Język", "language"),
        ("Uwagi", ""),
        ("id", ""),
    ],
)
def test_a_column_is_known_by_its_name(name, meaning):
    assert meaning_of(name) == meaning


def test_every_meaning_has_names():
    assert set(NAMES) == set(MEANINGS)


def test_what_is_there_once_goes_to_the_first_column():
    header = ["E-mail", "Mail", "Oferta 1", "Oferta 2", "Firma", "Czym się zajmuje", "Uwagi"]

    assert recognised(header) == {"0": "email", "2": "offers", "3": "offers", "4": "does", "5": "does"}
