"""How alike two texts are in letters and stems: the part that needs no lexicon.

Letter groups of three to five inside words, weighed by rarity (cosine), and BM25 on stems.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from kawka.engine.matching.words import language_of, plain_stop_words, stem, tokenise

K1, B = 1.2, 0.6
Vector = dict[str, float]


@lru_cache(maxsize=100_000)
def grams(word: str) -> tuple[str, ...]:
    """Letter groups of a word with its edges."""
    edged = f" {word} "
    return tuple(
        edged[start : start + size] for size in (3, 4, 5) for start in range(max(1, len(edged) - size + 1))
    )


def telling_words(text: str, usual: str, dull: frozenset[str]) -> tuple[list[str], list[str]]:
    """Words without diacritics, and their stems; function words and dull ones left out."""
    tokens = tokenise(text)
    language = language_of(tokens, usual)
    kept = [
        token
        for token in tokens
        if token.plain not in plain_stop_words() and token.word not in dull and len(token.word) > 1
    ]
    return [token.plain for token in kept], [stem(token.word, language) for token in kept]


class TextIndex:
    """Documents to compare a query with."""

    def __init__(self, documents: Sequence[str], languages: Sequence[str], dull: frozenset[str]) -> None:
        self.dull = dull
        read = [
            telling_words(text, language, dull) for text, language in zip(documents, languages, strict=True)
        ]
        self.size = max(1, len(documents))
        self._stems: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._grams: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._idf = self._index_stems([stems for _, stems in read])
        self._gram_idf = self._index_grams([words for words, _ in read])

    def _index_stems(self, documents: Sequence[Sequence[str]]) -> Vector:
        df = Counter(one for stems in documents for one in set(stems))
        idf = {one: math.log(1 + (self.size - n + 0.5) / (n + 0.5)) for one, n in df.items()}
        mean = sum(map(len, documents)) / self.size or 1.0
        for number, stems in enumerate(documents):
            for one, n in Counter(stems).items():
                weight = n * (K1 + 1) / (n + K1 * (1 - B + B * len(stems) / mean))
                self._stems[one].append((number, idf[one] * weight))
        return idf

    def _index_grams(self, documents: Sequence[Sequence[str]]) -> Vector:
        counts = [Counter(gram for word in words for gram in grams(word)) for words in documents]
        df = Counter(gram for count in counts for gram in count)
        idf = {gram: math.log((1 + self.size) / (1 + n)) + 1 for gram, n in df.items()}
        for number, count in enumerate(counts):
            weights = {gram: (1 + math.log(n)) * idf[gram] for gram, n in count.items()}
            norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            for gram, weight in weights.items():
                self._grams[gram].append((number, weight / norm))
        return idf

    def scores(self, text: str, usual: str) -> Mapping[int, float]:
        """How alike each document is, 0 to 1; documents that share nothing are left out."""
        words, stems = telling_words(text, usual, self.dull)
        found: dict[int, float] = defaultdict(float)
        for number, value in self._cosine(words).items():
            found[number] += 0.5 * min(1.0, value / 0.45)
        for number, value in self._bm25(stems).items():
            found[number] += 0.5 * value
        return found

    def _bm25(self, stems: Sequence[str]) -> Mapping[int, float]:
        unseen = math.log(1 + (self.size + 0.5) / 0.5)
        best = sum(self._idf.get(one, unseen) * 1.6 for one in set(stems)) or 1.0
        found: dict[int, float] = defaultdict(float)
        for one in set(stems):
            for number, weight in self._stems.get(one, ()):
                found[number] += weight / best
        return found

    def _cosine(self, words: Sequence[str]) -> Mapping[int, float]:
        unseen = math.log(1 + self.size) + 1
        count = Counter(gram for word in words for gram in grams(word))
        weights = {gram: (1 + math.log(n)) * self._gram_idf.get(gram, unseen) for gram, n in count.items()}
        norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        found: dict[int, float] = defaultdict(float)
        for gram, weight in weights.items():
            share = weight / norm
            for number, other in self._grams.get(gram, ()):
                found[number] += share * other
        return found


def joined(parts: Iterable[str]) -> str:
    """Fields as one text."""
    return "\n".join(part for part in parts if part)
