"""The forecast follows each person's own history, and its range holds as often as it says."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawka.engine.forecast import Forecast, Habit, forecast

habits = st.lists(
    st.builds(
        lambda word, dates, share: Habit(word, round(dates * share), dates),
        st.sampled_from(["coming", "silent", "no"]),
        st.integers(0, 60),
        st.floats(0, 1),
    ),
    max_size=30,
)


def test_nobody_and_nothing_known_makes_nobody():
    assert forecast([]) == Forecast(0, 0, 0)


def test_without_a_past_the_usual_counts():
    assert forecast([Habit("coming")] * 10 + [Habit("silent")] * 12) == Forecast(11, 9, 13)


def test_who_always_keeps_their_word_is_counted_on():
    assert Habit("coming", 40, 40).chance > 0.98
    assert Habit("silent", 40, 40).chance > 0.92
    assert Habit("coming", 0, 40).chance < 0.12


def test_those_nobody_counted_on_are_counted_as_they_came_before():
    assert forecast([], unexpected=[2, 4, 3]).expected == 3


def test_who_comes_with_others_counts_as_coming():
    assert forecast([Habit("coming", 94, 94)], extra=1).expected == 2


@given(habits, st.integers(0, 9))
def test_the_expected_number_lies_in_its_range_and_in_the_room(people, extra):
    told = forecast(people, extra=extra)

    assert 0 <= told.low <= told.expected <= told.high
    assert told.expected <= len(people) + extra


@given(habits)
def test_one_more_who_says_yes_never_makes_it_fewer(people):
    assert forecast([*people, Habit("coming")]).expected >= forecast(people).expected


def test_the_range_holds_in_about_eight_of_ten_cases():
    random = Random(7)
    inside = 0
    for _ in range(1000):
        people = [Habit("coming", random.randint(0, 20), 20) for _ in range(14)]
        came = sum(random.random() < habit.chance for habit in people)
        told = forecast(people)
        inside += told.low <= came <= told.high

    assert 760 <= inside <= 930


@pytest.mark.parametrize("wrong", [lambda: Habit("coming", 2, 1), lambda: forecast([], extra=-1)])
def test_impossible_numbers_are_refused(wrong):
    with pytest.raises(ValueError, match=r"Somebody came|not negative"):
        wrong()
