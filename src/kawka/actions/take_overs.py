"""The chain that finds a stand-in: those who fit are asked in waves, and the first yes has the turn."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kawka.actions.links import link_for
from kawka.actions.rota_facts import QUARTER, RotaFacts, facts_of
from kawka.engine.rhythm import moment
from kawka.mail import roles as mail
from kawka.models import (
    Answer,
    Group,
    Meeting,
    Membership,
    Person,
    PersonalLink,
    Refused,
    Role,
    TakeOver,
    TakeOverAsk,
    Turn,
)

WAVE = 3
USUAL_LOAD = 4
FAR, NEAR = timedelta(hours=72), timedelta(hours=24)
WAITS = timedelta(hours=24), timedelta(hours=4), timedelta(hours=1)
MORNING, EVENING = time(8), time(20)
SATURDAY = 5


class TurnIsTaken(Refused):
    """Somebody else has the turn by now."""

    message = _("Somebody else has this turn by now. Thank you!")


class TurnIsOver(Refused):
    """The meeting has begun, is over or does not take place."""

    message = _("This meeting has begun, is over or does not take place, so its turns stay as they are.")


class NotAsked(Refused):
    """Somebody answered a call they did not get."""

    message = _("This question went to somebody else. The page shows what is open for you.")


def role_link(person: Person, group: Group, now: datetime) -> PersonalLink:
    """The link by which somebody looks after their turns."""
    return link_for(person=person, scope=PersonalLink.Scope.ROLE, group=group, now=now)


def lock(turn: Turn, now: datetime) -> Turn:
    """The turn locked for a change. Raises TurnIsOver once its meeting has begun or does not take place."""
    rows = Turn.objects.select_for_update(of=("self",)).select_related("role", "meeting__group__community")
    locked = rows.get(pk=turn.pk)
    if locked.meeting.state != Meeting.State.PLANNED or locked.meeting.starts_at <= now:
        raise TurnIsOver
    return locked


@transaction.atomic
def look_for_somebody(
    *, turn: Turn, given_back_by: Person | None, now: datetime, asked_before: Person | None = None
) -> TakeOver:
    """Open a locked turn and ask the first wave; while somebody is being looked for already, only open it.

    `asked_before` got the proposal and has not answered: they are in the first wave again.
    """
    turn.person, turn.shadow, turn.state, turn.reason = None, None, Turn.State.OPEN, {}
    turn.accepted_at, turn.fell_to_host = None, False
    turn.save(update_fields=["person", "shadow", "state", "reason", "accepted_at", "fell_to_host"])
    known = turn.take_overs.filter(outcome="").first()
    if known is not None:
        return known
    take_over = TakeOver.objects.create(turn=turn, given_back_by=given_back_by, opened_at=now)
    ask_next(take_over=take_over, turn=turn, now=now, first=asked_before)
    return take_over


def ask_next(*, take_over: TakeOver, turn: Turn, now: datetime, first: Person | None = None) -> list[Person]:
    """Ask the next wave of those who fit, and say when the one after it is due; none when all were asked.

    Whoever has just been asked for another role at this meeting is left in peace until the next wave.
    """
    group = turn.meeting.group
    facts = facts_of(group, [turn.meeting], now)
    fit = who_fits(turn, take_over, facts, first)
    spared = just_asked(turn, now) - {first.pk if first else None}
    wave = [one for one in fit if one.person_id not in spared][:WAVE]
    rest = [one for one in fit if one not in wave]
    take_over.wave += 1
    take_over.next_wave_at = next_wave_at(turn.meeting, now) if rest else None
    take_over.save(update_fields=["wave", "next_wave_at"])
    TakeOverAsk.objects.bulk_create(
        TakeOverAsk(take_over=take_over, person=one.person, wave=take_over.wave, asked_at=now) for one in wave
    )
    for place in wave:
        place.group = group
        link = role_link(place.person, group, now)
        mail.turn_call(place, turn, take_over, link=link, now=now)
    return [one.person for one in wave]


def who_fits(
    turn: Turn, take_over: TakeOver, facts: RotaFacts, first: Person | None = None
) -> list[Membership]:
    """Those to be asked, in order: who did it before or wants to learn it, then everybody else active.

    Among equals whoever had no turn for longest. Left out are those who cannot be there, would rather not,
    have another turn at this meeting, gave this one back, were asked already or said no to it.
    """
    busy = Turn.objects.filter(meeting=turn.meeting_id, person__isnull=False).exclude(pk=turn.pk)
    asks = TakeOverAsk.objects.filter(take_over__turn=turn)
    said_no = asks.filter(reply=TakeOverAsk.Reply.NO) | asks.filter(take_over=take_over)
    gave_back = TakeOver.objects.filter(turn=turn, given_back_by__isnull=False)
    out = set(facts.unavailable[turn.meeting_id])
    out |= set(busy.values_list("person_id", flat=True)) | set(said_no.values_list("person_id", flat=True))
    out |= set(gave_back.values_list("given_back_by_id", flat=True))
    fit = [
        one
        for one in facts.members
        if one.person_id not in out
        and (turn.role_id, one.person_id) not in facts.avoids
        and (turn.role.kind != Role.Kind.HOST or one.person.code in facts.hosts)
    ]
    return sorted(fit, key=lambda one: rank(one, turn, facts, first))


def just_asked(turn: Turn, now: datetime) -> set[int | None]:
    """Those who were asked for another role at the same meeting and still have their time to answer."""
    others = TakeOverAsk.objects.filter(take_over__turn__meeting=turn.meeting_id, reply="")
    asked = others.exclude(take_over__turn=turn).filter(asked_at__gt=now - wait_at(turn.meeting, now))
    return set(asked.values_list("person_id", flat=True))


def wait_at(meeting: Meeting, now: datetime) -> timedelta:
    """How long people have to answer before others are asked: the nearer the meeting, the less."""
    left = meeting.starts_at - now
    far, near, last = WAITS
    return far if left > FAR else near if left > NEAR else last


def rank(one: Membership, turn: Turn, facts: RotaFacts, first: Person | None) -> tuple[int, datetime, str]:
    """The smaller, the sooner somebody is asked."""
    mine = [held for held in facts.turns if held.person_id == one.person_id]
    knows = any(held.role_id == turn.role_id for held in mine)
    since = turn.meeting.starts_at - QUARTER
    has_much = sum(held.meeting.starts_at > since for held in mine) >= USUAL_LOAD
    tier = 0 if knows or (turn.role_id, one.person_id) in facts.learns else 1
    tier = -1 if first is not None and one.person_id == first.pk else tier + 2 * has_much
    last = max((held.meeting.starts_at for held in mine), default=one.joined_at - 40 * QUARTER)
    return tier, last, one.person.code


def next_wave_at(meeting: Meeting, now: datetime) -> datetime:
    """When the next are asked: sooner the nearer the meeting is; in working hours while there is time."""
    at = now + wait_at(meeting, now)
    local = at.astimezone(meeting.group.zone)
    if meeting.starts_at - at <= NEAR or (MORNING <= local.time() < EVENING and local.weekday() < SATURDAY):
        return at
    on = local.date() + timedelta(days=local.time() >= EVENING)
    while on.weekday() >= SATURDAY:
        on += timedelta(days=1)
    return min(moment(on, MORNING, meeting.group.timezone), meeting.starts_at - NEAR)


@transaction.atomic
def say_yes(*, take_over: TakeOver, by: Person, now: datetime) -> bool:
    """Take the turn over; True for the first who says so, also when pressed twice, False for those after.

    Of two at once the lock on the turn lets one pass. Everybody else who was asked is thanked. A turn that
    fell to the host meanwhile is still taken. Raises NotAsked or TurnIsOver.
    """
    turn = lock(take_over.turn, now)
    ask = TakeOverAsk.objects.filter(take_over=take_over, person=by).first()
    if ask is None:
        raise NotAsked
    if turn.person_id == by.pk:
        return True
    is_free = turn.state == Turn.State.OPEN or turn.fell_to_host
    ask.reply, ask.replied_at = TakeOverAsk.Reply.YES if is_free else TakeOverAsk.Reply.LATE, now
    ask.save(update_fields=["reply", "replied_at"])
    if not is_free:
        return False
    host = turn.person_id
    turn.person, turn.state, turn.accepted_at, turn.fell_to_host = by, Turn.State.ACCEPTED, now, False
    turn.save(update_fields=["person", "state", "accepted_at", "fell_to_host"])
    close_chain(turn=turn, taken_by=by, now=now, had_it=host)
    return True


@transaction.atomic
def say_no(*, take_over: TakeOver, by: Person, now: datetime) -> None:
    """Not this time; when a whole wave has said so the next is asked at once. Raises NotAsked."""
    locked = TakeOver.objects.select_for_update(of=("self",)).get(pk=take_over.pk)
    mine = TakeOverAsk.objects.filter(take_over=locked, person=by)
    if not mine.exists():
        raise NotAsked
    mine.filter(reply="").update(reply=TakeOverAsk.Reply.NO, replied_at=now)
    is_waiting = locked.asks.filter(wave=locked.wave).exclude(reply=TakeOverAsk.Reply.NO).exists()
    if locked.outcome == "" and not is_waiting and locked.next_wave_at is not None:
        ask_next(take_over=locked, turn=lock(locked.turn, now), now=now)


def close_chain(*, turn: Turn, taken_by: Person, now: datetime, had_it: int | None = None) -> None:
    """End the search for a locked turn, and thank those who were asked and have not said no.

    `had_it`: the row of the host it had fallen to, who is told as well.
    """
    chains = turn.take_overs.filter(outcome__in=["", TakeOver.Outcome.HOST]).select_related("given_back_by")
    for take_over in chains:
        take_over.outcome, take_over.taken_by = TakeOver.Outcome.TAKEN, taken_by
        take_over.ended_at, take_over.next_wave_at = now, None
        take_over.save(update_fields=["outcome", "taken_by", "ended_at", "next_wave_at"])
        asked = take_over.asks.exclude(reply=TakeOverAsk.Reply.NO).exclude(person=taken_by)
        told = {*asked.values_list("person_id", flat=True), take_over.given_back_by_id, had_it}
        thank(turn, take_over, told - {None, taken_by.pk} - not_coming(turn.meeting), now)


def not_coming(meeting: Meeting) -> set[int]:
    """The rows of those who said no to a date: nobody writes to them about it any more."""
    said_no = meeting.answers.filter(choice=Answer.Choice.NOT_THIS_TIME).order_by()
    return set(said_no.values_list("person_id", flat=True))


def thank(turn: Turn, take_over: TakeOver, people: set[int | None], now: datetime) -> None:
    """Tell those who were asked, and who gave the turn back, that it is taken."""
    group = turn.meeting.group
    places = group.memberships.current().filter(person__in=people).select_related("person")
    for place in places:
        place.group = group
        mail.turn_taken(place, turn, take_over, link=role_link(place.person, group, now), now=now)


def asks_of(person: Person, group: Group, now: datetime) -> Sequence[TakeOverAsk]:
    """The calls somebody has not said no to, for turns at meetings to come, soonest first."""
    asks = TakeOverAsk.objects.filter(person=person, take_over__turn__role__group=group)
    asks = asks.filter(take_over__turn__meeting__starts_at__gt=now)
    asks = asks.filter(take_over__turn__meeting__state=Meeting.State.PLANNED)
    asks = asks.exclude(reply=TakeOverAsk.Reply.NO).exclude(take_over__turn__person=person)
    loaded = asks.select_related(
        "take_over__taken_by", "take_over__turn__role", "take_over__turn__meeting__group"
    )
    return list(loaded.order_by("take_over__turn__meeting__starts_at", "pk"))
