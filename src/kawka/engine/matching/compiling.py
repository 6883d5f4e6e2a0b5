"""From the TOML files to the one file the matcher reads: `script/lexicon`.

Needs Morfeusz 2. The result holds the digest of its sources, every concept on a line of its own, and every
word with its forms, written as what they share and how each ends.
"""

import json
from collections.abc import Iterable
from os.path import commonprefix
from pathlib import Path
from typing import Any

from kawka.engine.matching import inflecting, sources
from kawka.engine.matching.tagging import SHORTEST_MISTYPED, one_edit_away
from kawka.engine.matching.words import CAPITALS, COUNTS, Token, fold, plain_stop_words, tokenise

LETTERS = "aąbcćdeęfghijklłmnńoóprsśtuwyzźż"
TARGET = sources.FOLDER / "compiled.txt"
PHRASES = {"names": "name", "services": "service", "problems": "problem", "keywords": "keyword", "not": "not"}
KEPT = ("pl", "en", "serves", "is", "sphere", "are", "parent", "trades", "private")


class Compiler:
    """Turns phrases into keys and remembers every key it met."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.names: set[str] = set()

    def concept(self, kind: str, name: str, entry: dict[str, Any]) -> dict[str, Any]:
        """One entry as the matcher reads it."""
        line: dict[str, Any] = {"id": name, "kind": kind}
        line |= {field: entry[field] for field in KEPT if entry.get(field)}
        line["near"] = [
            [near["trade"], near.get("w", 0.4)] if isinstance(near, dict) else near
            for near in entry.get("near", [])
        ]
        for field, short in PHRASES.items():
            phrases = dict.fromkeys(self.phrase(phrase) for phrase in entry.get(field, []))
            line[short] = [phrase for phrase in phrases if phrase]
            if short == "name":
                self.names.update(key for phrase in phrases if " " not in phrase for key in phrase.split("|"))
        line["context"] = {
            self.phrase(word): [self.phrase(other) for other in others]
            for word, others in entry.get("context", {}).items()
        }
        return {field: value for field, value in line.items() if value}

    def phrase(self, phrase: str) -> str:
        """A phrase as keys: alternatives parted by a bar, words by a space, function words left out."""
        tokens = tokenise(phrase)
        words = [token.word for token in tokens]
        reflexive = [word for word in words if word == "się"]
        telling = [token.word for token in tokens if _tells(token)] or words
        telling += reflexive if len(telling) == 1 and telling != reflexive else []
        english = inflecting.english(telling)
        slots = [inflecting.keys_of_word(word, len(telling) == 1, english) for word in telling]
        self.keys.update(key for slot in slots for key in slot)
        return " ".join("|".join(slot) for slot in slots)


def _tells(token: Token) -> bool:
    """Whether a word stays in a phrase: no function word; IT in capitals is none."""
    return token.word in COUNTS or token.text in CAPITALS or fold(token.word) not in plain_stop_words()


def generic_words() -> list[str]:
    """The words of generic.txt."""
    lines = (sources.FOLDER / "generic.txt").read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def form_lines(keys: Iterable[str]) -> Iterable[str]:
    """Each key, what its forms share, and their endings, those of the plural after a bar."""
    for key in sorted(keys):
        forms = sorted(inflecting.forms_of(key))
        if forms:
            shared = commonprefix(forms)
            plural = inflecting.plural_forms(key)
            parts = [
                " ".join(form[len(shared) :] or "-" for form in forms if (form in plural) == several)
                for several in (False, True)
            ]
            yield f"{key}\t{shared}\t{'|'.join(parts) if plural else parts[0]}"


def lookalikes(names: Iterable[str], known: set[str]) -> list[str]:
    """Words one letter away from a name of the lexicon that are words of their own, so no typing errors."""
    usual = {three for form in known for three in _threes(form)}
    found: set[str] = set()
    for name in names:
        for form in inflecting.forms_of(name):
            if len(form) >= SHORTEST_MISTYPED:
                found.update(_words_beside(form, usual, known))
    return sorted({fold(word) for word in found})


def _words_beside(form: str, usual: set[str], known: set[str]) -> Iterable[str]:
    """What differs by one letter from this and is written on purpose; strange letters are not tried."""
    for guess in set(one_edit_away(form, LETTERS)):
        plausible = (
            len(guess) >= SHORTEST_MISTYPED and guess not in known and usual.issuperset(_threes(guess))
        )
        if plausible and inflecting.written(guess):
            yield guess


def _threes(word: str) -> Iterable[str]:
    """Every three letters in a row, ends included."""
    fenced = f"^{word}$"
    return (fenced[place : place + 3] for place in range(len(fenced) - 2))


def compiled(paths: list[Path]) -> str:
    """The whole file."""
    compiler = Compiler()
    written = sources.entries(paths)
    concepts = [
        json.dumps(compiler.concept(kind, name, entry), ensure_ascii=False, separators=(",", ":"))
        for kind in sources.KINDS
        for name, entry in sorted(written[kind].items())
    ]
    known = {form for key in compiler.keys for form in inflecting.forms_of(key)}
    generic = sorted({compiler.phrase(word) for word in generic_words()})
    lines = [f"digest {sources.digest(paths)}", "[concepts]", *concepts]
    lines += [
        "[lookalikes]",
        *lookalikes(sorted(compiler.names), known),
        "[generic]",
        *generic,
        "[forms]",
        *form_lines(compiler.keys),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Writes the compiled file anew."""
    text = compiled(sources.toml_files())
    TARGET.write_text(text, encoding="utf-8")
    print(f"{TARGET.name}: {len(text.encode()) // 1024} kB")


if __name__ == "__main__":
    main()
