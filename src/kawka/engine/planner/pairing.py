"""As many pairs as a graph allows: augmenting paths that shrink odd rings (after Edmonds)."""

from collections.abc import Sequence

SINGLE = -1


def pair_up(friends: Sequence[Sequence[int]], mate: list[int]) -> None:
    """Enlarge `mate` in place to as many pairs of friends as there can be.

    `friends[a]` are those a may be paired with (and they with a); `mate[a]` is a's partner or SINGLE. Whoever
    has a partner beforehand has one, perhaps another, afterwards. Friends named first are preferred.
    """
    for person in range(len(mate)):
        if mate[person] == SINGLE and friends[person]:
            _Search(friends, mate).from_single(person)


class _Search:
    """One search for an augmenting path: `outer` people can be reached with their own pair just broken."""

    __slots__ = ("came_from", "friends", "mate", "outer", "queue", "ring")

    def __init__(self, friends: Sequence[Sequence[int]], mate: list[int]) -> None:
        self.friends = friends
        self.mate = mate
        self.came_from = [SINGLE] * len(mate)
        self.ring = list(range(len(mate)))
        self.outer = [False] * len(mate)
        self.queue: list[int] = []

    def from_single(self, root: int) -> None:
        """Pair `root` up if that is possible without leaving anybody else."""
        self.outer[root] = True
        self.queue.append(root)
        for person in self.queue:
            for friend in self.friends[person]:
                if self.ring[person] == self.ring[friend] or self.mate[person] == friend:
                    continue
                if self.outer[friend]:
                    self._shrink(person, friend, root)
                elif self.came_from[friend] == SINGLE:
                    self.came_from[friend] = person
                    if self.mate[friend] == SINGLE:
                        self._swap_along(friend)
                        return
                    self.outer[self.mate[friend]] = True
                    self.queue.append(self.mate[friend])

    def _swap_along(self, end: int) -> None:
        while end != SINGLE:
            person = self.came_from[end]
            following = self.mate[person]
            self.mate[end], self.mate[person] = person, end
            end = following

    def _shrink(self, one: int, other: int, root: int) -> None:
        """Make the odd ring closed by these two a single place, all of it outer."""
        top = self._meeting_place(one, other, root)
        rings: set[int] = set()
        self._mark(one, top, other, rings)
        self._mark(other, top, one, rings)
        for person, ring in enumerate(self.ring):
            if ring in rings:
                self.ring[person] = top
                if not self.outer[person]:
                    self.outer[person] = True
                    self.queue.append(person)

    def _meeting_place(self, one: int, other: int, root: int) -> int:
        above = set()
        step = self.ring[one]
        above.add(step)
        while step != self.ring[root]:
            step = self.ring[self.came_from[self.mate[step]]]
            above.add(step)
        step = self.ring[other]
        while step not in above:
            step = self.ring[self.came_from[self.mate[step]]]
        return step

    def _mark(self, person: int, top: int, child: int, rings: set[int]) -> None:
        while self.ring[person] != top:
            partner = self.mate[person]
            rings.update((self.ring[person], self.ring[partner]))
            self.came_from[person] = child
            child = partner
            person = self.came_from[partner]
