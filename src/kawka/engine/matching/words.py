"""Text into words: where each stands, its clause, with and without diacritics, in which language."""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import snowballstemmer

WORD = re.compile(r"[^\W\d_]-(?=[^\W\d_]{2})[^\W_]+|[^\W_]+(?:['’](?=s\b)[^\W_]+)?")
POLISH_LETTERS = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")
ENDS_SENTENCE = re.compile(r"[?!;\n|•]|\.(?=\s+[^a-ząćęłńóśźż\s]|\s*$)|\.\.\.|\s[–—-]\s")
ENDS_CLAUSE = re.compile(r"[,:()/+]")


def read(name: str) -> str:
    """The text of a file beside this one."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def _sections(name: str) -> dict[str, frozenset[str]]:
    """Words of a file under their headings in brackets."""
    found: dict[str, set[str]] = {}
    for line in read(name).splitlines():
        if line.startswith("["):
            words = found.setdefault(line.strip("[]"), set())
        elif line and not line.startswith("#"):
            words.update(line.split())
    return {heading: frozenset(words) for heading, words in found.items()}


def cues(heading: str) -> frozenset[str]:
    """Words that tell what kind of request a text is."""
    return _sections("cues.txt")[heading]


TURNS = cues("turns")
COUNTS = cues("counts")
CAPITALS = frozenset(["IT"])


class Token(NamedTuple):
    """One word of a text: as typed, in lower case, and without diacritics; and where it stands."""

    text: str
    word: str
    plain: str
    start: int
    end: int
    sentence: int
    clause: int


def fold(text: str) -> str:
    """Without diacritics."""
    if text.isascii():
        return text
    spread = unicodedata.normalize("NFKD", text.translate(POLISH_LETTERS))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def tokenise(text: str) -> tuple[Token, ...]:
    """The words of a text, numbered by sentence and by clause."""
    tokens: list[Token] = []
    sentence = clause = last = 0
    for found in WORD.finditer(text):
        start, end = found.span()
        between = text[last:start]
        typed = found.group()
        word = typed.casefold()
        if tokens and len(between) > 1 | (between != " "):
            if ENDS_SENTENCE.search(between if between[:1] != "." else between + typed[:1]):
                sentence += 1
                clause += 1
            elif ENDS_CLAUSE.search(between):
                clause += 1
        elif tokens and between != " " and ENDS_CLAUSE.search(between):
            clause += 1
        if tokens and word in TURNS:
            clause += 1
        tokens.append(Token(typed, word, fold(word), start, end, sentence, clause))
        last = end
    return tuple(tokens)


def stop_words() -> dict[str, frozenset[str]]:
    """Function words by language."""
    return _sections("stop.txt")


@cache
def plain_stop_words() -> frozenset[str]:
    """Polish function words without diacritics, and the English ones."""
    return frozenset(fold(word) for words in stop_words().values() for word in words)


def language_of(tokens: tuple[Token, ...], usual: str = "pl") -> str:
    """`pl` or `en`, judged by letters and function words; the usual one of its writer when in doubt."""
    polish, english = stop_words()["pl"], stop_words()["en"]
    score = 0.5 if usual == "pl" else -0.5
    for token in tokens:
        if token.word != token.plain:
            score += 2
        elif token.word in polish and token.word not in english:
            score += 1
        elif token.word in english and token.word not in polish:
            score -= 1
    return "pl" if score > 0 else "en"


def singular(word: str) -> str:
    """An English word without the ending of the plural."""
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
        if word.endswith(ending):
            return word[: -len(ending)] + instead
    return (
        word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word
    )


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """The stem of a word in lower case, without diacritics."""
    return fold(_stemmer(language).stemWord(word))


@cache
def _stemmer(language: str) -> "snowballstemmer.Stemmer":
    return snowballstemmer.stemmer("polish" if language == "pl" else "english")
