"""The problem in numbers: people are 0, 1, 2…, and each wish has a price above all lesser wishes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from kawka.engine.types import TalkProblem

Group = tuple[int, ...]
Seating = list[Group]
"""One round: tables of two or three in which people ascend; somebody who rests is a table of one."""

_MOST_TALKS = 50
_NEWCOMER_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class Room:
    """People in numbers and the prices of what is to be avoided, the dearest last.

    `talk[a][b]` is the price of a talk of two, `known[a][b]` whether they talked before. These have
    a price, in rising order: a talk worth less than another, a second trio for the same person, one more talk
    of people who know one another, nobody new at all, a known pair, a rest, what must not be (`forbidden`).
    `barred` are those who may not meet somebody: they alone may rest for it.
    """

    people: tuple[str, ...]
    rounds: int
    talk: list[list[int]]
    known: list[list[bool]]
    barred: list[bool]
    present: list[list[int]]
    trio: int
    nothing_new: int
    rest: int
    forbidden: int

    @classmethod
    def of(cls, problem: TalkProblem) -> "Room":
        """The room of this problem; the order in which it names people does not matter."""
        people = tuple(sorted(set(problem.people)))
        size, rounds = len(people), max(problem.rounds, 0)
        talks = rounds * (size // 2 + 2)
        worth = worth_of(problem, people)
        best = max((max(row, default=0) for row in worth), default=0)
        span = max((best - value for row in worth for value in row), default=0)
        trio = span * talks + 1
        again = trio * (3 * rounds * rounds + 1)
        nothing_new = again * ((_MOST_TALKS + 1) * talks + 1)
        known_pair = nothing_new * (size + 1)
        rest = known_pair * (talks + 1)
        forbidden = rest * (size * rounds * (rounds + 1) + 1)
        talk = [[best - value for value in row] for row in worth]
        known = [[False] * size for _ in people]
        for a, b in combinations(range(size), 2):
            pair = frozenset((people[a], people[b]))
            times = min(problem.met.get(pair, 0), _MOST_TALKS)
            known[a][b] = known[b][a] = times > 0
            if times:
                guest = bool(pair & problem.newcomers)
                talk[a][b] = talk[b][a] = talk[a][b] + known_pair + again * (times - 1 + guest)
            if pair in problem.never:
                talk[a][b] = talk[b][a] = forbidden
        barred = [any(price >= forbidden for price in row) for row in talk]
        present = [
            [a for a, code in enumerate(people) if number in problem.present.get(code, range(rounds))]
            for number in range(rounds)
        ]
        return cls(people, rounds, talk, known, barred, present, trio, nothing_new, rest, forbidden)

    @property
    def size(self) -> int:
        """How many people there are."""
        return len(self.people)

    @property
    def is_plain(self) -> bool:
        """Whether everybody may meet everybody and is there all the time."""
        return not any(self.barred) and all(len(there) == self.size for there in self.present)

    def may_talk(self, a: int, b: int) -> bool:
        """Whether the two may share a table at all."""
        return a != b and self.talk[a][b] < self.forbidden

    def is_round(self, seating: Seating, number: int) -> bool:
        """Whether this seating has a table, or none is possible with those who are present."""
        if any(len(table) > 1 for table in seating):
            return True
        return not any(self.may_talk(a, b) for a, b in combinations(self.present[number], 2))

    def price(self, rounds: Sequence[Seating]) -> int:
        """What all these rounds cost together; `forbidden` or more if they break a rule."""
        total = 0
        met: set[tuple[int, int]] = set()
        trios, rests = [0] * self.size, [0] * self.size
        for table in (table for seating in rounds if not _is_alone(seating) for table in seating):
            if len(table) == 1:
                total += self.rest_price(table[0]) + self.rest * rests[table[0]]
                rests[table[0]] += 1
            for a, b in combinations(table, 2):
                total += self.talk[a][b] + self.forbidden * ((a, b) in met)
                met.add((a, b))
            for a in table if len(table) == 3 else ():
                total += self.trio * trios[a]
                trios[a] += 1
        fresh = {a for pair in met if not self.known[pair[0]][pair[1]] for a in pair}
        seated = {a for pair in met for a in pair}
        return total + self.nothing_new * len(seated - fresh)

    def least_price(self) -> int:
        """What no plan of all rounds falls below: the third chair has to go to somebody."""
        chairs = (
            0 if any(self.barred) else 3 * sum(len(there) % 2 for there in self.present if len(there) > 1)
        )
        turns, more = divmod(chairs, max(self.size, 1))
        return self.trio * (self.size * turns * (turns - 1) // 2 + more * turns)

    def rest_price(self, person: int) -> int:
        """What the first rest of this person costs; only those rest who may not meet somebody."""
        return self.rest if self.barred[person] else self.forbidden


class View:
    """What tables of one round cost, seen from the other rounds."""

    __slots__ = ("known", "need", "pair", "rest", "room", "talk", "trio")

    def __init__(self, room: Room, others: Sequence[Seating]) -> None:
        self.room = room
        self.known = room.known
        self.talk = [row[:] for row in room.talk]
        self.need = [room.nothing_new] * room.size
        self.trio = [0] * room.size
        self.rest = [room.rest_price(a) for a in range(room.size)]
        for seating in others:
            self._remember(seating)
        need = self.need
        self.pair = [
            [
                price + need[a] + need[b] if known else price
                for b, (price, known) in enumerate(zip(row, knows, strict=True))
            ]
            for a, (row, knows) in enumerate(zip(self.talk, self.known, strict=True))
        ]

    def table(self, people: Sequence[int]) -> int:
        """The price of these people at one table; of one person, that of a rest."""
        if len(people) == 2:
            return self.pair[people[0]][people[1]]
        if len(people) == 1:
            return self.rest[people[0]]
        price = 0
        for a, b, c in permutations(people):
            if a < b:
                price += self.talk[a][b]
                alone_with_known = self.known[a][c] and self.known[b][c]
                price += self.trio[c] + self.need[c] * alone_with_known
        return price

    def allows(self, people: Sequence[int]) -> bool:
        """Whether the table breaks no rule and repeats no talk of the other rounds."""
        return self.table(people) < self.room.forbidden

    def _remember(self, seating: Seating) -> None:
        for table in seating:
            if len(table) == 1:
                self.rest[table[0]] += self.room.rest
            if len(table) == 3:
                for a in table:
                    self.trio[a] += self.room.trio
            for a, b in permutations(table, 2):
                self.talk[a][b] += self.room.forbidden
                if not self.known[a][b]:
                    self.need[a] = 0


def worth_of(problem: TalkProblem, people: tuple[str, ...]) -> list[list[int]]:
    """What a talk is worth to both together; what it is worth to a newcomer counts three times."""
    weight = {code: _NEWCOMER_WEIGHT if code in problem.newcomers else 1 for code in people}
    place = {code: number for number, code in enumerate(people)}
    worth = [[0] * len(people) for _ in people]
    for (one, other), value in problem.gain.items():
        if one != other and one in place and other in place:
            a, b = place[one], place[other]
            worth[a][b] = worth[b][a] = worth[a][b] + weight[one] * value
    return worth


def _is_alone(seating: Seating) -> bool:
    """Whether nobody but one person was there in this round."""
    return len(seating) == 1 and len(seating[0]) == 1
