"""Why somebody may help, in sentences that quote the card."""

import pytest
from django.utils import translation

from kawka.actions.matches import Because
from kawka.actions.reasons import quoted, why


def because(**fields):
    given = {"kind": "helps", "relation": "does", "channel": "does", "concept": "vet", "asked": "weterynarz"}
    return Because(**{**given, "field": "offers", "quote": "psy", "line": "Leczę psy i koty", **fields})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Może pomóc: „Leczę psy i koty”."),
        ({"field": "headline"}, "Zajmuje się tym: „Leczę psy i koty”."),
        ({"field": "about"}, "Na wizytówce: „Leczę psy i koty”."),
        ({"relation": "is"}, "To może być właśnie ten ktoś: „Leczę psy i koty”."),
        ({"channel": "is"}, "Robi coś podobnego: „Leczę psy i koty”."),
        ({"channel": "near"}, "Robi coś podobnego: „Leczę psy i koty”."),
        ({"channel": "text", "field": "client"}, "Pracuje dla takich osób: „Leczę psy i koty”."),
        ({"channel": "knows_somebody"}, "Zna kogoś takiego: „Leczę psy i koty”."),
        ({"channel": "needs"}, "Szuka tego, czym się zajmujesz: „Leczę psy i koty”."),
    ],
)
def test_why_somebody_may_help(fields, said):
    with translation.override("pl"):
        assert why(because(**fields)) == said


def test_a_long_sentence_is_cut_around_the_words_that_count():
    line = f"{'Piszę o wszystkim, co się zdarzy. ' * 5}Leczę psy i koty {'w całym powiecie ' * 12}."

    said = quoted(because(line=line))

    assert said.startswith("…")
    assert said.endswith("…")
    assert "Leczę psy i koty" in said
    assert len(said) <= 142
