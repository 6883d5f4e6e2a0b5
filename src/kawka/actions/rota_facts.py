"""What whose turn it is depends on: who carries the group, who did what and when, who cannot be there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from kawka.actions.roles import CARRY, current_roles
from kawka.engine.rota import HeldTurn
from kawka.models import (
    Answer,
    Attendance,
    Group,
    Meeting,
    Membership,
    Person,
    Role,
    RoleWish,
    Standing,
    StandingAnswer,
    Turn,
)

QUARTER = timedelta(weeks=13)
REMEMBERED = timedelta(weeks=104)


@dataclass(frozen=True, slots=True)
class RotaFacts:
    """One group as the rota sees it, for a few of its meetings. Seven queries, however many people.

    `members` are those who can be asked: they belong to the group, came lately or said they come, and can be
    reached. `unavailable` holds, by meeting, the rows of people who are away, said no or wait for a seat.
    """

    roles: list[Role]
    members: list[Membership]
    hosts: frozenset[str]
    learns: frozenset[tuple[int, int]]
    avoids: frozenset[tuple[int, int]]
    turns: list[Turn]
    unavailable: dict[int, frozenset[int]]

    def held(self) -> tuple[HeldTurn, ...]:
        """Every turn somebody had or has, as the engine reads it."""
        return tuple(
            HeldTurn(turn.role.code, turn.person.code, turn.meeting.local_date)
            for turn in self.turns
            if turn.person is not None
        )


def facts_of(group: Group, meetings: Sequence[Meeting], now: datetime) -> RotaFacts:
    """What the rota has to know about a group and these of its meetings."""
    places = list(
        group.memberships.filter(standing__in=CARRY)
        .select_related("person__account", "standing_answer")
        .order_by("pk")
    )
    wishes = list(
        RoleWish.objects.filter(role__group=group).values_list("wish", "role_id", "membership__person_id")
    )
    active = active_people(group, now)
    return RotaFacts(
        roles=current_roles(group),
        members=[one for one in places if can_be_asked(one) and is_active(one, active)],
        hosts=frozenset(one.person.code for one in places if one.standing == "host"),
        learns=frozenset((role, person) for what, role, person in wishes if what == RoleWish.Wish.LEARN),
        avoids=frozenset((role, person) for what, role, person in wishes if what == RoleWish.Wish.NOT_ME),
        turns=list(turns_held(group, now)),
        unavailable=unavailable_people(meetings, places),
    )


def is_active(place: Membership, active: set[int] | None) -> bool:
    """Whether somebody takes part at present; hosts always do, though few tick themselves off."""
    return active is None or place.standing == Standing.HOST or place.person_id in active


def can_be_asked(place: Membership) -> bool:
    """Whether news of a turn reaches this member: by mail they have not switched off, or signed in."""
    by_mail = place.person.email and place.wants_mail and place.wants_roles
    return bool(place.person.account_id or (by_mail and place.person.mail_paused_at is None))


def active_people(group: Group, now: datetime) -> set[int] | None:
    """Who came in the last quarter or says they come; None, everybody, while nothing has happened yet."""
    lately = group.meetings.filter(starts_at__gt=now - QUARTER)
    came = Attendance.objects.came().filter(meeting__in=lately)
    people = set(came.order_by().values_list("person_id", flat=True).distinct())
    if not people:
        return None
    coming = Answer.objects.coming().filter(meeting__in=lately, meeting__ends_at__gt=now)
    return people | set(coming.order_by().values_list("person_id", flat=True).distinct())


def turns_held(group: Group, now: datetime) -> QuerySet[Turn]:
    """Turns with somebody, from the last two years on; what did not take place does not count."""
    turns = Turn.objects.filter(
        role__group=group, person__isnull=False, meeting__starts_at__gt=now - REMEMBERED
    )
    was_never_accepted = Q(meeting__ends_at__lte=now) & ~Q(state=Turn.State.ACCEPTED)
    return (
        turns.exclude(meeting__state=Meeting.State.CALLED_OFF)
        .exclude(was_never_accepted)
        .select_related("role", "person", "meeting")
        .order_by("meeting__starts_at", "pk")
    )


def unavailable_people(
    meetings: Sequence[Meeting], places: Sequence[Membership]
) -> dict[int, frozenset[int]]:
    """By meeting, who cannot be there. A word about the date itself outweighs a standing answer."""
    said: dict[int, dict[int, str]] = {meeting.pk: {} for meeting in meetings}
    answers = Answer.objects.filter(meeting__in=list(meetings)).order_by()
    for number, person, choice in answers.values_list("meeting_id", "person_id", "choice"):
        said[number][person] = choice
    found = {}
    for meeting in meetings:
        given = said[meeting.pk]
        out = {person for person, choice in given.items() if choice != Answer.Choice.COMING}
        out |= {one.person_id for one in places if one.person_id not in given and stays_away(one, meeting)}
        out |= {one.person_id for one in places if is_away(one.person, meeting)}
        found[meeting.pk] = frozenset(out)
    return found


def is_away(person: Person, meeting: Meeting) -> bool:
    """Whether somebody said they are away on that day."""
    return person.away_until is not None and person.away_until >= meeting.local_date


def stays_away(place: Membership, meeting: Meeting) -> bool:
    """Whether somebody comes to loose coffees alone, and this is none."""
    standing = getattr(place, "standing_answer", None)
    only_coffees = standing is not None and standing.choice == StandingAnswer.Choice.ONLY_COFFEES
    return only_coffees and not meeting.is_loose
