from pathlib import Path

import pytest

from kawka.engine.matching import sources

BAKER = '[trade.baker]\npl = "piekarz"\nen = "baker"\nnames = ["piekarz"]\n'


def written(folder: Path, **files: str) -> list[Path]:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return sources.toml_files(folder)


def test_another_file_may_add_words_to_an_entry(tmp_path: Path) -> None:
    paths = written(tmp_path, one=BAKER, two='[more.baker]\nnames = ["piekarka"]\nnot = ["piec chlebowy"]\n')

    entry = sources.entries(paths)["trade"]["baker"]

    assert entry["names"] == ["piekarz", "piekarka"]
    assert entry["not"] == ["piec chlebowy"]


@pytest.mark.parametrize(
    ("second", "message"),
    [
        (BAKER, "two.toml: baker is written already in one.toml"),
        ('[more.cook]\nnames = ["kucharz"]\n', "[more.cook]: there is no such entry"),
        ('[trades.cook]\npl = "kucharz"\n', "two.toml: no such kind of entry: trades"),
    ],
)
def test_what_does_not_fit_is_named(second: str, message: str, tmp_path: Path) -> None:
    paths = written(tmp_path, one=BAKER, two=second)

    with pytest.raises(ValueError, match="baker|cook|kind") as error:
        sources.entries(paths)

    assert str(error.value) == message


def test_the_digest_changes_with_any_word(tmp_path: Path) -> None:
    before = sources.digest(written(tmp_path, one=BAKER))

    after = sources.digest(written(tmp_path, one=BAKER.replace("piekarz", "piekarzyna")))

    assert before != after
