"""Somebody's turns as a page shows them: proposed, accepted, asked for, and what is still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kawka.actions.stand_ins import open_turns
from kawka.actions.take_overs import asks_of
from kawka.models import Account, Group, Meeting, Person, TakeOverAsk, Turn


@dataclass(frozen=True, slots=True)
class MyTurns:
    """What one person has to do in one group, what they are asked, and what they could take."""

    proposed: Sequence[Turn]
    accepted: Sequence[Turn]
    asks: Sequence[TakeOverAsk]
    late: Sequence[TakeOverAsk]
    open: Sequence[Turn]


def my_turns(person: Person, group: Group, *, now: datetime) -> MyTurns:
    """The turns of one person in one group from now on. Three queries."""
    mine = coming_turns(now).filter(person=person, role__group=group)
    asks = asks_of(person, group, now)
    free = [one for one in asks if is_free(one.take_over.turn)]
    asked_for = {one.take_over.turn_id for one in asks}
    return MyTurns(
        proposed=[turn for turn in mine if turn.state == Turn.State.PROPOSED],
        accepted=[turn for turn in mine if turn.state == Turn.State.ACCEPTED],
        asks=free,
        late=[one for one in asks if one not in free],
        open=[turn for turn in open_turns(group, now) if turn.pk not in asked_for and may_take(turn)],
    )


def turns_of_account(account: Account, now: datetime) -> list[Turn]:
    """The turns of everybody an account is, in all groups, soonest first. One query."""
    return list(coming_turns(now).filter(person__account=account))


def coming_turns(now: datetime) -> Any:
    """Turns at meetings still to come, with their role, meeting and whoever stands beside."""
    turns = Turn.objects.filter(meeting__ends_at__gt=now, meeting__state__in=["planned", "live"])
    loaded = turns.select_related("role", "meeting__group", "shadow", "person")
    return loaded.order_by("meeting__starts_at", "role__position", "pk")


def is_free(turn: Turn) -> bool:
    """Whether a yes would still be the first."""
    return turn.state == Turn.State.OPEN or turn.fell_to_host


def may_take(turn: Turn) -> bool:
    """Whether anybody may step in: everything but leading, which hosts share out among themselves."""
    return turn.role.kind != "host"


def next_dates_of(group: Group, now: datetime) -> list[tuple[Meeting, list[Turn]]]:
    """The group's next dates with their turns, as everybody in the group sees them. Two queries."""
    meetings = list(group.meetings.filter(state="planned", starts_at__gt=now).order_by("starts_at")[:3])
    found: dict[int, list[Turn]] = {meeting.pk: [] for meeting in meetings}
    turns = Turn.objects.filter(meeting__in=meetings).select_related("role", "person", "shadow")
    for turn in turns.order_by("role__position", "pk"):
        found[turn.meeting_id].append(turn)
    for meeting in meetings:
        meeting.group = group
        for turn in found[meeting.pk]:
            turn.meeting = meeting
    return [(meeting, found[meeting.pk]) for meeting in meetings]


def why(reason: Mapping[str, Any], on: date) -> str:
    """Why a turn is proposed, in words for everybody's eyes; empty where a person decided."""
    kind = reason.get("kind", "")
    if kind == "rested" and reason.get("last"):
        weeks = max((on - date.fromisoformat(reason["last"])).days // 7, 1)
        said = ngettext("%(n)s week since the last turn", "%(n)s weeks since the last turn", weeks)
        return said % {"n": weeks}
    sentences = {
        "learns": _("would like to learn it"),
        "first": _("a first turn"),
        "only": _("nobody else is free that day"),
        "few": _("few people that day, so two things for one"),
    }
    return sentences.get(kind, "")
