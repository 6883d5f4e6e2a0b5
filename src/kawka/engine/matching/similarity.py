"""How alike two texts are in letters and stems: the part that needs no lexicon.

Letter groups of three to five inside words, weighed by rarity (cosine), and BM25 on stems.
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kawka.engine.matching.words import language_of, plain_stop_words, stem, tokenise

K1, B = 1.2, 0.6
BEST = 50
FEW, COMMON = 60, 0.06
ALIKE = 0.45
REMEMBERED = 5_000
Vector = dict[str, float]
Postings = dict[str, list[tuple[int, float]]]


@lru_cache(maxsize=100_000)
def grams(word: str) -> tuple[str, ...]:
    """Letter groups of a word with its edges."""
    edged = f" {word} "
    return tuple(
        edged[start : start + size] for size in (3, 4, 5) for start in range(max(1, len(edged) - size + 1))
    )


@dataclass(frozen=True, slots=True)
class Said:
    """A text as the index sees it: how often each stem and each letter group occurs."""

    stems: Counter[str]
    grams: Counter[str]


class Reader:
    """Reads texts once; function words and dull ones are left out."""

    def __init__(self, dull: frozenset[str]) -> None:
        self.dull = dull
        self._read: dict[tuple[str, str], Said] = {}

    def __call__(self, text: str, usual: str) -> Said:
        key = (text, usual)
        if key not in self._read:
            if len(self._read) > REMEMBERED:
                self._read.clear()
            self._read[key] = self._said(text, usual)
        return self._read[key]

    def _said(self, text: str, usual: str) -> Said:
        tokens = tokenise(text)
        language = language_of(tokens, usual)
        small = plain_stop_words()
        kept = [
            one
            for one in tokens
            if one.plain not in small and one.word not in self.dull and len(one.word) > 1
        ]
        stems = Counter(stem(one.word, language) for one in kept)
        return Said(stems, Counter(gram for one in kept for gram in grams(one.plain)))


@cache
def reader_of(dull: frozenset[str]) -> Reader:
    """The one reader of these dull words: rooms that share people share what was read of them."""
    return Reader(dull)


class TextIndex:
    """Documents to compare a query with."""

    def __init__(self, documents: Sequence[str], languages: Sequence[str], reader: Reader) -> None:
        self.reader = reader
        read = [reader(text, language) for text, language in zip(documents, languages, strict=True)]
        self.size = max(1, len(documents))
        self._stems: Postings = defaultdict(list)
        self._grams: Postings = defaultdict(list)
        self._idf = self._index_stems([said.stems for said in read])
        self._gram_idf = self._index_grams([said.grams for said in read])

    def _index_stems(self, documents: Sequence[Counter[str]]) -> Vector:
        df = Counter(one for stems in documents for one in stems)
        idf = {one: math.log(1 + (self.size - n + 0.5) / (n + 0.5)) for one, n in df.items()}
        lengths = [stems.total() for stems in documents]
        mean = sum(lengths) / self.size or 1.0
        for number, stems in enumerate(documents):
            for one, n in stems.items():
                weight = n * (K1 + 1) / (n + K1 * (1 - B + B * lengths[number] / mean))
                self._stems[one].append((number, idf[one] * weight))
        return idf

    def _index_grams(self, documents: Sequence[Counter[str]]) -> Vector:
        df = Counter(gram for count in documents for gram in count)
        idf = {gram: math.log((1 + self.size) / (1 + n)) + 1 for gram, n in df.items()}
        for number, count in enumerate(documents):
            weights = {gram: (1 + math.log(n)) * idf[gram] for gram, n in count.items()}
            norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            for gram, weight in weights.items():
                self._grams[gram].append((number, weight / norm))
        return idf

    def scores(self, text: str, usual: str) -> Mapping[int, float]:
        """How alike the most alike documents are, 0 to 1."""
        said = self.reader(text, usual)
        found: dict[int, float] = defaultdict(float)
        for number, value in self._cosine(said.grams).items():
            found[number] += 0.5 * min(1.0, value / ALIKE)
        for number, value in self._bm25(said.stems).items():
            found[number] += 0.5 * value
        return (
            dict(heapq.nlargest(BEST, found.items(), key=lambda one: one[1])) if len(found) > BEST else found
        )

    def _bm25(self, stems: Counter[str]) -> Mapping[int, float]:
        unseen = math.log(1 + (self.size + 0.5) / 0.5)
        best = sum(self._idf.get(one, unseen) * 1.6 for one in stems) or 1.0
        found: dict[int, float] = defaultdict(float)
        for one in stems:
            for number, weight in self._stems.get(one, ()):
                found[number] += weight / best
        return found

    def _cosine(self, count: Counter[str]) -> Mapping[int, float]:
        unseen = math.log(1 + self.size) + 1
        weights = {gram: (1 + math.log(n)) * self._gram_idf.get(gram, unseen) for gram, n in count.items()}
        norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        most = max(FEW, self.size * COMMON)
        found: dict[int, float] = defaultdict(float)
        for gram, weight in weights.items():
            listed = self._grams.get(gram, ())
            if len(listed) > most:
                continue
            share = weight / norm
            for number, other in listed:
                found[number] += share * other
        return found


def joined(parts: Iterable[str]) -> str:
    """Fields as one text."""
    return "\n".join(part for part in parts if part)
