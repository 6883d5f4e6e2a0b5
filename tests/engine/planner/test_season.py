"""Over a season the first help counts most, guests have no second chance, and what was said is remembered."""

import pytest

from kawka.engine.planner.season import helped_by, season_worth
from kawka.engine.talk_worth import Past


def test_the_first_help_counts_twice() -> None:
    worth = season_worth({("ada", "ben"): 40}, {})

    assert worth == {("ada", "ben"): 80}


def test_who_was_helped_gains_less_by_the_next() -> None:
    promised = {("ada", "ben"): 40, ("ada", "cleo"): 40, ("dan", "cleo"): 40}

    worth = season_worth(promised, {("ada", "ben"): Past(1, 2)})

    assert helped_by(promised, {("ada", "ben"): Past(1, 2)}) == {"ada": 0.4}
    assert worth["ada", "ben"] == 0
    assert worth["ada", "cleo"] == pytest.approx(40 * 1.6703, abs=0.01)
    assert worth["dan", "cleo"] == 80


def test_a_guest_comes_first() -> None:
    promised = {("ada", "ben"): 50, ("ben", "ada"): 50, ("cleo", "dan"): 50}

    worth = season_worth(promised, {}, guests={"ada"})

    assert worth["ada", "ben"] > worth["ben", "ada"] > worth["cleo", "dan"] == 100


def test_who_comes_rarely_cannot_wait() -> None:
    promised = {("ada", "ben"): 50, ("ada", "cleo"): 50}

    worth = season_worth(promised, {}, comes={"ada": 1.0, "ben": 0.25})

    assert worth == {("ada", "ben"): 800, ("ada", "cleo"): 100}


def test_company_is_worth_a_little_the_longer_ago_the_more() -> None:
    past = {("ada", "ben"): Past(1, 6), ("ben", "ada"): Past(1, 30)}

    worth = season_worth({("ada", "cleo"): 0}, past, company=True)

    assert worth == {("ada", "cleo"): 1.0, ("ada", "ben"): 0.5, ("ben", "ada"): 1.0}


def test_glad_is_worth_a_talk_again_and_enough_is_not() -> None:
    past = {("ada", "ben"): Past(1, 8, mine="glad"), ("ada", "cleo"): Past(1, 8, theirs="enough")}

    worth = season_worth({("ada", "ben"): 30, ("ada", "cleo"): 30}, past, helped={"ada": 99})

    assert worth == pytest.approx({("ada", "ben"): 50, ("ada", "cleo"): 0})
