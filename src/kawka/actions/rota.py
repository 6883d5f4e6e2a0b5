"""Turns: proposed three meetings ahead, accepted with one tap, given back, handed to somebody by the host."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Max, Q

from kawka.actions.roles import set_up_roles
from kawka.actions.rota_facts import RotaFacts, facts_of
from kawka.actions.take_overs import TurnIsTaken, close_chain, lock, look_for_somebody, role_link
from kawka.engine.rhythm import moment
from kawka.engine.rota import Duty, DutyDate, Member, ProposedTurn, RotaProblem, propose
from kawka.mail import roles as mail
from kawka.models import Group, Meeting, Membership, Person, Role, Turn

AHEAD = 3
HORIZON = timedelta(weeks=26)
THURSDAY, NINE = 3, time(9)


def turns_of(person: Person, meeting: Meeting) -> Sequence[Turn]:
    """What somebody has to do at a meeting, proposed or accepted."""
    return list(meeting.turns.filter(person=person).select_related("role", "meeting__group"))


def propose_due(*, now: datetime) -> int:
    """Propose turns in every group whose hour has come, and say how many were made. Run every few minutes.

    That is on the Thursday after its last meeting, at 9:00 in its own town, and at once when dates appear
    that were not there when the last meeting ended. Groups that never had a role get the usual ones first.
    """
    without = Group.objects.filter(roles__isnull=True, community__is_sample=False)
    for group in without.filter(meetings__starts_at__gt=now).distinct():
        set_up_roles(group=group)
    return sum(len(propose_turns(group=group, now=now)) for group in groups_due(now))


def groups_due(now: datetime) -> list[Group]:
    """The groups in which one of the next three dates has no turns yet and it is time to make them."""
    roles = Count("group__roles", filter=Q(group__roles__ended_at__isnull=True), distinct=True)
    dates = Meeting.objects.filter(state=Meeting.State.PLANNED, starts_at__range=(now, now + HORIZON))
    dates = dates.filter(group__community__is_sample=False, is_loose=False).select_related("group")
    counted = dates.annotate(turn_count=Count("turns", distinct=True), role_count=roles).filter(
        role_count__gt=0
    )
    was = Meeting.objects.filter(starts_at__lte=now).exclude(state=Meeting.State.CALLED_OFF)
    last_ends = dict(
        was.order_by().values("group").annotate(last=Max("ends_at")).values_list("group", "last")
    )
    coming: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in counted.order_by("starts_at"):
        coming[meeting.group_id].append(meeting)
    return [rows[0].group for rows in coming.values() if is_due(rows[:AHEAD], last_ends, now)]


def is_due(dates: Sequence[Meeting], last_ends: dict[int, datetime], now: datetime) -> bool:
    """Whether turns are to be made now for the next dates of one group."""
    last = last_ends.get(dates[0].group_id)
    empty = [date for date in dates if not date.turn_count]  # type: ignore[attr-defined]
    if not empty:
        return False
    if last is None or len(empty) == len(dates) or any(date.created_at > last for date in empty):
        return True
    return last_local(THURSDAY, NINE, dates[0].group, now) >= last


def last_local(weekday: int, at: time, group: Group, now: datetime) -> datetime:
    """The latest moment that has passed at which clocks in the group's town showed this on such a day."""
    today = now.astimezone(group.zone).date()
    on = today - timedelta(days=(today.weekday() - weekday) % 7)
    found = moment(on, at, group.timezone)
    return found if found <= now else moment(on - timedelta(weeks=1), at, group.timezone)


@transaction.atomic
def propose_turns(*, group: Group, now: datetime, tell: bool = True) -> list[Turn]:
    """Make the turns of the next three meetings that are missing, and fill those still open.

    Doing it again changes nothing. One mail goes to everybody who got something, unless `tell` is False.
    """
    group = Group.objects.select_for_update(of=("self",)).select_related("community").get(pk=group.pk)
    ahead = group.meetings.filter(state=Meeting.State.PLANNED, starts_at__gt=now).order_by("starts_at")
    dates = list(ahead[:AHEAD])
    facts = facts_of(group, dates, now)
    known = Turn.objects.filter(meeting__in=dates).annotate(chains=Count("take_overs"))
    existing = {(turn.meeting_id, turn.role_id): turn for turn in known.select_related("person")}
    found = {(turn.date, turn.duty): turn for turn in propose(problem_of(facts, dates, existing))}
    made: list[Turn] = []
    filled: list[Turn] = []
    for meeting in dates:
        meeting.group = group
        for role in roles_at(meeting, facts):
            turn = existing.get((meeting.pk, role.pk)) or Turn(role=role, meeting=meeting)
            proposed = found.get((meeting.code, role.code))
            if turn.pk is None or proposed is not None:
                give(turn, role, meeting, proposed, facts, now)
                (made if turn.pk is None else filled).append(turn)
    Turn.objects.bulk_create(made)
    Turn.objects.bulk_update(filled, GIVEN)
    if tell:
        tell_proposed(group, facts, [*made, *filled], now)
    return made + filled


GIVEN = ["person", "shadow", "state", "reason", "proposed_at", "accepted_at"]


def roles_at(meeting: Meeting, facts: RotaFacts) -> list[Role]:
    """The roles a meeting needs: loose coffee, and a host who is still alone, only somebody to lead."""
    leads_only = meeting.is_loose or len(facts.members) < 2
    return [role for role in facts.roles if role.kind == Role.Kind.HOST or not leads_only]


def problem_of(
    facts: RotaFacts, dates: Sequence[Meeting], existing: Mapping[tuple[int, int], Turn]
) -> RotaProblem:
    """The question to the engine: which duties are open at which date, and who can take them."""
    codes = {one.person_id: one.person.code for one in facts.members}
    rows = []
    for meeting in dates:
        taken, vacant = {}, []
        for role in roles_at(meeting, facts):
            turn = existing.get((meeting.pk, role.pk))
            if turn is not None and turn.person is not None:
                taken[role.code] = turn.person.code
            elif turn is None or not turn.chains:  # type: ignore[attr-defined]
                vacant.append(role.code)
        out = facts.unavailable[meeting.pk]
        unavailable = frozenset(code for person, code in codes.items() if person in out)
        rows.append(DutyDate(meeting.code, meeting.local_date, tuple(vacant), taken, unavailable))
    return RotaProblem(tuple(rows), duties(facts), members(facts), facts.held())


def duties(facts: RotaFacts) -> tuple[Duty, ...]:
    """The roles as the engine reads them: only hosts lead, and as often as there are few of them."""
    return tuple(
        Duty(role.code, only=facts.hosts, capped=False) if role.kind == Role.Kind.HOST else Duty(role.code)
        for role in facts.roles
    )


def members(facts: RotaFacts) -> tuple[Member, ...]:
    """The people as the engine reads them."""
    return tuple(
        Member(
            one.person.code,
            learns=frozenset(role.code for role in facts.roles if (role.pk, one.person_id) in facts.learns),
            avoids=frozenset(role.code for role in facts.roles if (role.pk, one.person_id) in facts.avoids),
        )
        for one in facts.members
    )


def give(
    turn: Turn,
    role: Role,
    meeting: Meeting,
    proposed: ProposedTurn | None,
    facts: RotaFacts,
    now: datetime,
) -> None:
    """Write what the engine proposed into a turn; the only host of a group leads without being asked."""
    turn.role, turn.meeting, turn.proposed_at = role, meeting, now
    if proposed is None:
        return
    people = {one.person.code: one.person for one in facts.members}
    last = proposed.reason.last
    turn.person, turn.shadow = people[proposed.person], people.get(proposed.shadow)
    turn.reason = {**asdict(proposed.reason), "last": last.isoformat() if last else ""}
    is_given = role.kind == Role.Kind.HOST and facts.hosts == {proposed.person}
    turn.state = Turn.State.ACCEPTED if is_given else Turn.State.PROPOSED
    turn.accepted_at = now if is_given else None


def tell_proposed(group: Group, facts: RotaFacts, turns: Sequence[Turn], now: datetime) -> None:
    """One mail to everybody to whom something was proposed."""
    mine: dict[int, list[Turn]] = defaultdict(list)
    for turn in turns:
        if turn.state == Turn.State.PROPOSED and turn.person_id is not None:
            mine[turn.person_id].append(turn)
    for place in facts.members:
        if place.person_id in mine:
            place.group = group
            mail.turns_proposed(
                place, mine[place.person_id], link=role_link(place.person, group, now), now=now
            )


@transaction.atomic
def accept(*, turn: Turn, by: Person, now: datetime) -> Turn:
    """Take a turn that was proposed to oneself; accepting it twice changes nothing.

    Raises TurnIsTaken or TurnIsOver.
    """
    turn = lock(turn, now)
    if turn.person_id != by.pk:
        raise TurnIsTaken
    if turn.state == Turn.State.PROPOSED:
        turn.state, turn.accepted_at = Turn.State.ACCEPTED, now
        turn.save(update_fields=["state", "accepted_at"])
    return turn


@transaction.atomic
def give_back(*, turn: Turn, by: Person | None, now: datetime) -> Turn:
    """ "I cannot": the turn is open again and others are asked. Of what one does not hold nothing changes.

    `by` is who holds it, or None when the group's host or the clock does it for them. Raises TurnIsOver.
    """
    turn = lock(turn, now)
    if turn.person_id is None or (by is not None and turn.person_id != by.pk):
        return turn
    look_for_somebody(turn=turn, given_back_by=turn.person, now=now)
    return turn


@transaction.atomic
def take(*, turn: Turn, by: Membership, now: datetime) -> Turn:
    """Step in where nobody is planned yet; taking it twice changes nothing.

    Raises TurnIsTaken or TurnIsOver.
    """
    turn = lock(turn, now)
    if turn.person_id == by.person_id:
        return accept(turn=turn, by=by.person, now=now)
    if turn.state != Turn.State.OPEN:
        raise TurnIsTaken
    hand_to(turn, by.person, now)
    return turn


@transaction.atomic
def assign(*, turn: Turn, person: Person | None, by: Person | None, now: datetime) -> Turn:
    """The host says who has a turn, as agreed by word of mouth; with nobody it is open. Raises TurnIsOver."""
    turn = lock(turn, now)
    if person is None:
        turn.state, turn.person, turn.shadow, turn.reason = Turn.State.OPEN, None, None, {}
        turn.accepted_at, turn.fell_to_host = None, False
        turn.save(update_fields=[*GIVEN, "fell_to_host"])
    elif turn.person_id != person.pk or turn.state != Turn.State.ACCEPTED:
        hand_to(turn, person, now)
    return turn


def hand_to(turn: Turn, person: Person, now: datetime) -> None:
    """Give a locked turn to somebody who agreed to it, and stop looking for others."""
    turn.person, turn.shadow, turn.state, turn.reason = person, None, Turn.State.ACCEPTED, {}
    turn.accepted_at, turn.fell_to_host = now, False
    turn.save(update_fields=["person", "shadow", "state", "reason", "accepted_at", "fell_to_host"])
    close_chain(turn=turn, taken_by=person, now=now)
