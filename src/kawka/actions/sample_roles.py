"""Who carried the sample's meetings, and what comes next: roles, turns, greeters, tasks, presentations."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from kawka.actions.greetings import assign_greeters
from kawka.actions.roles import set_up_roles
from kawka.actions.rota import propose_turns
from kawka.actions.sample_rows import Cast
from kawka.models import Group, Meeting, Membership, Role, RoleWish, SpotlightProposal, Task, Turn

ACCEPTED = {"state": Turn.State.ACCEPTED}


def add_roles(
    cast: Cast,
    group: Group,
    content: dict[str, Any],
    past: Sequence[Meeting],
    today: Meeting,
    now: datetime,
) -> None:
    """Roles with their notes and wishes, the turns of the past and of today, and proposals for what comes."""
    set_up_roles(group=group)
    roles = {role.kind: role for role in group.roles.all()}
    for kind, note in content["handover"].items():
        roles[kind].handover = note
    Role.objects.bulk_update(roles.values(), ["handover"])
    places = {place.person_id: place for place in Membership.objects.filter(group=group)}
    RoleWish.objects.bulk_create(
        RoleWish(role=roles[kind], membership=places[cast.people[number].pk], wish=wish)
        for kind, number, wish in content["wishes"]
    )
    Turn.objects.bulk_create(
        Turn(role=roles[kind], meeting=meeting, person=cast.people[number], accepted_at=now, **ACCEPTED)
        for meeting, holders in zip([*past, today], content["turns"], strict=True)
        for kind, number in holders.items()
    )
    propose_turns(group=group, now=now, tell=False)
    soon = Turn.objects.filter(meeting__group=group, meeting__starts_at__gt=today.starts_at)
    soon = soon.filter(
        meeting__starts_at__lt=today.starts_at + timedelta(days=8), role__kind__in=["greeter", "timekeeper"]
    )
    soon.filter(person__isnull=False).update(accepted_at=now, **ACCEPTED)
    assign_greeters(meeting=today, now=now)


def add_list(cast: Cast, group: Group, content: dict[str, Any], now: datetime) -> None:
    """What has to be done beside the roles, and who would like to present."""
    today = now.astimezone(group.zone).date()
    Task.objects.bulk_create(
        Task(
            group=group,
            text=entry["text"],
            owner=cast.people[entry["owner"]],
            due_on=today + timedelta(days=entry["in_days"]),
            created_at=now - timedelta(days=6),
        )
        for entry in content["tasks"]
    )
    SpotlightProposal.objects.bulk_create(
        SpotlightProposal(
            group=group,
            person=cast.people[entry["person"]],
            kind=entry["kind"],
            title=entry["title"],
            about=entry["about"],
            minutes=entry["minutes"],
            created_at=now - timedelta(weeks=entry["weeks"]),
        )
        for entry in content["proposals"]
    )
