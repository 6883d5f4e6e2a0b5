"""Running a meeting: every press is one numbered step, kept before anybody hears of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from kawka.actions.announcements import Snapshot, announce
from kawka.actions.meetings import close_meeting
from kawka.actions.speaking_order import order_for, passing, slot_for
from kawka.actions.turns import in_turn
from kawka.engine.progress import Change, Phase, State, reduce, step
from kawka.engine.runsheet import CHANGE_SECONDS
from kawka.models import Attendance, LiveChange, Meeting, Person, Refused, SegmentKind, formula

PRESSES = frozenset({"next", "back", "pause", "resume", "extend", "skip", "pass", "move_up", "jump"})
Move = tuple[str, dict[str, Any]]
SWAP_SECONDS = 60
MOST_KEPT = 1000
KEPT: dict[str, State] = {}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class NotRunning(Refused):
    """The meeting has not begun, or is over."""

    message = _("This meeting is not running.")


class NobodyHere(Refused):
    """A meeting cannot begin without people."""

    message = _("Nobody is checked in yet. Check people in, then start.")


class NothingPlanned(Refused):
    """A meeting cannot begin without a run sheet."""

    message = _("The run sheet is empty. Add at least one part, then start.")


def milliseconds(at: datetime) -> int:
    """A moment as whole milliseconds since the epoch."""
    return (at - EPOCH) // timedelta(milliseconds=1)


def state_of(meeting: Meeting) -> State:
    """The meeting's state after all its steps. One query, none if this process has seen the last step kept.

    The steps up to a version never change once they are kept, so neither does the state at that version.
    """
    known = KEPT.get(meeting.code)
    if known is not None and known.version == meeting.live_version:
        return known
    rows = meeting.live_changes.order_by("version").values_list("version", "kind", "made_at", "detail")
    return reduce(Change(version, kind, milliseconds(at), detail) for version, kind, at, detail in rows)


def snapshot_of(meeting: Meeting, state: State) -> Snapshot:
    """What everybody who follows the meeting is sent: small, whole, the same for all of them."""
    segment = state.segment
    return {
        "version": state.version,
        "roster": state.roster,
        "phase": Phase.OVER if meeting.is_over else state.phase,
        "segment": state.index if segment else None,
        "kind": segment.kind if segment else None,
        "speaker": state.speaker,
        "waiting": state.waiting,
        "talk": state.talk,
        "started_at": state.started_at,
        "paused_at": state.paused_at,
        "duration": state.duration,
        "rest": state.rest,
        "ahead": state.ahead,
        "turn": state.pitch + state.change,
        "starts_at": milliseconds(meeting.starts_at),
    }


def snapshot(code: str) -> tuple[str, Snapshot] | None:
    """The room code and the snapshot of the meeting with this code; None if there is none. Two queries."""
    meeting = Meeting.objects.filter(code=code).first()
    return (meeting.room_code, snapshot_of(meeting, state_of(meeting))) if meeting else None


def versions(codes: Sequence[str]) -> dict[str, int]:
    """The version each of these meetings stands at. One query."""
    return dict(Meeting.objects.filter(code__in=codes).values_list("code", "live_version"))


@in_turn
@transaction.atomic
def press(
    *,
    meeting: Meeting,
    verb: str,
    by: Person | None,
    now: datetime,
    seen: int,
    person: str | None = None,
    segment: int | None = None,
) -> State:
    """One press on the remote; answers with the state after it.

    `seen` is the version the presser saw. If the meeting has moved on since, or the press makes no sense
    where it stands, nothing changes: two hosts pressing "next" at once advance by one, a double tap too.
    Check-ins meanwhile do not make a press stale. Raises NotRunning before the beginning and after the end.
    """
    if verb not in PRESSES:
        raise Refused
    meeting = lock(meeting)
    state = state_of(meeting)
    if state.phase != Phase.LIVE:
        raise NotRunning
    if not state.moved <= seen <= state.version:
        return state
    detail = {"person": person, "segment": segment}
    wanted = {key: value for key, value in detail.items() if value is not None}
    return take(meeting, state, [(verb, wanted)], by=by, now=now)


@transaction.atomic
def begin(*, meeting: Meeting, by: Person | None, now: datetime) -> State:
    """Start the meeting with the people who are here and the group's run sheet as it is now.

    Starting what has started already changes nothing. Raises NobodyHere, NothingPlanned, or NotRunning when
    the meeting is over or called off.
    """
    meeting = lock(meeting)
    state = state_of(meeting)
    if meeting.state == Meeting.State.LIVE:
        return state
    if meeting.is_over:
        raise NotRunning
    here = in_room(meeting)
    if not here:
        raise NobodyHere
    segments = segments_of(meeting)
    if not segments:
        raise NothingPlanned
    meeting.state, meeting.opened_at = Meeting.State.LIVE, now
    meeting.save(update_fields=["state", "opened_at"])
    detail = {
        "segments": segments,
        "people": order_for(meeting, here, chosen=state.order),
        "passed": passing(here),
        "pitch_seconds": meeting.speaking_seconds,
        "change_seconds": CHANGE_SECONDS,
        "talk_seconds": meeting.group.talk_minutes * 60,
        "swap_seconds": SWAP_SECONDS,
    }
    return take(meeting, state, [("begin", detail)], by=by, now=now)


@transaction.atomic
def end(*, meeting: Meeting, by: Person | None, now: datetime) -> State:
    """End a running meeting and close it, which makes its recap; ending it again changes nothing."""
    meeting = lock(meeting)
    state = state_of(meeting)
    if state.phase == Phase.OVER:
        return state
    if state.phase == Phase.BEFORE:
        raise NotRunning
    close_meeting(meeting=meeting, by=by, now=now)
    return take(lock(meeting), state, [("end", {})], by=by, now=now)


@transaction.atomic
def set_order(*, meeting: Meeting, people: Sequence[str], by: Person | None, now: datetime) -> State:
    """Set the order of the round by the codes of people; in a running round, of those still waiting."""
    meeting = lock(meeting)
    if meeting.is_over:
        raise NotRunning
    return take(meeting, state_of(meeting), [("order", {"people": list(people)})], by=by, now=now)


@transaction.atomic
def roster_changed(*, meeting: Meeting, by: Person | None, now: datetime) -> State:
    """Tell everybody who follows that what is shown of the people in the room has changed.

    In a running meeting whoever came meanwhile gets a place in the order, and whoever left loses theirs.
    """
    meeting = lock(meeting)
    state = state_of(meeting)
    if meeting.is_over:
        return state
    moves = comings_and_goings(meeting, state) if state.phase == Phase.LIVE else []
    return take(meeting, state, [*moves, ("roster", {})], by=by, now=now)


def comings_and_goings(meeting: Meeting, state: State) -> list[Move]:
    """The steps that make the order agree with who is in the room."""
    here = in_room(meeting)
    codes = {one.person.code for one in here}
    known = {*state.order, *state.passed}
    moves: list[Move] = [("leave", {"person": code}) for code in sorted(known - codes)]
    for one in here:
        code = one.person.code
        if code not in known and one.wish != Attendance.Wish.PASS:
            order = [other for other in state.order if other in codes]
            spoken = [*state.spoken, *([state.speaker] if state.speaker else [])]
            before = slot_for(meeting, here, code, order=order, spoken=spoken)
            moves.append(("join", {"person": code, "before": before}))
    return moves


def segments_of(meeting: Meeting) -> list[dict[str, Any]]:
    """The meeting's run sheet as a step keeps it; several parts of talks share the rounds."""
    segments = formula.segments_of(meeting)
    talks = [segment for segment in segments if segment.kind == SegmentKind.TALKS]
    rounds = rounds_of(meeting)
    kept, first = [], 1
    for segment in segments:
        one: dict[str, Any] = {
            "kind": segment.kind,
            "title": segment.title,
            "seconds": segment.minutes * 60,
        }
        if segment in talks:
            number = talks.index(segment)
            share = rounds // len(talks) + (number < rounds % len(talks))
            one.update(rounds=max(1, share), first=first)
            first += share
        kept.append(one)
    return kept


def rounds_of(meeting: Meeting) -> int:
    """How many talk rounds there are: those planned, else as many as the group wants."""
    planned = meeting.talks.aggregate(last=Max("round"))["last"]
    return planned or meeting.group.talk_rounds


def in_room(meeting: Meeting) -> list[Attendance]:
    """The attendances of those who are here, in the order they came."""
    return list(meeting.attendances.in_room().select_related("person").order_by("arrived_at", "pk"))


def lock(meeting: Meeting) -> Meeting:
    """The meeting's row, fresh, and nobody else's until the transaction ends."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)


def take(meeting: Meeting, state: State, moves: Sequence[Move], *, by: Person | None, now: datetime) -> State:
    """Number and keep the steps that change something, and announce what they led to."""
    made = []
    for kind, detail in moves:
        change = Change(state.version + 1, kind, milliseconds(now), detail)
        after = step(state, change)
        if replace(after, version=state.version) != state:
            made.append(change)
            state = after
    if not made:
        return state
    LiveChange.objects.bulk_create(
        LiveChange(
            meeting=meeting,
            version=change.version,
            kind=change.kind,
            detail=change.detail,
            made_by=by,
            made_at=now,
        )
        for change in made
    )
    meeting.live_version = state.version
    meeting.save(update_fields=["live_version"])
    transaction.on_commit(partial(remember_state, meeting.code, state), robust=True)
    announce(meeting.code, meeting.room_code, snapshot_of(meeting, state))
    return state


def remember_state(code: str, state: State) -> None:
    """Keep the state a committed step led to; the oldest meeting makes room when there are too many."""
    KEPT.pop(code, None)
    KEPT[code] = state
    while len(KEPT) > MOST_KEPT:
        KEPT.pop(next(iter(KEPT)), None)
