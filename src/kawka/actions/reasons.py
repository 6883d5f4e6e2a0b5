"""Why somebody may help, from data to words that quote the card."""

from django.utils.translation import gettext as _

from kawka.actions.matches import Because

QUOTED = 140
BEFORE = 50


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


def why_me(because: Because) -> str:
    """By what on their own card the reader may help."""
    return _("From your card: “%(line)s”.") % {"line": quoted(because)}


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


def quoted(because: Because) -> str:
    """The sentence of the card, cut around the words that count where it is long."""
    line = because.line.strip().rstrip(".")
    if len(line) <= QUOTED:
        return line
    start = max(0, line.find(because.quote) - BEFORE)
    start = line.rfind(" ", 0, start) + 1 if start else 0
    end = line.rfind(" ", start, start + QUOTED) if len(line) - start > QUOTED else len(line)
    return f"{'…' if start else ''}{line[start:end].rstrip(' ,;')}{'…' if end < len(line) else ''}"
