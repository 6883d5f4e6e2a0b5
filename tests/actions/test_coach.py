"""The coach's questions in words, and the words that could answer them."""

from datetime import date

import pytest
from django.utils.translation import override

from kawka.actions.coach import NOTHING, Asker, Hint, hint_for_ask, hint_for_offer, hints_for
from tests.factories import make_ask

OLA = Asker(
    date(2026, 10, 14), client="restauracje i kawiarnie, małe hotele", trade="księgowość", town="Olsztyn"
)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", NOTHING),
        (
            "szukam klientów",
            Hint(
                "Którzy klienci byliby teraz najlepsi?",
                ("restauracje i kawiarnie", "małe hotele"),
                ": ",
            ),
        ),
        (
            "poznam ludzi",
            Hint(
                "Kto dokładnie może pomóc? Na początek wystarczy jeden zawód albo jeden przykład.",
                ("prawnik", "dotacje", "informatyk i serwis komputerów"),
                ": ",
            ),
        ),
        (
            "restauracje",
            Hint(
                "„restauracje”: jak duże, gdzie, na kiedy?",
                ("do 10 osób", "Olsztyn i okolice", "do 31 października"),
            ),
        ),
        ("restauracje z 2–5 lokalami w Olsztynie", Hint("Łatwo zapamiętać.", fine=True)),
    ],
)
def test_an_ask_gets_one_question_and_words_of_the_person(text, hint):
    with override("pl"):
        assert hint_for_ask(text, OLA) == hint


def test_words_that_stand_there_are_not_proposed_again():
    with override("en"):
        hint = hint_for_ask("restaurants, nearby", Asker(date(2026, 10, 25)))

    assert hint == Hint("“restaurants”: how big, where, by when?", ("up to 10 people", "by 30 November"))


@pytest.mark.parametrize("text", ["restauracje", "hydraulik", "używany rower", "szukam pracownika do biura"])
def test_any_example_makes_an_ask_easier_to_remember(text):
    with override("pl"):
        asked = hint_for_ask(text, OLA)
        answered = [hint_for_ask(f"{text}{asked.join}{one}", OLA).fine for one in asked.examples]

    assert answered == [True] * 3


def test_a_private_ask_hears_nothing_of_work():
    with override("pl"):
        assert hint_for_ask("szukam pomocy", OLA, kind="private").examples == ()


@pytest.mark.parametrize(
    ("text", "asked"),
    [("Konsultacja", True), ("Awarie w Olsztynie do 2 godzin", False), ("Rozliczę PIT i VAT", False)],
)
def test_an_offer_is_asked_about_only_where_it_could_mean_anything(text, asked):
    with override("pl"):
        assert bool(hint_for_offer(text, OLA).question) is asked


def test_the_asks_of_a_card_that_leave_something_open(ben):
    asks = [make_ask(ben, "hydraulik"), make_ask(ben, "hydraulik do wymiany pieca w maju, Olsztyn")]

    with override("pl"):
        hints = hints_for(ben, asks, today=date(2026, 10, 14))

    assert [(ask.text, hint.question) for ask, hint in hints] == [
        ("hydraulik", "„hydraulik”: do czego dokładnie i na kiedy?")
    ]
