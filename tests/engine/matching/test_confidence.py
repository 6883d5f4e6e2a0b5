import math

import pytest

from kawka.engine.matching.confidence import Formula, band, formulas, logit, probability


@pytest.mark.parametrize(
    ("confidence", "word"), [(0.9, "yes"), (0.6, "yes"), (0.45, "maybe"), (0.1, "nobody")]
)
def test_confidence_in_three_words(confidence: float, word: str) -> None:
    assert band(confidence) == word


def test_a_formula_adds_up() -> None:
    formula = Formula(1.0, {"evidence": 2.0})

    assert formula({"evidence": 0.5, "unknown": 9.0}) == probability(2.0)
    assert math.isclose(probability(0.0), 0.5)


def test_more_evidence_is_never_less_sure() -> None:
    for formula in formulas():
        assert formula.weights["evidence"] > 0
    assert logit(0.2) < logit(0.8)
