import json
from pathlib import Path

import pytest

from kawka.engine.coach import advise, advise_pitch, main, specificity
from kawka.engine.matching.lexicon import Lexicon
from kawka.engine.matching.speaking import seconds_to_say


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Szukam nowych klientów", 0),
        ("chętnie poznam ciekawe osoby", 0),
        ("każdy, kto chce oszczędzać", 0),
        ("more clients please", 0),
        ("szukam księgowej", 1),
        ("restauracje", 1),
        ("księgowa do spółki z Ostródy, od marca", 2),
        ("restauracje z 2–5 lokalami", 2),
        ("chcę poznać Annę z kadr w Michelin", 2),
    ],
)
def test_requests_are_vague_middling_or_specific(text: str, level: int, words: Lexicon) -> None:
    assert specificity(text, words=words) == level


@pytest.mark.parametrize(
    ("text", "client", "question"),
    [
        ("poznam ludzi", "", "which_trade"),
        ("szukam klientów", "restauracje", "which_client"),
        ("wszyscy, którzy chcą", "", "not_everybody"),
        ("restauracje", "", "how_big_where_when"),
        ("prawnik", "", "for_what"),
        ("używany rower", "", "new_or_used"),
        ("restauracje z 2–5 lokalami w Olsztynie", "", "fine"),
    ],
)
def test_one_question_helps_most(text: str, client: str, question: str, words: Lexicon) -> None:
    assert advise(text, client, words=words).question == question


def test_advice_quotes_what_it_is_about(words: Lexicon) -> None:
    assert advise("szukam dobrej księgowej", words=words).about == "księgowej"
    assert advise("szukam klientów", "restauracje", words=words).about == "restauracje"


def test_a_whole_pitch_lacks_nothing(words: Lexicon) -> None:
    text = (
        "Nazywam się Ewa, prowadzę biuro rachunkowe. Moi klienci to restauracje. Od 12 lat w zawodzie."
        " Szukam kawiarni, które otwierają drugi lokal."
    )

    assert advise_pitch(text, words=words).missing == ()


def test_a_pitch_without_anything_lacks_everything(words: Lexicon) -> None:
    assert advise_pitch("Dzień dobry, bardzo mi miło.", words=words).missing == (
        "what_i_do",
        "my_client",
        "experience",
        "ask",
    )


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", 0),
        ("Dzień dobry.", 1),
        ("2026", 2),
        ("Przygotowuję projekty wnętrz dla gabinetów. " * 10, 34),
    ],
)
def test_speaking_takes_time(text: str, seconds: int) -> None:
    assert seconds_to_say(text) == seconds


def test_the_command_writes_levels(tmp_path: Path) -> None:
    file, out = tmp_path / "said.json", tmp_path / "levels.json"
    said = [{"id": "u1", "text": "szukam klientów"}, {"id": "p", "asks": [{"id": "p1", "text": "wszyscy"}]}]
    file.write_text(json.dumps(said))

    assert main(["specificity", str(file), "--out", str(out)]) == 0
    assert json.loads(out.read_text()) == {"u1": 0, "p1": 0}


def test_the_command_names_wrong_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "said.json"
    file.write_text('[{"id": "u1"}]')

    assert main(["specificity", str(file), "--out", str(tmp_path / "out.json")]) == 2
    assert capsys.readouterr().err == f"{file}: every utterance needs an id and a text\n"
