"""Four weeks of the year, around the end of summer time; the whole of it is run by `bench/year.py`."""

from datetime import date

import pytest

from tests.simulation.year import Year

pytestmark = pytest.mark.django_db


def test_four_weeks_around_a_clock_change_keep_every_promise():
    year = Year(date(2026, 10, 12), weeks=4, guests=16)

    findings = year.run()

    assert findings == []
    assert year.watch.mails["reminder"] > 0
