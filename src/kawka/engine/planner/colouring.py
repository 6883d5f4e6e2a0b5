"""Pairs dealt out to rounds so that nobody sits twice in one: edges of a graph coloured by Kempe chains."""

from collections.abc import Collection, Sequence
from random import Random

from kawka.engine.planner.instance import Pair

Taken = Sequence[Collection[int]]
"""For each colour, those who sit otherwise then."""
NONE, TAKEN = -1, -2


class Colouring:
    """Edges with colours of which no two meet at a person; `at[person][colour]` is the edge there.

    Where a person sits otherwise in that round, it is TAKEN.
    """

    def __init__(self, n: int, edges: Sequence[Pair], colours: int, taken: Taken) -> None:
        self.edges = list(edges)
        self.colours = colours
        self.colour = [NONE] * len(edges)
        self.at: list[list[int]] = [[NONE] * colours for _ in range(n)]
        for colour, people in enumerate(taken):
            for person in people:
                self.at[person][colour] = TAKEN

    def free(self, person: int) -> list[int]:
        """The colours this person does not have."""
        return [colour for colour, edge in enumerate(self.at[person]) if edge == NONE]

    def paint(self, edge: int, colour: int) -> None:
        """Give an edge a colour, or none."""
        a, b = self.edges[edge]
        old = self.colour[edge]
        if old != NONE:
            self.at[a][old] = self.at[b][old] = NONE
        if colour != NONE:
            self.at[a][colour] = self.at[b][colour] = edge
        self.colour[edge] = colour

    def chain(self, start: int, first: int, second: int) -> tuple[list[int], int]:
        """The edges of two colours in turn from a person on, and where they end.

        The end is TAKEN if the colours cannot be exchanged because the last person sits otherwise then.
        """
        found: list[int] = []
        here, wanted = start, first
        while True:
            edge = self.at[here][wanted]
            if edge == TAKEN:
                return found, TAKEN
            if edge == NONE or (found and edge == found[0]):
                return found, here
            found.append(edge)
            a, b = self.edges[edge]
            here = b if here == a else a
            wanted = second if wanted == first else first

    def swap(self, chain: Sequence[int], first: int, second: int) -> None:
        """Exchange the two colours along a chain."""
        colours = [second if self.colour[edge] == first else first for edge in chain]
        for edge in chain:
            self.paint(edge, NONE)
        for edge, colour in zip(chain, colours, strict=True):
            self.paint(edge, colour)


def colour_edges(
    n: int, edges: Sequence[Pair], colours: int, chance: Random, taken: Taken = ()
) -> list[list[Pair]] | None:
    """The edges by colour, equally many of each, none at those taken; none if no way was found."""
    painting = Colouring(n, edges, colours, taken)
    waiting = list(range(len(edges)))
    patience = 40 * len(edges) + 400
    while waiting:
        edge = waiting.pop()
        if _place(painting, edge):
            continue
        patience -= 1
        if patience < 0:
            return None
        waiting.append(_move(painting, edge, chance))
    if colours and not _even_out(painting):
        return None
    classes: list[list[Pair]] = [[] for _ in range(colours)]
    for edge, colour in enumerate(painting.colour):
        classes[colour].append(painting.edges[edge])
    return classes


def _place(painting: Colouring, edge: int) -> bool:
    """Colour the edge, if need be after swapping one chain."""
    a, b = painting.edges[edge]
    free_a, free_b = painting.free(a), painting.free(b)
    for colour in free_a:
        if painting.at[b][colour] == NONE:
            painting.paint(edge, colour)
            return True
    for first in free_a:
        for second in free_b:
            chain, end = painting.chain(b, first, second)
            if end not in (a, TAKEN):
                painting.swap(chain, first, second)
                painting.paint(edge, first)
                return True
    return False


def _move(painting: Colouring, edge: int, chance: Random) -> int:
    """Colour the edge at the cost of another one, which waits then."""
    a, b = painting.edges[edge]
    if chance.random() < 0.5:
        a, b = b, a
    free = painting.free(a)
    if not free:
        return edge
    colour = chance.choice(free)
    other = painting.at[b][colour]
    if other == TAKEN:
        _shake(painting, chance)
        return edge
    painting.paint(other, NONE)
    painting.paint(edge, colour)
    if chance.random() < 0.3:
        _shake(painting, chance)
    return other


def _shake(painting: Colouring, chance: Random) -> None:
    """Swap any one chain."""
    if painting.colours < 2:
        return
    first, second = chance.sample(range(painting.colours), 2)
    chain, end = painting.chain(chance.randrange(len(painting.at)), first, second)
    if chain and end != TAKEN:
        colour = painting.colour[chain[-1]]
        whole, end = painting.chain(end, colour, second if colour == first else first)
        if end != TAKEN:
            painting.swap(whole, first, second)


def _even_out(painting: Colouring) -> bool:
    """Make the colours equally frequent; chains that begin and end with the commoner one are swapped."""
    counts = [painting.colour.count(colour) for colour in range(painting.colours)]
    while max(counts) > min(counts):
        common, rare = counts.index(max(counts)), counts.index(min(counts))
        if counts[common] - counts[rare] == 1:
            return False
        chain = _longer(painting, common, rare)
        if not chain:
            return False
        painting.swap(chain, common, rare)
        counts[common] -= 1
        counts[rare] += 1
    return True


def _longer(painting: Colouring, common: int, rare: int) -> list[int]:
    """A chain with one more edge of the commoner colour, if there is one."""
    for person, row in enumerate(painting.at):
        if row[common] >= 0 and row[rare] == NONE:
            chain, end = painting.chain(person, common, rare)
            if len(chain) % 2 and end != TAKEN:
                return chain
    return []
