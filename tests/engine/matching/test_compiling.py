import pytest

from kawka.engine.matching.compiling import Compiler, form_lines, lookalikes
from kawka.engine.matching.inflecting import forms_of
from kawka.engine.matching.lexicon import Lexicon


@pytest.mark.parametrize(
    ("phrase", "keys"),
    [
        ("księgowa", "księgowa"),
        ("stomatologiczny", "stomatologiczny/a"),
        ("rozliczyć", "rozliczyć/v"),
        ("malowanie", "malowanie"),
        ("groomerka", "groomerka|groomerka/e"),
        ("dental implants", "dental/e implant/e"),
    ],
)
def test_phrases_become_keys(phrase: str, keys: str) -> None:
    compiler = Compiler()

    assert set(compiler.phrase(phrase).replace(" ", "|").split("|")) >= set(keys.replace(" ", "|").split("|"))


@pytest.mark.parametrize("form", ["księgowa", "księgowej", "księgowych", "księgowymi"])
def test_every_form_is_there(form: str, words: Lexicon) -> None:
    assert "księgowa" in words.forms[form]


@pytest.mark.parametrize(
    ("base", "form"),
    [
        ("doula", "douli"),
        ("arteterapeuta", "arteterapeuci"),
        ("neurologopeda", "neurologopedzi"),
        ("podologiczny", "podologicznego"),
        ("hiszpanistka", "hiszpanistce"),
        ("chustonoszenie", "chustonoszeniu"),
    ],
)
def test_words_no_dictionary_has_decline_by_their_ending(base: str, form: str) -> None:
    assert form in forms_of(base)


def test_verbs_take_their_partner_along_and_no_other_prefix() -> None:
    assert {"rozliczać", "pomalować", "odzyskiwać"} <= {
        *forms_of("rozliczyć/v"),
        *forms_of("malować/v"),
        *forms_of("odzyskać/v"),
    }
    assert forms_of("pisać/v").isdisjoint({"opisać", "wypisać", "popisać"})


def test_unknown_words_are_declined_like_known_ones() -> None:
    [line] = form_lines(["groomerka"])

    assert line.startswith("groomerka\tgroomer")
    assert {"kę", "ce", "ką"} <= set(line.split("\t")[2].replace("|", " ").split())


def test_words_of_their_own_are_no_typing_errors() -> None:
    assert "fonograf" in lookalikes(["fotograf"], {"fonoteka", "nogrywać", "graf"})
