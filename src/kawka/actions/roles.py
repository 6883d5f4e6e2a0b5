"""Roles of a group: the usual ones, changed and added by hosts; who would like to learn them; who can."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from kawka.actions.role_cards import usual_cards
from kawka.models import Group, Membership, Person, Refused, Role, RoleWish, Standing, Turn

CARRY = (Standing.REGULAR, Standing.MEMBER, Standing.HOST)


class NameIsTaken(Refused):
    """The group has a role of this name."""

    message = _("The group already has a role of this name.")


class OnlyTheirOwn(Refused):
    """A guest wished for a role."""

    message = _("Roles are for those who belong to the group. After a few visits this is open to you too.")


class NotTheirRole(Refused):
    """Somebody left a note about what they have never done."""

    message = _("The note is written by whoever has done it.")


@transaction.atomic
def set_up_roles(*, group: Group) -> list[Role]:
    """Give a group that never had a role the usual ones; one that has, or had, any stays as it is."""
    group = Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    if group.roles.exists():
        return []
    cards = usual_cards(group.language)
    return Role.objects.bulk_create(
        Role(
            group=group,
            kind=card.kind,
            name=card.name,
            steps=card.steps,
            minutes_before=card.minutes_before,
            minutes_after=card.minutes_after,
            position=position,
        )
        for position, card in enumerate(cards)
    )


def current_roles(group: Group) -> list[Role]:
    """The roles the group has now, in their order."""
    return list(group.roles.filter(ended_at__isnull=True))


@transaction.atomic
def add_role(*, group: Group, fields: Mapping[str, Any], by: Person | None, now: datetime) -> Role:
    """A role of the group's own, behind the others. Raises NameIsTaken."""
    last = group.roles.aggregate(last=Max("position"))["last"] or 0
    try:
        with transaction.atomic():
            return Role.objects.create(group=group, position=last + 1, **fields)
    except IntegrityError:
        raise NameIsTaken from None


@transaction.atomic
def change_role(*, role: Role, fields: Mapping[str, Any], by: Person | None, now: datetime) -> Role:
    """Another name, other steps, minutes or note. Raises NameIsTaken."""
    for name, value in fields.items():
        setattr(role, name, value)
    try:
        with transaction.atomic():
            role.save(update_fields=list(fields))
    except IntegrityError:
        raise NameIsTaken from None
    return role


@transaction.atomic
def end_role(*, role: Role, by: Person | None, now: datetime) -> None:
    """The group does without this role from now on: its turns to come go, those that were stay."""
    if Role.objects.filter(pk=role.pk, ended_at__isnull=True).update(ended_at=now):
        role.turns.filter(meeting__starts_at__gt=now).delete()


def hand_over(*, role: Role, note: str, by: Person, now: datetime) -> Role:
    """Leave a note to whoever does it next. Raises NotTheirRole for who never had a turn of it."""
    if not role.turns.filter(person=by, state=Turn.State.ACCEPTED).exists():
        raise NotTheirRole
    role.handover = note
    role.save(update_fields=["handover"])
    return role


@transaction.atomic
def wish(*, role: Role, membership: Membership, what: str, now: datetime) -> None:
    """Remember that a member would like to learn a role, or would rather not; an empty text forgets both.

    Raises OnlyTheirOwn for guests and alumni.
    """
    if membership.standing not in CARRY:
        raise OnlyTheirOwn
    if what:
        RoleWish.objects.update_or_create(role=role, membership=membership, defaults={"wish": what})
    else:
        RoleWish.objects.filter(role=role, membership=membership).delete()


@dataclass(frozen=True, slots=True)
class RoleOfGroup:
    """A role as the page shows it: who did it, who alone did, and what the reader said about it."""

    role: Role
    people: list[Person]
    learners: int
    wish: str
    may_note: bool

    @property
    def only(self) -> Person | None:
        """The one person who has ever done it; None when nobody has, or several."""
        return self.people[0] if len(self.people) == 1 else None


def roles_of(group: Group, *, reader: Membership | None, now: datetime) -> list[RoleOfGroup]:
    """The roles of the group with those who have done them. A fixed number of queries."""
    roles = current_roles(group)
    done = people_who_did(roles, now)
    own = Turn.objects.filter(role__in=roles, state=Turn.State.ACCEPTED)
    had = set(own.filter(person=reader.person_id).values_list("role_id", flat=True)) if reader else set()
    wishes = list(RoleWish.objects.filter(role__in=roles))
    mine = {one.role_id: one.wish for one in wishes if reader and one.membership_id == reader.pk}
    return [
        RoleOfGroup(
            role,
            done.get(role.pk, []),
            sum(one.role_id == role.pk and one.wish == RoleWish.Wish.LEARN for one in wishes),
            mine.get(role.pk, ""),
            reader is not None and role.pk in had,
        )
        for role in roles
    ]


def people_who_did(roles: Iterable[Role], now: datetime) -> dict[int, list[Person]]:
    """Who had a turn of each role at a meeting that was, whoever did it last first."""
    turns = Turn.objects.filter(
        role__in=list(roles), state=Turn.State.ACCEPTED, person__isnull=False, meeting__ends_at__lte=now
    )
    found: dict[int, dict[int, Person]] = {}
    for turn in (
        turns.exclude(meeting__state="called_off").select_related("person").order_by("-meeting__starts_at")
    ):
        assert turn.person is not None
        found.setdefault(turn.role_id, {}).setdefault(turn.person.pk, turn.person)
    return {role: list(people.values()) for role, people in found.items()}
