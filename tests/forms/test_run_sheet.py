"""The rows of a run sheet and the buttons beside them."""

import pytest

from kawka.forms.run_sheet import MOST, after, typed

ROWS = [{"kind": kind, "title": "", "minutes": 10} for kind in ("coffee", "round", "talks")]


@pytest.mark.parametrize(
    ("button", "kinds"),
    [
        ("up-1", ["round", "coffee", "talks"]),
        ("up-0", ["coffee", "round", "talks"]),
        ("down-2", ["coffee", "round", "talks"]),
        ("remove-1", ["coffee", "talks"]),
        ("add", ["coffee", "round", "talks", "coffee"]),
        *((f"remove-{number}", ["coffee", "round", "talks"]) for number in ("", "x", "-1", "²", "9" * 5000)),
    ],
)
def test_a_button_does_what_it_says_or_nothing(button, kinds):
    assert [row["kind"] for row in after(ROWS, button)] == kinds


@pytest.mark.parametrize(
    ("total", "rows"), [("2", 2), ("", 0), ("²", 0), ("-1", 0), ("999", MOST), ("9" * 5000, 0)]
)
def test_no_more_rows_are_read_than_there_can_be(total, rows):
    assert len(typed({"rows-TOTAL_FORMS": total})) == rows
