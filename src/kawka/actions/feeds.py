"""Calendars to subscribe to: what stands in whose, and the secret address of one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from kawka.calendars.feeds import FeedDate, feed
from kawka.mail.addresses import address_of
from kawka.models import Answer, CalendarFeed, Community, Meeting, Person, Turn
from kawka.models.codes import new_secret

BACK, AHEAD = timedelta(days=150), timedelta(days=190)
CALLED_OFF_KEPT_FOR = timedelta(days=30)
ALARMS = (15, 30, 60)


@dataclass(frozen=True, slots=True)
class MyCalendar:
    """A person's own calendar: its address, once they asked for one."""

    person: Person
    address: str

    @property
    def subscribe(self) -> str:
        """The address as calendar programs take it with one tap."""
        return "webcal:" + self.address.split(":", 1)[1] if self.address else ""


def my_calendars(people: Sequence[Person]) -> list[MyCalendar]:
    """The calendars of these persons. One query."""
    feeds = {one.person_id: one for one in CalendarFeed.objects.filter(person__in=people)}
    return [
        MyCalendar(
            person, address_of("my-calendar", token=feeds[person.pk].token) if person.pk in feeds else ""
        )
        for person in people
    ]


@transaction.atomic
def new_address(*, person: Person, by: Person, now: datetime) -> CalendarFeed:
    """A new secret address for one's calendar; the old one, if there was one, shows nothing any more."""
    made, _created = CalendarFeed.objects.update_or_create(
        person=person, defaults={"secret": new_secret(), "created_at": now}
    )
    return made


def shown(now: datetime) -> Q:
    """Dates of the past months and the coming ones; called-off ones only as long as they are news."""
    called_off = Q(state=Meeting.State.CALLED_OFF)
    recent = Q(starts_at__gt=now - BACK, starts_at__lt=now + AHEAD)
    return recent & (~called_off | Q(starts_at__gt=now - CALLED_OFF_KEPT_FOR))


def personal_feed(person: Person, *, source: str, alarm: int, now: datetime) -> bytes:
    """The dates this person comes to or waits for, and their turns. Two queries."""
    said = person.answers.filter(choice__in=[Answer.Choice.COMING, Answer.Choice.WAITING])
    waiting = {one.meeting_id for one in said if one.choice == Answer.Choice.WAITING}
    dates = Meeting.objects.filter(shown(now), pk__in=said.values("meeting")).select_related("group")
    turns = Turn.objects.filter(person=person, state=Turn.State.ACCEPTED)
    duties = turns.filter(meeting__in=Meeting.objects.filter(shown(now))).select_related(
        "role", "meeting__group"
    )
    listed = [
        FeedDate(meeting, address_of("meeting", code=meeting.code), meeting.pk in waiting)
        for meeting in dates.order_by("starts_at")
    ]
    return feed(person.community.name, listed, source=source, turns=duties, alarm=alarm)


def community_feed(community: Community, *, source: str, alarm: int, now: datetime) -> bytes:
    """The dates of all groups of a community whose pages anybody may see. One query."""
    dates = Meeting.objects.filter(shown(now), group__community=community, group__is_listed=True)
    listed = [
        FeedDate(meeting, address_of("group", slug=meeting.group.slug))
        for meeting in dates.select_related("group").order_by("starts_at")
    ]
    return feed(community.name, listed, source=source, alarm=alarm)
