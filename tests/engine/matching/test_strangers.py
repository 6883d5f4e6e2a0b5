"""A group of sixty in words of its own: who stands first for each ask."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kawka.engine.matching.index import Index, build

WRITTEN: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("strangers.toml").read_text(encoding="utf-8")
)
LOUD = 0.6


@pytest.fixture(scope="module")
def group() -> Index:
    return build(WRITTEN["person"])


def wrong(ask: dict[str, Any], group: Index) -> bool:
    """Whether somebody else stands first, or somebody is named loudly though nobody can help."""
    matches = group.answer_text(ask["text"]).matches
    if not ask["first"]:
        return bool(matches) and matches[0].score >= LOUD
    return not matches or matches[0].person not in ask["first"]


def test_the_right_one_stands_first(group: Index) -> None:
    missed = {ask["text"] for ask in WRITTEN["ask"] if wrong(ask, group)}

    assert missed == {ask["text"] for ask in WRITTEN["ask"] if ask.get("missed")}
