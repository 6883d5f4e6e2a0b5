"""Why two people sit together, from data to words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kawka import access
from kawka.actions.matches import Because
from kawka.engine.matching.lexicon import lexicon
from kawka.models import Person

SHOWN_BY = {
    "headline": frozenset(),
    "about": frozenset({"does", "experience"}),
    "told": frozenset({"does", "experience", "offers"}),
}
FEW_WORDS = 4
BEST_FIRST = ("helps", "client", "knows", "same", "sphere")


@dataclass(frozen=True, slots=True)
class Link:
    """What there is between two people: `kind` is one of BEST_FIRST, `words` are of the one who asks."""

    kind: str
    asker: str
    helper: str
    words: str = ""


def say(
    reasons: Sequence[Mapping[str, Any]],
    people: Sequence[Person],
    *,
    viewer: Person | None = None,
    near: int = access.MET,
) -> list[str]:
    """The reasons of one table as sentences, one for each pair; those about `viewer` speak to them.

    What stands on cards is said as far as people this near may still see it.
    """
    cast = {person.code: person for person in people}
    said = []
    for pair in combinations(cast, 2):
        about = [reason for reason in reasons if set(reason["pair"]) == set(pair)]
        if viewer is not None and viewer.code not in pair:
            continue
        sentence = in_words(links_of(about, cast, near), cast, viewer) or of_past(about, cast, viewer)
        said += [sentence] if sentence else []
    return said


def links_of(reasons: Sequence[Mapping[str, Any]], cast: Mapping[str, Person], near: int) -> list[Link]:
    """What the cards of a pair have to do with one another, the best first."""
    found = []
    for reason in reasons:
        one, other = reason["pair"]
        for data in reason.get("because", ()):
            because = Because(**data)
            if is_shown(because, cast[one], cast[other], near):
                found.append(link_of(because, one, other))
    return sorted(found, key=lambda link: (BEST_FIRST.index(link.kind), not link.words, len(link.words)))


def is_shown(because: Because, one: Person, other: Person, near: int) -> bool:
    """Whether both cards still show what this rests on."""
    mine, theirs = access.visible_fields(one.card, near), access.visible_fields(other.card, near)
    own = {"helps": {"asks"}, "shares": set() if because.channel == "sphere" else {"client"}}
    fields = SHOWN_BY.get(because.field, frozenset({because.field}))
    return own.get(because.kind, set()) <= mine and (not fields or bool(fields & theirs))


def link_of(because: Because, one: str, other: str) -> Link:
    """One reason turned so that somebody asks and somebody helps; `one` is who gains."""
    asked, quote = small(because.asked), small(because.quote)
    if because.kind == "shares" and because.channel == "sphere":
        return Link("sphere", one, other)
    if because.kind == "shares":
        return Link("same", one, other, label(because))
    if because.relation == "needs":
        return Link("helps", other, one, quote if because.field == "asks" else "")
    if because.kind == "wants" or because.relation == "is":
        return Link("client", one, other, asked if because.kind == "helps" else "")
    return Link("knows" if because.relation == "knows" else "helps", one, other, asked)


def small(words: str) -> str:
    """A few words as they stand in a sentence: "Grafik" begins small, "ZUS" and a whole sentence do not."""
    is_name = words[1:2].isupper() or len(words.split()) > FEW_WORDS
    return words if is_name else words[:1].lower() + words[1:]


def label(because: Because) -> str:
    """The clients two people share, in the reader's language."""
    concept = lexicon().concepts.get(because.concept)
    if concept is None:
        return because.quote
    return (concept.pl if (get_language() or "").startswith("pl") else concept.en).split(",")[0]


def in_words(links: Sequence[Link], cast: Mapping[str, Person], viewer: Person | None) -> str:
    """One friendly reason: what they share, then the best of the rest; empty where there is nothing."""
    shared = [link for link in links if link.kind in {"same", "sphere"}][:1]
    best = [link for link in links if link not in shared and link.kind not in {"same", "sphere"}][:1]
    return " ".join(sentence_of(link, cast, viewer) for link in [*shared, *best])


def sentence_of(link: Link, cast: Mapping[str, Person], viewer: Person | None) -> str:
    """One link in words: to the one who asks, to the one who helps, or for everybody's eyes."""
    mine = viewer.code if viewer else ""
    role = {link.asker: "asker", link.helper: "helper"}.get(mine, "all")
    parts = {"asker": cast[link.asker].name, "helper": cast[link.helper].name, "words": link.words}
    whole = len(link.words.split()) > FEW_WORDS and link.kind != "same"
    if whole and link.kind == "helps":
        return whole_asks()[role] % parts
    return sentences()[link.kind, role, bool(link.words) and not whole] % parts


def whole_asks() -> dict[str, str]:
    """Where the words are a whole sentence of somebody's."""
    return {
        "asker": _("On your card: “%(words)s”. %(helper)s may help."),
        "helper": _("%(asker)s: “%(words)s”. You may be the one who helps."),
        "all": _("%(asker)s: “%(words)s”. %(helper)s may help."),
    }


def sentences() -> dict[tuple[str, str, bool], str]:
    """Every kind of link by who reads it, with a few words of a card and without."""
    same = _("You both work for: %(words)s.")
    sphere = _("Your trades often send each other clients.")
    return {
        ("helps", "asker", True): _("You are looking for “%(words)s”: %(helper)s may help."),
        ("helps", "asker", False): _("%(helper)s may help with what you are looking for."),
        ("helps", "helper", True): _("%(asker)s is looking for “%(words)s”: you may be the one who helps."),
        ("helps", "helper", False): _("%(asker)s may need just what you do."),
        ("helps", "all", True): _("%(asker)s is looking for “%(words)s”, and %(helper)s may help."),
        ("helps", "all", False): _("%(helper)s may help %(asker)s with what they are looking for."),
        ("client", "asker", True): _("You are looking for “%(words)s”: that may be %(helper)s."),
        ("client", "asker", False): _("%(helper)s may be just the client you have in mind."),
        ("client", "helper", True): _("%(asker)s is looking for “%(words)s”: that may be you."),
        ("client", "helper", False): _("%(asker)s works for people like you."),
        ("client", "all", True): _("%(asker)s is looking for “%(words)s”: that may be %(helper)s."),
        ("client", "all", False): _("%(helper)s may be just the client %(asker)s has in mind."),
        ("knows", "asker", True): _("You are looking for “%(words)s”: %(helper)s may know who."),
        ("knows", "asker", False): _("%(helper)s may know who can help you."),
        ("knows", "helper", True): _("%(asker)s is looking for “%(words)s”: you may know who."),
        ("knows", "helper", False): _("You may know who can help %(asker)s."),
        ("knows", "all", True): _("%(asker)s is looking for “%(words)s”, and %(helper)s may know who."),
        ("knows", "all", False): _("%(helper)s may know who can help %(asker)s."),
        **{("same", role, True): same for role in ("asker", "helper")},
        ("same", "all", True): _("Both work for: %(words)s."),
        **{("sphere", role, False): sphere for role in ("asker", "helper")},
        ("sphere", "all", False): _("Their trades often send each other clients."),
    }


def of_past(reasons: Sequence[Mapping[str, Any]], cast: Mapping[str, Person], viewer: Person | None) -> str:
    """What there has been between a pair, where their cards say nothing; empty without any reason."""
    for reason in reasons:
        kind, (one, other) = reason["kind"], reason["pair"]
        if kind == "gain":
            continue
        if viewer is None:
            return about(kind, cast[one].name, cast[other].name)
        is_first = viewer.code == one
        return to_viewer(kind, cast[other if is_first else one].name, is_first)
    return ""


def about(kind: str, one: str, other: str) -> str:
    """A reason for everybody's eyes; in "newcomer" the first of the two is the new one."""
    told = {
        "newcomer": _("%(one)s is new here: a first talk with %(other)s."),
        "never_talked": _("%(one)s and %(other)s have not talked at a table yet."),
        "talked_before": _("%(one)s and %(other)s know each other: a chance to pick up the thread."),
    }
    return told[kind] % {"one": one, "other": other}


def to_viewer(kind: str, name: str, is_first: bool) -> str:
    """The same to one of the two, about the other."""
    if kind == "newcomer" and is_first:
        kind = "never_talked"
    told = {
        "newcomer": _("%(name)s is new here: you can be the first good talk."),
        "never_talked": _("You have not talked with %(name)s at a table yet."),
        "talked_before": _("You know %(name)s already: a chance to pick up the thread."),
    }
    return told[kind] % {"name": name}
