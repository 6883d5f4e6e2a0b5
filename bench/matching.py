"""How well Kawka finds who can help, beside plain text search, and what it costs.

    .venv/bin/python bench/matching.py [--data ../shared/matching/dev] [--sizes 25 100 400 1000]

Every line ranks the same asks of the same people; ratios are to the first line. The rankings learn nothing;
„cross-validated” are the formulas of confidence.json, fitted without the person who asks.
"""

import argparse
import math
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import train_confidence
from kawka.engine.coach import advise, advise_pitch
from kawka.engine.matching.cards import person_from
from kawka.engine.matching.index import Index, build
from kawka.engine.matching.lexicon import lexicon
from kawka.engine.matching.similarity import grams
from kawka.engine.matching.words import language_of, plain_stop_words, stem, tokenise

DATA = train_confidence.DATA
Ranking = dict[str, list[tuple[str, float]]]
Terms = Callable[[str, str], list[str]]
ROOMS, ROOM_SIZE = 60, 25


def main() -> None:
    """Prints the tables."""
    arguments = argparse.ArgumentParser(description="Who can help, side by side with plain text search.")
    arguments.add_argument("--data", type=Path, default=DATA)
    arguments.add_argument("--sizes", type=int, nargs="*", default=[25, 100, 400, 1000])
    given = arguments.parse_args()
    lexicon()
    for gold, people in train_confidence.sets(given.data):
        compare(gold, people)
    cross_validated(given.data)
    typing_cost(given.data)
    growth(next(iter(train_confidence.sets(given.data)))[1], given.sizes)


def compare(gold: Any, people: Any) -> None:
    """One line for each way to rank."""
    count = sum(len(person["asks"]) for person in people)
    print(f"{len(people)} people, {count} asks")
    print(f"{'':22}{'nDCG@5':>8}{'R@3':>7}{'P@1':>7}{'AUC':>7}{'rooms':>7}{'ms/ask':>8}{'ratio':>7}")
    first = 0.0
    for name, rank in ways():
        begun = time.process_time()
        ranking = rank(people)
        spent = (time.process_time() - begun) * 1000 / count
        ndcg, recall, first_good = quality(gold, people, ranking)
        first = first or ndcg
        auc, rooms = answerable(gold, people, ranking, 0), answerable(gold, people, ranking, ROOMS)
        figures = f"{ndcg:8.3f}{recall:7.3f}{first_good:7.3f}{auc:7.3f}{rooms:7.3f}"
        print(f"{name:22}{figures}{spent:8.2f}{ndcg / first:7.2f}")
    print()


def ways() -> Iterable[tuple[str, Callable[[Any], Ranking]]]:
    """Plain text search in three kinds, then Kawka."""
    yield "BM25, words", lambda people: bm25(people, words)
    yield "BM25, stems", lambda people: bm25(people, stems)
    yield "letters 3-5, TF-IDF", cosine
    yield "Kawka", kawka


def words(text: str, _: str) -> list[str]:
    """Words in lower case."""
    return [token.word for token in tokenise(text)]


def stems(text: str, usual: str) -> list[str]:
    """Stems of the words that are no function words."""
    tokens = tokenise(text)
    language = language_of(tokens, usual)
    return [stem(token.word, language) for token in tokens if token.plain not in plain_stop_words()]


def whole(person: Any) -> str:
    """Everything a person says of themselves."""
    parts = (person.get("headline"), person.get("about"), person.get("client"), *person.get("offers", []))
    return "\n".join(part for part in parts if part)


def asks(people: Any) -> Iterable[tuple[Any, Any]]:
    """Every ask with its person."""
    return ((person, ask) for person in people for ask in person["asks"])


def bm25(people: Any, terms: Terms) -> Ranking:
    """The usual formula with the usual numbers."""
    documents = {person["id"]: Counter(terms(whole(person), person["lang"])) for person in people}
    df = Counter(term for document in documents.values() for term in document)
    mean = sum(document.total() for document in documents.values()) / len(documents)
    found: Ranking = {}
    for person, ask in asks(people):
        scores: dict[str, float] = defaultdict(float)
        for term in set(terms(ask["text"], person["lang"])) & df.keys():
            idf = math.log(1 + (len(documents) - df[term] + 0.5) / (df[term] + 0.5))
            for who, document in documents.items():
                if term in document and who != person["id"]:
                    n = document[term]
                    scores[who] += idf * n * 2.2 / (n + 1.2 * (0.25 + 0.75 * document.total() / mean))
        found[ask["id"]] = list(scores.items())
    return found


def cosine(people: Any) -> Ranking:
    """Letter groups weighed by rarity."""

    def counted(text: str) -> Counter[str]:
        return Counter(gram for token in tokenise(text) for gram in grams(token.plain))

    documents = {person["id"]: counted(whole(person)) for person in people}
    df = Counter(gram for document in documents.values() for gram in document)

    def vector(count: Counter[str]) -> dict[str, float]:
        idf = {gram: math.log((1 + len(documents)) / (1 + df[gram])) + 1 for gram in count}
        weights = {gram: (1 + math.log(n)) * idf[gram] for gram, n in count.items()}
        norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / norm for gram, weight in weights.items()}

    vectors = {who: vector(count) for who, count in documents.items()}
    found: Ranking = {}
    for person, ask in asks(people):
        asked = vector(counted(ask["text"]))
        found[ask["id"]] = [
            (who, sum(weight * told.get(gram, 0.0) for gram, weight in asked.items()))
            for who, told in vectors.items()
            if who != person["id"]
        ]
    return found


def kawka(people: Any) -> Ranking:
    """The matcher."""
    index = build(people)
    return {
        ask["id"]: [(match.person, match.score) for match in index.rank(ask["id"], person["id"])]
        for person, ask in asks(people)
    }


def quality(gold: Any, people: Any, ranking: Ranking) -> tuple[float, float, float]:
    """nDCG@5, recall@3 of useful people, and how often the first is useful."""
    gains, recalls, firsts = [], [], []
    for _, ask in asks(people):
        grades = gold[ask["id"]]["relevance"]
        order = best_first(ask["id"], ranking)
        useful = {who for who, grade in grades.items() if grade >= 2}
        ideal = discounted(sorted(grades.values(), reverse=True))
        if ideal:
            gains.append(discounted([grades.get(who, 0) for who in order]) / ideal)
        if useful:
            recalls.append(len(useful & set(order[:3])) / min(3, len(useful)))
            firsts.append(float(order[:1] != [] and order[0] in useful))
    return tuple(sum(values) / max(1, len(values)) for values in (gains, recalls, firsts))  # type: ignore[return-value]


def best_first(code: str, ranking: Ranking) -> list[str]:
    """Those proposed at all, in order."""
    proposed = sorted(ranking.get(code, []), key=lambda one: (-one[1], one[0]))
    return [who for who, score in proposed if score > 0]


def discounted(grades: Sequence[int]) -> float:
    """Gain of the first five, later ones counting less."""
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:5]))


def answerable(gold: Any, people: Any, ranking: Ranking, rooms: int) -> float:
    """AUC of the best score telling whether anybody here can help: in the whole group, or in rooms."""
    chance = random.Random(11)
    everybody = [person["id"] for person in people]
    drawn = [set(chance.sample(everybody, min(ROOM_SIZE, len(everybody)))) for _ in range(rooms)] or [
        set(everybody)
    ]
    scored = []
    for room in drawn:
        for person, ask in asks(people):
            if person["id"] in room:
                best = max((score for who, score in ranking.get(ask["id"], []) if who in room), default=0.0)
                useful = any(
                    grade >= 2 and who in room for who, grade in gold[ask["id"]]["relevance"].items()
                )
                scored.append((best, useful, 1.0))
    return train_confidence.auc(scored)


def cross_validated(data: Path) -> None:
    """The two formulas, asked about people they were fitted without."""
    collected = train_confidence.collect(data, ROOMS)
    for name, all_rows in collected.items():
        held_out = train_confidence.held_out(all_rows)
        print(f"{name:6} cross-validated in rooms: {train_confidence.figures(held_out)}")
    print()


def typing_cost(data: Path) -> None:
    """The coach at every letter of every ask, and of sixty seconds made of a whole card."""
    people = [person for _, several in train_confidence.sets(data) for person in several]
    typed = [
        (ask["text"][:end], person) for person, ask in asks(people) for end in range(1, len(ask["text"]) + 1)
    ]
    cards = [(f"{whole(person)}\n{person['asks'][0]['text']}", person) for person in people if person["asks"]]
    print(f"{'while typing':22}{'texts':>8}{'median ms':>11}{'99% ms':>8}{'most ms':>9}")
    for name, texts, read in (
        ("an ask", typed, lambda text, person: advise(text, person.get("client") or "", person["lang"])),
        ("60 seconds", cards, lambda text, person: advise_pitch(text, person["lang"])),
    ):
        spent = sorted(timed(read, text, person) for text, person in texts)
        median, late = spent[len(spent) // 2], spent[len(spent) * 99 // 100]
        print(f"{name:22}{len(spent):8}{median:11.2f}{late:8.2f}{spent[-1]:9.2f}")
    print()


def timed(read: Callable[[str, Any], object], text: str, person: Any) -> float:
    """Milliseconds of CPU it takes to read one text."""
    begun = time.thread_time()
    read(text, person)
    return (time.thread_time() - begun) * 1000


def growth(people: Any, sizes: Sequence[int]) -> None:
    """How cost grows with the group; people are mixed from those of the data."""
    print(f"{'people x asks':>14}{'build ms':>10}{'all asks ms':>13}{'ms/ask':>8}")
    for size in sizes:
        mixed = mix(people, size)
        begun = time.process_time()
        index: Index = build([person_from(person) for person in mixed])
        built = time.process_time()
        for _ in range(2):
            start = time.process_time()
            count = sum(1 for person, ask in asks(mixed) if index.rank(ask["id"], person["id"]) is not None)
            spent = time.process_time() - start
        building, asking = (built - begun) * 1000, spent * 1000
        print(f"{size:8} x{count:5}{building:10.0f}{asking:13.0f}{asking / count:8.2f}")


def mix(people: Any, size: int) -> list[dict[str, Any]]:
    """People made of parts of others; the first of the group as they are."""
    if size <= len(people):
        return list(people[:size])
    chance = random.Random(1)
    mixed = []
    for number in range(size):
        one, two, three = chance.sample(people, 3)
        ask = chance.choice(one["asks"])
        offers = [*one["offers"][:2], *two["offers"][:1]]
        mixed.append(
            one | {"id": f"m{number}", "about": two["about"], "client": three["client"], "offers": offers}
        )
        mixed[-1]["asks"] = [{"id": f"m{number}-1", "text": ask["text"]}]
    return mixed


if __name__ == "__main__":
    main()
