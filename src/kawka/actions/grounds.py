"""What a plan of talks rests on: who is here, who has talked, what a talk is worth to whom, and why."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import permutations
from typing import cast

from kawka.actions.matches import Because, Gain, gains
from kawka.actions.not_with_me import pairs_kept_apart
from kawka.actions.seat_wishes import WORTH, wishes_of
from kawka.engine.planner.season import season_worth
from kawka.engine.talk_worth import Again, Past
from kawka.engine.types import Pair, TalkProblem
from kawka.models import Attendance, Meeting, Standing, TalkSeat

WEEK = timedelta(weeks=1)
NEVER = Past(talks=0, weeks=0)
Ordered = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Grounds:
    """The problem the engine solves, and why a talk with the second is worth it to the first of a pair."""

    problem: TalkProblem
    because: Mapping[Ordered, tuple[Because, ...]]

    def is_useful(self, pair: Pair) -> bool:
        """Whether the cards promise something to one of the two."""
        return any(one in self.because for one in permutations(pair))


def grounds_of(meeting: Meeting, rounds: int) -> Grounds:
    """Everything the talks of this meeting depend on. Nine queries, however many people."""
    here = list(meeting.attendances.in_room().select_related("person").order_by("arrived_at", "pk"))
    people = tuple(row.person.code for row in here)
    past = talks_before(meeting, people)
    found = gains([row.person for row in here], group=meeting.group)
    problem = TalkProblem(
        people=people,
        rounds=rounds,
        met={frozenset(pair): one.talks for pair, one in past.items()},
        newcomers=newcomers(meeting, here),
        never=pairs_kept_apart(people),
        gain=worth_of(people, found, past, wishes_of(meeting, people)),
    )
    return Grounds(problem, {pair: gain.because for pair, gain in found.items()})


def worth_of(
    people: Sequence[str],
    found: Mapping[Ordered, Gain],
    past: Mapping[Ordered, Past],
    wishes: Collection[Ordered],
) -> dict[Ordered, int]:
    """What each gains by a talk with each other; who gains nothing is left out."""
    here = set(people)
    promised = {pair: float(gain.worth) for pair, gain in found.items() if here >= set(pair)}
    value = season_worth(promised, past)
    worth = {
        pair: round(value.get(pair, 0.0)) + WORTH * (pair in wishes)
        for pair in permutations(people, 2)
        if pair in value or pair in wishes
    }
    return {pair: value for pair, value in worth.items() if value > 0}


def newcomers(meeting: Meeting, here: Sequence[Attendance]) -> frozenset[str]:
    """Guests, and whoever is at a meeting of this group for the first time; nobody when all are."""
    people = [row.person_id for row in here]
    earlier = Attendance.objects.came().filter(
        person__in=people, meeting__group=meeting.group_id, meeting__starts_at__lt=meeting.starts_at
    )
    known = set(earlier.values_list("person_id", flat=True))
    guests = meeting.group.memberships.filter(standing=Standing.GUEST, person__in=people)
    guest_keys = set(guests.values_list("person_id", flat=True))
    new = [row.person.code for row in here if row.person_id not in known or row.person_id in guest_keys]
    return frozenset(new) if len(new) < len(here) else frozenset()


def talks_before(meeting: Meeting, people: Sequence[str]) -> dict[Ordered, Past]:
    """The talks each had with each other at earlier closed meetings of the community. One query.

    A planned talk counts unless one of the two said that it did not take place. What somebody says later
    outweighs what they said before.
    """
    seats = (
        TalkSeat.objects.filter(
            person__code__in=people,
            talk__meeting__group__community=meeting.group.community_id,
            talk__meeting__state=Meeting.State.CLOSED,
            talk__meeting__starts_at__lt=meeting.starts_at,
        )
        .exclude(happened=False)
        .order_by("talk__meeting__starts_at", "talk_id")
        .values_list("talk_id", "talk__meeting__starts_at", "person__code", "again")
    )
    at_table: dict[tuple[int, datetime], dict[str, Again]] = defaultdict(dict)
    for talk, when, code, again in seats:
        at_table[talk, when][code] = cast(Again, again)
    past: dict[Ordered, Past] = {}
    for (_talk, when), said in at_table.items():
        for one, other in permutations(said, 2):
            before = past.get((one, other), NEVER)
            weeks = (meeting.starts_at - when) / WEEK
            mine, theirs = said[one] or before.mine, said[other] or before.theirs
            past[one, other] = Past(before.talks + 1, weeks, mine, theirs)
    return past
