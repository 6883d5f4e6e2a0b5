"""What a sentence is about, and what only says more of it: „prawnik dla restauracji”."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from kawka.engine.matching.lexicon import Lexicon
from kawka.engine.matching.tagging import Tag, Tagged
from kawka.engine.matching.words import cues

Role = Literal["head", "next", "attribute", "broad"]

QUALIFYING = cues("qualifying")
RELATIVE = cues("relative")
AFTER_WHO = cues("after_who")
JOINED = re.compile(r"[,/+&;(]|\b(?:i|lub|albo|oraz|czy|or|and)\b")
DEED = re.compile(r"(?:ani[aeu]|eni[aeu]|aniem|eniem|ęci[aeu]|ycie|ycia)$")
SHARE: dict[Role, float] = {"head": 1.0, "next": 0.6, "attribute": 0.45, "broad": 0.2}


def roles(
    tags: Iterable[Tag], tagged: Tagged, content: Sequence[int], lexicon: Lexicon, commas_part: bool = False
) -> Iterable[tuple[Tag, Role]]:
    """Each tag with its part; with `commas_part` a comma begins anew, as in a list of what somebody does."""
    end, sentence, qualifying, broad_end = -1, -1, False, -1
    for one in tags:
        place = tagged.tokens[one.first].sentence
        if one.concept in lexicon.broad:
            broad_end = one.places[-1] if broad_end < 0 else broad_end
            yield one, "broad"
            continue
        if end < 0:
            qualifying = _has_other_head(one, tagged, content) or _relates(broad_end, one, tagged)
        elif place != sentence:
            qualifying = False
        elif one.first > end and (not qualifying or (commas_part and "," in _between(end, one, tagged))):
            qualifying = not JOINED.search(_between(end, one, tagged)) or _qualifies(end, one, tagged)
        later = 0 <= sentence < place and not commas_part
        yield one, "attribute" if qualifying else "next" if later else "head"
        if not qualifying or end < 0:
            end, sentence = max(end, one.places[-1]), place


def _between(end: int, one: Tag, tagged: Tagged) -> str:
    return tagged.text[tagged.tokens[end].end : tagged.tokens[one.first].start]


def _qualifies(end: int, one: Tag, tagged: Tagged) -> bool:
    return any(token.plain in QUALIFYING for token in tagged.tokens[end + 1 : one.first])


def _relates(broad_end: int, one: Tag, tagged: Tagged) -> bool:
    """„Firmy, które zatrudniają mechaników” does not look for mechanics."""
    return broad_end >= 0 and any(
        token.plain in RELATIVE for token in tagged.tokens[broad_end + 1 : one.first]
    )


def _has_other_head(one: Tag, tagged: Tagged, content: Sequence[int]) -> bool:
    """Whether a word the lexicon does not know is what the request is about, and this only qualifies it."""
    earlier = [place for place in content if place < one.first]
    if not earlier:
        return False
    head = tagged.tokens[earlier[0]]
    before = {token.plain for token in tagged.tokens[max(0, earlier[0] - 3) : earlier[0]]}
    if before & AFTER_WHO or head.plain.endswith("c") or head.text[:1].isdigit():
        return False
    deed = bool(DEED.search(head.word)) and not JOINED.search(_between(earlier[0], one, tagged))
    same = head.sentence == tagged.tokens[one.first].sentence
    return same and (deed or _qualifies(earlier[0], one, tagged))
