"""An optional channel: whatever turns texts into unit vectors says how close two are in meaning."""

from collections.abc import Sequence
from typing import Protocol

NEAR, FAR = 0.8, 0.25


class Embedder(Protocol):
    """Texts in, one vector of length 1 for each out."""

    def __call__(self, texts: Sequence[str]) -> Sequence[Sequence[float]]: ...


def closeness(one: Sequence[float], other: Sequence[float]) -> float:
    """0 for texts that have nothing to do with each other, 1 for the same said otherwise."""
    cosine = sum(a * b for a, b in zip(one, other, strict=True))
    return min(1.0, max(0.0, (cosine - FAR) / (NEAR - FAR)))
