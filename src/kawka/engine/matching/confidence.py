"""From evidence to a probability: how likely this person can help, and how likely anybody here can.

Two logistic formulas whose numbers stand in confidence.json; `bench/train_confidence.py` computes them.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kawka.engine.matching.asks import Need
from kawka.engine.matching.evidence import Lead
from kawka.engine.matching.words import read

Band = Literal["yes", "maybe", "nobody"]
Features = dict[str, float]
YES, MAYBE = 0.6, 0.3
INTENTS = ("client", "vague")


@dataclass(frozen=True, slots=True)
class Formula:
    """A logistic formula over named features."""

    bias: float
    weights: Mapping[str, float]

    def __call__(self, features: Features) -> float:
        return probability(self.total(features))

    def total(self, features: Features) -> float:
        """The sum before it becomes a probability."""
        return self.bias + sum(weight * features.get(name, 0.0) for name, weight in self.weights.items())


@cache
def formulas() -> tuple[Formula, Formula]:
    """The one for a pair and the one for a group."""
    written = json.loads(read("confidence.json"))
    return tuple(Formula(written[name]["bias"], written[name]["weights"]) for name in ("pair", "group"))  # type: ignore[return-value]


def ask_features(need: Need) -> Features:
    """What the request itself tells about the chances of an answer."""
    heads = [want.weight for want in need.wants if want.head]
    found: Features = {f"is_{intent}": float(need.intent == intent) for intent in INTENTS}
    found["head"] = max(heads, default=0.0)
    found["wanted"] = max((want.weight for want in need.wants), default=0.0)
    found["covered"] = need.covered
    found["words"] = math.log1p(len(need.content))
    return found


def pair_features(asked: Features, score: float) -> Features:
    """The request and how strong the evidence for one person is."""
    return asked | {"evidence": logit(score)}


def group_features(asked: Features, best_leads: Sequence[Lead], size: int) -> Features:
    """The request and the best evidence in a group: its dozen best leads, best first."""
    best, second = [*(lead.score() for lead in best_leads[:2]), 0.0, 0.0][:2]
    texts = [lead.best["text"].strength for lead in best_leads if "text" in lead.best]
    concepts = [lead.score_without("text") for lead in best_leads]
    return asked | {
        "evidence": logit(best),
        "second": logit(second),
        "text": max(texts, default=0.0),
        "concept": logit(max(concepts, default=0.0)),
        "size": math.log(max(2, size)),
    }


def logit(value: float) -> float:
    """Odds on a scale from about -4 to 4."""
    kept = min(0.98, max(0.02, value))
    return math.log(kept / (1 - kept))


def probability(total: float) -> float:
    """Odds on that scale as a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def band(confidence: float) -> Band:
    """Three words for a confidence: yes, maybe, nobody here."""
    return "yes" if confidence >= YES else "maybe" if confidence >= MAYBE else "nobody"
