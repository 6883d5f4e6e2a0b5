"""No graph has more pairs than are found."""

from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from kawka.engine.planner.pairing import SINGLE, pair_up


@settings(derandomize=True, deadline=None, max_examples=50)
@given(st.integers(0, 9), st.randoms(use_true_random=False), st.sampled_from([0.15, 0.3, 0.5]))
def test_as_many_pairs_as_there_can_be(count: int, chance: Random, density: float) -> None:
    pairs = [found for found in combinations(range(count), 2) if chance.random() < density]
    friends = [[a + b - one for a, b in pairs if one in (a, b)] for one in range(count)]
    mate = [SINGLE] * count

    pair_up(friends, mate)

    found = [(a, b) for a, b in enumerate(mate) if b != SINGLE]
    assert all(mate[b] == a and b in friends[a] for a, b in found)
    assert len(found) == 2 * most_pairs(pairs)


def test_a_ring_of_five_with_two_tails_is_shrunk() -> None:
    friends = [[1, 4, 5], [0, 2], [1, 3, 6], [2, 4], [3, 0], [0], [2]]
    mate = [SINGLE] * 7

    pair_up(friends, mate)

    assert mate.count(SINGLE) == 1


def most_pairs(pairs: list[tuple[int, int]]) -> int:
    if not pairs:
        return 0
    (a, b), *others = pairs
    apart = [pair for pair in others if not {a, b} & set(pair)]
    return max(1 + most_pairs(apart), most_pairs(others))
