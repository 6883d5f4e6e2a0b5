"""Which concepts a text names, and with which words: exact forms, the longest phrase wins."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kawka.engine.matching.lexicon import Lexicon, Phrase, Slots
from kawka.engine.matching.words import Token, cues, language_of, tokenise

RELATIVE = cues("relative")
BEFORE_A_NAME = cues("address")
REACH = 3
SWAPPED = 2
GAP = 0.96
ABBREVIATED = 0.95
SHORTEST_MISTYPED = 6
MENDED_LENGTHS = range(4, SHORTEST_MISTYPED)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SOUND_ALIKE = (("u", "ó"), ("ó", "u"), ("rz", "ż"), ("ż", "rz"), ("ch", "h"), ("(?<!c)h", "ch"))


@dataclass(frozen=True, slots=True)
class Tag:
    """A concept named in a text by the words at these places."""

    concept: str
    how: str
    strength: float
    places: tuple[int, ...]

    @property
    def first(self) -> int:
        return self.places[0]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text with its words, their keys and the concepts found."""

    text: str
    tokens: tuple[Token, ...]
    language: str
    keys: tuple[tuple[str, ...], ...]
    tags: tuple[Tag, ...]

    def quote(self, places: Sequence[int]) -> str:
        """The words at these places as they stand in the text."""
        return self.text[self.tokens[places[0]].start : self.tokens[places[-1]].end]


def tag(text: str, lexicon: Lexicon, usual: str = "pl", around: frozenset[str] = frozenset()) -> Tagged:
    """Reads a text; `around` are keys of what else the same person wrote, which settle ambiguous words."""
    tokens = tokenise(text)
    language = language_of(tokens, usual)
    keys = tuple(
        () if _is_an_address(place, tokens) else lexicon.keys_of(token, language) or _mistyped(token, lexicon)
        for place, token in enumerate(tokens)
    )
    found = [*_phrases(tokens, keys, lexicon, around), *_abbreviated(tokens, lexicon)]
    return Tagged(text, tokens, language, keys, tuple(_longest(found)))


def _is_an_address(place: int, tokens: Sequence[Token]) -> bool:
    """Whether a word is the name of a street or park, and says nothing of a trade: „Parku Strzeleckiego”."""
    return place > 0 and tokens[place].text[0].isupper() and tokens[place - 1].plain in BEFORE_A_NAME


def _phrases(
    tokens: Sequence[Token],
    keys: Sequence[tuple[str, ...]],
    lexicon: Lexicon,
    around: frozenset[str] = frozenset(),
) -> Iterable[Tag]:
    for place, own in enumerate(keys):
        tried: set[int] = set()
        for key in own:
            for phrase in lexicon.by_key.get(key, ()):
                if id(phrase) in tried:
                    continue
                tried.add(id(phrase))
                places = _places(phrase, place, tokens, keys)
                if phrase.how == "not" and not _in_order(phrase, places, keys):
                    continue
                if places and not _denies_the_same(phrase, places, keys):
                    continue
                if len(places) == 2 and not _as_written(phrase, places, keys) and _parted(places, tokens):
                    continue
                alone = len(tokens) == 1  # an ambiguous word that is all there is
                if places and (
                    alone or not phrase.needs or _in_context(phrase.needs, places, tokens, keys, around)
                ):
                    yield Tag(
                        phrase.concept,
                        phrase.how,
                        phrase.strength * _closeness(places, tokens, lexicon),
                        places,
                    )


def _places(
    phrase: Phrase, anchor: int, tokens: Sequence[Token], keys: Sequence[tuple[str, ...]]
) -> tuple[int, ...]:
    """Where all words of the phrase stand around this one; nothing when one is missing."""
    if len(phrase.slots) == 1:
        return (anchor,)
    reach = REACH * (len(phrase.slots) - 1)
    sentence = tokens[anchor].sentence
    taken: list[int] = [anchor]
    anchored = False
    for slot in phrase.slots:
        if not anchored and any(key in slot for key in keys[anchor]):
            anchored = True
            continue
        found = _nearest(slot, anchor, reach, sentence, taken, tokens, keys)
        if found < 0:
            return ()
        taken.append(found)
    return tuple(sorted(taken))


def _parted(places: Sequence[int], tokens: Sequence[Token]) -> bool:
    """Whether two words stand too far apart in the other order, or one is said of the other."""
    return places[1] - places[0] > SWAPPED or any(
        token.plain in RELATIVE for token in tokens[places[0] + 1 : places[1]]
    )


def _denies_the_same(phrase: Phrase, places: tuple[int, ...], keys: Sequence[tuple[str, ...]]) -> bool:
    """Whether „nie” and „bez” stand before the word they stand before in the phrase."""
    return all(
        any(
            set(denial) & set(keys[place])
            and set(denied) & {key for own in keys[place + 1 : place + 3] for key in own}
            for place in places
        )
        for denial, denied in pairwise(phrase.slots)
        if denial[0].endswith("/x")
    )


def _in_order(phrase: Phrase, places: tuple[int, ...], keys: Sequence[tuple[str, ...]]) -> bool:
    """Whether the words stand as written, with at most a function word between."""
    return bool(places) and places[-1] - places[0] < len(places) + 1 and _as_written(phrase, places, keys)


def _as_written(phrase: Phrase, places: tuple[int, ...], keys: Sequence[tuple[str, ...]]) -> bool:
    """Whether the words stand in the order of the phrase."""
    return all(
        any(key in slot for key in keys[place]) for slot, place in zip(phrase.slots, places, strict=True)
    )


def _nearest(
    slot: tuple[str, ...],
    anchor: int,
    reach: int,
    sentence: int,
    taken: Sequence[int],
    tokens: Sequence[Token],
    keys: Sequence[tuple[str, ...]],
) -> int:
    for distance in range(1, reach + 1):
        for place in (anchor + distance, anchor - distance):
            if (
                0 <= place < len(tokens)
                and place not in taken
                and tokens[place].sentence == sentence
                and any(key in slot for key in keys[place])
            ):
                return place
    return -1


def _in_context(
    needs: Sequence[Slots],
    places: Sequence[int],
    tokens: Sequence[Token],
    keys: Sequence[tuple[str, ...]],
    around: frozenset[str],
) -> bool:
    sentence = tokens[places[0]].sentence
    near = {
        key
        for place, own in enumerate(keys)
        if place not in places and tokens[place].sentence == sentence
        for key in own
    }
    return any(all(any(key in near or key in around for key in slot) for slot in slots) for slots in needs)


def _closeness(places: tuple[int, ...], tokens: Sequence[Token], lexicon: Lexicon) -> float:
    between = [
        place
        for place in range(places[0], places[-1])
        if place not in places and lexicon.keys_of(tokens[place])
    ]
    return GAP ** len(between)


def _abbreviated(tokens: Sequence[Token], lexicon: Lexicon) -> Iterable[Tag]:
    """What abbreviations mean, as if it were written out; some count only in capitals."""
    for place, token in enumerate(tokens):
        meaning = lexicon.abbreviations.get(token.word)
        if meaning and (not meaning[1] or token.text.isupper()):
            words = meaning[0]
            keys = tuple(lexicon.keys_of(word) for word in words)
            for found in _longest(list(_phrases(words, keys, lexicon))):
                yield Tag(found.concept, found.how, found.strength * ABBREVIATED, (place,))


def _longest(found: list[Tag]) -> list[Tag]:
    """Without those whose words a longer phrase, or one that denies them, has taken."""
    denied = [tag for tag in found if tag.how == "not"]
    best: dict[tuple[str, tuple[int, ...]], Tag] = {}
    for tag in found:
        if tag.how == "not" or any(
            no.concept == tag.concept and set(no.places) & set(tag.places) for no in denied
        ):
            continue
        key = (tag.concept, tag.places)
        if key not in best or best[key].strength < tag.strength:
            best[key] = tag
    kept = [
        tag
        for tag in best.values()
        if not any(set(tag.places) < set(other.places) for other in best.values())
    ]
    return sorted(kept, key=lambda tag: (tag.places, -tag.strength, tag.concept))


def _mistyped(token: Token, lexicon: Lexicon) -> tuple[str, ...]:
    """The trade this unknown long word was meant to name: one letter wrong, missing, extra or swapped."""
    word = token.plain
    if (
        len(word) < SHORTEST_MISTYPED
        or not word.isalpha()
        or not word.isascii()
        or word in lexicon.lookalikes
    ):
        return ()
    return _meant(word, lexicon)


def mended(text: str, lexicon: Lexicon) -> str:
    """A text somebody types; unknown short words become those they sound like or are one letter away from.

    Only for searching: on a card such short words are more often names than errors.
    """
    for token in reversed(tokenise(text)):
        if len(token.plain) in MENDED_LENGTHS and token.plain.isalpha() and not lexicon.keys_of(token):
            meant = _sounding(token.word, lexicon) or _name_meant(token.plain, lexicon)
            text = text[: token.start] + meant + text[token.end :] if meant else text
    return text


def _sounding(word: str, lexicon: Lexicon) -> str:
    return next((one for one in spelled_alike(word) if lexicon.keys_of(tokenise(one)[0])), "")


def spelled_alike(word: str) -> Iterator[str]:
    """Every other spelling with one sound of Polish written the other way."""
    for one, other in SOUND_ALIKE:
        for found in re.finditer(one, word):
            yield word[: found.start()] + other + word[found.end() :]


def _name_meant(word: str, lexicon: Lexicon) -> str:
    if len(word) != SHORTEST_MISTYPED - 1 or not word.isascii():
        return ""
    return next((one for one in one_edit_away(word, LETTERS) if one in lexicon.name_forms), "")


@lru_cache(maxsize=50_000)
def _meant(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    names = lexicon.name_forms
    return next((names[guess] for guess in one_edit_away(word, LETTERS) if guess in names), ())


def one_edit_away(word: str, letters: str) -> Iterator[str]:
    """Every string that differs by one letter left out, added, changed or swapped; the first letter stays."""
    for cut in range(1, len(word) + 1):
        left, right = word[:cut], word[cut:]
        if right:
            yield left + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for letter in letters:
            yield left + letter + right
            if right:
                yield left + letter + right[1:]
