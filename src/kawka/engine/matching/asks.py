"""What a request asks for: which concepts are wanted and how much, which are denied, and its kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kawka.engine.matching.denying import SEEKING, denied_places, is_denied
from kawka.engine.matching.heads import SHARE, Role, roles
from kawka.engine.matching.lexicon import Lexicon
from kawka.engine.matching.tagging import Tag, Tagged, tag
from kawka.engine.matching.words import COUNTS, cues, plain_stop_words, stop_words

Intent = Literal["service", "info", "thing", "place", "hire", "client", "partner", "vague"]

CLIENT_WORDS = cues("client")
TOWARDS = cues("towards")
PARTNER_WORDS = cues("partner")
SECOND = cues("second")
CROWD = cues("crowd")
SOMEBODY = cues("somebody")
AFTER_WHO = cues("after_who")
HIRE_WORDS = cues("hire")
FOR_WHOM = cues("for_whom")
INFO_WORDS = cues("info")
THING_WORDS = cues("thing")
PLACE_WORDS = cues("place")
MEETING = cues("meeting")

FOR_A_JOB = frozenset(["do", "to", "for"])
COLLEAGUE = 0.9
NEED_OF_CLIENT = 0.35
WIDER = 0.5
TOLD_MORE_CLOSELY = frozenset(["companies", "families", "seniors", "women"])
HINT = 0.55
HINT_LEAST = 0.28


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
    meeting: bool
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
    denied = denied_places(tagged)
    kept = [one for one in tagged.tags if not is_denied(one, denied, tagged.tokens)]
    content = tuple(
        place for place in range(len(tagged.tokens)) if place not in denied and _tells(place, tagged, lexicon)
    )
    wants = _wanted(roles(kept, tagged, content, lexicon), lexicon)
    words = {token.plain for place, token in enumerate(tagged.tokens) if place not in denied}
    partner = bool(words & PARTNER_WORDS) or any(_is_second(want, tagged, own_trades) for want in wants)
    if not any(want.head for want in wants):
        wants = (*wants, *_hinted(wants, tagged, content, lexicon))
    client = _client(wants, tagged, words, own_trades, lexicon)
    if partner:
        wants = _with_colleagues(wants, tagged, own_trades, lexicon)
    if client >= 0.5 and not partner:
        wants = tuple(_as_client(want, lexicon) for want in wants if want.concept not in own_trades)
    taken = {place for want in wants for place in want.tag.places}
    covered = len(taken & set(content)) / len(content) if content else 0.0
    hires = any(_hires(place, tagged) for place in range(len(tagged.tokens)) if place not in denied)
    intent = _intent(wants, words, client, partner, hires, content, own_trades, lexicon)
    return Need(tagged, intent, wants, client, partner, bool(words & MEETING), denied, content, covered)


def _tells(place: int, tagged: Tagged, lexicon: Lexicon) -> bool:
    """Whether a word says something: no function word, nothing generic."""
    token = tagged.tokens[place]
    if len(token.word) < 2 or token.plain in SEEKING or token.word in COUNTS:
        return False
    if token.plain in plain_stop_words() and (token.word == token.plain or token.word in stop_words()["pl"]):
        return False
    return not lexicon.is_generic(tagged.keys[place])


def _wanted(found: Iterable[tuple[Tag, Role]], lexicon: Lexicon) -> tuple[Want, ...]:
    """The best of each concept, weighed by its part."""
    wants: dict[str, Want] = {}
    for one, role in found:
        want = Want(one.concept, SHARE[role] * one.strength, one, role in ("head", "next"))
        if one.concept not in wants or wants[one.concept].weight < want.weight:
            wants[one.concept] = want
    closest = _told_closely(_most_specific(wants, lexicon), lexicon)
    return tuple(sorted(closest.values(), key=lambda want: -want.weight))


def _as_client(want: Want, lexicon: Lexicon) -> Want:
    """What clients need is not who they are: in a request for clients only names of trades count whole."""
    if lexicon.concepts[want.concept].kind == "segment" or want.tag.how == "name":
        return want
    return Want(want.concept, want.weight * NEED_OF_CLIENT, want.tag, want.head)


def _most_specific(wants: dict[str, Want], lexicon: Lexicon) -> dict[str, Want]:
    """Of segments the same words name, the narrowest counts whole."""
    by_places: dict[tuple[int, ...], list[str]] = {}
    for one, want in wants.items():
        if lexicon.concepts[one].kind == "segment":
            by_places.setdefault(want.tag.places, []).append(one)
    for several in by_places.values():
        for one in sorted(several, key=lambda one: (lexicon.size_of(one), one))[1:]:
            want = wants[one]
            wants[one] = Want(one, want.weight * WIDER, want.tag, want.head)
    return wants


def _told_closely(wants: dict[str, Want], lexicon: Lexicon) -> dict[str, Want]:
    """„Rodziny, które kupiły działkę”: what is told of families says more than that they are families."""
    wide = [one for one in wants if one in TOLD_MORE_CLOSELY]
    close = [one for one in wants if one not in wide and lexicon.concepts[one].kind == "segment"]
    if not wide or not close or any(want.head for one, want in wants.items() if one not in wide):
        return wants
    top = max(wants[one].weight for one in wide)
    closer = {one: Want(one, top, wants[one].tag, True) for one in close}
    wider = {one: Want(one, wants[one].weight * WIDER, wants[one].tag, wants[one].head) for one in wide}
    return {**wants, **closer, **wider}


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
    place = next(
        number for number, token in enumerate(tagged.tokens) if token.plain in PARTNER_WORDS | SECOND
    )
    others = tuple(want for want in wants if want.concept not in own_trades)
    own = (
        Want(trade, COLLEAGUE, Tag(trade, "colleague", COLLEAGUE, (place,)), True)
        for trade in sorted(own_trades)
    )
    return (*own, *others)


def _is_second(want: Want, tagged: Tagged, own_trades: frozenset[str]) -> bool:
    """Whether one more of the asker's own trade is sought: „druga fotografka”."""
    before = tagged.tokens[max(0, want.tag.first - 1)].plain
    return want.concept in own_trades and before in SECOND


def _hires(place: int, tagged: Tagged) -> bool:
    """Whether this word seeks somebody to employ, and not something for those employed already."""
    before = {token.plain for token in tagged.tokens[max(0, place - 2) : place]}
    return tagged.tokens[place].plain in HIRE_WORDS and not before & FOR_WHOM


def _client(
    wants: Sequence[Want], tagged: Tagged, words: set[str], own_trades: frozenset[str], lexicon: Lexicon
) -> float:
    """How much a request looks for clients rather than for help."""
    heads = [want for want in wants if want.head]
    kinds = {lexicon.concepts[want.concept].kind for want in heads}
    own = any(want.concept in own_trades for want in wants)
    if tagged.tokens and tagged.tokens[0].plain in INFO_WORDS:
        return 0.1
    if _names_clients_first(heads, tagged, lexicon):
        return 0.95
    if _begins_with_a_crowd(tagged):
        return 0.8
    if _asks_who_does(tagged):
        return 0.1
    if not heads and any(want.concept in lexicon.broad for want in wants):
        return 0.8
    if "segment" in kinds:
        if "trade" not in kinds or own or words & TOWARDS:
            return 0.9
        return 0.75 if any(_several(want, tagged, lexicon) for want in heads) else 0.4
    if words & TOWARDS and "trade" in kinds:
        return 0.9 if any(want.concept in own_trades and not want.head for want in wants) else 0.6
    return 0.1


def _several(want: Want, tagged: Tagged, lexicon: Lexicon) -> bool:
    """Whether a head stands in the plural."""
    word = tagged.tokens[want.tag.first].plain
    return word in lexicon.plural or (tagged.language == "en" and word.endswith("s") and len(word) > 3)


def _begins_with_a_crowd(tagged: Tagged) -> bool:
    """Whether it speaks of people in the plural at once: „osoby, które …”, not „ludzi do pracy”."""
    said = [token for token in tagged.tokens if token.plain not in SEEKING]
    return len(said) > 2 and said[0].plain in CROWD and said[1].plain not in FOR_A_JOB


def _asks_who_does(tagged: Tagged) -> bool:
    """Whether it asks for somebody who does something: „ktoś, kto wyciszy gabinet” looks for no surgery."""
    said = [token.plain for token in tagged.tokens[:3]]
    return bool(said) and said[0] in SOMEBODY and bool(AFTER_WHO & set(said[1:]))


def _names_clients_first(heads: Sequence[Want], tagged: Tagged, lexicon: Lexicon) -> bool:
    """Whether it says clients, orders, patients before it names a trade."""
    said = [place for place, token in enumerate(tagged.tokens) if token.plain in CLIENT_WORDS]
    trades = [want.tag.first for want in heads if lexicon.concepts[want.concept].kind != "segment"]
    return bool(said) and said[0] < min(trades, default=len(tagged.tokens))


def _intent(
    wants: Sequence[Want],
    words: set[str],
    client: float,
    partner: bool,
    hires: bool,
    content: Sequence[int],
    own_trades: frozenset[str],
    lexicon: Lexicon,
) -> Intent:
    kinds = {lexicon.concepts[want.concept].kind for want in wants if want.head}
    trades = {want.concept for want in wants if want.head and lexicon.concepts[want.concept].kind == "trade"}
    own = bool(trades) and trades <= own_trades
    if hires or (own and client < 0.5 and not partner):
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
