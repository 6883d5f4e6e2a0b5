from collections.abc import Sequence
from typing import Any

import pytest

from kawka.engine.matching.index import Index, build
from kawka.engine.matching.lexicon import Lexicon

PEOPLE: list[dict[str, Any]] = [
    {
        "id": "adam",
        "headline": "Radca prawny",
        "client": "restauracje, kawiarnie",
        "offers": ["windykacja"],
        "asks": [{"id": "a1", "text": "księgowa do spółki"}, {"id": "a2", "text": "szukam klientów"}],
    },
    {
        "id": "beata",
        "headline": "Biuro rachunkowe",
        "client": "restauracje",
        "offers": ["rozliczenie VAT"],
        "asks": [{"id": "b1", "text": "ktoś od windykacji"}, {"id": "b2", "text": "restauracje w mieście"}],
    },
    {"id": "celina", "headline": "Bistro na rynku", "about": "Znam dobrego dentystę.", "asks": []},
    {"id": "darek", "headline": "Księgowy", "offers": ["księgowość spółek"], "asks": []},
    {
        "id": "ewa",
        "headline": "Drukarnia",
        "offers": ["mam do oddania rower"],
        "asks": [{"id": "e1", "text": "dentysta"}],
    },
]


@pytest.fixture(scope="module")
def index(words: Lexicon) -> Index:
    return build(PEOPLE, words)


def test_those_who_do_it_come_first(index: Index) -> None:
    matches = index.rank("a1", "adam")

    assert {match.person for match in matches[:2]} == {"beata", "darek"}
    assert matches[0].relation == "does"
    assert matches[0].reasons[0].asked == "księgowa"


def test_a_vague_request_is_answered_by_those_who_ask_for_the_asker(index: Index) -> None:
    match = index.rank("a2", "adam")[0]

    assert (match.person, match.relation) == ("beata", "needs")
    assert match.reasons[0].quote == "ktoś od windykacji"


def test_clients_are_found_with_those_who_serve_them(index: Index) -> None:
    found = {match.person: match.relation for match in index.rank("b2", "beata")}

    assert (found["celina"], found["adam"]) == ("is", "knows")


def test_who_knows_somebody_is_found(index: Index) -> None:
    match = index.rank("e1", "ewa")[0]

    assert (match.person, match.relation) == ("celina", "knows")
    assert match.reasons[0].channel == "knows_somebody"


def test_the_asker_is_never_proposed(index: Index) -> None:
    assert all(match.person != "adam" for code in ("a1", "a2") for match in index.rank(code, "adam"))


def test_search_finds_unfinished_words(index: Index) -> None:
    assert [match.person for match in index.search("radca praw").matches][0] == "adam"
    assert {match.person for match in index.search("księgo").matches[:2]} == {"beata", "darek"}


def test_a_text_being_written_is_answered_like_an_ask(index: Index) -> None:
    answer = index.answer_text("rower dla córki", by="adam")

    assert answer.matches[0].person == "ewa"
    assert answer.band in ("yes", "maybe")
    assert index.answer_text("astronauta", by="adam").band == "nobody"


def test_who_may_want_what_somebody_offers(index: Index) -> None:
    assert [match.person for match in index.wanting("adam")] == ["beata", "celina"]


def test_who_shares_a_client_is_of_another_trade(index: Index) -> None:
    assert [match.person for match in index.sharing_client("beata")] == ["adam"]


def test_the_same_cards_give_the_same_answer(words: Lexicon, index: Index) -> None:
    again = build(PEOPLE, words)

    assert [again.answer(code, "beata") for code in ("b1", "b2")] == [
        index.answer(code, "beata") for code in ("b1", "b2")
    ]


def test_nobody_there_is_no_error(words: Lexicon) -> None:
    alone = build([PEOPLE[0]], words)

    assert alone.rank("a1", "adam") == ()
    assert alone.answer("a1", "adam").band == "nobody"
    assert build([], words).search("prawnik").matches == ()


def by_first_letter(texts: Sequence[str]) -> list[list[float]]:
    """Texts mean the same when they begin alike."""
    return [[1.0, 0.0] if text[:1].lower() == "d" else [0.0, 1.0] for text in texts]


def test_an_embedder_adds_a_channel(words: Lexicon) -> None:
    index = build(PEOPLE, words, embedder=by_first_letter)

    match = index.answer_text("dużo papieru").matches[0]

    assert match.person == "ewa"
    assert "meaning" in {reason.channel for reason in match.reasons}
