"""How a group does, once a month: who is new, came again, drifts, who carries the roles, which trades come.

A number about fewer than five people would point at somebody, so it is neither told nor kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Min

from kawka.actions.day_list import folded
from kawka.engine.rhythm import moment
from kawka.models import Attendance, Card, Group, Meeting, MonthlyHealth, Turn

FEW = 5
MONTHS_BEFORE = 3
USED_TO_COME = 3  # visits in the months before
MADE_AT = time(9)
MONTH = relativedelta(months=1)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told of one month; None where it would be about fewer than five people.

    `new_before`: who came for the first time in the three months before; `came_again` of them since, when
    neither these nor the others are few, else `nearly_all_again`.
    `drifted`: who had come three times in those months and not once in this one.
    """

    meetings: int
    people: int | None = None
    trades: int | None = None
    newcomers: int | None = None
    new_before: int | None = None
    came_again: int | None = None
    nearly_all_again: bool = False
    drifted: int | None = None
    carriers: int | None = None


@dataclass(frozen=True, slots=True)
class Visits:
    """Who came on which days, and on which day each came for the first time; the first day of all."""

    days: Mapping[int, list[date]]
    first: Mapping[int, date]
    beginning: date | None

    def between(self, start: date, end: date) -> dict[int, int]:
        """How often each came from this day on, before that one; only those who did."""
        counted = {person: sum(start <= on < end for on in days) for person, days in self.days.items()}
        return {person: visits for person, visits in counted.items() if visits}

    def new_between(self, start: date, end: date) -> set[int]:
        """Who came for the first time in these days; at the first meeting of a group everybody is new."""
        return {p for p, on in self.first.items() if start <= on < end and on != self.beginning}


def first_monday(of: date) -> date:
    """The first Monday of the month this day is in."""
    return of.replace(day=1) + timedelta(days=-of.replace(day=1).weekday() % 7)


def health_due(*, now: datetime) -> int:
    """On the first Monday of the month at nine: keep how the month before was, for groups that met; how many.

    Each month once. A group that begins to look later in the month gets it then. Run every hour.
    """
    since = now - timedelta(days=62)
    met = Group.objects.filter(meetings__state=Meeting.State.CLOSED, meetings__starts_at__gte=since)
    made = 0
    for group in met.distinct():
        today = now.astimezone(group.zone).date()
        month = today.replace(day=1) - MONTH
        if now >= moment(first_monday(today), MADE_AT, group.timezone):
            made += make_health(group, month, now)
    return made


@transaction.atomic
def make_health(group: Group, month: date, now: datetime) -> bool:
    """Keep the numbers of one month, unless they are kept or the group did not meet in it."""
    if MonthlyHealth.objects.filter(group=group, month=month).exists():
        return False
    facts = facts_of(group, month)
    if not facts.meetings:
        return False
    about = {"facts": asdict(facts), "made_at": now}
    _row, made = MonthlyHealth.objects.get_or_create(group=group, month=month, defaults=about)
    return made


def facts_of(group: Group, month: date) -> Facts:
    """The numbers of one month. Five queries."""
    before, end = month - MONTHS_BEFORE * MONTH, month + MONTH
    held = group.meetings.filter(state=Meeting.State.CLOSED, local_date__gte=month, local_date__lt=end)
    visits = visits_of(group, since=before, until=end)
    here, earlier = visits.between(month, end), visits.between(before, month)
    new_before = visits.new_between(before, month)
    again = {person for person in new_before if visits.between(before, end)[person] > 1}
    rest = 0 < len(new_before - again) < FEW
    used_to = {person for person, count in earlier.items() if count >= USED_TO_COME}
    carriers = Turn.objects.filter(meeting__in=held, state=Turn.State.ACCEPTED, person__isnull=False)
    return Facts(
        meetings=held.count(),
        people=told(here),
        trades=trades_of(here) if told(here) else None,
        newcomers=told(visits.new_between(month, end)),
        new_before=told(new_before),
        came_again=told(again) if told(new_before) and not rest else None,
        nearly_all_again=bool(told(again) and rest),
        drifted=told(used_to - set(here)),
        carriers=told(set(carriers.order_by().values_list("person_id", flat=True))),
    )


def told(people: Iterable[int]) -> int | None:
    """How many they are, when they are enough to be told of."""
    count = len(set(people))
    return count if count >= FEW else None


def visits_of(group: Group, *, since: date, until: date) -> Visits:
    """Who came when, and when each came for the first time. Two queries."""
    came = Attendance.objects.came().filter(
        meeting__group=group, meeting__state=Meeting.State.CLOSED, meeting__local_date__lt=until
    )
    firsts = came.values("person").annotate(on=Min("meeting__local_date")).order_by()
    first = {row["person"]: row["on"] for row in firsts}
    days: dict[int, list[date]] = {}
    lately = came.filter(meeting__local_date__gte=since).order_by()
    for person, on in lately.values_list("person_id", "meeting__local_date"):
        days.setdefault(person, []).append(on)
    return Visits(days, first, min(first.values(), default=None))


def trades_of(people: Iterable[int]) -> int:
    """How many different trades they have, whatever the letter case and accents."""
    typed = Card.objects.filter(person__in=list(people)).values_list("trade", flat=True)
    return len({folded(trade) for trade in typed if trade.strip()})


def new_page(group: Group, *, now: datetime) -> MonthlyHealth | None:
    """The page of the last month while it is news: for a week."""
    return group.health.filter(made_at__gt=now - timedelta(days=7)).first()
