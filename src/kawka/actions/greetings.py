"""Who meets each guest at the door."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kawka.actions.roles import CARRY
from kawka.models import (
    Answer,
    Greeting,
    Meeting,
    Membership,
    Person,
    Refused,
    Role,
    RoleWish,
    Standing,
    Turn,
)

TO_ONE = 2
LATELY = timedelta(weeks=13)


class NotAGuest(Refused):
    """Somebody was to be greeted who does not come as a guest."""

    message = _("This person does not come to this date as a guest, so nobody has to greet them.")


@dataclass(frozen=True, slots=True)
class Greeter:
    """Somebody who can meet guests, and how well it suits."""

    person: Person
    has_turn: bool
    is_host: bool
    lately: int


def guests_of(meeting: Meeting) -> list[Person]:
    """The guests who come, in the order they said so, each with their card. One query."""
    guests = meeting.group.memberships.filter(standing=Standing.GUEST).order_by().values("person")
    coming = Answer.objects.coming().filter(meeting=meeting, person__in=guests)
    return [one.person for one in coming.select_related("person__card").order_by("answered_at", "pk")]


@transaction.atomic
def assign_greeters(*, meeting: Meeting, now: datetime) -> list[Greeting]:
    """Give every guest who comes a greeter, and return the new ones; the second time there are none.

    Whoever has the greeter's turn comes first, with up to two guests; further ones are spread over the others
    who come, those first who greeted least lately. Where the guest or the greeter does not come any more, the
    greeting goes.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
    guests, out = guests_of(meeting), not_coming(meeting)
    coming = {guest.pk for guest in guests}
    kept = list(Greeting.objects.filter(meeting=meeting).select_related("greeter"))
    gone = [one.pk for one in kept if one.guest_id not in coming or one.greeter_id in out]
    Greeting.objects.filter(pk__in=gone).delete()
    kept = [one for one in kept if one.pk not in gone]
    greeted = {one.guest_id for one in kept}
    pool = greeters(meeting, out, now)
    load = Counter(one.greeter_id for one in kept)
    made = []
    for guest in guests:
        if guest.pk not in greeted and pool:
            chosen = min(pool, key=lambda one: suits(one, load[one.person.pk])).person
            load[chosen.pk] += 1
            made.append(Greeting(meeting=meeting, guest=guest, greeter=chosen))
    return Greeting.objects.bulk_create(made)


def suits(one: Greeter, load: int) -> tuple[int, bool, bool, int, str]:
    """The smaller, the sooner somebody gets one more guest."""
    extra = 0 if one.has_turn else TO_ONE
    return load + extra, one.has_turn, one.is_host, one.lately, one.person.code


def not_coming(meeting: Meeting) -> set[int]:
    """The rows of people who said no to the date or wait for a seat, and of those away on that day."""
    said = meeting.answers.exclude(choice=Answer.Choice.COMING).order_by()
    away = meeting.group.memberships.filter(person__away_until__gte=meeting.local_date).order_by()
    return set(said.values_list("person_id", flat=True)) | set(away.values_list("person_id", flat=True))


def greeters(meeting: Meeting, out: set[int], now: datetime) -> list[Greeter]:
    """Who can meet guests: the greeter of the day, the members who come, and the hosts if there are none."""
    turns = meeting.turns.filter(role__kind=Role.Kind.GREETER, person__isnull=False)
    on_duty = set(turns.exclude(state=Turn.State.OPEN).values_list("person_id", flat=True)) - out
    coming = set(meeting.answers.coming().order_by().values_list("person_id", flat=True))
    unwilling = set(
        RoleWish.objects.filter(
            role__group=meeting.group_id, role__kind=Role.Kind.GREETER, wish=RoleWish.Wish.NOT_ME
        ).values_list("membership__person_id", flat=True)
    )
    recent = Greeting.objects.filter(
        meeting__group=meeting.group_id, meeting__starts_at__gt=meeting.starts_at - LATELY
    ).exclude(meeting=meeting)
    lately = Counter(recent.values_list("greeter_id", flat=True))
    places = Membership.objects.filter(group=meeting.group_id, standing__in=CARRY).select_related("person")
    able = [
        one
        for one in places.order_by("pk")
        if one.person_id in on_duty or (one.person_id in coming and one.person_id not in unwilling)
    ]
    able = able or [one for one in places.hosts().order_by("pk") if one.person_id not in out]
    return [
        Greeter(one.person, one.person_id in on_duty, one.standing == Standing.HOST, lately[one.person_id])
        for one in able
    ]


def greetings_of(meetings: Iterable[Meeting]) -> list[Greeting]:
    """Who meets whom at these meetings, with the guests' cards. One query."""
    found = Greeting.objects.filter(meeting__in=list(meetings)).select_related("guest__card", "greeter")
    return list(found.order_by("guest__sort_name", "pk"))


@transaction.atomic
def greet(*, meeting: Meeting, guest: Person, greeter: Person, by: Person | None, now: datetime) -> Greeting:
    """The host says who meets a guest. Raises NotAGuest."""
    if guest == greeter or guest not in guests_of(meeting):
        raise NotAGuest
    greeting, _made = Greeting.objects.update_or_create(
        meeting=meeting, guest=guest, defaults={"greeter": greeter}
    )
    return greeting


def possible_greeters(meeting: Meeting) -> QuerySet[Person]:
    """Whom the host may choose: everybody who belongs to the group and is more than a guest, by name."""
    able = meeting.group.memberships.filter(standing__in=CARRY).order_by().values("person")
    return Person.objects.filter(pk__in=able).only("code", "name", "sort_name")
