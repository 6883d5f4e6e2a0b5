"""What is written around a date: asking who has not answered, telling hosts and the place how it looks."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kawka.actions.answers import next_dates
from kawka.actions.forecasts import Outlook, outlook
from kawka.actions.links import links_for
from kawka.actions.meetings import close_meeting
from kawka.actions.mix import mix_of, wanted_in
from kawka.actions.week import unclosed
from kawka.engine.week import moment_of
from kawka.mail import reminders
from kawka.mail.outbox import write_all
from kawka.models import (
    Ask,
    Group,
    Meeting,
    Membership,
    OutgoingMail,
    Person,
    Refused,
    Standing,
    Turn,
)

LOOKED_AHEAD = timedelta(days=5)
LOOKED_BACK = timedelta(days=5)


class PlaceHasNoAddress(Refused):
    """Nobody knows where to write to the place."""

    message = _("Type the e-mail of the place in the settings first.")


def remind_due(*, now: datetime) -> int:
    """Two days before each date: ask those who have not answered, and tell hosts how it looks.

    Each date once, in a transaction of its own; how many dates there were. Nobody who answered, is away or is
    a guest without a date is asked.
    """
    near = Meeting.objects.filter(
        state=Meeting.State.PLANNED, reminded_at=None, starts_at__gt=now, starts_at__lte=now + LOOKED_AHEAD
    )
    return sum(remind(meeting, now) for meeting in due("remind", near, now))


def due(step: str, meetings: QuerySet[Meeting], now: datetime) -> list[Meeting]:
    """Those of the meetings whose step has come, by the clock of their group."""
    loaded = meetings.select_related("group__community")
    return [one for one in loaded if moment_of(step, one.local_date, one.group.timezone) <= now]


@transaction.atomic
def remind(meeting: Meeting, now: datetime) -> bool:
    """Write the mails about one date; False when another process does."""
    if not Meeting.objects.filter(pk=meeting.pk, reminded_at=None).update(reminded_at=now):
        return False
    look = outlook(meeting, now=now)
    ask(meeting, look.silent, now=now)
    roles = meeting.turns.exclude(state=Turn.State.ACCEPTED).count()
    wanted = wanted_in(mix_of(meeting.group, look.coming))
    for place in hosts(meeting.group):
        reminders.week_ahead(
            meeting,
            place,
            coming=len(look.coming) + look.companions,
            silent=len(look.silent),
            expected=look.forecast.expected,
            low=look.forecast.low,
            high=look.forecast.high,
            open_roles=roles,
            wanted=wanted,
            now=now,
        )
    return True


def ask(meeting: Meeting, people: Iterable[Person], *, asked_by_host: bool = False, now: datetime) -> int:
    """Ask these people whether they come; how many mails were written."""
    places = list(meeting.group.memberships.filter(person__in=list(people)).select_related("person"))
    links = links_for(people=[place.person for place in places], group=meeting.group, now=now)
    written: list[OutgoingMail] = []
    for place in places:
        link = links[place.person_id]
        reminders.reminder(meeting, place, link=link, asked_by_host=asked_by_host, into=written, now=now)
    write_all(written)
    return len(written)


@transaction.atomic
def ask_usual(*, meeting: Meeting, by: Person | None, now: datetime) -> int:
    """Ask those who usually come and have not answered, once for each date; how many are asked."""
    meeting = (
        Meeting.objects.select_for_update(of=("self",)).select_related("group__community").get(pk=meeting.pk)
    )
    if meeting.state != Meeting.State.PLANNED or meeting.starts_at <= now:
        return 0
    return ask(meeting, outlook(meeting, now=now).usual, asked_by_host=True, now=now)


def hosts(group: Group) -> list[Membership]:
    """Those who run the group, each with the group at hand."""
    return list(group.memberships.hosts().select_related("person"))


def headcount_due(*, now: datetime) -> int:
    """The afternoon before each date: tell the place how many to expect; how many places were told."""
    near = Meeting.objects.filter(
        state=Meeting.State.PLANNED,
        headcount_at=None,
        starts_at__gt=now,
        starts_at__lte=now + LOOKED_AHEAD,
    ).exclude(group__venue_email="")
    return sum(tell_place(meeting, now) for meeting in due("prepare", near, now))


@transaction.atomic
def tell_place(meeting: Meeting, now: datetime) -> bool:
    """Tell the place of one date, unless another process does."""
    if not Meeting.objects.filter(pk=meeting.pk, headcount_at=None).update(headcount_at=now):
        return False
    return write_headcount(meeting, outlook(meeting, now=now), now)


@transaction.atomic
def send_headcount(*, meeting: Meeting, by: Person | None, now: datetime) -> None:
    """Tell the place the number as it is now, again if it was told before. Raises PlaceHasNoAddress."""
    meeting = (
        Meeting.objects.select_for_update(of=("self",)).select_related("group__community").get(pk=meeting.pk)
    )
    if not meeting.group.venue_email:
        raise PlaceHasNoAddress
    Meeting.objects.filter(pk=meeting.pk).update(headcount_at=now)
    write_headcount(meeting, outlook(meeting, now=now), now)


def write_headcount(meeting: Meeting, look: Outlook, now: datetime) -> bool:
    """The mail with the forecast, at least one more than the last so that every correction goes out."""
    number = OutgoingMail.objects.filter(key__startswith=f"headcount:{meeting.code}:").count() + 1
    told = look.forecast
    people = max(told.expected, 1)
    mail = reminders.headcount(meeting, people=people, low=told.low, high=told.high, number=number, now=now)
    return mail is not None


def wrap_up_due(*, now: datetime) -> int:
    """The morning after each date: close what was forgotten and tell hosts how it was; how many dates."""
    for group in Group.objects.filter(
        meetings__ends_at__lte=now, meetings__ends_at__gt=now - LOOKED_BACK
    ).distinct():
        for meeting in unclosed(group, now=now):
            if moment_of("wrap_up", meeting.local_date, group.timezone) <= now:
                close_meeting(meeting=meeting, by=None, now=now)
    closed = Meeting.objects.filter(
        state=Meeting.State.CLOSED, wrapped_at=None, ends_at__lte=now, ends_at__gt=now - LOOKED_BACK
    )
    return sum(wrap_up(meeting, now) for meeting in due("wrap_up", closed, now))


@transaction.atomic
def wrap_up(meeting: Meeting, now: datetime) -> bool:
    """Write to the hosts of one meeting; False when another process does."""
    if not Meeting.objects.filter(pk=meeting.pk, wrapped_at=None).update(wrapped_at=now):
        return False
    came = meeting.attendances.came()
    guests = Membership.objects.filter(group=meeting.group_id, standing=Standing.GUEST).values("person")
    following = next(iter(next_dates(meeting.group, now=now, limit=1)), None)
    asks = Ask.objects.open().filter(person__in=came.values("person")).count()
    numbers = {"came": came.count(), "guests": came.filter(person__in=guests).count(), "asks": asks}
    open_roles = following.turns.exclude(state=Turn.State.ACCEPTED).count() if following else 0
    for place in hosts(meeting.group):
        reminders.wrap_up(meeting, place, **numbers, following=following, open_roles=open_roles, now=now)
    return True
