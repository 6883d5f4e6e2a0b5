"""How precise a request is and what would make it easy to remember; how long a talk of sixty seconds takes.

Answers in codes and quoted words: the sentences belong to the pages.

    python -m kawka.engine.coach specificity UTTERANCES.json --out SPECIFICITY.json
"""

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from kawka.engine.matching.asks import Need, read_ask
from kawka.engine.matching.lexicon import Lexicon, lexicon
from kawka.engine.matching.speaking import seconds_to_say
from kawka.engine.matching.tagging import tag
from kawka.engine.matching.words import Token, cues

Question = Literal[
    "which_trade",
    "which_client",
    "not_everybody",
    "two_asks",
    "how_big_where_when",
    "for_what",
    "for_whom_where_when",
    "new_or_used",
    "hours_and_skill",
    "what_tells_it",
    "fine",
]
Part = Literal["what_i_do", "my_client", "experience", "ask"]
Level = Literal[0, 1, 2]

EVERYBODY = cues("everybody")
WHEN = cues("when")
PLACING = frozenset(("z", "ze", "w", "we", "na", "pod", "near", "in", "from"))
ACTIVITY = re.compile(r"(?:anie|eniu|aniu|ania|enia|enie|cie|ość|ości|ością|acji|acja|acje|stwo|stwa|izm)$")
DEED = re.compile(r"(?:ać|eć|ić|yć|ąć|uję|ują|uje|amy|emy|imy|ymy|ałam|ałem|ąc|ję|szy|łem|łam|łby|łaby)$")
QUALITY = re.compile(
    r"(?:ych|ymi|ego|emu|owy|owa|owe|ący|ąca|ące|ących|liwy|liwa|liwe|czny|czna|czne|ny|na|ne)$"
)
TRADELIKE = re.compile(
    r"(?:ist[aąęyo]|ist[ck]\w*|log|loga|logiem|loż\w*|arz|arza|arzem|arka|arki|arkę|nik|nika|nikiem|tor|tora|torka|torki"
    r"|torkę|erka|erki|erkę|acz|acza|aczka|czyni|iarz|mistrz|terapeut\w*|man|graf|grafa|nom|er|era|or|ora)$"
)
ENOUGH = 2
JOBS = frozenset(("employee", "internship", "job_relative", "summer_job", "traineeship"))
ROOMS = frozenset(
    (
        "allotment",
        "building_plot",
        "cellar_storage",
        "family_hall",
        "flat_buy",
        "flat_rent",
        "garage",
        "holiday_house",
    )
    + ("lodging", "premises", "rehearsal_room", "room", "training_room")
)
COMPANY = frozenset(
    ("blood", "companion", "documents_private", "help_hands", "nanny_share", "nursery_place", "pet_give")
    + ("school_place", "tickets")
)


@dataclass(frozen=True, slots=True)
class Advice:
    """How precise a request is, and the one question that would help most, with the words it is about."""

    level: Level
    question: Question
    about: str = ""
    concepts: tuple[str, ...] = ()
    fits: int | None = None


@dataclass(frozen=True, slots=True)
class PitchAdvice:
    """How long a pitch takes to say, and which parts nobody would hear in it."""

    seconds: int
    words: int
    missing: tuple[Part, ...] = field(default=())


def advise(text: str, client: str = "", usual: str = "pl", words: Lexicon | None = None) -> Advice:
    """Reads a request as it is typed; `client` is what the person's card says about their client."""
    found = words or lexicon()
    need = read_ask(text, found, usual)
    level = specificity_of(need, found)
    question = _question(need, level, client, found)
    about = (
        need.tagged.quote(need.wants[0].tag.places)
        if need.wants
        else client
        if question == "which_client"
        else ""
    )
    return Advice(level, question, about, tuple(want.concept for want in need.wants))


def specificity(text: str, usual: str = "pl", words: Lexicon | None = None) -> Level:
    """0 vague, 1 middling, 2 specific."""
    found = words or lexicon()
    return specificity_of(read_ask(text, found, usual), found)


def specificity_of(need: Need, words: Lexicon) -> Level:
    """Vague until it names a trade, thing, group or person; specific with something to tell these by."""
    tokens = need.tagged.tokens
    named = [want for want in need.wants if want.concept not in words.broad and want.tag.how != "hint"]
    solid = [
        place for place in need.content if _concrete(tokens[place], place) and not _is_place(tokens, place)
    ]
    if not named and not solid:
        return 0
    constraints = _constraints(need, words)
    return 2 if constraints >= ENOUGH else 1


def _concrete(token: Token, place: int) -> bool:
    """Whether an unknown word names somebody or something: a proper name, or it ends like a trade."""
    if place and token.text[:1].isupper() and not token.text.isupper() and len(token.text) > 2:
        return True
    if ACTIVITY.search(token.word) or DEED.search(token.word):
        return False
    return bool(TRADELIKE.search(token.word))


def _is_place(tokens: Sequence[Token], place: int) -> bool:
    """Whether a proper name only says where: „z całej Polski”."""
    before = {token.plain for token in tokens[max(0, place - 2) : place]}
    return tokens[place].text[:1].isupper() and bool(before & PLACING)


def _constraints(need: Need, words: Lexicon) -> int:
    """What a listener can tell it by: numbers, places and times count double, other telling words once."""
    tokens = need.tagged.tokens
    head = need.wants[0].tag if need.wants else None
    taken = set(head.places) if head else set(need.content[:1])
    score = 0
    for place, token in enumerate(tokens):
        if place in taken:
            continue
        if any(letter.isdigit() for letter in token.text) or token.plain in WHEN:
            score += 2
        elif place in need.content:
            opening = place == 0 or tokens[place - 1].sentence != token.sentence
            score += 2 if token.text[:1].isupper() and not opening else 1
    return score


def _question(need: Need, level: Level, client: str, words: Lexicon) -> Question:
    plain = {token.plain for token in need.tagged.tokens}
    if plain & EVERYBODY and level < 2:
        return "not_everybody"
    if level == 0:
        return "which_client" if client and need.client >= 0.5 else "which_trade"
    if level == 2:
        return "two_asks" if _two_asks(need) else "fine"
    return _missing(need, words)


def _two_asks(need: Need) -> bool:
    heads = [want for want in need.wants if want.head]
    sentences = {need.tagged.tokens[want.tag.first].sentence for want in heads}
    return len(sentences) > 1 and len({want.concept for want in heads}) > 2


def _missing(need: Need, words: Lexicon) -> Question:
    wanted = need.wants[0].concept if need.wants else ""
    if need.intent == "hire" or wanted in JOBS:
        return "hours_and_skill"
    if need.intent == "place" or wanted in ROOMS:
        return "how_big_where_when"
    if need.intent == "thing":
        return "for_whom_where_when" if wanted in COMPANY else "new_or_used"
    if need.client >= 0.5:
        long = len(need.content) > 2
        return "what_tells_it" if long else "how_big_where_when"
    private = wanted and words.concepts[wanted].private
    return "for_whom_where_when" if private else "for_what"


EXPERIENCE = re.compile(
    r"\b(?:\d+\s*(?:lat|rok|years?)|od\s+\d{4}|lat\s+doświadczenia|doświadczeni\w+|certyfikat\w*|licencj\w+|uprawnieni\w+"
    r"|wdroże\w+|realizacj\w+|projekt\w+ za|pomogł\w+|obsłużył\w+|zrobił\w+"
    r"|since\s+\d{4}|experience|clients? served|certified)\b",
    re.IGNORECASE,
)
ASKING = re.compile(
    r"\b(?:szukam\w*|poszukuj\w+|potrzebuj\w+|poznam|proszę o|przedstaw\w*|polec\w*|kogo znasz"
    r"|looking for|need|introduce|meet)\b",
    re.IGNORECASE,
)
CLIENT = re.compile(
    r"\b(?:moi\w* klien\w+|klien\w+|dla\s+\w+|pracuję z|pomagam\s+\w+|obsługuj\w+"
    r"|my clients?|i help|i work with|for\s+\w+)\b",
    re.IGNORECASE,
)


def advise_pitch(text: str, usual: str = "pl", words: Lexicon | None = None) -> PitchAdvice:
    """Listens to sixty seconds: how long they are, and which of the four parts is not there."""
    found = words or lexicon()
    tagged = tag(text, found, usual)
    sentences = re.split(r"(?<=[.!?])\s+|\n+", text)
    telling = " ".join(one for one in sentences if not ASKING.search(one))
    missing: list[Part] = []
    if not any(found.concepts[one.concept].kind == "trade" for one in tag(telling, found, usual).tags):
        missing.append("what_i_do")
    if not (
        CLIENT.search(telling) or any(found.concepts[one.concept].kind == "segment" for one in tagged.tags)
    ):
        missing.append("my_client")
    if not EXPERIENCE.search(telling):
        missing.append("experience")
    if not ASKING.search(text):
        missing.append("ask")
    return PitchAdvice(seconds_to_say(text, tagged.language), len(tagged.tokens), tuple(missing))


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; 2 when the input is not as documented."""
    parser = argparse.ArgumentParser(
        prog="python -m kawka.engine.coach", description="How precise requests are."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser(
        "specificity", help="0 vague, 1 middling, 2 specific, for every text in a file"
    )
    command.add_argument("utterances", type=Path)
    command.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    try:
        read = json.loads(given.utterances.read_text(encoding="utf-8"))
        levels = {code: specificity(text, language) for code, text, language in texts(read)}
        given.out.write_text(json.dumps(levels, indent=1), encoding="utf-8")
    except (OSError, ValueError) as error:
        print(f"{given.utterances}: {error}", file=sys.stderr)
        return 2
    return 0


def texts(read: Any) -> list[tuple[str, str, str]]:
    """Code, text and language of every text: of utterances, or of the asks of people."""
    if not isinstance(read, list) or not all(isinstance(one, Mapping) for one in read):
        raise ValueError("a list of utterances or of people is expected")
    found = []
    for one in read:
        listed = one.get("asks", [one])
        for each in listed:
            if (
                not isinstance(each, Mapping)
                or not isinstance(each.get("text"), str)
                or not isinstance(each.get("id"), str)
            ):
                raise ValueError("every utterance needs an id and a text")
            found.append((each["id"], each["text"], str(one.get("lang") or "pl")))
    return found


if __name__ == "__main__":
    sys.exit(main())
