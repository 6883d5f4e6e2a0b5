"""The queue of presentations: proposed by members, booked for a date by a host, prepared with a template."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kawka.actions.rota_facts import is_away
from kawka.actions.runsheet import book_spotlight, free_spotlight
from kawka.actions.spotlight_templates import headings
from kawka.engine.rhythm import moment
from kawka.engine.week import SATURDAY
from kawka.mail import spotlights as mail
from kawka.models import (
    Answer,
    Group,
    Meeting,
    Membership,
    OutgoingMail,
    Person,
    Refused,
    Spotlight,
    SpotlightProposal,
    Standing,
)

WEEK, EVENING, MORNING = timedelta(days=7), time(18), time(9)


class AlreadyBooked(Refused):
    """The date, or the proposal, is taken."""

    message = _("This date already has a presentation, or this one is booked by now.")


class PresenterIsElsewhere(Refused):
    """Whoever presents has said no to the date, or is away on that day."""

    def __init__(self, person: Person) -> None:
        super().__init__(_("%(name)s is not there on that day. Choose another date.") % {"name": person.name})


class NotForGuests(Refused):
    """A guest proposed a presentation."""

    message = _(
        "Presentations are for those who belong to the group. After a few visits this is open to you too."
    )


def queue_of(group: Group) -> Sequence[SpotlightProposal]:
    """What waits for a date: first what had one that was called off, then by how long it waits. One query."""
    waiting = group.spotlight_proposals.filter(spotlight__isnull=True, withdrawn_at__isnull=True)
    ordered = waiting.order_by(F("returned_at").asc(nulls_last=True), "created_at", "pk")
    return list(ordered.select_related("person__card"))


def booked_ahead(group: Group, now: datetime) -> Sequence[Spotlight]:
    """Presentations at dates to come, soonest first. One query."""
    ahead = Spotlight.objects.filter(meeting__group=group, meeting__starts_at__gt=now)
    ahead = ahead.exclude(meeting__state=Meeting.State.CALLED_OFF)
    return list(ahead.select_related("person", "meeting__group", "proposal").order_by("meeting__starts_at"))


def free_dates(group: Group, now: datetime) -> Sequence[Meeting]:
    """The next dates without a presentation. One query."""
    ahead = group.meetings.filter(starts_at__gt=now, state=Meeting.State.PLANNED, spotlight__isnull=True)
    dates = list(ahead.filter(is_loose=False).order_by("starts_at")[:8])
    for meeting in dates:
        meeting.group = group
    return dates


@transaction.atomic
def propose(*, by: Membership, fields: Mapping[str, Any], now: datetime) -> SpotlightProposal:
    """Put a presentation into the queue; the same once more is the same. Raises NotForGuests."""
    if by.standing in (Standing.GUEST, Standing.ALUMNUS):
        raise NotForGuests
    Group.objects.select_for_update(of=("self",)).get(pk=by.group_id)
    waiting = SpotlightProposal.objects.filter(
        group=by.group_id, person=by.person_id, spotlight__isnull=True, withdrawn_at__isnull=True
    )
    same = waiting.filter(title=fields["title"]).first()
    return same or SpotlightProposal.objects.create(
        group_id=by.group_id, person_id=by.person_id, created_at=now, **fields
    )


@transaction.atomic
def withdraw(*, proposal: SpotlightProposal, by: Person | None, now: datetime) -> None:
    """Take a presentation out of the queue, and off the date it was booked for."""
    locked = SpotlightProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if locked.spotlight_id is not None:
        free(locked, now)
    SpotlightProposal.objects.filter(pk=locked.pk, withdrawn_at__isnull=True).update(withdrawn_at=now)


@transaction.atomic
def book(*, proposal: SpotlightProposal, meeting: Meeting, by: Person | None, now: datetime) -> Spotlight:
    """Give a presentation its date and tell whoever presents.

    Raises AlreadyBooked, or PresenterIsElsewhere.
    """
    meeting = lock_meeting(meeting)
    rows = SpotlightProposal.objects.select_for_update(of=("self",)).select_related("person")
    locked = rows.get(pk=proposal.pk)
    is_ahead = meeting.state == Meeting.State.PLANNED and meeting.starts_at > now
    is_taken = Spotlight.objects.filter(meeting=meeting).exists() or locked.spotlight_id is not None
    if is_taken or locked.withdrawn_at is not None or not is_ahead or meeting.group_id != locked.group_id:
        raise AlreadyBooked
    said_no = meeting.answers.filter(person=locked.person_id, choice=Answer.Choice.NOT_THIS_TIME)
    if said_no.exists() or is_away(locked.person, meeting):
        raise PresenterIsElsewhere(locked.person)
    booked = book_spotlight(
        meeting=meeting, person=locked.person, kind=locked.kind, title=locked.title, by=by, now=now
    )
    locked.spotlight, locked.returned_at = booked, None
    locked.save(update_fields=["spotlight", "returned_at"])
    tell_booked(booked, meeting, locked.minutes, now)
    return booked


@transaction.atomic
def book_by_hand(
    *, meeting: Meeting, person: Person, kind: str, title: str, by: Person | None, now: datetime
) -> Spotlight:
    """What the host agreed by word of mouth; what was booked for somebody else waits again in front."""
    meeting = lock_meeting(meeting)
    before = Spotlight.objects.filter(meeting=meeting).first()
    linked = SpotlightProposal.objects.filter(spotlight__meeting=meeting)
    linked.exclude(person=person).update(spotlight=None, returned_at=now)
    booked = book_spotlight(meeting=meeting, person=person, kind=kind, title=title, by=by, now=now)
    waiting = SpotlightProposal.objects.filter(
        group=meeting.group_id, person=person, title=title, spotlight__isnull=True, withdrawn_at__isnull=True
    )
    same = waiting.first()
    if same is not None and not linked.exists():
        same.spotlight, same.returned_at = booked, None
        same.save(update_fields=["spotlight", "returned_at"])
    if before is None or before.person_id != person.pk:
        tell_booked(booked, meeting, same.minutes if same else 10, now)
    return booked


@transaction.atomic
def free_by_hand(*, meeting: Meeting, by: Person | None, now: datetime) -> None:
    """Nobody presents at this meeting; a proposal that was booked for it waits again in front."""
    linked = SpotlightProposal.objects.filter(spotlight__meeting=meeting)
    linked.update(spotlight=None, returned_at=now)
    free_spotlight(meeting=meeting, by=by, now=now)


def lock_meeting(meeting: Meeting) -> Meeting:
    """The meeting locked, with its group."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("group__community")
    return rows.get(pk=meeting.pk)


def tell_booked(booked: Spotlight, meeting: Meeting, minutes: int, now: datetime) -> None:
    """Confirm to whoever presents that they have a date."""
    place = place_of(booked, meeting.group)
    if place is not None and meeting.starts_at > now and not meeting.group.community.is_sample:
        mail.spotlight_booked(place, meeting, title=booked.title, minutes=minutes, now=now)


@transaction.atomic
def send_back(*, proposal: SpotlightProposal, by: Person | None, now: datetime) -> None:
    """Take a presentation off its date, back to the front of the queue."""
    locked = SpotlightProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if locked.spotlight_id is not None:
        free(locked, now)


def free(proposal: SpotlightProposal, now: datetime) -> None:
    """The date of a locked proposal has no presentation any more."""
    spotlight = Spotlight.objects.select_related("meeting__group").get(proposal=proposal)
    SpotlightProposal.objects.filter(pk=proposal.pk).update(spotlight=None, returned_at=now)
    spotlight.delete()
    spotlight.meeting.group.touch_page()


def spotlights_due(*, now: datetime) -> int:
    """Bring back what a called-off date left without one, remind those who present; how many were touched.

    A week before at 9:00 and the evening before at 18:00, on working days. Run every few minutes.
    """
    gone = SpotlightProposal.objects.filter(spotlight__meeting__state=Meeting.State.CALLED_OFF)
    returned = list(gone)
    for proposal in returned:
        send_back(proposal=proposal, by=None, now=now)
    return len(returned) + remind_presenters(now)


def remind_presenters(now: datetime) -> int:
    """Write to those whose presentation is near."""
    near = Q(meeting__state=Meeting.State.PLANNED, meeting__starts_at__range=(now, now + WEEK + WEEK / 2))
    booked = Spotlight.objects.filter(near, meeting__group__community__is_sample=False)
    said_no = Answer.objects.filter(meeting=OuterRef("meeting"), person=OuterRef("person"), choice="no")
    loaded = booked.exclude(Exists(said_no)).select_related("meeting__group__community", "person", "proposal")
    return sum(remind(one, now) for one in loaded.order_by("meeting__starts_at", "pk"))


def remind(booked: Spotlight, now: datetime) -> int:
    """The reminder that is due about one presentation, if any; each goes once for a date."""
    meeting = booked.meeting
    week, eve = moment_before(meeting, 7, MORNING), moment_before(meeting, 1, EVENING)
    step = "eve" if eve <= now else "week" if week <= now else ""
    key = f"spotlight_reminder:{mail.reminder_key(meeting, booked.person.code, step)}"
    if not step or OutgoingMail.objects.filter(key=key).exists():
        return 0
    place = place_of(booked, meeting.group)
    if place is None:
        return 0
    proposal = getattr(booked, "proposal", None)
    minutes = proposal.minutes if proposal else 10
    with translation.override(place.person.language or meeting.group.language):
        parts = headings(minutes)
    told = mail.spotlight_reminder(
        place, meeting, step=step, title=booked.title, minutes=minutes, headings=parts, now=now
    )
    return int(told is not None)


def moment_before(meeting: Meeting, days: int, at: time) -> datetime:
    """So many days before a meeting at this hour in its town; on the Friday before when it is a weekend."""
    on = meeting.local_date - timedelta(days=days)
    while on.weekday() >= SATURDAY:
        on -= timedelta(days=1)
    return moment(on, at, meeting.group.timezone)


def place_of(row: Spotlight | SpotlightProposal, group: Group) -> Membership | None:
    """The presenter's place in the group, if they still have one."""
    place = group.memberships.current().filter(person=row.person_id).select_related("person").first()
    if place is not None:
        place.group = group
    return place
