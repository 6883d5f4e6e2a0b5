"""Who sits with whom: the host's page of tables, with a reason for each pair and what a change costs."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kawka import access
from kawka.actions import talks
from kawka.actions.seating import SeatedTable
from kawka.actions.talk_reasons import say
from kawka.forms.day import KeepForm, SwapForm
from kawka.models import Meeting, Person, Refused
from kawka.web.day import back_to, hosted, valid

ALL_ROUNDS = 4  # digits
Told = list[tuple[SeatedTable, list[str]]]


def told(seated: Iterable[SeatedTable], near: int) -> Told:
    """The tables, each with the reasons in words."""
    return [(table, say(table.reasons, table.people, near=near)) for table in seated]


def near_to(meeting: Meeting, host: Person | None) -> int:
    """How close this host is to the people in the room: one of them, or as those who belong to the group."""
    is_here = host is not None and meeting.attendances.came().filter(person=host).exists()
    return access.MET if is_here else access.FELLOW


@require_safe
def tables(request: HttpRequest, code: str) -> HttpResponse:
    meeting, by = hosted(request, code)
    seated, begun, near = talks.tables(meeting), talks.rounds_begun(meeting), near_to(meeting, by)
    by_round = groupby(seated, key=lambda table: table.round)
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "rounds": [(number, number <= begun, told(at_tables, near)) for number, at_tables in by_round],
        "may_deal": begun == 0,
        "here": meeting.attendances.in_room().count(),
        **asked_swaps(request, meeting, seated, begun, near),
    }
    return render(request, "talks/tables.html", context)


def asked_swaps(
    request: HttpRequest, meeting: Meeting, seated: list[SeatedTable], begun: int, near: int
) -> dict[str, Any]:
    """What somebody could swap with whom in a round that has not begun; one change when both are named."""
    number, one, other = (request.GET.get(name, "") for name in ("round", "one", "other"))
    picked = int(number) if number.isdecimal() and len(number) < ALL_ROUNDS and begun < int(number) else 0
    offered = talks.swaps(meeting, seated, number=picked, one=one) if picked else []
    chosen = [swap for swap in offered if swap.other.code == other]
    people = {who.code: who for table in seated for who in table.people}
    return {
        "picked": picked,
        "taken": people[one] if offered else None,
        "chosen": chosen[0].other if chosen else None,
        "offered": [(swap, told(swap.tables, near)) for swap in chosen or offered],
    }


@require_POST
def deal(request: HttpRequest, code: str) -> HttpResponse:
    meeting, by = hosted(request, code)
    return back_to(
        request,
        meeting,
        "meeting-tables",
        lambda: talks.deal(meeting=meeting, by=by, now=timezone.now()),
        said=_("The tables are set."),
    )


@require_POST
def swap(request: HttpRequest, code: str) -> HttpResponse:
    meeting, by = hosted(request, code)

    def act() -> None:
        form = SwapForm(request.POST)
        if not form.is_valid():
            raise Refused(_("Choose two people of one round."))
        given = form.cleaned_data
        talks.swap(meeting=meeting, number=given.pop("round"), by=by, now=timezone.now(), **given)

    return back_to(request, meeting, "meeting-tables", act, said=_("They have changed seats."))


@require_POST
def keep(request: HttpRequest, code: str) -> HttpResponse:
    meeting, by = hosted(request, code)

    def act() -> None:
        given = valid(KeepForm(request.POST))
        talks.keep_together(meeting=meeting, number=given.pop("round"), by=by, now=timezone.now(), **given)

    return back_to(request, meeting, "meeting-tables", act)
