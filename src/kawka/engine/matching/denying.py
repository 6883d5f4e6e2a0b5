"""What somebody says they do not want: „nie szukam X”, „X? już mam”, „bez X”, not „lokator nie chce X”."""

from collections.abc import Sequence

from kawka.engine.matching.tagging import Tag, Tagged
from kawka.engine.matching.words import Token, cues

SEEKING = cues("seeking")
EXCEPT = cues("except")
IN_PLACE_OF = frozenset([("instead", "of"), ("rather", "than")])
ARTICLES = frozenset(["a", "an", "the"])
OTHERS_WANT = frozenset(["chce", "chcą"])
OWNED = frozenset(
    [
        ("juz", "mam"),
        ("mam", "juz"),
        ("juz", "mamy"),
        ("mamy", "juz"),
        ("already", "have"),
        ("already", "got"),
    ]
)


def denied_places(tagged: Tagged) -> frozenset[int]:
    """The places of words somebody says they do not want."""
    tokens = tagged.tokens
    plain = [token.plain for token in tokens]
    denied: set[int] = set()
    refusing = -1
    for clause in sorted({token.clause for token in tokens}):
        places = [place for place, token in enumerate(tokens) if token.clause == clause]
        if _refuses(tokens, places) or _goes_on(refusing, places, plain, tokens):
            denied.update(places)
            refusing = tokens[places[0]].sentence
        else:
            refusing = -1
    for place, word in enumerate(plain):
        if word in EXCEPT or tuple(plain[max(0, place - 1) : place + 1]) in IN_PLACE_OF:
            denied.update(
                after
                for after in range(place + 1, min(place + 4, len(tokens)))
                if tokens[after].clause == tokens[place].clause
            )
    for place in range(len(plain) - 1):
        if (plain[place], plain[place + 1]) in OWNED:
            denied.update(_owned(place, tokens))
    return frozenset(denied)


def _refuses(tokens: Sequence[Token], places: Sequence[int]) -> bool:
    words = [tokens[place].plain for place in places]
    for index, word in enumerate(words):
        sought = [place for place in places[index + 1 : index + 3] if tokens[place].plain in SEEKING]
        if index > 0 and any(tokens[place].word in OTHERS_WANT for place in sought):
            continue
        if word in ("nie", "not", "t", "don", "dont") and sought:
            return not any(
                one in ("mnie", "mam") and word == "nie" and index == 0 and len(words) < 2 for one in words
            )
    return False


def _goes_on(refusing: int, places: Sequence[int], plain: Sequence[str], tokens: Sequence[Token]) -> bool:
    """A list after a refusal goes on refusing until somebody seeks again."""
    words = [plain[place] for place in places]
    return (
        refusing == tokens[places[0]].sentence
        and not any(word in SEEKING for word in words)
        and words[0] not in ("tylko", "ale", "lecz", "a", "natomiast", "za", "but", "instead", "just")
        and len(words) < 3
    )


def _owned(place: int, tokens: Sequence[Token]) -> set[int]:
    sentence = tokens[place].sentence
    before = [one for one in range(place) if tokens[one].sentence == sentence]
    if not before:
        before = [one for one in range(place) if tokens[one].sentence == sentence - 1]
    return set(before)


def is_denied(one: Tag, denied: frozenset[int], tokens: Sequence[Token]) -> bool:
    before = one.first - 1
    if before > 0 and tokens[before].plain in ARTICLES:
        before -= 1
    refused = before >= 0 and one.how == "name" and tokens[before].plain in ("nie", "ani", "not")
    return refused or all(place in denied for place in one.places)
