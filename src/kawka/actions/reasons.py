"""Why two people sit together, and why somebody may help, from data to words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kawka.actions.matches import Because
from kawka.models import Person

QUOTED = 140
BEFORE = 50
CLIENTS = ("knows", "typical")


def say(
    reasons: Sequence[Mapping[str, Any]], people: Sequence[Person], *, viewer: Person | None = None
) -> list[str]:
    """The reasons of one table as sentences, one for each pair; those about `viewer` speak to them."""
    names = {person.code: person.name for person in people}
    said: dict[frozenset[str], str] = {}
    for reason in reasons:
        kind, (one, other) = reason["kind"], reason["pair"]
        pair = frozenset((one, other))
        if pair in said or not pair <= names.keys():
            continue
        if viewer is not None and viewer.code in pair:
            said[pair] = to_viewer(kind, names[other if viewer.code == one else one], viewer.code == one)
        else:
            said[pair] = about(kind, names[one], names[other])
    return list(said.values())


def about(kind: str, one: str, other: str) -> str:
    """A reason for everybody's eyes; in "newcomer" the first of the two is the new one."""
    sentences = {
        "newcomer": _("%(one)s is new here: a first talk with %(other)s."),
        "never_talked": _("%(one)s and %(other)s have not talked at a table yet."),
        "talked_before": _("%(one)s and %(other)s know each other: a chance to pick up the thread."),
        "gain": _("%(one)s may find what they look for with %(other)s."),
    }
    return sentences[kind] % {"one": one, "other": other}


def to_viewer(kind: str, name: str, is_first: bool) -> str:
    """The same to one of the two, about the other."""
    if kind == "newcomer" and is_first:
        kind = "never_talked"
    sentences = {
        "newcomer": _("%(name)s is new here: you can be the first good talk."),
        "never_talked": _("You have not talked with %(name)s at a table yet."),
        "talked_before": _("You know %(name)s already: a chance to pick up the thread."),
        "gain": _("There may be something for you with %(name)s."),
    }
    return sentences[kind] % {"name": name}


def why(because: Because) -> str:
    """Why somebody may help: a sentence to stand beside their name, with the words of their card."""
    sentences = {
        "offers": _("Can help: “%(line)s”."),
        "does": _("That is what they do: “%(line)s”."),
        "says": _("Says on the card: “%(line)s”."),
        "is": _("May be just whom you look for: “%(line)s”."),
        "clients": _("Works for such people: “%(line)s”."),
        "knows": _("Knows somebody like that: “%(line)s”."),
        "near": _("Does something close to it: “%(line)s”."),
        "typical": _("Often meets such people at work: “%(line)s”."),
        "sphere": _("Works close by and may know somebody: “%(line)s”."),
        "needs": _("Looks for what you do: “%(line)s”."),
    }
    return sentences[manner(because)] % {"line": quoted(because)}


def manner(because: Because) -> str:
    """In which of the ways of `why` somebody may help."""
    if because.channel in {"near", "typical", "sphere", "needs"}:
        return because.channel
    if because.channel == "knows_somebody":
        return "knows"
    if because.channel == "knows" or because.field == "client":
        return "clients"
    if because.channel == "is":
        return "is" if because.relation == "is" else "near"
    if because.relation == "is":
        return "is"
    return {"offers": "offers", "headline": "does"}.get(because.field, "says")


def why_talk(because: Because, *, name: str) -> str:
    """Why to talk with somebody, said to the one who gains."""
    sentences = {
        "helps": _("%(name)s may help you: “%(line)s”."),
        "needs": _("%(name)s looks for what you do: “%(line)s”."),
        "is": _("%(name)s may be one of the clients you look for: “%(line)s”."),
        "clients": _("You and %(name)s work for the same people: “%(line)s”."),
        "sphere": _("Who needs you often needs %(name)s too: “%(line)s”."),
        "knows": _("%(name)s may know somebody for you: “%(line)s”."),
    }
    return sentences[talk_manner(because)] % {"name": name, "line": quoted(because)}


def why_pair(because: Because, *, one: str, other: str) -> str:
    """The same for a host's eyes: why `one` gains by a talk with `other`."""
    sentences = {
        "helps": _("%(other)s may help %(one)s: “%(line)s”."),
        "needs": _("%(other)s looks for what %(one)s does: “%(line)s”."),
        "is": _("%(other)s may be a client for %(one)s: “%(line)s”."),
        "clients": _("%(one)s and %(other)s work for the same people: “%(line)s”."),
        "sphere": _("Who needs %(one)s often needs %(other)s too: “%(line)s”."),
        "knows": _("%(other)s may know somebody for %(one)s: “%(line)s”."),
    }
    return sentences[talk_manner(because)] % {"one": one, "other": other, "line": quoted(because)}


def talk_manner(because: Because) -> str:
    """In which of the ways of `why_talk` a talk is worth it."""
    if because.channel == "needs":
        return "needs"
    if because.kind == "wants":
        return "is"
    if because.kind == "shares":
        return "clients" if because.channel in CLIENTS else "sphere"
    way = manner(because)
    return "knows" if way in {"clients", "knows", "typical", "sphere"} else "is" if way == "is" else "helps"


def quoted(because: Because) -> str:
    """The sentence of the card, cut around the words that count where it is long."""
    line = because.line.strip().rstrip(".")
    if len(line) <= QUOTED:
        return line
    start = max(0, line.find(because.quote) - BEFORE)
    start = line.rfind(" ", 0, start) + 1 if start else 0
    end = line.rfind(" ", start, start + QUOTED) if len(line) - start > QUOTED else len(line)
    return f"{'…' if start else ''}{line[start:end].rstrip(' ,;')}{'…' if end < len(line) else ''}"
