import json
from pathlib import Path
from typing import Any

import pytest

from kawka.engine.matching.__main__ import main


def written(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def test_ranking_confidence_and_relations_are_written(tmp_path: Path) -> None:
    people = written(
        tmp_path / "people.json",
        [
            {"id": "a", "headline": "stolarz", "asks": [{"id": "a1", "text": "naprawa gramofonów"}]},
            {"id": "b", "headline": "naprawa gramofonów", "offers": [], "asks": []},
        ],
    )
    out, sure, relations = (tmp_path / name for name in ("out.json", "sure.json", "relations.json"))

    code = main(
        ["rank", str(people), "--out", str(out), "--confidence", str(sure), "--relations", str(relations)]
    )

    assert code == 0
    assert [person for person, _ in json.loads(out.read_text())["a1"]] == ["b"]
    assert 0 < json.loads(sure.read_text())["a1"] < 1
    assert json.loads(relations.read_text()) == {"a1": {"b": "does"}}


@pytest.mark.parametrize(
    ("people", "message"),
    [
        ({}, "a list of people is expected"),
        ([{"name": "x"}], "every person needs an id"),
        ([{"id": "a", "offers": "all"}], "offers of a must be a list of texts"),
        ([{"id": "a", "headline": 3}], "headline of a must be a text"),
        ([{"id": "a", "asks": [{"id": "a1"}]}], "every ask of a needs an id and a text"),
        ([{"id": "a"}, {"id": "a"}], "person a is there twice"),
    ],
)
def test_wrong_input_is_named_in_one_line(
    people: Any, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path / "people.json", people)

    code = main(["rank", str(file), "--out", str(tmp_path / "out.json")])

    assert code == 2
    assert capsys.readouterr().err == f"{file}: {message}\n"
    assert not (tmp_path / "out.json").exists()


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["rank", str(tmp_path / "none.json"), "--out", str(tmp_path / "out.json")])

    assert code == 2
    assert capsys.readouterr().err.count("\n") == 1
