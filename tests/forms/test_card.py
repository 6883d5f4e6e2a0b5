"""Rows of offers and asks move without JavaScript; photos do not tell where they were taken."""

import io

import pytest
from django import forms
from django.http import QueryDict
from PIL import Image

from kawka.forms.card import MOST_ROWS, RowsForm
from kawka.forms.photo import SQUARE, as_jpeg, fitted


def rows(*texts: str) -> RowsForm:
    data = QueryDict(mutable=True)
    data.setlist("ask_text", list(texts))
    data.setlist("ask_kind", ["private"] * len(texts))
    data.setlist("ask_code", [""] * len(texts))
    return RowsForm("ask", data)


@pytest.mark.parametrize(
    ("button", "texts"),
    [
        ("ask:up:1", ["b", "a", "c"]),
        ("ask:up:0", ["a", "b", "c"]),
        ("ask:down:1", ["a", "c", "b"]),
        ("ask:down:2", ["a", "b", "c"]),
        ("ask:drop:0", ["b", "c"]),
        ("ask:drop:9", ["a", "b", "c"]),
        ("ask:add:0", ["a", "b", "c"]),
        ("offer:drop:0", ["a", "b", "c"]),
        ("ask:drop:x", ["a", "b", "c"]),
        (f"ask:drop:{'9' * 5000}", ["a", "b", "c"]),
        ("nonsense", ["a", "b", "c"]),
    ],
)
def test_buttons_move_rows(button, texts):
    form = rows("a", "b", "c")

    form.press(button)

    assert [row.text for row in form.filled] == texts
    assert form.shown[-1].text == ""


def test_rows_without_a_text_go_and_unknown_kinds_are_work():
    data = QueryDict("ask_text=+a++b+&ask_text=&ask_kind=odd&ask_kind=work&ask_code=&ask_code=x")

    assert [(row.text, row.kind) for row in RowsForm("ask", data).filled] == [("a b", "work")]


def test_a_row_that_is_too_long_says_by_how_much():
    form = rows("a" * 401, "b")

    assert not form.is_valid()
    assert str(form.rows[0].error) == "401 characters, and 400 fit. Shorten it a little."
    assert form.rows[1].error == ""


def test_no_more_rows_than_fit():
    assert len(rows(*["a"] * 99).filled) == MOST_ROWS


def photo(width: int, height: int, kind: str = "JPEG", **saved: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", (width, height), "teal").save(out, kind, **saved)
    return out.getvalue()


@pytest.mark.parametrize(
    ("width", "height", "kind"), [(3000, 1000, "JPEG"), (40, 900, "PNG"), (10, 10, "WEBP")]
)
def test_any_photo_becomes_a_small_square(width, height, kind):
    result = Image.open(io.BytesIO(fitted(photo(width, height, kind), SQUARE)))

    assert (result.format, result.size) == ("WEBP", (512, 512))
    assert Image.open(io.BytesIO(as_jpeg(fitted(photo(width, height, kind), SQUARE)))).format == "JPEG"


def test_a_photo_is_turned_upright_and_stripped():
    picture = Image.new("RGB", (200, 100), "red")
    picture.paste("blue", (0, 0, 100, 100))
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side: the left of the file is the top
    exif[0x010E] = "Rynek 1"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)

    result = Image.open(io.BytesIO(fitted(out.getvalue(), SQUARE)))

    assert dict(result.getexif()) == {}
    red, _green, blue = result.getpixel((256, 20))
    assert blue > 200 > red


@pytest.mark.parametrize("content", [b"", b"not a photo", photo(50, 50)[:200], b"<svg onload='x'/>"])
def test_what_is_no_photo_is_refused_in_words(content):
    with pytest.raises(forms.ValidationError, match="This is not a photo that can be read"):
        fitted(content, SQUARE)


def test_a_photo_of_too_many_pixels_is_refused():
    with pytest.raises(forms.ValidationError, match="too many pixels"):
        fitted(photo(9000, 9000, "PNG"), SQUARE)
