"""Computes the numbers of confidence.json from graded data, in rooms of many sizes.

Shows how they hold up under cross-validation.

    .venv/bin/python bench/train_confidence.py [--data ../shared/matching/dev] [--write]

Cross-validation is by the person who asks: no ask of theirs is ever in both halves.
"""

import argparse
import copy
import json
import math
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kawka.engine.matching import confidence
from kawka.engine.matching.confidence import Features, Formula, ask_features, group_features, pair_features
from kawka.engine.matching.index import DOZEN, Index, build
from kawka.engine.matching.lexicon import Lexicon, lexicon
from kawka.engine.matching.ranking import leads_for

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "matching" / "dev"
TARGET = Path(confidence.__file__).with_name("confidence.json")
SIZES = (8, 12, 16, 25, 25, 32)
FOLDS = 5
THINNED = (0.0, 0.25, 0.4)
Row = tuple[str, Features, bool, float]


def main() -> None:
    """Prints the cross-validated figures; writes the file when asked."""
    arguments = argparse.ArgumentParser(description="Computes the numbers of confidence.json.")
    arguments.add_argument("--data", type=Path, default=DATA)
    arguments.add_argument("--rooms", type=int, default=40)
    arguments.add_argument("--write", action="store_true")
    given = arguments.parse_args()
    written = {}
    for name, all_rows in collect(given.data, given.rooms).items():
        print(f"{name:6} {len(all_rows)} rows, cross-validated: {figures(held_out(all_rows))}")
        formula = fit(all_rows)
        print(f"{'':6} on its own data: {figures([(formula(x), y, w) for _, x, y, w in all_rows])}")
        weights = {feature: round(weight, 3) for feature, weight in sorted(formula.weights.items())}
        written[name] = {"bias": round(formula.bias, 3), "weights": weights}
    if given.write:
        TARGET.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    else:
        print(json.dumps(written, indent=1))


def collect(data: Path, rooms: int) -> dict[str, list[Row]]:
    """The rows of both formulas."""
    pairs: list[Row] = []
    groups: list[Row] = []
    for gold, people in sets(data):
        for one, several in rows(gold, people, rooms):
            pairs += one
            groups += several
    return {"pair": pairs, "group": groups}


def held_out(all_rows: Sequence[Row]) -> list[tuple[float, bool, float]]:
    """Every row judged by a formula that never saw who asks."""
    return [scored for fold in range(FOLDS) for scored in one_fold(all_rows, fold)]


def sets(folder: Path) -> Iterable[tuple[Any, Any]]:
    """Gold and people, Polish and English."""
    for suffix in ("", "_en"):
        gold, people = folder / f"gold{suffix}.json", folder / f"people{suffix}.json"
        if gold.exists():
            yield json.loads(gold.read_text(encoding="utf-8")), json.loads(people.read_text(encoding="utf-8"))


def rows(gold: Any, people: Any, rooms: int) -> Iterable[tuple[list[Row], list[Row]]]:
    """Every ask in the whole group and in rooms drawn from it, with all and with parts of the lexicon."""
    for share in THINNED:
        yield from rows_with(build(people, thinned(share)), gold, people, rooms)


def thinned(share: float) -> Lexicon:
    """The lexicon without a share of its trades and segments: other groups have needs it does not know."""
    words = copy.copy(lexicon())
    names = sorted(words.concepts)
    dropped = set(random.Random(share).sample(names, int(share * len(names))))
    words.by_key = {
        key: [phrase for phrase in phrases if phrase.concept not in dropped]
        for key, phrases in words.by_key.items()
    }
    words.pointers = {
        key: tuple(trade for trade in trades if trade not in dropped)
        for key, trades in words.pointers.items()
    }
    return words


def rows_with(index: Index, gold: Any, people: Any, rooms: int) -> Iterable[tuple[list[Row], list[Row]]]:
    """The same with one lexicon."""
    chance = random.Random(5)
    drawn = [people, *(chance.sample(people, min(chance.choice(SIZES), len(people))) for _ in range(rooms))]
    seen: dict[str, int] = {}
    for room in drawn:
        for person in room:
            for ask in person["asks"]:
                seen[ask["id"]] = seen.get(ask["id"], 0) + 1
    for room in drawn:
        numbers = {index.room.number[person["id"]] for person in room}
        for person in room:
            for ask in person["asks"]:
                yield of_ask(gold[ask["id"]], index, person["id"], ask["id"], numbers, 1 / seen[ask["id"]])


def of_ask(
    gold: Any, index: Any, asker: str, code: str, numbers: set[int], weight: float
) -> tuple[list[Row], list[Row]]:
    """The rows of one ask in one room: what its best lead says, and what all leads say together."""
    card = index.room.cards[index.room.number[asker]]
    need = card.asks[code]
    leads = [lead for n, lead in leads_for(need, card, index.room).items() if n in numbers]
    best = sorted(leads, key=lambda lead: -lead.score())[:DOZEN]
    asked = ask_features(need)
    answerable = any(
        index.room.number[who] in numbers for who, grade in gold["relevance"].items() if grade >= 2
    )
    pair = pair_features(asked, best[0].score() if best else 0.0)
    return [(asker, pair, answerable, weight)], [
        (asker, group_features(asked, best, len(numbers)), answerable, weight)
    ]


def one_fold(all_rows: Sequence[Row], fold: int) -> list[tuple[float, bool, float]]:
    """Fitted without the people of this fold, asked about them."""
    askers = sorted({asker for asker, *_ in all_rows})
    random.Random(3).shuffle(askers)
    held = set(askers[fold::FOLDS])
    formula = fit([row for row in all_rows if row[0] not in held])
    return [(formula(x), y, w) for asker, x, y, w in all_rows if asker in held]


def fit(all_rows: Sequence[Row], ridge: float = 0.01, steps: int = 400) -> Formula:
    """Logistic regression by accelerated gradient descent on scaled features."""
    names = sorted({name for _, x, _, _ in all_rows for name in x})
    total = sum(w for *_, w in all_rows)
    mean = {n: sum(x.get(n, 0.0) * w for _, x, _, w in all_rows) / total for n in names}
    spread = {
        n: math.sqrt(sum((x.get(n, 0.0) - mean[n]) ** 2 * w for _, x, _, w in all_rows) / total) or 1.0
        for n in names
    }
    merged: dict[tuple[tuple[float, ...], bool], float] = {}
    for _, x, y, w in all_rows:
        key = (tuple((x.get(n, 0.0) - mean[n]) / spread[n] for n in names), y)
        merged[key] = merged.get(key, 0.0) + w
    data = [(z, float(y), w / total) for (z, y), w in merged.items()]
    bias, weights, velocity, push = 0.0, [0.0] * len(names), [0.0] * len(names), 0.0
    for _ in range(steps):
        slope_bias, slope = 0.0, [ridge * weight for weight in weights]
        for z, y, w in data:
            error = w * (1 / (1 + math.exp(-bias - sum(a * b for a, b in zip(weights, z, strict=True)))) - y)
            slope_bias += error
            for place, value in enumerate(z):
                slope[place] += error * value
        push = 0.9 * push - 0.5 * slope_bias
        bias += push
        for place in range(len(names)):
            velocity[place] = 0.9 * velocity[place] - 0.5 * slope[place]
            weights[place] += velocity[place]
    plain = {n: weight / spread[n] for n, weight in zip(names, weights, strict=True)}
    return Formula(bias - sum(plain[n] * mean[n] for n in names), plain)


def figures(scored: Sequence[tuple[float, bool, float]]) -> str:
    """AUC, Brier score and calibration error."""
    total = sum(w for *_, w in scored)
    brier = sum((p - y) ** 2 * w for p, y, w in scored) / total
    bins: dict[int, list[tuple[float, bool, float]]] = {}
    for one in scored:
        bins.setdefault(min(9, int(one[0] * 10)), []).append(one)
    ece = sum(abs(sum((p - y) * w for p, y, w in part)) for part in bins.values()) / total
    return f"AUC {auc(scored):.3f}  Brier {brier:.3f}  ECE {ece:.3f}"


def auc(scored: Sequence[tuple[float, bool, float]]) -> float:
    """How often an answerable ask gets the higher number; equal ones count half."""
    by_score: dict[float, list[float]] = {}
    for score, good, weight in scored:
        by_score.setdefault(score, [0.0, 0.0])[good] += weight
    below = wins = 0.0
    for _, (bad, good) in sorted(by_score.items()):
        wins += good * (below + bad / 2)
        below += bad
    total = sum(weight for _, good, weight in scored if good)
    return wins / (total * below) if total and below else 0.0


if __name__ == "__main__":
    main()
