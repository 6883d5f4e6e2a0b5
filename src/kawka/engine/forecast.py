"""How many will come: an estimate from each person's own history, with its range.

For each word (coming, silent, not this time) a person's chance is their own share of dates on which they
came after that word, drawn towards what is usual by a handful of imagined dates: the mean of a beta
distribution with that prior (Gelman et al., Bayesian Data Analysis, section 2.4). People decide on their own,
so the number who come has mean sum(p) and variance sum(p(1 - p)) (a Poisson binomial distribution). Those
nobody counted on come as often as at the last meetings, with a Poisson distribution's variance.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

Word = Literal["coming", "silent", "no"]
USUAL: Mapping[Word, float] = {"coming": 0.9, "silent": 0.15, "no": 0.02}
IMAGINED: Mapping[Word, int] = {"coming": 6, "silent": 4, "no": 20}
EIGHT_IN_TEN = 1.2816  # a normal variable lies within so many standard deviations in 8 of 10 cases


@dataclass(frozen=True, slots=True)
class Habit:
    """What somebody said of the coming date, and how past dates went after they had said the same."""

    word: Word
    came: int = 0
    dates: int = 0

    def __post_init__(self) -> None:
        """Raises ValueError for more comings than dates."""
        if not 0 <= self.came <= self.dates:
            raise ValueError("Somebody came at most as often as there were dates.")

    @property
    def chance(self) -> float:
        """How likely they come, between 0 and 1."""
        imagined = IMAGINED[self.word]
        return (self.came + USUAL[self.word] * imagined) / (self.dates + imagined)


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many people will come: the likeliest whole number, and a range that holds in 8 of 10 cases."""

    expected: int
    low: int
    high: int


def forecast(habits: Iterable[Habit], *, unexpected: Sequence[int] = (), extra: int = 0) -> Forecast:
    """The estimate for one date.

    `unexpected`: how many came to each of the last meetings whom nobody counted on. `extra`: people who come
    with others, counted as coming. Raises ValueError for a negative number.
    """
    if extra < 0 or any(number < 0 for number in unexpected):
        raise ValueError("Numbers of people are not negative.")
    chances = [habit.chance for habit in habits] + [USUAL["coming"]] * extra
    strangers = sum(unexpected) / len(unexpected) if unexpected else 0.0
    mean = sum(chances) + strangers
    spread = EIGHT_IN_TEN * sqrt(sum(p * (1 - p) for p in chances) + strangers)
    return Forecast(round(mean), max(0, round(mean - spread)), round(mean + spread))
