"""“What is your ask this week?”, on Sunday evening, to those who come and wanted to be asked."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kawka.actions.links import link_for
from kawka.engine.week import weekly_ask_at
from kawka.mail import weekly_asks as mail
from kawka.models import Answer, Ask, Card, Meeting, Membership, Person, PersonalLink, Refused

LOOKED_AHEAD = timedelta(days=8)
ASKED_UNTIL = timedelta(hours=3)  # later in the evening nobody is asked any more that Sunday
LET_BE = 2


class AskIsEmpty(Refused):
    """There is no ask in the box."""

    message = _("Write whom or what you are looking for, in one sentence.")


def weekly_asks_due(*, now: datetime) -> int:
    """On Sunday at 18:00 by the clock of each group: ask those who come in the week after; how many.

    Each person once, whatever number of dates and groups. Whoever let it be twice in a row is not asked
    again until they switch it on anew. Run every few minutes.
    """
    near = Meeting.objects.filter(
        state=Meeting.State.PLANNED, starts_at__gt=now, starts_at__lte=now + LOOKED_AHEAD
    )
    meetings = near.select_related("group__community").order_by("starts_at", "pk")
    due = [(one, weekly_ask_at(one.local_date, one.group.timezone)) for one in meetings]
    return sum(ask(one, at, now) for one, at in due if at <= now < at + ASKED_UNTIL)


def ask(meeting: Meeting, at: datetime, now: datetime) -> int:
    """Ask those who come to one date and were not asked yet this Sunday; how many."""
    sunday = at.astimezone(meeting.group.zone).date()
    coming = Answer.objects.coming().filter(meeting=meeting).values("person")
    asked = Membership.objects.filter(weekly_asked_on=sunday).values("person")
    wanting = meeting.group.memberships.current().filter(wants_weekly_ask=True, person__in=coming)
    places = wanting.exclude(person__in=asked).select_related("person")
    return sum(ask_one(place, meeting, sunday, now) for place in places.order_by("pk"))


@transaction.atomic
def ask_one(place: Membership, meeting: Meeting, sunday: date, now: datetime) -> bool:
    """Ask one person, unless another process does or they let it be too often."""
    ignored = 0 if has_reacted(place) else place.weekly_ignored
    row = Membership.objects.filter(pk=place.pk, wants_weekly_ask=True).exclude(weekly_asked_on=sunday)
    if ignored >= LET_BE:
        row.update(wants_weekly_ask=False, weekly_ignored=0)
        return False
    if not row.update(weekly_asked_on=sunday, weekly_ignored=ignored + 1):
        return False
    place.group = meeting.group
    link = link_for(person=place.person, scope=PersonalLink.Scope.ANSWER, group=meeting.group, now=now)
    is_last = ignored + 1 == LET_BE
    last = last_ask(place.person)
    return mail.weekly_ask(meeting, place, last=last, is_last=is_last, link=link, now=now) is not None


def has_reacted(place: Membership) -> bool:
    """Whether they have changed their card since they were asked last, which is an answer too."""
    if place.weekly_asked_on is None:
        return True
    midnight = datetime.combine(place.weekly_asked_on, datetime.min.time(), tzinfo=place.group.zone)
    return Card.objects.filter(person=place.person_id, updated_at__gte=midnight).exists()


def last_ask(person: Person) -> Ask | None:
    """What they asked last and still look for; else the last thing they looked for; None before the first."""
    asks = person.asks.order_by(F("closed_at").desc(nulls_first=True), "-created_at", "-pk")
    return asks.first()


@transaction.atomic
def keep_ask(*, person: Person, text: str, instead_of: Ask | None = None, by: Person, now: datetime) -> Ask:
    """The ask of this week: the words for one that is open, else a new one in front of the others.

    Words that stand there already change nothing. It counts as an answer for every group. Raises AskIsEmpty.
    """
    text = " ".join(text.split())
    if not text:
        raise AskIsEmpty
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    Membership.objects.filter(person=person).update(weekly_ignored=0)
    open_asks = person.asks.open()
    same = open_asks.filter(text=text).first()
    if same is not None:
        return same
    ask = open_asks.filter(pk=instead_of.pk).first() if instead_of is not None else None
    if ask is None:
        return new_ask(person, text, open_asks, now)
    ask.text = text
    ask.save(update_fields=["text"])
    return ask


def new_ask(person: Person, text: str, others: Iterable[Ask], now: datetime) -> Ask:
    """One ask more, in front of the others."""
    Ask.objects.filter(pk__in=[one.pk for one in others]).update(position=F("position") + 1)
    return Ask.objects.create(person=person, text=text, position=0, created_at=now)
