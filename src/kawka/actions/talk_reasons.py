"""Why two people sit together, from data to words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kawka import access
from kawka.actions.matches import Because
from kawka.engine.matching.lexicon import Concept, lexicon
from kawka.models import Person

SHOWN_BY = {
    "headline": frozenset(),
    "about": frozenset({"does", "experience"}),
    "told": frozenset({"does", "experience", "offers"}),
}
LONGEST = 120
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
    if because.kind == "shares" and because.channel == "sphere":
        return Link("sphere", one, other)
    if because.kind == "shares":
        return Link("same", one, other, label(because))
    if because.relation == "needs":
        return Link("helps", other, one, because.quote if because.field == "asks" else "")
    if because.kind == "wants" or because.relation == "is":
        return Link("client", one, other, because.asked if because.kind == "helps" else "")
    return Link("knows" if because.relation == "knows" else "helps", one, other, because.asked)


def label(because: Because) -> str:
    """The clients two people share, in the reader's language: "bakeries" also where cards say "baker"."""
    concept = clients_of(because.concept)
    if concept is None:
        return because.quote
    return (concept.pl if (get_language() or "").startswith("pl") else concept.en).split(",")[0]


@cache
def clients_of(code: str) -> Concept | None:
    """A trade as the clients one works for, where there is such a kind; any other concept as it is."""
    concepts = lexicon().concepts
    return next((one for one in concepts.values() if code in one.are), concepts.get(code))


def quoted(words: str) -> str:
    """The words of a card, cut at the end of a word where they are long."""
    words = words.strip().rstrip(".")
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0].rstrip(' ,;')}…"


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
    if link.words and link.kind != "same":
        return whole_asks()[link.kind, role] % {**parts, "words": quoted(link.words)}
    return sentences()[link.kind, role] % parts


def whole_asks() -> dict[tuple[str, str], str]:
    """What somebody asks for in their own words, and who may help, be it, or know somebody."""
    return {
        ("helps", "asker"): _("On your card: “%(words)s”. %(helper)s may help."),
        ("helps", "helper"): _("%(asker)s: “%(words)s”. You may be the one who helps."),
        ("helps", "all"): _("%(asker)s: “%(words)s”. %(helper)s may help."),
        ("client", "asker"): _("On your card: “%(words)s”. That may be %(helper)s."),
        ("client", "helper"): _("%(asker)s: “%(words)s”. That may be you."),
        ("client", "all"): _("%(asker)s: “%(words)s”. That may be %(helper)s."),
        ("knows", "asker"): _("On your card: “%(words)s”. %(helper)s may know who."),
        ("knows", "helper"): _("%(asker)s: “%(words)s”. You may know who."),
        ("knows", "all"): _("%(asker)s: “%(words)s”. %(helper)s may know who."),
    }


def sentences() -> dict[tuple[str, str], str]:
    """Every kind of link by who reads it, without the words of an ask."""
    same, sphere = _("You both work for: %(words)s."), _("Your trades often send each other clients.")
    return {
        ("helps", "asker"): _("%(helper)s may help with what you are looking for."),
        ("helps", "helper"): _("%(asker)s may need just what you do."),
        ("helps", "all"): _("%(helper)s may help %(asker)s with what they are looking for."),
        ("client", "asker"): _("%(helper)s may be just the client you have in mind."),
        ("client", "helper"): _("%(asker)s works for people like you."),
        ("client", "all"): _("%(helper)s may be just the client %(asker)s has in mind."),
        ("knows", "asker"): _("%(helper)s may know who can help you."),
        ("knows", "helper"): _("You may know who can help %(asker)s."),
        ("knows", "all"): _("%(helper)s may know who can help %(asker)s."),
        **{("same", role): same for role in ("asker", "helper")},
        ("same", "all"): _("Both work for: %(words)s."),
        **{("sphere", role): sphere for role in ("asker", "helper")},
        ("sphere", "all"): _("Their trades often send each other clients."),
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
