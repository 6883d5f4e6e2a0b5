import pytest

from kawka.engine.matching.lexicon import Lexicon
from kawka.engine.matching.tagging import tag


def named(text: str, words: Lexicon, usual: str = "pl") -> list[tuple[str, str]]:
    """Concepts of a text with the words that name them."""
    tagged = tag(text, words, usual)
    return [(one.concept, tagged.quote(one.places)) for one in tagged.tags]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("polecicie prawników?", [("lawyer", "prawników")]),
        ("potrzebuje ksiegowej", [("accounting", "ksiegowej")]),
        ("ktoś rozliczy mi VAT", [("accounting", "rozliczy mi VAT")]),
        ("rozliczam VAT", [("accounting", "rozliczam VAT")]),
        ("klient od pół roku nie płaci", [("lawyer", "klient od pół roku nie płaci")]),
        ("two bookkeepers", [("accounting", "bookkeepers")]),
        ("zęby", [("dentist", "zęby")]),
        ("zeby ktos to zrobil", []),
        ("ksiengowa na wczoraj", [("accounting", "ksiengowa")]),
        ("prawnkia", [("lawyer", "prawnkia")]),
        ("księgarnia", []),
    ],
)
def test_forms_name_concepts(text: str, expected: list[tuple[str, str]], words: Lexicon) -> None:
    assert named(text, words) == expected


def test_the_longest_phrase_wins(words: Lexicon) -> None:
    assert named("ogarnie wizytówkę Google", words) == [("seo", "wizytówkę Google")]
    assert named("wizytówki na jutro", words) == [("printing", "wizytówki")]


def test_an_ambiguous_word_needs_its_context(words: Lexicon) -> None:
    assert named("zaciął się zamek", words) == []
    assert named("zamek w drukarce", words) == [("printing", "zamek")]
    assert named("zamek", words) == [("printing", "zamek")]


def test_some_abbreviations_count_only_in_capitals(words: Lexicon) -> None:
    assert ("accounting", "VAT") in named("VAT i nic więcej", words)
    assert named("co robić", words) == []
