"""The first page: where an instance begins, what anybody finds, what is mine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kawka.actions.my_dates import MyDate, my_dates
from kawka.actions.my_turns import turns_of_account
from kawka.actions.setup import is_fresh
from kawka.actions.tasks import tasks_of_account
from kawka.models import Account, Group, Meeting, Membership, Ownership, Person, StandingAnswer
from kawka.web.memberships import my_places
from kawka.web.standing_answers import AllDates, all_dates
from kawka.web.trust import may_set_up

SHOWN_DATES = 8


@dataclass(frozen=True)
class ShownDate:
    """A date of one of my groups, with what I said about it."""

    date: MyDate
    is_mine_to_host: bool

    @property
    def is_today(self) -> bool:
        """Whether it is this very day in the group's town."""
        meeting = self.date.meeting
        return meeting.local_date == timezone.now().astimezone(meeting.group.zone).date()


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    if isinstance(request.user, Account):
        return mine(request, request.user, now)
    if is_fresh():
        return render(request, "home/first.html", {"may_set_up": may_set_up(request)})
    return directory(request, now)


def directory(request: HttpRequest, now: datetime) -> HttpResponse:
    """Groups anybody may see, by town, each with its next date."""
    coming = Meeting.objects.filter(group=OuterRef("pk")).upcoming(now)
    groups = Group.objects.public().filter(community__is_sample=False)
    listed = groups.annotate(next_at=Subquery(coming.values("starts_at")[:1])).order_by("town", "name")
    rows = [(group, group.next_at and group.next_at.astimezone(group.zone)) for group in listed]
    return render(request, "home/directory.html", {"rows": rows})


def mine(request: HttpRequest, account: Account, now: datetime) -> HttpResponse:
    """My next dates with my answers, my groups, and first of all the meeting I host today."""
    places = Membership.objects.filter(person__account=account).order_by()
    owned = Q(community__in=Ownership.objects.filter(person__account=account).values("community"))
    current, hosts = (Q(pk__in=rows.values("group")) for rows in (places.current(), places.hosts()))
    groups = list(Group.objects.filter(current | owned).select_related("community"))
    beside = beside_of(groups)
    hosted = set(Group.objects.filter(hosts | owned).order_by().values_list("pk", flat=True))
    mine = list(places.current().select_related("person", "group", "standing_answer").order_by("group__name"))
    dates = dates_of(account, [*groups, *beside], hosted, now)
    today = [shown for shown in dates if shown.is_mine_to_host and shown.is_today]
    shown = {
        "today": today,
        "dates": [shown for shown in dates if shown not in today],
        "groups": [(group, group.pk in hosted) for group in groups],
        "beside": beside,
        "turns": turns_of_account(account, now),
        "all_dates": my_standing(mine),
        "places": my_places(mine),
        "tasks": tasks_of_account(account),
        "in_sample": any(group.community.is_sample for group in groups),
    }
    return render(request, "home/mine.html", shown)


def beside_of(groups: Sequence[Group]) -> list[Group]:
    """Groups anybody may see in the communities of these, for the same circle of people."""
    circle = Group.objects.public().filter(community__in={group.community_id for group in groups})
    return list(circle.exclude(pk__in=[group.pk for group in groups]))


def dates_of(account: Account, groups: Sequence[Group], hosted: set[int], now: datetime) -> list[ShownDate]:
    """The next dates of these groups with what I said."""
    meetings = Meeting.objects.upcoming(now).filter(group__in=groups).select_related("group")[:SHOWN_DATES]
    found = my_dates(Person.objects.of_account(account), list(meetings), now=now)
    return [ShownDate(date, date.meeting.group_id in hosted) for date in found]


def my_standing(places: Sequence[Membership]) -> list[AllDates]:
    """What I say about all dates, group by group; once in a community until when I am away."""
    ask_me, found, asked = StandingAnswer(choice=StandingAnswer.Choice.ASK_ME), [], set()
    for place in places:
        choice = getattr(place, "standing_answer", ask_me).choice
        found.append(all_dates(place, choice, asks_away=place.person_id not in asked))
        asked.add(place.person_id)
    return found
