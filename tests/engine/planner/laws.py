"""What every plan of talks keeps to, whatever made it; and rooms to try it on."""

from collections import Counter
from itertools import combinations

from hypothesis import strategies as st

from kawka.engine.types import Pair, TalkPlan, TalkProblem, TalkRound


def people(count: int) -> tuple[str, ...]:
    return tuple(f"p{number:02}" for number in range(count))


def pair(one: str, other: str) -> Pair:
    return frozenset((one, other))


def seated(tables: TalkRound) -> list[str]:
    return [code for table in tables for code in table.people]


def pairs(tables: TalkRound) -> list[Pair]:
    return [pair(a, b) for table in tables for a, b in combinations(table.people, 2)]


def all_pairs(plan: TalkPlan) -> list[Pair]:
    return [found for tables in plan.rounds for found in pairs(tables)]


def known_pairs(plan: TalkPlan, problem: TalkProblem) -> int:
    return sum(problem.met.get(found, 0) > 0 for found in all_pairs(plan))


def assert_lawful(plan: TalkPlan, problem: TalkProblem) -> None:
    """Everybody present sits once or rests, at most one table has three, nobody meets twice."""
    assert len(plan.rounds) == len(plan.resting) <= problem.rounds
    for number, tables in enumerate(plan.rounds):
        there = [one for one in problem.people if number in problem.present.get(one, range(problem.rounds))]
        assert sorted([*seated(tables), *plan.resting[number]]) == sorted(there)
        sizes = Counter(len(table.people) for table in tables)
        assert set(sizes) <= {2, 3} and sizes[3] <= 1
        assert [table.number for table in tables] == list(range(1, len(tables) + 1))
        assert not problem.never & set(pairs(tables))
        barred = {code for wish in problem.never for code in wish}
        assert len(there) == 1 or set(plan.resting[number]) <= barred
    assert max(Counter(all_pairs(plan)).values(), default=1) == 1


@st.composite
def problems(draw: st.DrawFn, *, most_people: int = 40) -> TalkProblem:
    """Rooms of all sizes with a past, wishes, guests and people who come later."""
    room = people(draw(st.integers(0, most_people)))
    rounds = draw(st.integers(1, 6))
    chance = draw(st.randoms(use_true_random=False))
    density = draw(st.sampled_from([0.0, 0.3, 0.9]))
    wishes = draw(st.sampled_from([0.0, 0.0, 0.02, 0.3]))
    later = draw(st.sampled_from([0.0, 0.0, 0.1]))
    every = [pair(a, b) for a, b in combinations(room, 2)]
    return TalkProblem(
        room,
        rounds,
        met={found: chance.randint(1, 5) for found in every if chance.random() < density},
        newcomers=frozenset(one for one in room if chance.random() < 0.1),
        never=frozenset(found for found in every if chance.random() < wishes),
        gain={(a, b): chance.randint(1, 9) for a in room for b in room if a != b and chance.random() < 0.1},
        present={
            one: frozenset(range(chance.randrange(rounds), rounds)) for one in room if chance.random() < later
        },
    )
