"""Instances of all kinds to try the planner on, many of them tiny or contradictory."""

from itertools import combinations
from typing import Any

from hypothesis import strategies as st


@st.composite
def instances(draw: st.DrawFn, *, most_people: int = 14, most_size: int = 4) -> dict[str, Any]:
    """Instances as their files hold them: any tables, presence, wishes, fairness, repeats and history."""
    n = draw(st.one_of(st.integers(0, 5), st.integers(0, most_people)))
    rounds = draw(st.integers(0, 5))
    chance = draw(st.randoms(use_true_random=False))
    usual = draw(st.integers(1, most_size))
    late, wished, musts = (
        draw(st.sampled_from(some)) for some in ([0, 0, 0.2], [0, 0, 0.05, 0.3, 1], [0, 0, 1, 2])
    )
    present = [sorted(number for number in range(rounds) if chance.random() >= late) for _ in range(n)]
    sizes = [tables(sum(number in there for there in present), usual, chance) for number in range(rounds)]
    every = list(combinations(range(n), 2))
    data: dict[str, Any] = {
        "format": "talk-instance/1",
        "id": "any",
        "n": n,
        "rounds": rounds,
        "sizes": sizes,
        "present": present,
        "gain_matrix": [[chance.choice([0, 1, 5, 9, 30, -2]) for _ in range(n)] for _ in range(n)],
        "never": [list(both) for both in every if chance.random() < wished],
        "must": [list(chance.choice(every)) for _ in range(musts) if every],
        "fairness": draw(st.sampled_from([0, 0, 0.3, 1])),
    }
    if draw(st.booleans()):
        data["size_factor"] = {"3": 0.7, "4": 0.5}
    if draw(st.integers(0, 2)) == 0:
        data["max_byes"] = draw(st.integers(0, 2))
    if draw(st.integers(0, 2)) == 0:
        data["repeat_cost"] = draw(st.sampled_from([0, 3, 40.5]))
    return data


def tables(people: int, usual: int, chance: Any) -> list[int]:
    """Sizes for so many people or a few less."""
    left, sizes = people - (chance.random() < 0.2), []
    while left > 0:
        sizes.append(min(left, chance.choice([usual, usual, usual, usual + 1, max(1, usual - 1)])))
        left -= sizes[-1]
    if sizes and chance.random() < 0.3:
        sizes.pop()
    return sizes
