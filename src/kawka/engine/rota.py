"""Whose turn it is: proposes who does what at the next meetings, fairly, and says why."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

TurnReasonKind = Literal["learns", "first", "rested", "only", "few"]
LONG_AGO = date.min


@dataclass(frozen=True, slots=True)
class Duty:
    """A role to be held at meetings.

    `only`: the people it is open to, or None for everybody. A duty that is not `capped` may be held by one
    person more often than the cap: leading the meeting, where there are few who can.
    """

    code: str
    only: frozenset[str] | None = None
    capped: bool = True


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who can be asked: which duties they would like to learn, and which they would rather not."""

    code: str
    learns: frozenset[str] = frozenset()
    avoids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class HeldTurn:
    """A turn somebody had, or has taken already at a date to come."""

    duty: str
    person: str
    on: date


@dataclass(frozen=True, slots=True)
class DutyDate:
    """A meeting with the duties still without anybody, what is taken, and who cannot be there."""

    code: str
    on: date
    open: tuple[str, ...]
    taken: Mapping[str, str] = field(default_factory=dict)
    unavailable: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RotaProblem:
    """Everything a rota depends on. Nobody gets more than `cap` turns within `window` before a date."""

    dates: tuple[DutyDate, ...]
    duties: tuple[Duty, ...]
    people: tuple[Member, ...]
    held: tuple[HeldTurn, ...] = ()
    cap: int = 4
    window: timedelta = timedelta(weeks=13)


@dataclass(frozen=True, slots=True)
class TurnReason:
    """Why this person: `last` is when they last had a turn, `turns` how many in the window before the date.

    "learns": would like to learn it. "first": has not had a turn yet. "rested": it is the longest since their
    last one. "only": nobody else can. "few": so few people are there that one of them has two.
    """

    kind: TurnReasonKind
    turns: int
    last: date | None


@dataclass(frozen=True, slots=True)
class ProposedTurn:
    """One person for one duty at one date; `shadow` has done it before and stands beside a learner."""

    date: str
    duty: str
    person: str
    reason: TurnReason
    shadow: str = ""


def propose(problem: RotaProblem) -> tuple[ProposedTurn, ...]:
    """A person for each open duty, date after date; a duty nobody fits is left out and stays open.

    Whoever wants to learn a duty comes first as long as somebody who has done it can stand beside, or nobody
    has done it yet. Among the others those with the fewest turns in the window, then whoever had none for
    longest. Nobody has two duties at one date unless fewer people than duties can be there. The same problem
    gives the same rota, in whatever order its parts are named.
    """
    rota = _Rota(problem)
    for at in sorted(problem.dates, key=lambda one: (one.on, one.code)):
        for duty in rota.in_order(at):
            rota.fill(at, duty)
    return tuple(rota.proposed)


class _Rota:
    """The turns proposed so far, with those held before."""

    def __init__(self, problem: RotaProblem) -> None:
        self.problem = problem
        self.held = list(problem.held)
        self.proposed: list[ProposedTurn] = []
        self.duties = {duty.code: duty for duty in problem.duties}
        self.rank = {duty.code: number for number, duty in enumerate(problem.duties)}
        self.busy = {at.code: list(at.taken.values()) for at in problem.dates}

    def in_order(self, at: DutyDate) -> list[Duty]:
        """The duties open at a date: those fewest people can do come first, then as they are listed."""
        found = [self.duties[code] for code in set(at.open) & self.duties.keys()]
        return sorted(found, key=lambda duty: (len(self.able(at, duty)), self.rank[duty.code], duty.code))

    def able(self, at: DutyDate, duty: Duty) -> list[Member]:
        """Those who can be there and do not mind, whatever else they have."""
        return [
            one
            for one in self.problem.people
            if one.code not in at.unavailable
            and duty.code not in one.avoids
            and (duty.only is None or one.code in duty.only)
        ]

    def fill(self, at: DutyDate, duty: Duty) -> None:
        """Find somebody for one duty at one date."""
        able = [one for one in self.able(at, duty) if not duty.capped or not self.is_full(one.code, at.on)]
        free = [one for one in able if one.code not in self.busy[at.code]]
        if not free and not self.has_enough_people(at):
            fewest = min((self.busy[at.code].count(one.code) for one in able), default=0)
            free = [one for one in able if self.busy[at.code].count(one.code) == fewest]
        if not free:
            return
        self.take(at, duty, free, is_second=free[0].code in self.busy[at.code], is_only=len(able) == 1)

    def take(self, at: DutyDate, duty: Duty, free: list[Member], *, is_second: bool, is_only: bool) -> None:
        """Choose among those who are free, and remember it."""
        learner, shadow = self.learner(at, duty, free)
        chosen = learner or min(free, key=lambda one: self.turn_comes(one.code, at, duty))
        reason = self.reason(chosen, at, duty, learner is not None, is_second, is_only)
        self.proposed.append(ProposedTurn(at.code, duty.code, chosen.code, reason, shadow))
        self.held.append(HeldTurn(duty.code, chosen.code, at.on))
        self.busy[at.code].append(chosen.code)

    def learner(self, at: DutyDate, duty: Duty, free: list[Member]) -> tuple[Member | None, str]:
        """Who is to learn the duty at this date, and who has done it and stands beside."""
        done = {turn.person for turn in self.held if turn.duty == duty.code and turn.on < at.on}
        learners = [one for one in free if duty.code in one.learns and one.code not in done]
        if not learners:
            return None, ""
        learner = min(learners, key=lambda one: self.turn_comes(one.code, at, duty))
        if not done:
            return learner, ""
        guides = [one.code for one in self.able(at, duty) if one.code in done and one.code != learner.code]
        idle = [code for code in guides if code not in self.busy[at.code]]
        if not idle:
            return None, ""
        return learner, min(idle, key=lambda code: self.turn_comes(code, at, duty))

    def turn_comes(self, code: str, at: DutyDate, duty: Duty) -> tuple[int, date, date, str]:
        """The smaller, the sooner it is their turn; a stable hash decides between equals."""
        same = self.last(code, duty.code)
        tie = hashlib.sha256(f"{at.code}/{duty.code}/{code}".encode()).hexdigest()
        return self.load(code, at.on), self.last(code), same, tie

    def load(self, code: str, on: date) -> int:
        """Turns in the window that ends at a date, and those taken after it."""
        since = on - self.problem.window
        return sum(turn.person == code and turn.on > since for turn in self.held)

    def last(self, code: str, duty: str = "") -> date:
        """When somebody last has a turn, of this duty if one is named."""
        dates = (turn.on for turn in self.held if turn.person == code and duty in ("", turn.duty))
        return max(dates, default=LONG_AGO)

    def is_full(self, code: str, on: date) -> bool:
        """Whether one more turn would be too many."""
        return self.load(code, on) >= self.problem.cap

    def has_enough_people(self, at: DutyDate) -> bool:
        """Whether as many people can be there as there are duties."""
        there = [one for one in self.problem.people if one.code not in at.unavailable]
        return len(there) >= len(at.open) + len(at.taken)

    def reason(
        self, one: Member, at: DutyDate, duty: Duty, learns: bool, is_second: bool, is_only: bool
    ) -> TurnReason:
        """Why this person, in the order of what matters most to them."""
        last = self.last(one.code)
        told = None if last == LONG_AGO else last
        kind: TurnReasonKind = "rested" if told else "first"
        for holds, better in ((is_only, "only"), (is_second, "few"), (learns, "learns")):
            kind = better if holds else kind  # type: ignore[assignment]
        return TurnReason(kind, self.load(one.code, at.on), told)
