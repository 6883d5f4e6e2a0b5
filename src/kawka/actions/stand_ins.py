"""What the clock does for turns: opens those nobody can keep, asks on, gives the last ones to the host."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from kawka import access
from kawka.actions.rota import last_local
from kawka.actions.rota_facts import is_away
from kawka.actions.take_overs import TurnIsOver, ask_next, lock, look_for_somebody, role_link
from kawka.mail import roles as mail
from kawka.models import (
    Answer,
    Group,
    Meeting,
    Membership,
    OutgoingMail,
    Ownership,
    Person,
    Role,
    TakeOver,
    Turn,
)

GRACE = timedelta(minutes=15)
WITHIN = timedelta(days=6)
FALLS = timedelta(hours=12)
FRIDAY, NINE = 4, time(9)


def find_stand_ins(*, now: datetime) -> int:
    """Everything about turns that is due now, and how many turns or searches it touched. Run every minute."""
    close_past(now=now)
    return release_unavailable(now=now) + offer_open(now=now) + ask_waves(now=now) + fall_to_hosts(now=now)


def ahead(now: datetime) -> Q:
    """Turns of real groups at meetings still to come."""
    return Q(
        meeting__state=Meeting.State.PLANNED,
        meeting__starts_at__gt=now,
        role__group__community__is_sample=False,
    )


def close_past(*, now: datetime) -> int:
    """End the searches for meetings that began, are over or do not take place."""
    still = Meeting.objects.filter(state=Meeting.State.PLANNED, starts_at__gt=now)
    over = TakeOver.objects.filter(outcome="").exclude(turn__meeting__in=still)
    return over.update(outcome=TakeOver.Outcome.CLOSED, ended_at=now, next_wave_at=None)


def release_unavailable(*, now: datetime) -> int:
    """Open the turns of those who said no to the date a while ago, wait for a seat, are away or have left."""
    said = Answer.objects.filter(meeting=OuterRef("meeting"), person=OuterRef("person"))
    said = said.exclude(choice=Answer.Choice.COMING).filter(answered_at__lte=now - GRACE)
    places = Membership.objects.current().filter(group=OuterRef("role__group"), person=OuterRef("person"))
    has_left = ~Q(Exists(places)) & Q(fell_to_host=False)  # an owner who leads need not belong to the group
    out = Q(Exists(said)) | Q(person__away_until__gte=F("meeting__local_date")) | has_left
    found = Turn.objects.filter(ahead(now), out, person__isnull=False)
    return sum(release(turn, now) for turn in found)


@transaction.atomic
def release(turn: Turn, now: datetime) -> bool:
    """Look for somebody else for one turn."""
    turn = lock(turn, now)
    if turn.person is None:
        return False
    look_for_somebody(turn=turn, given_back_by=turn.person, now=now)
    return True


def offer_open(*, now: datetime) -> int:
    """From Friday 9:00 on, ask around for the turns of the days after it that nobody has accepted."""
    waiting = Turn.objects.filter(ahead(now), meeting__starts_at__lt=now + WITHIN).exclude(
        state=Turn.State.ACCEPTED
    )
    waiting = waiting.exclude(take_overs__outcome="").exclude(take_overs__outcome=TakeOver.Outcome.HOST)
    found = [turn for turn in waiting.select_related("meeting__group") if is_late(turn, now)]
    return sum(offer(turn, now) for turn in found)


def is_late(turn: Turn, now: datetime) -> bool:
    """Whether a turn nobody accepted has waited past its Friday, or its meeting is three days away."""
    friday = last_local(FRIDAY, NINE, turn.meeting.group, now)
    was_known = turn.proposed_at is None or turn.proposed_at < friday
    return (
        was_known and turn.meeting.starts_at < friday + WITHIN
    ) or turn.meeting.starts_at < now + WITHIN / 2


@transaction.atomic
def offer(turn: Turn, now: datetime) -> bool:
    """Ask around for one turn; whoever it was proposed to is asked again with the first others."""
    turn = lock(turn, now)
    if turn.state == Turn.State.ACCEPTED or turn.take_overs.filter(outcome="").exists():
        return False
    look_for_somebody(turn=turn, given_back_by=None, now=now, asked_before=turn.person)
    return True


def ask_waves(*, now: datetime) -> int:
    """Ask the next people wherever the last ones had their time."""
    due = TakeOver.objects.filter(outcome="", next_wave_at__lte=now).values_list("pk", "wave")
    return sum(ask_wave(number, wave, now) for number, wave in due.order_by("next_wave_at", "pk"))


@transaction.atomic
def ask_wave(number: int, wave: int, now: datetime) -> bool:
    """Claim and ask one wave; False when another process has."""
    mine = TakeOver.objects.filter(pk=number, wave=wave, outcome="", next_wave_at__lte=now)
    if mine.update(next_wave_at=None) != 1:
        return False
    take_over = TakeOver.objects.select_related("turn").get(pk=number)
    try:
        ask_next(take_over=take_over, turn=lock(take_over.turn, now), now=now)
    except TurnIsOver:
        return False
    return True


def fall_to_hosts(*, now: datetime) -> int:
    """Half a day before a meeting, give the turns nobody has accepted to whoever leads it."""
    open_ones = Turn.objects.filter(ahead(now), meeting__starts_at__lte=now + FALLS)
    open_ones = open_ones.exclude(state=Turn.State.ACCEPTED).select_related("meeting__group__community")
    by_meeting: dict[int, list[Turn]] = defaultdict(list)
    for turn in open_ones:
        by_meeting[turn.meeting_id].append(turn)
    return sum(fall(turns, now) for turns in by_meeting.values())


@transaction.atomic
def fall(turns: list[Turn], now: datetime) -> int:
    """Give open turns of one meeting to its host; one mail says how each is done and whom to ring.

    Where nobody who leads is there they stay open, and the owners are told.
    """
    meeting = turns[0].meeting
    host = host_of(meeting)
    if host is None:
        return tell_left(meeting, turns, now)
    locked = [lock(turn, now) for turn in turns]
    fallen = [turn for turn in locked if turn.state != Turn.State.ACCEPTED]
    for turn in fallen:
        turn.person, turn.shadow, turn.state, turn.reason = host, None, Turn.State.ACCEPTED, {}
        turn.accepted_at, turn.fell_to_host = now, True
    Turn.objects.bulk_update(fallen, ["person", "shadow", "state", "reason", "accepted_at", "fell_to_host"])
    searched = TakeOver.objects.filter(turn__in=fallen, outcome="")
    searched.update(outcome=TakeOver.Outcome.HOST, ended_at=now, next_wave_at=None)
    if fallen:
        link = role_link(host, meeting.group, now)
        mail.turns_fell(host, meeting, fallen, phones=phones(meeting, host), link=link, now=now)
    return len(fallen)


def host_of(meeting: Meeting) -> Person | None:
    """Who leads a meeting: whoever has the turn, else a host, else an owner; nobody who is not there."""
    leads = meeting.turns.filter(role__kind=Role.Kind.HOST, state=Turn.State.ACCEPTED, person__isnull=False)
    hosts = Membership.objects.hosts().filter(group=meeting.group_id).order_by("person__sort_name", "pk")
    owners = Ownership.objects.filter(community=meeting.group.community_id).order_by("pk")
    no = set(meeting.answers.exclude(choice=Answer.Choice.COMING).values_list("person_id", flat=True))
    for rows in (leads, hosts, owners):
        for row in rows.select_related("person"):
            person = row.person
            if person is not None and person.pk not in no and not is_away(person, meeting):
                return person
    return None


def tell_left(meeting: Meeting, turns: list[Turn], now: datetime) -> int:
    """Tell the owners once that nobody who leads is there, and for what nobody was found; how many mails."""
    owners = Ownership.objects.filter(community=meeting.group.community_id).exclude(person__email="")
    people = [one.person for one in owners.select_related("person").order_by("pk")]
    keys = {person: mail.left_key(meeting, person) for person in people}
    told = set(OutgoingMail.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    made = [
        mail.turns_left(person, meeting, turns, phones=phones(meeting, person), now=now)
        for person in people
        if keys[person] not in told
    ]
    return sum(one is not None for one in made)


def phones(meeting: Meeting, host: Person) -> list[tuple[Person, str]]:
    """Those who come and let this host see their phone, with it. Three queries."""
    coming = Answer.objects.coming().filter(meeting=meeting).exclude(person=host)
    people = [one.person for one in coming.select_related("person__card").order_by("person__sort_name")]
    near = access.closeness(host, people)
    return [
        (one, one.card.phone)
        for one in people
        if one.card.phone and "phone" in access.visible_fields(one.card, near[one.pk])
    ]


def open_turns(group: Group, now: datetime) -> list[Turn]:
    """Turns of the group's next dates that nobody has yet, soonest first."""
    turns = Turn.objects.filter(role__group=group, state=Turn.State.OPEN, role__ended_at__isnull=True)
    turns = turns.filter(meeting__starts_at__gt=now, meeting__state=Meeting.State.PLANNED)
    return list(turns.select_related("role", "meeting__group"))
