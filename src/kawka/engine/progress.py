"""A running meeting as a pure function of the list of its steps.

Times are whole milliseconds since the epoch. A step that makes no sense where it stands (resuming what runs,
moving up somebody who is not waiting) changes nothing but the version, so any list of steps has a state.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

EXTENSION = 15_000
ROUND, TALKS = "round", "talks"


class Phase(StrEnum):
    """Where a meeting stands in its day."""

    BEFORE = "before"
    LIVE = "live"
    OVER = "over"


@dataclass(frozen=True)
class Change:
    """One numbered step: what, with what, when."""

    version: int
    kind: str
    at: int
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Segment:
    """One part of the run sheet as it was when the meeting began; `rounds` and `first` are of talks only."""

    kind: str
    title: str
    seconds: int
    rounds: int = 0
    first: int = 1


@dataclass(frozen=True)
class State:
    """A meeting at one version. What is counted down is the speaker's turn, the talk round, or the segment.

    `order` is everybody who speaks, in order; `done[i]` those who spoke in segment i. `moved` is the version
    of the last step that changed what people see happening (a press that saw an older one is stale);
    `roster` of the last that changed who is in the room or what is shown of them. `change` is the time that
    changing speakers takes, `swap` changing tables.
    """

    version: int = 0
    moved: int = 0
    roster: int = 0
    phase: Phase = Phase.BEFORE
    segments: tuple[Segment, ...] = ()
    index: int = 0
    order: tuple[str, ...] = ()
    done: tuple[tuple[str, ...], ...] = ()
    passed: frozenset[str] = frozenset()
    speaker: str | None = None
    talk: int = 0
    pitch: int = 60_000
    change: int = 0
    talk_length: int = 480_000
    swap: int = 0
    begun_at: int = 0
    started_at: int = 0
    paused_at: int | None = None
    duration: int = 0
    ended_at: int | None = None

    @property
    def segment(self) -> Segment | None:
        """The segment that is on; None before the beginning and after the end."""
        return self.segments[self.index] if self.phase == Phase.LIVE else None

    @property
    def spoken(self) -> tuple[str, ...]:
        """Those who have spoken in this segment, first to last."""
        return self.done[self.index] if self.phase == Phase.LIVE else ()

    @property
    def waiting(self) -> tuple[str, ...]:
        """Those who have yet to speak in this segment, the next one first."""
        return tuple(code for code in self.order if code != self.speaker and code not in self.spoken)

    def remaining(self, now: int) -> int:
        """Milliseconds left of what is counted down; below zero when it is over its time."""
        return self.started_at + self.duration - (now if self.paused_at is None else self.paused_at)

    @property
    def rest(self) -> int:
        """Milliseconds needed after what is counted down now, by the plan and the people in the order."""
        segment = self.segment
        if segment is None:
            return 0
        rest = sum(self.needs(later) for later in self.segments[self.index + 1 :])
        if segment.kind == ROUND:
            return rest + len(self.waiting) * (self.pitch + self.change)
        return rest + self.rest_of_talks

    @property
    def ahead(self) -> int | None:
        """Milliseconds from the end of what is counted down to the next turn in a round; None without one."""
        segment = self.segment
        if segment is None:
            return None
        if segment.kind == ROUND:
            return self.change if self.waiting else None
        ahead = self.rest_of_talks
        for later in self.segments[self.index + 1 :]:
            if later.kind == ROUND:
                return ahead + self.change
            ahead += self.needs(later)
        return None

    @property
    def rest_of_talks(self) -> int:
        """Milliseconds of the talk rounds that follow this one in the same segment."""
        segment = self.segment
        if segment is None or segment.kind != TALKS:
            return 0
        return (segment.first + segment.rounds - 1 - self.talk) * (self.talk_length + self.swap)

    def needs(self, segment: Segment) -> int:
        """Milliseconds a segment takes with the people who are here."""
        if segment.kind == ROUND:
            return len(self.order) * (self.pitch + self.change)
        if segment.kind == TALKS:
            return segment.rounds * (self.talk_length + self.swap)
        return segment.seconds * 1000

    def expected_end(self, now: int) -> int:
        """When the meeting ends if everything from `now` on takes as long as planned."""
        return now + max(0, self.remaining(now)) + self.rest


def reduce(changes: Iterable[Change], start: State | None = None) -> State:
    """The state after all the changes, which come in the order of their versions.

    Reducing a list in two parts, the second from the state the first led to, gives the same.
    """
    state = start or State()
    for change in changes:
        state = step(state, change)
    return state


def step(state: State, change: Change) -> State:
    """The state after one more change. Raises KeyError for a kind there is none of."""
    after = STEPS[change.kind](state, change)
    if shown(after) != shown(state):
        after = replace(after, moved=change.version)
    if change.kind in ROSTER:
        after = replace(after, roster=change.version)
    return replace(after, version=change.version)


def shown(state: State) -> tuple[object, ...]:
    """What a press is about: two states alike in this are the same moment to whoever presses."""
    return (
        state.phase,
        state.index,
        state.speaker,
        state.talk,
        state.started_at,
        state.paused_at,
        state.duration,
    )


def without(codes: tuple[str, ...], code: str | None) -> tuple[str, ...]:
    return tuple(one for one in codes if one != code)


def start_item(state: State, at: int, duration: int, **what: Any) -> State:
    return replace(
        state, **{"speaker": None, "talk": 0, **what}, started_at=at, paused_at=None, duration=duration
    )


def give_floor(state: State, code: str | None, at: int) -> State:
    """Let `code` speak with the full time; with nobody left the round has nothing to count down."""
    return start_item(state, at, state.pitch if code else 0, speaker=code)


def enter(state: State, index: int, at: int) -> State:
    """Go to a segment: a round goes on with whoever has not spoken, talks with the first round."""
    state = replace(state, index=index, speaker=None)
    segment = state.segments[index]
    if segment.kind == ROUND:
        return give_floor(state, state.waiting[0] if state.waiting else None, at)
    if segment.kind == TALKS:
        return start_item(state, at, state.talk_length, talk=segment.first)
    return start_item(state, at, segment.seconds * 1000)


def mark_spoken(state: State) -> State:
    """Note that the one who holds the floor has spoken."""
    if state.speaker is None:
        return state
    return with_spoken(state, (*state.spoken, state.speaker))


def with_spoken(state: State, codes: tuple[str, ...]) -> State:
    done = list(state.done)
    done[state.index] = codes
    return replace(state, done=tuple(done))


def begin(state: State, change: Change) -> State:
    if state.phase != Phase.BEFORE:
        return state
    detail = change.detail
    segments = tuple(Segment(**segment) for segment in detail["segments"])
    if not segments:
        return state
    state = replace(
        state,
        phase=Phase.LIVE,
        segments=segments,
        done=((),) * len(segments),
        order=tuple(dict.fromkeys(detail["people"])),
        passed=frozenset(detail.get("passed", ())),
        pitch=detail["pitch_seconds"] * 1000,
        change=detail.get("change_seconds", 0) * 1000,
        talk_length=detail["talk_seconds"] * 1000,
        swap=detail.get("swap_seconds", 0) * 1000,
        begun_at=change.at,
    )
    return enter(state, 0, change.at)


def go_on(state: State, change: Change) -> State:
    segment = state.segment
    if segment is None:
        return state
    if segment.kind == ROUND and state.waiting:
        return give_floor(mark_spoken(state), state.waiting[0], change.at)
    if segment.kind == TALKS and state.talk + 1 < segment.first + segment.rounds:
        return start_item(state, change.at, state.talk_length, talk=state.talk + 1)
    if state.index + 1 < len(state.segments):
        return enter(mark_spoken(state), state.index + 1, change.at)
    if state.speaker is not None:
        return give_floor(mark_spoken(state), None, change.at)
    return state


def go_back(state: State, change: Change) -> State:
    segment = state.segment
    if segment is None:
        return state
    if segment.kind == ROUND and state.spoken:
        return floor_to_last(state, change.at)
    if segment.kind == TALKS and state.talk > segment.first:
        return start_item(state, change.at, state.talk_length, talk=state.talk - 1)
    if state.index == 0:
        return enter(state, 0, change.at)
    return enter_from_behind(state, state.index - 1, change.at)


def floor_to_last(state: State, at: int) -> State:
    last = state.spoken[-1]
    return give_floor(with_spoken(state, state.spoken[:-1]), last, at)


def enter_from_behind(state: State, index: int, at: int) -> State:
    """Come back to a segment that was left: to its last speaker or its last talk round."""
    state = replace(state, index=index, speaker=None)
    segment = state.segments[index]
    if segment.kind == ROUND and state.spoken:
        return floor_to_last(state, at)
    if segment.kind == TALKS:
        return start_item(state, at, state.talk_length, talk=segment.first + segment.rounds - 1)
    return enter(state, index, at)


def jump(state: State, change: Change) -> State:
    index = change.detail["segment"]
    if state.segment is None or not 0 <= index < len(state.segments) or index == state.index:
        return state
    return enter(mark_spoken(state), index, change.at)


def pause(state: State, change: Change) -> State:
    if state.segment is None or state.paused_at is not None:
        return state
    return replace(state, paused_at=change.at)


def resume(state: State, change: Change) -> State:
    if state.segment is None or state.paused_at is None:
        return state
    return replace(state, started_at=state.started_at + change.at - state.paused_at, paused_at=None)


def extend(state: State, change: Change) -> State:
    """Fifteen seconds more; when the time is over already, fifteen seconds from now."""
    if state.segment is None or state.duration == 0:
        return state
    over = max(0, -state.remaining(change.at))
    return replace(state, duration=state.duration + over + EXTENSION)


def skip(state: State, change: Change) -> State:
    """The speaker gives up the turn for now and comes last."""
    if state.speaker is None or not state.waiting:
        return state
    order = (*without(state.order, state.speaker), state.speaker)
    return give_floor(replace(state, order=order), state.waiting[0], change.at)


def pass_today(state: State, change: Change) -> State:
    """A person, by default the speaker, does not speak today."""
    code = change.detail.get("person") or state.speaker
    if code not in state.order or code in state.spoken:
        return state
    state = replace(state, passed=state.passed | {code})
    return drop(state, code, change.at)


def drop(state: State, code: str, at: int) -> State:
    """Take somebody out of the order; if they hold the floor, the next one gets it."""
    speaking = state.speaker == code
    state = replace(
        state,
        order=without(state.order, code),
        done=tuple(without(codes, code) for codes in state.done),
        speaker=None if speaking else state.speaker,
    )
    if speaking:
        return give_floor(state, state.waiting[0] if state.waiting else None, at)
    return state


def move_up(state: State, change: Change) -> State:
    """Somebody who waits, or who passed, speaks next."""
    code = change.detail["person"]
    if code not in state.waiting and code not in state.passed:
        return state
    state = replace(state, passed=state.passed - {code}, order=without(state.order, code))
    return insert(state, code, state.waiting[0] if state.waiting else None)


def insert(state: State, code: str, before: str | None) -> State:
    place = state.order.index(before) if before in state.order else len(state.order)
    return replace(state, order=(*state.order[:place], code, *state.order[place:]))


def join(state: State, change: Change) -> State:
    """A late-comer takes a place in the order, before somebody who still waits, else last."""
    code = change.detail["person"]
    if code in state.order or code in state.passed:
        return state
    before = change.detail.get("before")
    return insert(state, code, before if before in state.waiting else None)


def leave(state: State, change: Change) -> State:
    code = change.detail["person"]
    state = replace(state, passed=state.passed - {code})
    return drop(state, code, change.at) if code in state.order else state


def set_order(state: State, change: Change) -> State:
    """A new order for those who wait; whoever spoke or speaks keeps their place at the head."""
    people = tuple(dict.fromkeys(change.detail["people"]))
    if state.phase == Phase.BEFORE:
        return replace(state, order=people)
    head = tuple(code for code in state.order if code not in state.waiting)
    wanted = tuple(code for code in people if code in state.waiting)
    return replace(state, order=(*head, *wanted, *(code for code in state.waiting if code not in wanted)))


def roster(state: State, change: Change) -> State:
    return state


def end(state: State, change: Change) -> State:
    if state.phase == Phase.OVER:
        return state
    return replace(
        mark_spoken(state) if state.segment else state,
        phase=Phase.OVER,
        speaker=None,
        talk=0,
        duration=0,
        paused_at=None,
        ended_at=change.at,
    )


STEPS: dict[str, Callable[[State, Change], State]] = {
    "order": set_order,
    "begin": begin,
    "next": go_on,
    "back": go_back,
    "pause": pause,
    "resume": resume,
    "extend": extend,
    "skip": skip,
    "pass": pass_today,
    "move_up": move_up,
    "jump": jump,
    "join": join,
    "leave": leave,
    "roster": roster,
    "end": end,
}
ROSTER = frozenset({"begin", "join", "leave", "roster"})
