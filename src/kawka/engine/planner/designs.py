"""Perfect patterns: many rounds of equal tables in which no two places meet twice.

Places are 0 … groups * size - 1. Some patterns follow from arithmetic, others stand in designs.txt.
"""

from functools import cache
from importlib.resources import files
from itertools import product
from math import lcm

Rounds = list[list[list[int]]]


def most_weeks(groups: int, size: int) -> int:
    """What no pattern exceeds: everybody meets `size - 1` others a week."""
    if groups < size:
        return 1
    return (groups * size - 1) // (size - 1)


def pattern(groups: int, size: int) -> Rounds:
    """The longest pattern known without searching; a week at least."""
    choices = [_one_week(groups, size)]
    if size == 2:
        choices.append(_round_robin(groups))
    if 1 < size <= groups:
        choices += [_lattice(groups, size), stored(groups, size)]
    return max(choices, key=len)


def _one_week(groups: int, size: int) -> Rounds:
    return [[list(range(first, first + size)) for first in range(0, groups * size, size)]]


def _round_robin(groups: int) -> Rounds:
    """One stays, the others go around."""
    others = 2 * groups - 1
    return [
        [[others, turn]] + [[(turn + step) % others, (turn - step) % others] for step in range(1, groups)]
        for turn in range(others)
    ]


def _lattice(groups: int, size: int) -> Rounds:
    """Places are (column, number); a line of slope w meets each column once, two lines at most once.

    Numbers are a field, or several side by side. Places of one column never share a line: they play a
    tournament of their own at the end, if they divide into tables.
    """
    numbers = _Numbers.of(groups)
    if size > numbers.least:
        return []
    weeks = [
        [
            [column * groups + numbers.line(slope, column, start) for column in range(size)]
            for start in range(groups)
        ]
        for slope in range(groups)
    ]
    return weeks + in_columns(groups, size)


def in_columns(groups: int, size: int) -> Rounds:
    """The weeks of tables inside of columns, if a column divides into tables."""
    inner = [] if groups % size else pattern(groups // size, size)
    return [
        [[column * groups + place for place in table] for column in range(size) for table in tables]
        for tables in inner
    ]


class _Numbers:
    """A ring of so many elements with as many units apart from one another as its smallest field has."""

    def __init__(self, fields: list["_Field"]) -> None:
        self.fields = fields
        self.least = min(field.order for field in fields)
        self.elements = list(product(*(range(field.order) for field in fields)))
        self.place = {element: number for number, element in enumerate(self.elements)}

    @classmethod
    @cache
    def of(cls, order: int) -> "_Numbers":
        """The ring of this order."""
        return cls([_Field(prime, power) for prime, power in prime_powers(order)])

    def line(self, slope: int, column: int, start: int) -> int:
        """slope * column + start, where the column is the same number of every field."""
        steps = zip(self.fields, self.elements[slope], self.elements[start], strict=True)
        return self.place[tuple(field.add(field.times(a, column), b) for field, a, b in steps)]


class _Field:
    """Polynomials over a prime, as numbers written in that base."""

    def __init__(self, prime: int, power: int) -> None:
        self.prime, self.power, self.order = prime, power, prime**power
        self.modulus = next(tail for tail in range(self.order) if power == 1 or self._generates(tail))

    def add(self, a: int, b: int) -> int:
        """Digit by digit."""
        digits = zip(self._digits(a), self._digits(b), strict=True)
        return self._number([(x + y) % self.prime for x, y in digits])

    def times(self, a: int, b: int) -> int:
        """The product, reduced."""
        return self._times(a, b, self.modulus)

    def _generates(self, tail: int) -> bool:
        """Whether the powers of x run through everything, reduced by x**power = tail."""
        seen, element = {1}, self._times(1, self.prime, tail)
        while element not in seen:
            seen.add(element)
            element = self._times(element, self.prime, tail)
        return element == 1 and len(seen) == self.order - 1

    def _times(self, a: int, b: int, tail: int) -> int:
        if self.power == 1:
            return a * b % self.prime
        out, reduced = [0] * self.power, self._digits(tail)
        for digit in reversed(self._digits(b)):
            carry = out[-1]
            shifted = [0, *out[:-1]]
            out = [
                (low + carry * high + digit * own) % self.prime
                for low, high, own in zip(shifted, reduced, self._digits(a), strict=True)
            ]
        return self._number(out)

    def _digits(self, number: int) -> list[int]:
        return [number // self.prime**place % self.prime for place in range(self.power)]

    def _number(self, digits: list[int]) -> int:
        return sum(digit * self.prime**place for place, digit in enumerate(digits))


def prime_powers(number: int) -> list[tuple[int, int]]:
    """The primes of a number and how often each divides it."""
    out, prime = [], 2
    while number > 1:
        power = 0
        while number % prime == 0:
            number, power = number // prime, power + 1
        if power:
            out.append((prime, power))
        prime += 1
    return out or [(1, 1)]


def stored(groups: int, size: int) -> Rounds:
    """The pattern of designs.txt, none if there is none."""
    line = _lines().get((groups, size))
    return expand(line) if line else []


@cache
def _lines() -> dict[tuple[int, int], str]:
    text = files(__package__).joinpath("designs.txt").read_text(encoding="utf-8")
    rows = [line.split(":", 1) for line in text.splitlines() if line and not line.startswith("#")]
    return {(int(name.split()[0]), int(name.split()[1])): rest for name, rest in rows}


def expand(line: str) -> Rounds:
    """The rounds told by one line: a turn of the places, and the tables of a few rounds to be turned."""
    cycles, *starters = line.split("|")
    turn = _turn([int(length) for length in cycles.split()])
    order = lcm(*(int(length) for length in cycles.split()))
    rounds: Rounds = []
    for starter in starters:
        weeks, tables = starter.split(":")
        period = int(weeks)
        first = [[int(place) for place in table.split()] for table in tables.split(",")]
        seen = {
            tuple(sorted(_turned(turn, table, turns))) for table in first for turns in range(0, order, period)
        }
        rounds += [[_turned(turn, table, turns) for table in sorted(seen)] for turns in range(period)]
    return rounds


def _turn(cycles: list[int]) -> list[int]:
    """Where each place goes in one turn."""
    turn: list[int] = []
    for length in cycles:
        first = len(turn)
        turn += [first + (step + 1) % length for step in range(length)]
    return turn


def _turned(turn: list[int], table: list[int] | tuple[int, ...], turns: int) -> list[int]:
    places = list(table)
    for _ in range(turns):
        places = [turn[place] for place in places]
    return places
