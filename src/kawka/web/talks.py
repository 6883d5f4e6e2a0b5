"""Who sits with whom: the host's page of tables, with a reason for each pair."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kawka.actions import talks
from kawka.actions.reasons import say
from kawka.actions.seating import SeatedTable
from kawka.forms.day import SwapForm
from kawka.models import Refused
from kawka.web.day import back_to, hosted

ALL_ROUNDS = 4  # digits
Told = list[tuple[SeatedTable, list[str]]]


def told(seated: Iterable[SeatedTable]) -> Told:
    """The tables, each with the reasons in words."""
    return [(table, say(table.reasons, table.people)) for table in seated]


@require_safe
def tables(request: HttpRequest, code: str) -> HttpResponse:
    meeting, _by = hosted(request, code)
    seated = talks.tables(meeting)
    begun = talks.rounds_begun(meeting)
    number, one = request.GET.get("round", ""), request.GET.get("one", "")
    picked = int(number) if number.isdecimal() and len(number) < ALL_ROUNDS and begun < int(number) else 0
    offered = talks.swaps(meeting, seated, number=picked, one=one) if picked else []
    by_round = groupby(seated, key=lambda table: table.round)
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "rounds": [(number, number <= begun, told(at_tables)) for number, at_tables in by_round],
        "may_deal": begun == 0,
        "here": meeting.attendances.in_room().count(),
        "picked": picked,
        "taken": next((who for table in seated for who in table.people if who.code == one and offered), None),
        "offered": [(swap, told(swap.tables)) for swap in offered],
    }
    return render(request, "talks/tables.html", context)


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
        talks.swap(
            meeting=meeting,
            number=given["round"],
            one=given["one"],
            other=given["other"],
            by=by,
            now=timezone.now(),
        )

    return back_to(request, meeting, "meeting-tables", act, said=_("They have changed seats."))
