import pytest

from kawka.engine.talk_worth import Past, worth_now


@pytest.mark.parametrize(
    ("past", "worth"),
    [
        (None, 60),
        (Past(1, 0), 0),
        (Past(1, 13), 4),
        (Past(3, 26), 9),
        (Past(1, 52), 9),
        (Past(1, 4, mine="glad"), 40),
        (Past(1, 8, mine="glad"), 80),
        (Past(1, 8, theirs="glad"), 3),
        (Past(1, 25, mine="enough"), 0),
        (Past(1, 25, mine="glad", theirs="enough"), 0),
        (Past(1, 26, mine="enough"), 9),
    ],
)
def test_a_first_talk_counts_in_full_and_later_ones_ripen(past, worth):
    assert worth_now(60, past) == worth


def test_a_talk_that_promises_nothing_is_worth_something_only_to_who_was_glad():
    assert [worth_now(0, past) for past in (None, Past(1, 52), Past(1, 52, mine="glad"))] == [0, 0, 20]
