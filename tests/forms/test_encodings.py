"""Whatever a Polish spreadsheet saves, the letters stay."""

import pytest

from kawka.forms.encodings import MixedUpLetters, NotText, decoded

TEXT = "Imię;E-mail\nŻółć-Łęcka Zaś;ź@x.pl\nĄĆĘŁŃÓŚŹŻ ąćęłńóśźż;a@x.pl\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1250", "iso-8859-2"])
def test_every_encoding_a_spreadsheet_saves_in(encoding):
    assert decoded(TEXT.encode(encoding)) == TEXT


def test_windows_quotes_and_dashes():
    assert decoded("Biuro „Rubryka” – księgowość".encode("cp1250")) == "Biuro „Rubryka” – księgowość"


def test_utf8_with_a_broken_place_is_refused_in_words():
    content = (TEXT * 3).encode()

    with pytest.raises(MixedUpLetters, match="CSV UTF-8"):
        decoded(content[:60] + b"\xf3" + content[60:])


@pytest.mark.parametrize("content", [b"MZ\x00\x03\x00\x00\x00\x04", bytes(range(256)), b"\x01\x02abc"])
def test_bytes_that_are_no_text_are_refused_in_words(content):
    with pytest.raises(NotText, match="CSV, XLSX or VCF"):
        decoded(content)


def test_half_a_utf16_file_is_refused_in_words():
    with pytest.raises(MixedUpLetters):
        decoded("Imię".encode("utf-16") + b"\x00")
