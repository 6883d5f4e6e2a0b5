"""Why somebody may help and why to talk with them, in sentences that quote the card."""

import pytest
from django.utils import translation

from kawka.actions.matches import Because
from kawka.actions.reasons import quoted, why, why_pair, why_talk


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


@pytest.mark.parametrize(
    ("fields", "to_one", "to_host"),
    [
        ({}, "Ada may help you: “Leczę psy i koty”.", "Ada may help Ben: “Leczę psy i koty”."),
        (
            {"channel": "needs", "relation": "needs"},
            "Ada looks for what you do: “Leczę psy i koty”.",
            "Ada looks for what Ben does: “Leczę psy i koty”.",
        ),
        (
            {"kind": "wants", "channel": "is"},
            "Ada may be one of the clients you look for: “Leczę psy i koty”.",
            "Ada may be a client for Ben: “Leczę psy i koty”.",
        ),
        (
            {"kind": "shares", "channel": "knows"},
            "You and Ada work for the same people: “Leczę psy i koty”.",
            "Ben and Ada work for the same people: “Leczę psy i koty”.",
        ),
        (
            {"kind": "shares", "channel": "sphere"},
            "Who needs you often needs Ada too: “Leczę psy i koty”.",
            "Who needs Ben often needs Ada too: “Leczę psy i koty”.",
        ),
        (
            {"channel": "typical", "relation": "knows"},
            "Ada may know somebody for you: “Leczę psy i koty”.",
            "Ada may know somebody for Ben: “Leczę psy i koty”.",
        ),
    ],
)
def test_why_to_talk(fields, to_one, to_host):
    with translation.override("en"):
        assert why_talk(because(**fields), name="Ada") == to_one
        assert why_pair(because(**fields), one="Ben", other="Ada") == to_host


def test_a_long_sentence_is_cut_around_the_words_that_count():
    line = f"{'Piszę o wszystkim, co się zdarzy. ' * 5}Leczę psy i koty {'w całym powiecie ' * 12}."

    said = quoted(because(line=line))

    assert said.startswith("…")
    assert said.endswith("…")
    assert "Leczę psy i koty" in said
    assert len(said) <= 142
