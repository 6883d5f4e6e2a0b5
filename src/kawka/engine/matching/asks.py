"""What a request asks for: which concepts are wanted and how much, which are denied, and its kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kawka.engine.matching.lexicon import Lexicon
from kawka.engine.matching.tagging import Tag, Tagged, tag
from kawka.engine.matching.words import COUNTS, Token, cues, plain_stop_words, stop_words

Intent = Literal["service", "info", "thing", "place", "hire", "client", "partner", "vague"]

SEEKING = cues("seeking")
EXCEPT = cues("except")
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
QUALIFYING = cues("qualifying")
AFTER_WHO = cues("after_who")
CLIENT_WORDS = cues("client")
TOWARDS = cues("towards")
PARTNER_WORDS = cues("partner")
HIRE_WORDS = cues("hire")
INFO_WORDS = cues("info")
THING_WORDS = cues("thing")
PLACE_WORDS = cues("place")

QUALIFIER = 0.45
NEXT_SENTENCE = 0.6
BROAD = 0.2
COLLEAGUE = 0.9
HINT = 0.55
HINT_LEAST = 0.2


@dataclass(frozen=True, slots=True)
class Want:
    """A concept asked for: how much, by which words, and whether it is the head of the request."""

    concept: str
    weight: float
    tag: Tag
    head: bool


@dataclass(frozen=True, slots=True)
class Need:
    """A request, read."""

    tagged: Tagged
    intent: Intent
    wants: tuple[Want, ...]
    client: float
    partner: bool
    denied: frozenset[int]
    content: tuple[int, ...]
    covered: float

    @property
    def vague(self) -> bool:
        return self.intent == "vague"


def read_ask(
    text: str, lexicon: Lexicon, usual: str = "pl", own_trades: frozenset[str] = frozenset()
) -> Need:
    """Reads a request of somebody with these trades of their own."""
    tagged = tag(text, lexicon, usual)
    denied = _denied(tagged)
    kept = [one for one in tagged.tags if not _is_denied(one, denied, tagged.tokens)]
    content = tuple(
        place for place in range(len(tagged.tokens)) if place not in denied and _tells(place, tagged, lexicon)
    )
    wants = _weighed(kept, tagged, content, lexicon)
    words = {token.plain for place, token in enumerate(tagged.tokens) if place not in denied}
    partner = bool(words & PARTNER_WORDS)
    if not any(want.head for want in wants):
        wants = (*wants, *_hinted(wants, tagged, content, lexicon))
    client = _client(wants, words, own_trades, lexicon)
    if partner:
        wants = _with_colleagues(wants, tagged, own_trades, lexicon)
    if client >= 0.5 and not partner:
        wants = tuple(want for want in wants if want.concept not in own_trades)
    taken = {place for want in wants for place in want.tag.places}
    covered = len(taken & set(content)) / len(content) if content else 0.0
    intent = _intent(wants, words, client, partner, content, lexicon)
    return Need(tagged, intent, wants, client, partner, denied, content, covered)


def _tells(place: int, tagged: Tagged, lexicon: Lexicon) -> bool:
    """Whether a word says something: no function word, nothing generic."""
    token = tagged.tokens[place]
    if len(token.word) < 2 or token.plain in SEEKING or token.word in COUNTS:
        return False
    if token.plain in plain_stop_words() and (token.word == token.plain or token.word in stop_words()["pl"]):
        return False
    return not lexicon.is_generic(tagged.keys[place])


def _denied(tagged: Tagged) -> frozenset[int]:
    """The places of words somebody says they do not want."""
    tokens = tagged.tokens
    plain = [token.plain for token in tokens]
    denied: set[int] = set()
    refusing = -1
    for clause in sorted({token.clause for token in tokens}):
        places = [place for place, token in enumerate(tokens) if token.clause == clause]
        if _refuses(plain, places) or _goes_on(refusing, places, plain, tokens):
            denied.update(places)
            refusing = tokens[places[0]].sentence
        else:
            refusing = -1
    for place, word in enumerate(plain):
        if word in EXCEPT:
            denied.update(
                after
                for after in range(place + 1, min(place + 4, len(tokens)))
                if tokens[after].clause == tokens[place].clause
            )
    for place in range(len(plain) - 1):
        if (plain[place], plain[place + 1]) in OWNED:
            denied.update(_owned(place, tokens))
    return frozenset(denied)


def _refuses(plain: Sequence[str], places: Sequence[int]) -> bool:
    words = [plain[place] for place in places]
    for index, word in enumerate(words):
        if word in ("nie", "not", "t", "don", "dont") and any(
            next_one in SEEKING for next_one in words[index + 1 : index + 3]
        ):
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


def _is_denied(one: Tag, denied: frozenset[int], tokens: Sequence[Token]) -> bool:
    before = one.first - 1
    refused = before >= 0 and one.how == "name" and tokens[before].plain in ("nie", "ani", "not")
    return refused or all(place in denied for place in one.places)


def _weighed(
    kept: Sequence[Tag], tagged: Tagged, content: tuple[int, ...], lexicon: Lexicon
) -> tuple[Want, ...]:
    """Heads count whole; what comes after „who”, „with”, „for” qualifies and counts less."""
    wants: dict[str, Want] = {}
    head_end, sentence, qualifying = -1, -1, False
    for one in kept:
        place = tagged.tokens[one.first].sentence
        if head_end < 0:
            qualifying = _has_other_head(one, tagged, content)
        elif place != sentence:
            qualifying = False
        elif not qualifying and one.first > head_end:
            qualifying = _qualifies(tagged.tokens[head_end + 1 : one.first])
        broad = _is_broad(one.concept, lexicon)
        weight = (
            BROAD
            if broad
            else QUALIFIER
            if qualifying
            else NEXT_SENTENCE
            if 0 <= sentence < place and head_end >= 0
            else 1.0
        )
        want = Want(one.concept, weight * one.strength, one, not qualifying)
        if one.concept not in wants or wants[one.concept].weight < want.weight:
            wants[one.concept] = want
        if not qualifying and not broad:
            head_end, sentence = max(head_end, one.places[-1]), place
    return tuple(sorted(wants.values(), key=lambda want: -want.weight))


def _hinted(
    wants: Sequence[Want], tagged: Tagged, content: Sequence[int], lexicon: Lexicon
) -> Iterable[Want]:
    """Trades that the telling words point to, when no phrase of the lexicon is there whole."""
    sums: dict[str, float] = {}
    places: dict[str, list[int]] = {}
    taken = {place for want in wants for place in want.tag.places}
    for place in content:
        pointed = (
            {trade for key in tagged.keys[place] for trade in lexicon.pointers.get(key, ())}
            if place not in taken
            else ()
        )
        for trade in pointed:
            sums[trade] = sums.get(trade, 0.0) + 1 / len(pointed) ** 0.5
            places.setdefault(trade, []).append(place)
    known = {want.concept for want in wants}
    for trade, total in sums.items():
        weight = HINT * min(1.0, total / max(1.5, 0.5 * len(content)))
        if weight >= HINT_LEAST and trade not in known:
            yield Want(trade, weight, Tag(trade, "hint", weight, tuple(places[trade])), False)


def _with_colleagues(
    wants: tuple[Want, ...], tagged: Tagged, own_trades: frozenset[str], lexicon: Lexicon
) -> tuple[Want, ...]:
    """Who looks for somebody to take over looks for their own trade, unless another is named."""
    if any(want.head and lexicon.concepts[want.concept].kind == "trade" for want in wants):
        return wants
    place = next(number for number, token in enumerate(tagged.tokens) if token.plain in PARTNER_WORDS)
    others = tuple(want for want in wants if want.concept not in own_trades)
    own = (
        Want(trade, COLLEAGUE, Tag(trade, "colleague", COLLEAGUE, (place,)), True)
        for trade in sorted(own_trades)
    )
    return (*own, *others)


def _is_broad(concept: str, lexicon: Lexicon) -> bool:
    return concept in lexicon.broad


def _has_other_head(one: Tag, tagged: Tagged, content: tuple[int, ...]) -> bool:
    """Whether a word the lexicon does not know is what the request is about, and this only qualifies it."""
    earlier = [place for place in content if place < one.first]
    if not earlier:
        return False
    head = earlier[0]
    before = {token.plain for token in tagged.tokens[max(0, head - 3) : head]}
    if before & AFTER_WHO or tagged.tokens[head].plain[-1:] in "c" or tagged.tokens[head].text[:1].isdigit():
        return False
    return tagged.tokens[head].sentence == tagged.tokens[one.first].sentence and _qualifies(
        tagged.tokens[head + 1 : one.first]
    )


def _qualifies(between: Sequence[Token]) -> bool:
    return any(token.plain in QUALIFYING for token in between)


def _client(wants: Sequence[Want], words: set[str], own_trades: frozenset[str], lexicon: Lexicon) -> float:
    """How much a request looks for clients rather than for help."""
    heads = [want for want in wants if want.head]
    kinds = {lexicon.concepts[want.concept].kind for want in heads}
    own = any(want.concept in own_trades for want in wants)
    if words & CLIENT_WORDS:
        return 0.95
    if heads and own and kinds - {"item"}:
        return 0.9
    if "segment" in kinds:
        return 0.9 if "trade" not in kinds or words & TOWARDS else 0.55
    if words & TOWARDS and "trade" in kinds:
        return 0.4
    return 0.1


def _intent(
    wants: Sequence[Want],
    words: set[str],
    client: float,
    partner: bool,
    content: Sequence[int],
    lexicon: Lexicon,
) -> Intent:
    kinds = {lexicon.concepts[want.concept].kind for want in wants if want.head}
    if words & HIRE_WORDS:
        return "hire"
    if partner:
        return "partner"
    if not wants and (len(content) == 0 or (client >= 0.5 and len(content) < 2)):
        return "vague"
    if client >= 0.5:
        return "client"
    if words & PLACE_WORDS:
        return "place"
    if words & THING_WORDS or kinds == {"item"}:
        return "thing"
    return "info" if words & INFO_WORDS else "service"
