import pytest

from kawka.engine.matching.asks import read_ask
from kawka.engine.matching.lexicon import Lexicon, lexicon


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("nie szukam księgowej, szukam prawnika", ["lawyer"]),
        ("Księgowa? już mam. Brakuje mi prawnika", ["lawyer"]),
        ("nie chodzi mi o prawnika, tylko o druk ulotek", ["printing"]),
        ("prawnika nie potrzebuję, potrzebna księgowa", ["accounting"]),
        ("bez prawników proszę, szukam księgowej", ["accounting"]),
        ("Not looking for a lawyer, I need a bookkeeper", ["accounting"]),
        ("Instead of a lawyer I need a bookkeeper", ["accounting"]),
        ("a bookkeeper rather than a lawyer", ["accounting"]),
        ("not a lawyer, a bookkeeper please", ["accounting"]),
        ("księgowa, która nie zna prawnika", ["accounting", "lawyer"]),
    ],
)
def test_what_is_refused_is_not_wanted(text: str, wanted: list[str], words: Lexicon) -> None:
    assert [want.concept for want in read_ask(text, words).wants] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("kontrahent nie chce umowy od prawnika", {"lawyer"}),
        ("nie chcę prawnika, chcę księgową", {"accounting"}),
        ("nie chce prawnika, chce księgową", {"accounting"}),
    ],
)
def test_what_others_do_not_want_is_no_refusal(text: str, wanted: set[str], words: Lexicon) -> None:
    assert {want.concept for want in read_ask(text, words).wants} == wanted


def test_the_head_counts_more_than_what_qualifies_it(words: Lexicon) -> None:
    need = read_ask("prawnik dla restauracji", words)

    assert [(want.concept, want.head) for want in need.wants[:1]] == [("lawyer", True)]
    assert not any(want.head for want in need.wants[1:])


def test_an_unknown_head_leaves_the_rest_a_qualifier(words: Lexicon) -> None:
    need = read_ask("wulkanizator z przychodni", words)

    assert [(want.concept, want.head) for want in need.wants] == [("clinics", False)]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("szukam klientów", "vague"),
        ("prawnik do umowy", "service"),
        ("gabinety, które rosną", "client"),
        ("podwykonawca na lato", "partner"),
        ("pracownik do drukarni na pół etatu", "hire"),
        ("szkolenie dla pracowników drukarni", "service"),
        ("prawnik dla moich pracowników", "service"),
        ("jak rozliczyć VAT", "info"),
        ("używany rower", "thing"),
    ],
)
def test_requests_are_of_kinds(text: str, intent: str, words: Lexicon) -> None:
    assert read_ask(text, words).intent == intent


def test_the_own_trade_in_a_request_for_clients_is_its_purpose(words: Lexicon) -> None:
    need = read_ask("gabinety, którym potrzebna księgowość", words, own_trades=frozenset({"accounting"}))

    assert [want.concept for want in need.wants] == ["clinics"]
    assert need.client == 0.9


def test_who_looks_for_a_stand_in_looks_for_the_own_trade(words: Lexicon) -> None:
    need = read_ask("szukam kogoś na zastępstwo w lipcu", words, own_trades=frozenset({"lawyer"}))

    assert [want.concept for want in need.wants] == ["lawyer"]


@pytest.mark.parametrize(
    ("text", "partner"),
    [
        ("drugi prawnik na czas urlopu", True),
        ("ktoś do kotów na drugą połowę sierpnia", False),
        ("szukam drugiej księgowej", False),
    ],
)
def test_a_second_one_of_ones_own_trade_is_a_colleague(text: str, partner: bool, words: Lexicon) -> None:
    assert read_ask(text, words, own_trades=frozenset(["lawyer"])).partner is partner


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Rodziny, które kupiły działkę", "plot_owners"),
        ("rodziny osób po udarze", "after_stroke"),
        ("Rodziny", "families"),
    ],
)
def test_what_is_told_of_families_counts_more_than_that_they_are_families(text: str, first: str) -> None:
    assert read_ask(text, lexicon()).wants[0].concept == first
