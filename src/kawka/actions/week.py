"""The host's week: what is decided, what is open, what Kawka does next, and how a quiet week is rescued."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from kawka.actions.dates import lock_planned
from kawka.actions.forecasts import Outlook, outlook
from kawka.actions.stand_ins import FALLS
from kawka.engine.week import STEPS, moment_of
from kawka.models import (
    Attendance,
    Group,
    Invitation,
    Meeting,
    Membership,
    OutgoingMail,
    Ownership,
    Person,
    Refused,
    Segment,
    SegmentKind,
    Spotlight,
    Standing,
    Task,
    Turn,
)

LOOKED_AHEAD = timedelta(days=14)
TASKS_AHEAD = timedelta(days=7)
RESCUE_WITHIN = timedelta(hours=72)
HOLDERS_WANTED = (Turn.State.OPEN, Turn.State.PROPOSED)


class IsLooseAlready(Refused):
    """The meeting is only coffee already."""

    message = _("This meeting is only coffee already.")


@dataclass(frozen=True, slots=True)
class Week:
    """Everything one page tells a host about the next date, and what around the group waits for them.

    `steps`: what Kawka will still do for the date, by name of `kawka.engine.week.STEPS`, with its moment.
    """

    meeting: Meeting | None
    outlook: Outlook | None
    turns: Sequence[Turn] = ()
    spotlight: Spotlight | None = None
    has_spotlight_part: bool = False
    owing: Sequence[Invitation] = ()
    unclosed: Sequence[Meeting] = ()
    returned: Sequence[Person] = ()
    applicants: Sequence[Membership] = ()
    tasks: Sequence[Task] = ()
    owners: int = 0
    is_place_unreached: bool = False
    steps: Sequence[tuple[str, datetime]] = field(default=())
    now: datetime | None = None

    @property
    def open_turns(self) -> list[Turn]:
        """Turns nobody has accepted yet."""
        return [turn for turn in self.turns if turn.state in HOLDERS_WANTED]

    @property
    def nobody_leads(self) -> bool:
        """Whether the date is so near that open turns would be with a host, if one were there that day."""
        if self.meeting is None or self.now is None or self.meeting.starts_at <= self.now:
            return False
        is_near = self.meeting.starts_at - self.now < FALLS
        return is_near and any(turn.state == Turn.State.OPEN for turn in self.turns)

    @property
    def is_quiet(self) -> bool:
        """Whether the date is near and fewer are expected than the group feels good with."""
        if self.meeting is None or self.outlook is None or self.now is None or self.meeting.is_loose:
            return False
        is_near = self.meeting.starts_at - self.now <= RESCUE_WITHIN
        return is_near and self.outlook.forecast.expected < self.meeting.group.size_min


def week_of(group: Group, *, now: datetime) -> Week:
    """The week of a group. A fixed number of queries."""
    meeting = group.meetings.upcoming(now).filter(starts_at__lt=now + LOOKED_AHEAD).first()
    around: dict[str, Any] = {
        "unclosed": unclosed(group, now=now),
        "returned": returned(group),
        "applicants": list(
            group.memberships.filter(applied_at__isnull=False).select_related("person").order_by("applied_at")
        ),
        "tasks": list(
            Task.objects.open()
            .filter(group=group, due_on__lte=(now + TASKS_AHEAD).astimezone(group.zone).date())
            .select_related("owner")
        ),
        "owners": Ownership.objects.filter(community=group.community_id).count(),
        "now": now,
    }
    if meeting is None:
        return Week(None, None, **around)
    meeting.group = group
    return Week(meeting, outlook(meeting, now=now), **around, **about(meeting, now))


def about(meeting: Meeting, now: datetime) -> dict[str, Any]:
    """What stands around one date: turns, presentation, guests still owed, steps to come."""
    parts = Segment.objects.filter(group=meeting.group_id, kind=SegmentKind.SPOTLIGHT)
    return {
        "turns": list(meeting.turns.select_related("role", "person").order_by("role__position", "pk")),
        "spotlight": Spotlight.objects.filter(meeting=meeting).select_related("person").first(),
        "has_spotlight_part": not meeting.is_loose and parts.exists(),
        "owing": owing(meeting, now=now),
        "is_place_unreached": is_place_unreached(meeting),
        "steps": steps(meeting, now),
    }


def steps(meeting: Meeting, now: datetime) -> list[tuple[str, datetime]]:
    """What Kawka will still do for a date, in order."""
    group = meeting.group
    found = [(name, moment_of(name, meeting.local_date, group.timezone)) for name in STEPS]
    return sorted(((name, at) for name, at in found if at > now), key=lambda step: step[1])


def unclosed(group: Group, *, now: datetime) -> list[Meeting]:
    """Dates that are over and that nobody has closed, with somebody checked in; latest first."""
    came = Attendance.objects.came().filter(meeting=OuterRef("pk"))
    over = group.meetings.filter(ends_at__lte=now, state__in=[Meeting.State.PLANNED, Meeting.State.LIVE])
    return list(over.filter(Exists(came)).order_by("-starts_at")[:3])


def returned(group: Group) -> list[Person]:
    """Those to whom mail comes back."""
    places = group.memberships.current().filter(person__mail_paused_at__isnull=False)
    return [place.person for place in places.select_related("person").order_by("person__sort_name")]


def is_place_unreached(meeting: Meeting) -> bool:
    """Whether the last number told to the place of a date came back or could not be sent."""
    told = OutgoingMail.objects.filter(kind="headcount", meeting=meeting).order_by("-pk").first()
    return told is not None and told.failed_at is not None


def owing(meeting: Meeting, *, now: datetime) -> list[Invitation]:
    """Invitations still good whose guest has not chosen a date; the inviter may ask them once more."""
    good = Invitation.objects.good(now).filter(group=meeting.group_id, meeting=None, rested_at__isnull=True)
    inside = good.exclude(inviter__memberships__standing=Standing.ALUMNUS)
    return list(inside.select_related("inviter").order_by("-created_at")[:5])


@transaction.atomic
def make_loose(*, meeting: Meeting, by: Person | None, now: datetime) -> Meeting:
    """Only coffee this time, without the round: the date takes place, smaller. Raises IsLooseAlready.

    Raises MeetingHasBegun once it has.
    """
    meeting = lock_planned(meeting, now)
    if meeting.is_loose:
        raise IsLooseAlready
    meeting.is_loose, meeting.changed_at = True, now
    meeting.save(update_fields=["is_loose", "changed_at"])
    meeting.group.touch_page()
    return meeting


@transaction.atomic
def make_full(*, meeting: Meeting, by: Person | None, now: datetime) -> Meeting:
    """The usual meeting again, with all its parts. Raises MeetingHasBegun once it has begun."""
    meeting = lock_planned(meeting, now)
    meeting.is_loose, meeting.changed_at = False, now
    meeting.save(update_fields=["is_loose", "changed_at"])
    meeting.group.touch_page()
    return meeting
