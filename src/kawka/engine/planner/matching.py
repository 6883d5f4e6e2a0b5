"""One round of pairs, the best there is: a matching of most weight."""

import numpy as np
import rustworkx
from numpy.typing import NDArray

from kawka.engine.planner.instance import Pair

FINENESS = 1_000_000
PARTNERS = 30


def best_round(
    value: NDArray[np.float64],
    allowed: NDArray[np.bool_],
    here: NDArray[np.bool_],
    pairs: int,
    rest: NDArray[np.float64],
) -> list[Pair] | None:
    """So many pairs of those who are here, worth most with the `rest` of the others; none if impossible."""
    people = np.nonzero(here)[0]
    if not pairs:
        return []
    few = _few(value, allowed, people)
    for possible in (
        (few, allowed[np.ix_(people, people)]) if few is not None else (allowed[np.ix_(people, people)],)
    ):
        found = _match(value, possible, people, pairs, rest)
        if found is not None:
            return found
    return None


def _few(
    value: NDArray[np.float64], allowed: NDArray[np.bool_], people: NDArray[np.int_]
) -> NDArray[np.bool_] | None:
    """Only the best partners of everybody, if there are many."""
    if len(people) <= 2 * PARTNERS:
        return None
    square = np.ix_(people, people)
    worth = np.where(allowed[square], value[square], -np.inf)
    best = np.argpartition(-worth, PARTNERS, axis=1)[:, :PARTNERS]
    near = np.zeros(worth.shape, bool)
    near[np.arange(len(people))[:, None], best] = True
    return (near | near.T) & allowed[square]


def _match(
    value: NDArray[np.float64],
    possible: NDArray[np.bool_],
    people: NDArray[np.int_],
    pairs: int,
    rest: NDArray[np.float64],
) -> list[Pair] | None:
    count, empty = len(people), len(people) - 2 * pairs
    one, other = np.nonzero(np.triu(possible, 1))
    weight = value[people[one], people[other]]
    if empty:
        chairs = np.repeat(np.arange(count, count + empty), count)
        one, other = np.concatenate([one, np.tile(np.arange(count), empty)]), np.concatenate([other, chairs])
        weight = np.concatenate([weight, np.tile(rest[people], empty)])
    span = float(np.abs(weight).max(initial=0.0)) or 1.0
    scale = 1.0 if (weight == np.rint(weight)).all() else max(1.0, min(FINENESS, 2**40 / span))
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(count + empty))
    whole = np.rint(weight * scale).astype(np.int64)
    graph.add_edges_from(list(zip(one.tolist(), other.tolist(), whole.tolist(), strict=True)))
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    if 2 * len(found) < count + empty:
        return None
    pairs_found = [(int(people[min(both)]), int(people[max(both)])) for both in found if max(both) < count]
    return sorted(pairs_found)
