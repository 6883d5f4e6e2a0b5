"""The coach in words: one friendly question about what an ask leaves open, and words that could answer it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kawka.engine.coach import Advice, Part, advise, advise_pitch
from kawka.engine.matching.lexicon import lexicon
from kawka.engine.matching.tagging import tag
from kawka.models import Ask, HelpKind, Person

SHORTEST = 3  # letters
MOST_EXAMPLES, LONGEST_EXAMPLE, LONGEST_QUOTE = 3, 45, 60
NOT_SOONER = 10  # days
SHORT_OFFER = 4  # words; a longer offer tells something, whatever its words are
PIECES = re.compile(r"[,;\n•/]|\.\s|\s[–—-]\s")
GOOD = gettext_lazy("Easy to remember.")
WHOLE = {
    "which_trade": gettext_lazy("Who exactly could help? One trade or one example is enough to begin with."),
    "which_client": gettext_lazy("Which of your clients would be the best ones right now?"),
    "not_everybody": gettext_lazy("Everybody is hard to picture. Who would be glad first?"),
    "two_asks": gettext_lazy("Two asks in one: each in a row of its own is easier to remember."),
    "what_tells_it": gettext_lazy(
        "What tells them from all others: how big, where, what is changing for them?"
    ),
}
ABOUT = {
    "how_big_where_when": gettext_lazy("how big, where, by when?"),
    "for_what": gettext_lazy("for what exactly, and by when?"),
    "for_whom_where_when": gettext_lazy("for whom, where, by when?"),
    "new_or_used": gettext_lazy("new or used, which size, by when?"),
    "hours_and_skill": gettext_lazy("how many hours a week, and what do they know?"),
}


MISSING = {
    "what_i_do": gettext_lazy("What do you do, so that a child would understand it?"),
    "my_client": gettext_lazy("Who is your client? One sentence, and everybody can picture them."),
    "experience": gettext_lazy("What have you done for one of them? One example says more than a list."),
    "ask": gettext_lazy("Whom or what are you looking for just now?"),
}
PART_OF: dict[str, Part] = {
    "does": "what_i_do",
    "client": "my_client",
    "experience": "experience",
    "ask": "ask",
}
A_LITTLE_OVER, HALF = 1.05, 0.5


@dataclass(frozen=True, slots=True)
class Hint:
    """One question, and words that could answer it when `join` and one of them are put behind the text."""

    question: str = ""
    examples: tuple[str, ...] = ()
    join: str = ", "
    fine: bool = False


NOTHING = Hint()


@dataclass(frozen=True, slots=True)
class PitchHint:
    """How long a pitch takes to say, of how many seconds, and one question about what nobody would hear."""

    seconds: int
    given: int
    told: str
    question: str = ""
    fine: bool = False


@dataclass(frozen=True, slots=True)
class Asker:
    """What of a person the examples are made from."""

    today: date
    client: str = ""
    trade: str = ""
    town: str = ""


def hint_for_ask(text: str, asker: Asker, *, kind: str = HelpKind.WORK) -> Hint:
    """The question that would make this ask easier to help with, or that it is easy to remember."""
    if len(text.strip()) < SHORTEST:
        return NOTHING
    work = kind == HelpKind.WORK
    advice = advise(text, asker.client if work else "", get_language() or "pl")
    if advice.question == "fine":
        return Hint(str(GOOD), fine=True)
    found = [one for one in examples(advice, asker, work) if one.casefold() not in text.casefold()]
    join = ", " if advice.question in ABOUT else ": "
    return Hint(question_of(advice), tuple(found[:MOST_EXAMPLES]), join)


def hint_for_offer(text: str, asker: Asker) -> Hint:
    """A question only where an offer could mean anything."""
    if len(text.strip()) < SHORTEST or len(text.split()) > SHORT_OFFER or re.search(r"\d", text):
        return NOTHING
    if advise(text, "", get_language() or "pl").level > 0:
        return NOTHING
    best_for = _("best for: %(clients)s")
    found = tuple(best_for % {"clients": piece} for piece in pieces(asker.client)[:MOST_EXAMPLES])
    return Hint(_("With what, for example? One case makes it easy to pass on."), found)


def hints_for(person: Person, asks: Iterable[Ask], *, today: date) -> list[tuple[Ask, Hint]]:
    """Those of the person's asks that leave something open, each with its hint."""
    asker = Asker(today, person.card.client, person.card.trade, person.town)
    hints = [(ask, hint_for_ask(ask.text, asker, kind=ask.kind)) for ask in asks]
    return [(ask, hint) for ask, hint in hints if not hint.fine]


def question_of(advice: Advice) -> str:
    """The question in words; where it is about some words of the ask, these come first."""
    if advice.question in WHOLE:
        return str(WHOLE[advice.question])
    what = str(ABOUT[advice.question])
    about = " ".join(advice.about.split())
    if not about or len(about) > LONGEST_QUOTE:
        return str(capfirst(what))
    return _("“%(words)s”: %(question)s") % {"words": about, "question": what}


def examples(advice: Advice, asker: Asker, work: bool) -> list[str]:
    """Words that could stand behind the ask, of the person's own where there are any."""
    around = _("%(town)s and around") % {"town": asker.town} if asker.town else _("nearby")
    soon = _("by %(day)s") % {"day": dateformat.format(end_of_month(asker.today), "j E")}
    clients = pieces(asker.client) if work else []
    of_code: dict[str, Sequence[str]] = {
        "which_trade": related_trades(asker.trade, (get_language() or "pl")[:2]) if work else (),
        "which_client": clients,
        "not_everybody": clients,
        "two_asks": (),
        "what_tells_it": (_("up to 10 people"), around, _("just starting")),
        "how_big_where_when": (size_of(advice), around, soon),
        "for_what": (
            *(_("line of business: %(clients)s") % {"clients": one} for one in clients[:1]),
            around,
            soon,
        ),
        "for_whom_where_when": (_("for a child"), around, soon),
        "new_or_used": (_("a used one will do"), around, soon),
        "hours_and_skill": (_("10 hours a week"), around, _("from next month")),
    }
    return [one for one in of_code[advice.question] if one]


def end_of_month(today: date) -> date:
    """The last day of the month, of the next one when this one is nearly over."""
    soonest = today + timedelta(days=NOT_SOONER)
    return (soonest.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def size_of(advice: Advice) -> str:
    """A size that fits what is wanted: people for firms, metres for places; nothing for the rest."""
    kinds = {lexicon().concepts[one].kind for one in advice.concepts[:1]}
    return _("60–80 m²") if kinds == {"item"} else _("up to 10 people")


def pieces(client: str) -> list[str]:
    """The kinds of clients a person names, each short enough to put behind an ask."""
    found = [" ".join(one.split()).strip(" .") for one in PIECES.split(client)]
    return [one for one in found if SHORTEST <= len(one) <= LONGEST_EXAMPLE]


@lru_cache(maxsize=256)
def related_trades(trade: str, language: str) -> tuple[str, ...]:
    """Trades that often go together with this one, in a word or two."""
    words = lexicon()
    own = [words.concepts[one.concept] for one in tag(trade, words, language).tags]
    sphere = next((one.sphere for one in own if one.kind == "trade"), ())
    names = (words.concepts[one].pl if language == "pl" else words.concepts[one].en for one in sphere)
    return tuple(name.split(",")[0] for name in names)[:MOST_EXAMPLES]


def hint_for_pitch(text: str, parts: Mapping[str, str], *, given: int) -> PitchHint:
    """What would make these 60 seconds better; a part somebody wrote is there, whatever its words are."""
    read = advise_pitch(text, get_language() or "pl")
    told = _("about %(seconds)s of %(given)s seconds") % {"seconds": read.seconds, "given": given}
    if not text.strip():
        return PitchHint(0, given, told)
    missing = list(read.missing)
    if parts:
        missing = [part for name, part in PART_OF.items() if not parts.get(name, "").strip()]
    if missing:
        return PitchHint(read.seconds, given, told, str(MISSING[missing[0]]))
    if read.seconds > given * A_LITTLE_OVER:
        question = _("A little longer than there is time for. What could wait for the coffee?")
    elif read.seconds < given * HALF:
        question = _("There is room left for one example from your work.")
    else:
        return PitchHint(
            read.seconds, given, told, _("All four parts are there, and there is time for them."), fine=True
        )
    return PitchHint(read.seconds, given, told, question)
