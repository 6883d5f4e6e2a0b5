"""What goes into the engine and what comes out: frozen values, people are opaque codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

Pair = frozenset[str]
ReasonKind = Literal["newcomer", "never_talked", "talked_before", "gain"]


@dataclass(frozen=True, slots=True)
class TalkProblem:
    """Everything a plan of talks depends on.

    `people` are those in the room, each once; `rounds` is how many talk rounds are wanted. `met` counts the
    talks a pair had at earlier meetings, `gain[a, b]` is what a talk with b is worth to a, `never` are the
    pairs that share no table (confidential), `present` the rounds (0 is the first) in which a person is
    there; whoever is not named in `present` is there all the time.
    """

    people: tuple[str, ...]
    rounds: int
    met: Mapping[Pair, int] = field(default_factory=dict)
    newcomers: frozenset[str] = frozenset()
    never: frozenset[Pair] = frozenset()
    gain: Mapping[tuple[str, str], int] = field(default_factory=dict)
    present: Mapping[str, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why these two sit together. In a "gain" the first of the pair is the one it is worth something to."""

    kind: ReasonKind
    pair: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """Two people, or three, at one numbered table in one round; numbers begin at 1."""

    number: int
    people: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()


TalkRound = tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class TalkPlan:
    """Who talks with whom: one tuple of tables a round, and beside it those who sit that round out."""

    rounds: tuple[TalkRound, ...]
    resting: tuple[tuple[str, ...], ...] = ()
    rounds_wanted: int = 0

    @property
    def rounds_possible(self) -> int:
        """How many rounds could be planned; fewer than wanted when people would have to meet twice."""
        return len(self.rounds)

    @property
    def is_short(self) -> bool:
        """Whether the room is too small for as many rounds as were wanted."""
        return self.rounds_possible < self.rounds_wanted


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A rule that makes dates.

    `kind` is "weekly", "every_n_weeks", "monthly_nth" or "by_hand"; `weekday` 0 is Monday; `interval` counts
    weeks and speaks only for "every_n_weeks"; `nth` is 1 to 4 or -1 for the last and speaks only for
    "monthly_nth". No date lies before `starts_on`.
    """

    kind: str
    interval: int
    weekday: int
    nth: int
    starts_on: date


@dataclass(frozen=True, slots=True)
class SegmentPlan:
    """A part of a meeting as the group planned it: coffee, round, talks, spotlight or notices."""

    kind: str
    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class PlacedSegment:
    """A part of a meeting with its own start and end; `over_by` is how far it exceeds its planned minutes."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    over_by: timedelta = timedelta(0)

    @property
    def lasts(self) -> timedelta:
        """From its start to its end."""
        return self.ends_at - self.starts_at


@dataclass(frozen=True, slots=True)
class ShorterPitch:
    """The meeting ends on time when everybody speaks this many seconds."""

    seconds: int


@dataclass(frozen=True, slots=True)
class StartEarlier:
    """The meeting ends on time when it starts this many minutes earlier."""

    minutes: int


Proposal = ShorterPitch | StartEarlier


@dataclass(frozen=True, slots=True)
class RunSheet:
    """A meeting laid out in time; `proposals` is empty when it ends as planned."""

    segments: tuple[PlacedSegment, ...]
    starts_at: datetime
    ends_at: datetime
    planned_end: datetime
    over_by: timedelta
    proposals: tuple[Proposal, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether it ends no later than planned."""
        return not self.over_by


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a running meeting is going to end as things stand."""

    segment_ends_at: datetime
    ends_at: datetime
    over_by: timedelta


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who may speak in the round.

    `wish` is "early", "middle", "late", "any" or "pass". `arrived_at_order` counts arrivals from 0.
    `opened_last` grows with time (say, the number of the meeting this person last opened), None is never.
    """

    code: str
    first_time: bool
    wish: str
    arrived_at_order: int
    opened_last: int | None
    is_host: bool = False
