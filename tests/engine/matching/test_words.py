import pytest

from kawka.engine.matching.words import fold, language_of, tokenise


def test_diacritics_are_folded() -> None:
    assert fold("Zażółć gęślą jaźń") == "Zazolc gesla jazn"


@pytest.mark.parametrize(
    ("text", "sentences", "clauses"),
    [
        ("sp. z o.o. w Olsztynie", 1, 1),
        ("Fotograf? już mam", 2, 2),
        ("nie szukam księgowej, szukam prawnika", 1, 2),
        ("druk tylko cyfrowy", 1, 2),
        ("rower – używany", 2, 2),
        ("DJ-a nie potrzebuję", 1, 1),
    ],
)
def test_texts_fall_into_sentences_and_clauses(text: str, sentences: int, clauses: int) -> None:
    tokens = tokenise(text)

    assert len({token.sentence for token in tokens}) == sentences
    assert len({token.clause for token in tokens}) == clauses


@pytest.mark.parametrize(
    ("text", "usual", "language"),
    [
        ("szukam kogoś od stron", "en", "pl"),
        ("somebody to redo my website", "pl", "en"),
        ("web designer", "en", "en"),
        ("web designer", "pl", "pl"),
    ],
)
def test_language_is_judged_by_letters_and_small_words(text: str, usual: str, language: str) -> None:
    assert language_of(tokenise(text), usual) == language
