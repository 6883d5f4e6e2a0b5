"""Why somebody may help: channels of evidence, each a reason with its words, joined by noisy or."""

from dataclasses import dataclass, field
from typing import Literal

Relation = Literal["does", "is", "knows", "needs"]
Channel = Literal[
    "does", "is", "needs", "knows", "knows_somebody", "near", "typical", "sphere", "text", "meaning"
]

WEIGHT: dict[Channel, float] = {
    "does": 0.90,
    "is": 0.85,
    "needs": 0.75,
    "knows": 0.62,
    "knows_somebody": 0.55,
    "near": 0.50,
    "typical": 0.20,
    "sphere": 0.15,
    "text": 0.60,
    "meaning": 0.60,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of evidence: the channel, the concept, how much, and the words it rests on."""

    channel: Channel
    relation: Relation
    strength: float
    concept: str = ""
    asked: str = ""
    field: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody who may help, how likely, and why; the first reason is the strongest."""

    person: str
    score: float
    relation: Relation
    reasons: tuple[Reason, ...]


@dataclass(slots=True)
class Lead:
    """Reasons collected for one person: the best of each channel."""

    best: dict[Channel, Reason] = field(default_factory=dict)

    def add(self, reason: Reason) -> None:
        """Keeps the stronger of two reasons of one channel."""
        if reason.strength > 0 and (
            reason.channel not in self.best or self.best[reason.channel].strength < reason.strength
        ):
            self.best[reason.channel] = reason

    def score(self) -> float:
        """Noisy or: every channel helps, none counts twice."""
        return self.score_without(None)

    def score_without(self, left_out: Channel | None) -> float:
        """The same without one channel."""
        missing = 1.0
        for reason in self.best.values():
            if reason.channel == left_out:
                continue
            missing *= 1 - WEIGHT[reason.channel] * min(1.0, reason.strength)
        return 1 - missing
