"""The evening before: three people worth meeting, why, and how to begin."""

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
from kawka.actions.seat_wishes import wished_by
from kawka.actions.talk_reasons import Link, links_of, quoted, say
from kawka.engine.talk_worth import worth_now
from kawka.mail import tomorrow as mail
from kawka.mail.messages import language_of
from kawka.models import Group, HelpKind, Meeting, Person, PersonalLink
from kawka.models.formula import has_round

MOST = 3
FIRST_TALK = 5


@dataclass(frozen=True, slots=True)
class Hint:
    """Somebody worth meeting, with the reason and a line to begin with; `is_useful` when the cards say so.

    `is_wished`: the reader has said quietly that they would like to sit with them.
    """

    person: Person
    card: SeenCard
    reason: str
    opening: str
    is_useful: bool
    is_wished: bool = False


def date_of(group: Group, person: Person, *, now: datetime) -> Meeting | None:
    """The next date of a group to which this person said they come."""
    ahead = group.meetings.filter(state__in=[Meeting.State.PLANNED, Meeting.State.LIVE], ends_at__gt=now)
    return ahead.filter(answers__in=person.answers.coming()).order_by("starts_at", "pk").first()


def comes(meeting: Meeting, person: Person) -> bool:
    """Whether they said that they come."""
    return meeting.answers.coming().filter(person=person).exists()


class Evening:
    """Those who come to one date, with what talks among them are worth: worked out once for all readers."""

    def __init__(self, meeting: Meeting) -> None:
        coming = meeting.answers.coming().select_related("person__card")
        coming = coming.prefetch_related("person__offers", "person__asks").order_by("person__code")
        self.meeting = meeting
        self.people = [answer.person for answer in coming]
        self.past = talks_before(meeting, [person.code for person in self.people])
        self._gains: dict[int, dict[Ordered, Gain]] = {}

    def gain(self, pair: Ordered, near: int) -> Gain | None:
        """What a talk is worth to the first of a pair, by cards as people this near see them."""
        if near not in self._gains:
            self._gains[near] = gains(self.people, group=self.meeting.group, near=near)
        return self._gains[near].get(pair)


def people_worth_meeting(evening: Evening, reader: Person) -> list[Hint]:
    """At most three of those who said they come, for one of them. A fixed number of queries.

    What their cards say counts as far as the reader may see it, and nobody the reader or the other keeps
    apart from is among them.
    """
    apart = {*kept_apart_from(reader), reader.pk}
    people = [person for person in evening.people if person.pk not in apart]
    near = access.closeness(reader, people)
    wished = wished_by(evening.meeting, reader)
    weighed = [(worth_to(evening, reader, person, near[person.pk]), person) for person in people]
    best = [person for worth, person in sorted(weighed, key=lambda one: -one[0])[:MOST] if worth > 0]
    return [
        hint_of(evening, reader, person, near=near[person.pk], is_wished=person.pk in wished)
        for person in best
    ]


def worth_to(evening: Evening, reader: Person, other: Person, near: int) -> float:
    """What a talk is worth, to the reader first."""
    pair = (reader.code, other.code)
    worth = []
    for one in (pair, pair[::-1]):
        gain = evening.gain(one, near)
        worth.append(worth_now(gain.worth if gain else 0, evening.past.get(one)))
    return worth[0] + worth[1] / 2 + (0 if pair in evening.past else FIRST_TALK)


def hint_of(evening: Evening, reader: Person, other: Person, *, near: int, is_wished: bool) -> Hint:
    """One person with the reason and the line to begin with."""
    pair = (reader.code, other.code)
    reasons: list[dict[str, Any]] = [
        {"kind": "gain", "pair": one, "because": [because.as_data() for because in gain.because]}
        for one in (pair, pair[::-1])
        if (gain := evening.gain(one, near))
    ]
    talked = pair in evening.past
    reasons.append({"kind": "talked_before" if talked else "never_talked", "pair": pair})
    cast = {person.code: person for person in (reader, other)}
    links = links_of(reasons, cast, near)
    reason = say(reasons, [reader, other], viewer=reader, near=near)[0]
    card = SeenCard(other, access.visible_fields(other.card, near))
    if links:
        begin = opening(links[0], reader)
    else:
        words, begin = topic(card, talked)
        reason = f"{reason} {words}".strip()
    return Hint(other, card, reason, begin, is_useful=bool(links), is_wished=is_wished)


def opening(link: Link, reader: Person) -> str:
    """A line to begin with, about what the reason beside it tells."""
    is_asker = link.asker == reader.code
    lines = {
        "helps": asking(is_asker),
        "knows": asking_around(is_asker),
        "client": _("Which of your clients do you enjoy most, and how did you meet?"),
        "same": _("We work for the same clients. What do they ask you most often?"),
        "sphere": _("Our trades often meet. Who needed you lately?"),
    }
    return asking(is_asker) if link.kind == "client" and link.words else lines[link.kind]


def asking(is_asker: bool) -> str:
    """How to begin where one of the two may help the other."""
    if is_asker:
        return _("You may know a lot about what I am looking for. May I tell you?")
    return _("I read on your card what you are looking for. Tell me more?")


def asking_around(is_asker: bool) -> str:
    """How to begin where one of the two may know somebody who helps."""
    if is_asker:
        return _("I am looking for something, and you may know whom to ask. May I tell you?")
    return _("Tell me what you are looking for: I may know somebody.")


def topic(card: SeenCard, talked: bool) -> tuple[str, str]:
    """Words of a card to talk about where nothing links two people, and a line to begin with.

    What somebody looks for in private comes first: it is the easiest thing to talk about.
    """
    asks = sorted(card.asks, key=lambda ask: ask.kind != HelpKind.PRIVATE)
    texts = [ask.text for ask in asks] or [offer.text for offer in card.offers]
    words = _("From the card: “%(words)s”.") % {"words": quoted(texts[0])} if texts else ""
    if talked:
        return words, _("What is new since we last talked?")
    if asks:
        return words, _("I read on your card what you are looking for. Has anything turned up?")
    return words, _("What are you working on these days?")


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
    evening = Evening(meeting)
    for place in meeting.group.memberships.current().filter(person__in=coming).select_related("person__card"):
        place.group = meeting.group
        with override(language_of(place.person, meeting.group)):
            hints = [hint for hint in people_worth_meeting(evening, place.person) if hint.is_useful]
        if hints and place.person.email:
            link = link_for(
                person=place.person, scope=PersonalLink.Scope.ANSWER, group=meeting.group, now=now
            )
            mail.tomorrow(place, meeting, hints, link=link, speaks=speaks, now=now)
    return True
