"""Small rooms: every way to seat them is known, so the rounds are chosen from all there are."""

from random import Random

from kawka.engine.planner.improving import split
from kawka.engine.planner.room import Room, Seating, View

MOST_PEOPLE = 8
_MOST_STEPS = 2_000_000
_POLISHING_STEPS = 100_000

Choice = tuple[int, int, Seating]
"""A seating with its price and, as bits, the pairs it uses up."""


def best_rounds(room: Room, chance: Random) -> list[Seating]:
    """As many rounds without a repeated pair as there can be, and cheap ones, for few people."""
    search = _Search(room, chance)
    search.go_on([], 0, 0)
    return search.best


class _Search:
    """Rounds chosen one after another, the cheapest first, turning back where nothing better can come."""

    def __init__(self, room: Room, chance: Random) -> None:
        self.room = room
        self.choices: list[list[Choice]] = []
        for number, there in enumerate(room.present):
            same = room.present.index(there)
            self.choices.append(self.choices[same] if same < number else _choices(room, number, chance))
        self.cheapest = [choices[0][0] if choices else 0 for choices in self.choices]
        self.best: list[Seating] = []
        self.price = room.price([])
        self.steps = _MOST_STEPS

    def go_on(self, chosen: list[Seating], used: int, price: int, start: int = 0) -> None:
        """Try every next round that uses no pair again."""
        number = len(chosen)
        self._keep(chosen)
        if number == self.room.rounds:
            return
        same_next = (
            number + 1 < self.room.rounds and self.room.present[number + 1] == self.room.present[number]
        )
        choices = self.choices[number]
        for place in range(start, len(choices)):
            self.steps -= 1
            cost, pairs, seating = choices[place]
            if self.steps <= 0 or self._is_hopeless(number, price + cost):
                return
            if not pairs & used:
                self.go_on([*chosen, seating], used | pairs, price + cost, place + 1 if same_next else 0)

    def _is_hopeless(self, number: int, price: int) -> bool:
        complete = len(self.best) == self.room.rounds
        return complete and price + sum(self.cheapest[number + 1 :]) >= self.price

    def _keep(self, chosen: list[Seating]) -> None:
        if len(chosen) < len(self.best):
            return
        price = self.room.price(chosen)
        if len(chosen) > len(self.best) or price < self.price:
            if len(chosen) == self.room.rounds and len(self.best) < self.room.rounds:
                self.steps = min(self.steps, _POLISHING_STEPS)
            self.best, self.price = chosen, price


def _choices(room: Room, number: int, chance: Random) -> list[Choice]:
    """All seatings of this round that break no rule, the cheapest first; equal ones in a random order."""
    view = View(room, [])
    there = room.present[number]
    people = tuple(chance.sample(there, len(there)))
    if len(people) < 2:
        return [(0, 0, [people] if people else [])]
    singles = sum(room.barred[a] for a in people)
    found: list[Choice] = []
    for mixed in split(people, singles, trios=1):
        seating = [tuple(sorted(table)) for table in mixed]
        price = sum(map(view.table, seating))
        if price < room.forbidden and room.is_round(seating, number):
            found.append((price, _pairs(room, seating), seating))
    return sorted(found, key=lambda choice: choice[0])


def _pairs(room: Room, seating: Seating) -> int:
    bits = 0
    for table in seating:
        for a in table:
            for b in table:
                if a < b:
                    bits |= 1 << (a * room.size + b)
    return bits
