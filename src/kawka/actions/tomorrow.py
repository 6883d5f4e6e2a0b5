"""The evening before: three people worth meeting, why, and how to begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from kawka import access
from kawka.actions.cards import SeenCard
from kawka.actions.grounds import Ordered, talks_before
from kawka.actions.links import link_for
from kawka.actions.matches import Gain, gains
from kawka.actions.not_with_me import kept_apart_from
from kawka.actions.reminders import LOOKED_AHEAD, due
from kawka.actions.talk_reasons import FEW_WORDS, Link, links_of, say
from kawka.engine.talk_worth import Past, worth_now
from kawka.mail import tomorrow as mail
from kawka.mail.messages import language_of
from kawka.models import Group, Meeting, Person, PersonalLink
from kawka.models.formula import has_round

MOST = 3
FIRST_TALK = 5


@dataclass(frozen=True, slots=True)
class Hint:
    """Somebody worth meeting, with the reason and a line to begin with; `is_useful` when the cards say so."""

    person: Person
    card: SeenCard
    reason: str
    opening: str
    is_useful: bool


def date_of(group: Group, person: Person, *, now: datetime) -> Meeting | None:
    """The next date of a group to which this person said they come."""
    ahead = group.meetings.filter(state__in=[Meeting.State.PLANNED, Meeting.State.LIVE], ends_at__gt=now)
    return ahead.filter(answers__in=person.answers.coming()).order_by("starts_at", "pk").first()


def comes(meeting: Meeting, person: Person) -> bool:
    """Whether they said that they come."""
    return meeting.answers.coming().filter(person=person).exists()


def people_worth_meeting(meeting: Meeting, reader: Person) -> list[Hint]:
    """At most three of those who said they come, for one of them. A fixed number of queries.

    What their cards say counts as far as the reader may see it, and nobody the reader or the other keeps
    apart from is among them.
    """
    apart = kept_apart_from(reader)
    coming = meeting.answers.coming().exclude(person=reader).exclude(person__in=apart)
    people = [answer.person for answer in coming.select_related("person__card").order_by("person__code")]
    near = access.closeness(reader, people)
    found = gains_as_seen(meeting, reader, people, near)
    past = talks_before(meeting, [reader.code, *(person.code for person in people)])
    weighed = [(worth_to(reader, person, found, past), person) for person in people]
    best = sorted(weighed, key=lambda one: -one[0])[:MOST]
    return [hint_of(reader, person, found, past, near[person.pk]) for worth, person in best if worth > 0]


def gains_as_seen(
    meeting: Meeting, reader: Person, people: Sequence[Person], near: dict[int, int]
) -> dict[Ordered, Gain]:
    """What talks are worth by the cards as the reader may see each of them."""
    found: dict[Ordered, Gain] = {}
    for distance in (access.MET, access.FELLOW, access.STRANGER):
        those = [person for person in people if near[person.pk] == distance]
        seen = gains([reader, *those], group=meeting.group, near=distance) if those else {}
        found.update({pair: gain for pair, gain in seen.items() if reader.code in pair})
    return found


def worth_to(reader: Person, other: Person, found: dict[Ordered, Gain], past: dict[Ordered, Past]) -> float:
    """What a talk is worth, to the reader first."""
    mine, theirs = (reader.code, other.code), (other.code, reader.code)
    worth = [worth_now(found[pair].worth if pair in found else 0, past.get(pair)) for pair in (mine, theirs)]
    return worth[0] + worth[1] / 2 + (0 if mine in past else FIRST_TALK)


def hint_of(
    reader: Person, other: Person, found: dict[Ordered, Gain], past: dict[Ordered, Past], near: int
) -> Hint:
    """One person with the reason and the line to begin with."""
    pairs = [(reader.code, other.code), (other.code, reader.code)]
    reasons: list[dict[str, Any]] = [
        {"kind": "gain", "pair": pair, "because": [one.as_data() for one in found[pair].because]}
        for pair in pairs
        if pair in found
    ]
    talked = pairs[0] in past
    reasons.append({"kind": "talked_before" if talked else "never_talked", "pair": pairs[0]})
    cast = {person.code: person for person in (reader, other)}
    links = links_of(reasons, cast, near)
    return Hint(
        person=other,
        card=SeenCard(other, access.visible_fields(other.card, near)),
        reason=say(reasons, [reader, other], viewer=reader, near=near)[0],
        opening=opening(links[0] if links else None, reader, talked),
        is_useful=bool(links),
    )


def opening(link: Link | None, reader: Person, talked: bool) -> str:
    """A line to begin with."""
    if link is None:
        return _("What is new since we last talked?") if talked else _("What are you working on these days?")
    is_asker = link.asker == reader.code
    few = 0 < len(link.words.split()) <= FEW_WORDS
    lines = {
        "helps": asking(is_asker, few),
        "knows": asking(is_asker, few),
        "client": _("Which of your clients do you enjoy most, and how did you meet?"),
        "same": _("We work for the same clients. What do they ask you most often?"),
        "sphere": _("Our trades often meet. Who needed you lately?"),
    }
    return lines[link.kind] % {"words": link.words}


def asking(is_asker: bool, few: bool) -> str:
    """How to begin about what one of the two looks for."""
    if is_asker and few:
        return _("I am looking for this: %(words)s. Where would you begin?")
    if is_asker:
        return _("May I tell you what I am looking for?")
    if few:
        return _("You are looking for this, I read: %(words)s. Tell me more?")
    return _("Tell me more about what you are looking for.")


def tomorrow_due(*, now: datetime) -> int:
    """The afternoon before each date: three people worth meeting, to whoever comes; how many dates."""
    near = Meeting.objects.filter(
        state=Meeting.State.PLANNED,
        hinted_at=None,
        starts_at__gt=now,
        starts_at__lte=now + LOOKED_AHEAD,
        group__community__is_sample=False,
    )
    return sum(tell(meeting, now) for meeting in due("prepare", near, now))


@transaction.atomic
def tell(meeting: Meeting, now: datetime) -> bool:
    """Write to those who come to one date; False when another process does.

    Nothing goes to somebody for whom the cards say nothing: a mail without a reason is none.
    """
    if not Meeting.objects.filter(pk=meeting.pk, hinted_at=None).update(hinted_at=now):
        return False
    coming, speaks = meeting.answers.coming().values("person"), has_round(meeting)
    for place in meeting.group.memberships.current().filter(person__in=coming).select_related("person__card"):
        place.group = meeting.group
        with override(language_of(place.person, meeting.group)):
            hints = [hint for hint in people_worth_meeting(meeting, place.person) if hint.is_useful]
        if hints and place.person.email:
            link = link_for(
                person=place.person, scope=PersonalLink.Scope.ANSWER, group=meeting.group, now=now
            )
            mail.tomorrow(place, meeting, hints, link=link, speaks=speaks, now=now)
    return True
