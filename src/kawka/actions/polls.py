"""Quick polls about the next date of a loose group: asked, answered with a tap, closed with a date."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from kawka.actions.date_news import answer_link
from kawka.actions.dates import add_date
from kawka.actions.holidays import holiday_of
from kawka.engine.rhythm import moment
from kawka.mail import dates as mails
from kawka.models import (
    DatePoll,
    DateProposal,
    Group,
    Meeting,
    Membership,
    Person,
    Refused,
    Series,
    Voter,
)

FEWEST, MOST = 3, 5
WITHOUT_DATE = timedelta(weeks=3)
SUGGESTED = 3


class PollIsClosed(Refused):
    """The date has been chosen already."""

    message = _("This poll is closed. The group's page shows the date that was chosen.")


class TooFewProposals(Refused):
    """A poll needs something to choose from."""

    message = _("Propose three to five different dates that are still to come.")


@transaction.atomic
def ask(*, group: Group, days: Iterable[tuple[date, time]], by: Person | None, now: datetime) -> DatePoll:
    """Ask when to meet next. Pressed twice it is one poll. Raises TooFewProposals."""
    group = Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    moments = (moment(on, at, group.timezone) for on, at in days)
    found = sorted({one for one in moments if one > now})
    if not FEWEST <= len(found) <= MOST:
        raise TooFewProposals
    for poll in group.date_polls.open().prefetch_related("proposals"):
        if [one.starts_at for one in poll.proposals.all()] == found:
            return poll
    poll = DatePoll.objects.create(group=group, asked_by=by, created_at=now)
    DateProposal.objects.bulk_create(DateProposal(poll=poll, starts_at=one) for one in found)
    return poll


@transaction.atomic
def vote(
    *,
    poll: DatePoll,
    codes: Collection[str],
    person: Person | None = None,
    name: str = "",
    email: str = "",
    press: str,
    now: datetime,
) -> Voter:
    """Say which dates somebody can; a person's later word replaces the earlier, a form sent twice is one.

    Raises PollIsClosed.
    """
    poll = lock_open(poll)
    voter = poll.voters.filter(person=person).first() if person else poll.voters.filter(press=press).first()
    if voter is None:
        voter = Voter.objects.create(
            poll=poll,
            person=person,
            press=press,
            name=person.name if person else " ".join(name.split()),
            email="" if person else email.strip().lower(),
            voted_at=now,
        )
    voter.can.set(poll.proposals.filter(code__in=codes))
    return voter


@transaction.atomic
def change_vote(*, voter: Voter, codes: Collection[str], now: datetime) -> Voter:
    """Change one's mind. Raises PollIsClosed."""
    poll = lock_open(voter.poll)
    voter.can.set(poll.proposals.filter(code__in=codes))
    return voter


def lock_open(poll: DatePoll) -> DatePoll:
    """The poll locked while it is open. Raises PollIsClosed."""
    locked = (
        DatePoll.objects.select_for_update(of=("self",)).select_related("group__community").get(pk=poll.pk)
    )
    if locked.closed_at is not None:
        raise PollIsClosed
    return locked


@transaction.atomic
def close(
    *, poll: DatePoll, proposal: DateProposal | None, by: Person | None, now: datetime
) -> Meeting | None:
    """End the poll with one of its dates, which is made, and told to voters with an address; or with none.

    Raises PollIsClosed, DateHasPassed or DateIsTaken.
    """
    poll = lock_open(poll)
    meeting = None
    if proposal is not None:
        local = proposal.starts_at.astimezone(poll.group.zone)
        meeting = add_date(group=poll.group, on=local.date(), at=local.time(), by=by, now=now)
    poll.meeting, poll.closed_at = meeting, now
    poll.save(update_fields=["meeting", "closed_at"])
    if meeting is not None:
        meeting.group = poll.group
        tell_voters(poll, meeting, now)
    return meeting


def tell_voters(poll: DatePoll, meeting: Meeting, now: datetime) -> None:
    """One mail to each voter with an address: which date it is."""
    for voter in poll.voters.select_related("person"):
        link = answer_link(voter.person, poll.group, now) if voter.person else None
        mails.poll_decided(voter, meeting, link=link, now=now)


def suggested(group: Group, *, now: datetime) -> list[datetime]:
    """Moments to propose: the usual weekday and hour in two, three and four weeks, holidays left out."""
    last = group.meetings.order_by("starts_at").last()
    series = group.series.order_by("pk").last()
    at = last.local_start.time() if last else series.starts_at if series else None
    today = now.astimezone(group.zone).date()
    weekday = last.local_date.weekday() if last else series.weekday if series else 2
    if at is None:
        return []
    first = today + timedelta(days=7 + (weekday - today.weekday()) % 7)
    days = [first + timedelta(weeks=number) for number in range(SUGGESTED * 3)]
    free = [on for on in days if not holiday_of(group, on)][:SUGGESTED]
    return [moment(on, at, group.timezone) for on in free]


def remind_of_dates(*, now: datetime) -> int:
    """Ask hosts of loose groups for a date when there was none for three weeks and none is to come. Daily.

    One mail for each such stretch, with moments to propose; none while a poll is open. How many mails.
    """
    steady = Series.objects.running().exclude(kind=Series.Kind.BY_HAND).filter(group=OuterRef("pk"))
    recent = Meeting.objects.filter(group=OuterRef("pk"), starts_at__gt=now - WITHOUT_DATE)
    recent = recent.exclude(state=Meeting.State.CALLED_OFF)
    polls = DatePoll.objects.open().filter(group=OuterRef("pk"))
    groups = Group.objects.filter(
        ~Exists(steady), ~Exists(recent), ~Exists(polls), created_at__lt=now - WITHOUT_DATE
    )
    told = 0
    for group in groups.select_related("community"):
        told += remind(group, now)
    return told


def remind(group: Group, now: datetime) -> int:
    """Write to the hosts of one group, once since its last date."""
    last = group.meetings.order_by("starts_at").last()
    since = last.code if last else "start"
    moments = suggested(group, now=now)
    hosts = Membership.objects.hosts().filter(group=group).exclude(person__email="").select_related("person")
    written = [mails.date_wanted(group, host.person, since=since, moments=moments, now=now) for host in hosts]
    return sum(mail is not None and mail.created_at == now for mail in written)
