"""What keeps the lexicon sound: whoever edits the files sees at once what does not fit together."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from kawka.engine.matching import sources
from kawka.engine.matching.asks import read_ask
from kawka.engine.matching.lexicon import lexicon
from kawka.engine.matching.tagging import tag
from kawka.engine.matching.words import COUNTS, Token, fold, plain_stop_words, tokenise

ENTRIES = sources.entries(sources.toml_files())
TRADES, SEGMENTS, ITEMS = (ENTRIES[kind] for kind in sources.KINDS)
FIELDS = {
    "trade": {
        *("pl", "en", "names", "services", "problems", "keywords", "context", "not", "serves", "is", "near"),
        *("sphere", "private", "hit", "miss"),
    },
    "segment": {"pl", "en", "names", "are", "parent", "near", "not", "context", "keywords", "hit", "miss"},
    "item": {"pl", "en", "names", "trades", "private", "not", "context", "hit", "miss"},
}

TELLING_ALONE = {
    *("stuknął", "zhakowali", "hacked", "podszywa", "podszywać", "steals", "schudnąć"),
    *("rozwodzę", "coal", "funding", "ubezpieczyć", "rozmasuje", "druk", "tekstów"),
    *("amputacji", "burgled", "włamać", "busem", "dostawczakiem"),
}


def all_entries() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Kind, id and entry of everything."""
    for kind, by_id in ENTRIES.items():
        for one, entry in by_id.items():
            yield kind, one, entry


def references() -> Iterator[tuple[str, str, str, str]]:
    """Entry, field, the kind it must point to, and where it points."""
    for one, entry in TRADES.items():
        for field, kind in (("serves", "segment"), ("is", "segment"), ("sphere", "trade")):
            for other in entry.get(field, []):
                yield one, field, kind, other
        for near in entry.get("near", []):
            yield one, "near", "trade", near["trade"]
    for one, entry in SEGMENTS.items():
        for field, kind in (("are", "trade"), ("near", "segment")):
            for other in entry.get(field, []):
                yield one, field, kind, other
        if entry.get("parent"):
            yield one, "parent", "segment", entry["parent"]
    for one, entry in ITEMS.items():
        for other in entry.get("trades", []):
            yield one, "trades", "trade", other


def test_the_compiled_file_is_up_to_date() -> None:
    assert lexicon().digest == sources.digest(sources.toml_files()), (
        "run script/lexicon and commit compiled.txt"
    )


def test_there_are_at_least_350_trades() -> None:
    assert len(TRADES) >= 350


def test_every_entry_has_both_languages_and_names() -> None:
    lacking = [one for _, one, entry in all_entries() if not entry.get("pl") or not entry.get("en")]
    nameless = [one for kind, one, entry in all_entries() if not entry.get("names")]

    assert (lacking, nameless) == ([], [])


def test_no_field_is_misspelt() -> None:
    assert [(one, field) for kind, one, entry in all_entries() for field in entry.keys() - FIELDS[kind]] == []


def test_every_reference_exists() -> None:
    missing = [
        f"{one}.{field}: {other}" for one, field, kind, other in references() if other not in ENTRIES[kind]
    ]

    assert missing == []


def test_adjacent_trades_name_each_other() -> None:
    near = {one: {other["trade"] for other in entry.get("near", [])} for one, entry in TRADES.items()}

    assert [f"{a} near {b}, not back" for a in near for b in near[a] if a not in near.get(b, ())] == []
    assert [
        one
        for one, entry in TRADES.items()
        for other in entry.get("near", [])
        if not 0.1 <= other["w"] <= 0.9
    ] == []


def test_parents_make_no_circle() -> None:
    assert [one for one in SEGMENTS if one in lexicon().within(one)] == []


def test_a_name_belongs_to_at_most_two_trades() -> None:
    users: dict[str, set[str]] = defaultdict(set)
    for one, entry in TRADES.items():
        for name in entry["names"]:
            users[name.casefold()].add(one)

    assert {name: sorted(trades) for name, trades in users.items() if len(trades) > 2} == {}


def test_no_name_is_a_word_of_every_sentence() -> None:
    found = [
        f"{one}: {name}"
        for _, one, entry in all_entries()
        for field in ("names", "keywords")
        for name in entry.get(field, [])
        if all(token.word in plain_stop_words() for token in tokenise(name))
    ]

    assert found == []


def tells(token: Token) -> bool:
    """Whether a word of a phrase counts when it is compiled."""
    return token.word in COUNTS or fold(token.word) not in plain_stop_words()


def test_no_problem_comes_down_to_an_everyday_word() -> None:
    """„Ktoś do dziecka” would be read as „dziecka”: function words do not count."""
    left = [
        [token.word for token in tokenise(problem) if tells(token)]
        for entry in TRADES.values()
        for problem in entry.get("problems", [])
        if len(tokenise(problem)) > 1
    ]

    assert {words[0] for words in left if len(words) == 1} - TELLING_ALONE == set()


def test_what_must_be_recognised_is() -> None:
    failing = [
        f"{one}: {text}"
        for _, one, entry in all_entries()
        for text in entry.get("hit", [])
        if one not in {want.concept for want in read_ask(text, lexicon()).wants}
    ]

    assert failing == []


def test_what_must_not_be_recognised_is_not() -> None:
    failing = [
        f"{one}: {text}"
        for _, one, entry in all_entries()
        for text in entry.get("miss", [])
        if one in {found.concept for found in tag(text, lexicon()).tags}
    ]

    assert failing == []


@pytest.mark.parametrize("words", ["gabinet", "księgowa", "pediatra", "strona internetowa"])
def test_everyday_words_are_known(words: str) -> None:
    assert tag(words, lexicon()).tags != ()
