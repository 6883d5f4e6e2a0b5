"""Quick polls: the host asks, anybody with the link taps which dates they can, the host chooses one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from kawka import access
from kawka.actions import polls
from kawka.forms.polls import CanForm, Proposals, VoteForm, days_and_hours, proposed
from kawka.mail.addresses import address_of
from kawka.models import DatePoll, DateProposal, Person, Refused, Voter
from kawka.models.codes import new_secret
from kawka.web.ratelimits import guess_limited, rate_limited
from kawka.web.signed_forms import signed_form


@dataclass(frozen=True)
class Tally:
    """One proposal with who can, and whether the visitor can."""

    proposal: DateProposal
    local_start: datetime
    names: list[str]
    is_mine: bool


def poll_ask(request: HttpRequest, slug: str) -> HttpResponse:
    group, now = access.get_hosted_group(request.user, slug), timezone.now()
    suggested = proposed(polls.suggested(group, now=now), group.zone)
    rows = Proposals(request.POST or None, initial=suggested)
    refusal = ""
    if rows.is_bound and rows.is_valid():
        by = access.person_in(request.user, group.community)
        try:
            asked = polls.ask(group=group, days=days_and_hours(rows), by=by, now=now)
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("poll", code=asked.code)
    shown = {"group": group, "rows": rows, "refusal": refusal}
    return render(request, "polls/ask.html", shown, status=422 if rows.is_bound else 200)


@require_safe
@guess_limited("polls", "60/hour")
def poll(request: HttpRequest, code: str) -> HttpResponse:
    asked = access.get_poll(code)
    person = access.person_in(request.user, asked.group.community)
    mine = asked.voters.filter(person=person).first() if person else None
    return show(request, asked, person=person, mine=mine)


def show(
    request: HttpRequest,
    asked: DatePoll,
    *,
    person: Person | None = None,
    mine: Voter | None = None,
    form: VoteForm | None = None,
    token: str = "",
) -> HttpResponse:
    """The poll with its tally, to answer it."""
    visitor = AnonymousUser() if form else request.user  # who sent the open form is nobody here
    shown = {
        **result(asked, mine, visitor),
        "name": person.first_name if person else mine.name if mine else "",
        "mine": mine,
        "token": token,
        "form": form or VoteForm(initial={"press": new_secret()}, poll=asked),
    }
    return render(request, "polls/poll.html", shown, status=422 if form else 200)


def result(asked: DatePoll, mine: Voter | None, visitor: access.Visitor) -> dict[str, Any]:
    """What came out so far; names are shown to those who take part, numbers to everybody."""
    voters, runs = list(asked.voters.prefetch_related("can")), access.may_host(visitor, asked.group)
    return {
        "poll": asked,
        "group": asked.group,
        "rows": tally(asked, voters, mine),
        "voters": voters,
        "sees_names": runs or mine is not None or access.belongs(visitor, asked.group),
        "runs": runs,
        "address": address_of("poll", code=asked.code),
    }


def tally(asked: DatePoll, voters: list[Voter], mine: Voter | None) -> list[Tally]:
    """Each proposal with the names of those who can."""
    can = {voter.pk: {one.pk for one in voter.can.all()} for voter in voters}
    return [
        Tally(
            one,
            one.starts_at.astimezone(asked.group.zone),
            [voter.name for voter in voters if one.pk in can[voter.pk]],
            mine is not None and one.pk in can.get(mine.pk, set()),
        )
        for one in asked.proposals.all()
    ]


@require_POST
@signed_form
@rate_limited("polls", "120/hour")
def poll_vote(request: HttpRequest, code: str) -> HttpResponse:
    asked = access.get_poll(code)
    form = VoteForm(request.POST, poll=asked)
    if not form.is_valid():
        return show(request, asked, form=form)
    given = form.cleaned_data
    try:
        voter = polls.vote(
            poll=asked,
            codes=given["can"],
            name=given["name"],
            email=given["email"],
            press=given["press"],
            now=timezone.now(),
        )
    except Refused:
        return redirect("poll", code=code)
    return redirect("poll_by_link", token=voter.token)


@require_POST
@login_required
def poll_vote_me(request: HttpRequest, code: str) -> HttpResponse:
    asked = access.get_poll(code)
    person = access.get_person_in(request.user, asked.group.community)
    form = CanForm(request.POST, poll=asked)
    codes = form.cleaned_data["can"] if form.is_valid() else []
    try:
        polls.vote(poll=asked, codes=codes, person=person, press=person.code, now=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted. You can change it here until the date is chosen."))
    return redirect("poll", code=code)


@ensure_csrf_cookie
@rate_limited("polls", "120/hour")
def poll_by_link(request: HttpRequest, token: str) -> HttpResponse:
    voter = access.get_voter(token)
    if request.method == "POST":
        form = CanForm(request.POST, poll=voter.poll)
        codes = form.cleaned_data["can"] if form.is_valid() else []
        try:
            polls.change_vote(voter=voter, codes=codes, now=timezone.now())
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Noted. You can change it here until the date is chosen."))
        return redirect("poll_by_link", token=token)
    return show(request, voter.poll, mine=voter, token=token)


@require_POST
def poll_close(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    asked = access.of_group(group.date_polls.all(), code)
    chosen = asked.proposals.filter(code=request.POST.get("proposal", "")).first()
    by = access.person_in(request.user, group.community)
    try:
        meeting = polls.close(poll=asked, proposal=chosen, by=by, now=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("poll", code=code)
    if meeting is None:
        messages.success(request, _("The poll is closed without a date."))
    else:
        messages.success(request, _("The date is set, and everybody who left an address is told."))
    return redirect("group-host", slug=slug)
