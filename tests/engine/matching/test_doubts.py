"""What sounds like somebody's trade and is not, read with all the words Kawka knows."""

import pytest

from kawka.engine.matching.asks import read_ask
from kawka.engine.matching.index import Index, build
from kawka.engine.matching.lexicon import lexicon
from kawka.engine.matching.tagging import tag

SURE = 0.6
PEOPLE = [
    {
        "id": "roofer",
        "headline": "Dekarz",
        "offers": ["Znajdę miejsce przecieku i załatam je tego samego dnia"],
    },
    {
        "id": "books",
        "headline": "Księgarnia",
        "offers": ["Wybiorę książkę dziecku, które mówi, że nie lubi czytać"],
    },
    {"id": "speech", "headline": "Logopedka", "offers": ["Ćwiczenia dla dzieci, w domu i w gabinecie"]},
    {
        "id": "tax",
        "headline": "Doradca podatkowy",
        "offers": ["Pomagam przy kontroli i zmianie formy opodatkowania"],
    },
    {
        "id": "garden",
        "headline": "Projektantka ogrodów",
        "offers": ["Ogród na małej działce, który nie chce wody"],
    },
]


@pytest.fixture(scope="module")
def group() -> Index:
    return build(PEOPLE)


def sure(text: str, group: Index) -> list[str]:
    return [match.person for match in group.search(text).matches if match.score >= SURE]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("hydraulik", []),
        ("przeciekający dach", ["roofer"]),
        ("synek sepleni", ["speech"]),
        ("psycholog", []),
        ("prawnik", []),
        ("doradca podatkowy", ["tax"]),
    ],
)
def test_a_word_by_the_way_makes_nobody_of_that_trade(text: str, who: list[str], group: Index) -> None:
    assert sure(text, group) == who


@pytest.mark.parametrize("text", ["ogród", "ogrud", "ogrod"])
def test_a_short_word_is_found_as_it_sounds(text: str, group: Index) -> None:
    assert sure(text, group) == ["garden"]


@pytest.mark.parametrize(
    "text",
    [
        "Prowadzę kampanie, wcześniej 6 lat w radiu",
        "Przyjmujemy też dzieci",
        "Właściciel sam odbiera telefon",
        "rabaty dla stałych ekip",
        "książki dziecku, które mówi, że nie lubi czytać",
        "wizytówki ekspres",
        "blisko Parku Strzeleckiego, ul. Piekarska 3",
    ],
)
def test_everyday_words_name_no_trade_beside(text: str) -> None:
    found = {one.concept for one in tag(text, lexicon()).tags}

    assert not found & {
        "event_agency",
        "nanny",
        "business_coach",
        "gardener",
        "speech_therapist",
        "food_equipment",
        "shooting_hunting",
        "baker",
    }


@pytest.mark.parametrize(
    ("text", "client", "unwanted"),
    [
        ("Ktoś, kto wyciszy gabinet", 0.1, set()),
        ("Osoby, które otwierają gabinet", 0.8, set()),
        ("Firma, która odda sześć laptopów", 0.8, {"foundation_family"}),
    ],
)
def test_what_is_said_of_somebody_is_not_who_is_sought(text: str, client: float, unwanted: set[str]) -> None:
    need = read_ask(text, lexicon())

    assert need.client == client
    assert not unwanted & {want.concept for want in need.wants}
