"""Odd sets of people: 2m+1 people have at most m talks in a round, which linear programs forget."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import rustworkx
from numpy.typing import NDArray

from kawka.engine.planner.instance import Pair

SMALL = 1e-6


@dataclass(slots=True)
class Cut:
    """No more than so many talks of a stretch lie within these people or on these edges."""

    stretch: int
    inside: NDArray[np.bool_]
    edges: frozenset[Pair]
    most: int
    row: int = -1

    def within(self, one: NDArray[np.int_], other: NDArray[np.int_]) -> NDArray[np.bool_]:
        """Which of these pairs count."""
        counted = self.inside[one] & self.inside[other]
        if self.edges:
            counted |= np.array(
                [both in self.edges for both in zip(one.tolist(), other.tolist(), strict=True)]
            )
        return counted


Weights = dict[Pair, float]


def fractional_cuts(stretch: int, n: int, rounds: int, weights: Weights, *, once: bool) -> list[Cut]:
    """Cuts that values between whole numbers break: odd sets where the broken values hang together."""
    broken = [both for both, weight in weights.items() if abs(weight - round(weight)) > SMALL]
    return [
        cut
        for people in _parts(broken)
        if (cut := _blossom(stretch, n, rounds, weights, people, once=once)) is not None
    ]


def overfull_cuts(stretch: int, n: int, rounds: int, weights: Weights) -> list[Cut]:
    """Cuts that whole values break which cannot be dealt to rounds: too many talks in a part of odd size."""
    found = []
    for people in _candidates(list(weights)):
        most = rounds * (len(people) // 2)
        held = sum(weight for (a, b), weight in weights.items() if a in people and b in people)
        if len(people) % 2 and held > most + SMALL:
            found.append(Cut(stretch, _mask(n, people), frozenset(), most))
    return found


def _blossom(
    stretch: int, n: int, rounds: int, weights: Weights, people: frozenset[int], *, once: bool
) -> Cut | None:
    edge_of = [both for both in weights if (both[0] in people) != (both[1] in people)]
    held = sum(weight for (a, b), weight in weights.items() if a in people and b in people)
    edges = frozenset(both for both in edge_of if once and weights[both] > 0.5)
    total = rounds * len(people) + len(edges)
    within = held + sum(weights[both] for both in edges)
    if total % 2 and within > total // 2 + 1e-4:
        return Cut(stretch, _mask(n, people), edges, total // 2)
    most = rounds * (len(people) // 2)
    if len(people) % 2 and held > most + 1e-4:
        return Cut(stretch, _mask(n, people), frozenset(), most)
    return None


def _parts(edges: list[Pair]) -> list[frozenset[int]]:
    """The people of each connected part."""
    graph, names = _graph(edges)
    return [frozenset(names[node] for node in part) for part in rustworkx.connected_components(graph)]


def _candidates(edges: list[Pair]) -> Iterable[frozenset[int]]:
    """Parts of a graph that hang on it by nothing, by one edge or by a smallest cut."""
    for part in _parts(edges):
        yield part
        inner = [both for both in edges if both[0] in part]
        graph, names = _graph(inner)
        for bridge in rustworkx.bridges(graph):
            bridged = {names[node] for node in bridge}
            for side in _parts([both for both in inner if set(both) != bridged]):
                yield side
        if len(part) > 2:
            _, nodes = rustworkx.stoer_wagner_min_cut(graph, lambda _: 1.0) or (0, [])
            side = frozenset(names[node] for node in nodes)
            yield from (side, part - side)


def _graph(edges: list[Pair]) -> tuple[rustworkx.PyGraph, list[int]]:
    names = sorted({one for both in edges for one in both})
    place = {name: number for number, name in enumerate(names)}
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(names)
    graph.add_edges_from_no_data([(place[a], place[b]) for a, b in edges])
    return graph, names


def _mask(n: int, people: Iterable[int]) -> NDArray[np.bool_]:
    mask = np.zeros(n, dtype=bool)
    mask[list(people)] = True
    return mask


def by_pair(one: NDArray[np.int_], other: NDArray[np.int_], values: NDArray[np.float64]) -> Weights:
    """The pairs with a value above nothing."""
    held: Weights = defaultdict(float)
    for place in np.nonzero(values > SMALL)[0]:
        held[int(one[place]), int(other[place])] += float(values[place])
    return held
