"""Why two people sit together, from data to words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kawka.models import Person


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
