import pytest

from kawka.engine.matching.compiling import Compiler, form_lines, lookalikes
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


def test_unknown_words_are_declined_like_known_ones() -> None:
    [line] = form_lines(["groomerka"])

    assert line.startswith("groomerka\tgroomer")
    assert {"kę", "ce", "ką"} <= set(line.split("\t")[2].replace("|", " ").split())


def test_words_of_their_own_are_no_typing_errors() -> None:
    assert "przeszkole" in lookalikes(["przedszkole"], set()) or "fonograf" in lookalikes(["fotograf"], set())
