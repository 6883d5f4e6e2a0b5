"""Saying whether one comes: from the public page, signed in, or by a personal link."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST

from kawka import access
from kawka.actions.accounts import prove_address
from kawka.actions.answers import answer, answer_as_guest, next_dates
from kawka.actions.companions import bring, leave_out
from kawka.actions.my_dates import MyDate, my_dates
from kawka.actions.people import join_as_guest
from kawka.actions.rota import give_back
from kawka.actions.seats import place_of, places_in_line
from kawka.actions.standing_answers import standing_answer_of
from kawka.forms.answer import ChoiceForm, CompanionForm, GuestAnswerForm
from kawka.models import Answer, Group, Meeting, Person, PersonalLink, Refused, Turn
from kawka.templatetags.kawka import ordinal
from kawka.web.memberships import my_places
from kawka.web.ratelimits import rate_limited
from kawka.web.signed_forms import signed_form
from kawka.web.standing_answers import all_dates, place_of_link


@require_POST
@signed_form
@rate_limited("answers", "120/hour")
def group_answer(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    group = access.get_public_group(request.user, slug)
    form = GuestAnswerForm(request.POST, group=group, now=now)
    if form.is_valid():
        try:
            given = answer_as_guest(now=now, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("meeting", str(refusal))
        else:
            shown = {"group": group, "meeting": given.meeting, "choice": form.cleaned_data["choice"]}
            later = next_dates(group, now=now, after=given.meeting)
            shown |= {"form": form, "later": later, "place": place_shown(given, form, now)}
            return render(request, "answers/received.html", shown)
    dates = next_dates(group, now=now)
    return render(request, "answers/again.html", {"group": group, "form": form, "dates": dates}, status=422)


def place_shown(given: Answer, form: GuestAnswerForm, now: datetime) -> int:
    """The place on the waiting list as the thank-you page tells it; 0 for whoever does not wait.

    Anybody can type an address: what its owner said long ago is not told, but what a newcomer would be.
    """
    if form.cleaned_data["choice"] != Answer.Choice.COMING:
        return 0
    if given.answered_at == now or given.person.name == form.cleaned_data["name"]:
        return place_of(given)
    [newcomer] = my_dates([], [given.meeting], now=now)
    return len(places_in_line([given.meeting])) + 1 if newcomer.is_full else 0


@require_POST
@login_required
def meeting_answer(request: HttpRequest, code: str) -> HttpResponse:
    now = timezone.now()
    meeting = access.get_public_meeting(request.user, code)
    person = access.person_in(request.user, meeting.group.community)
    if person is None:
        access.get_meeting(request.user, code)
        messages.info(request, _("Add yourself to this group's people first, then answer."))
    else:
        join_as_guest(group=meeting.group, person=person, now=now)
        record(request, meeting.group, person, now)
    return redirect("meeting", code=meeting.code)


@ensure_csrf_cookie
@rate_limited("answer-links", "120/hour")
def answer_by_link(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = access.get_link(token, PersonalLink.Scope.ANSWER, now)
    if request.method == "POST":
        prove_address(person=link.person, now=now)
        record(request, link.group, link.person, now)
        return redirect("answer_by_link", token=token)
    dates = up_to_next_three(my_dates([link.person], next_dates(link.group, now=now, limit=8), now=now))
    shown = {"link": link, "group": link.group, "person": link.person, "dates": dates, "token": token}
    shown |= {"kept": [date for date in dates if date.offer], **about_the_group(link)}
    return render(request, "answers/link.html", shown)


def about_the_group(link: PersonalLink) -> dict[str, Any]:
    """What the page of a link shows beside single dates: all dates at once, and membership."""
    place = place_of_link(link)
    if place is None:
        return {"all_dates": None, "place": None}
    standing = all_dates(place, standing_answer_of(place), token=link.token)
    return {"all_dates": standing, "place": my_places([place], link.token)[0]}


def up_to_next_three(dates: Sequence[MyDate]) -> Sequence[MyDate]:
    """The next four dates; more when one of them is answered with no, so that three follow it."""
    last_no = max((at for at, date in enumerate(dates[:5], 1) if date.choice == "no"), default=0)
    return dates[: max(4, last_no + 3)]


@require_POST
@rate_limited("companions", "120/hour")
def companion(request: HttpRequest, code: str = "", token: str = "") -> HttpResponse:
    """Bring somebody along to one date, or leave them out again."""
    now = timezone.now()
    group, person, back = door(request, code, token, now)
    form = CompanionForm(request.POST, group=group, now=now)
    try:
        if not form.is_valid():
            raise Refused(first_problem(form))
        said = bring_or_leave(person, now=now, **form.cleaned_data)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(back)


def door(request: HttpRequest, code: str, token: str, now: datetime) -> tuple[Group, Person, str]:
    """Who answers in which group, by a link or by their account, and where to go back to."""
    if token:
        link = access.get_link(token, PersonalLink.Scope.ANSWER, now)
        prove_address(person=link.person, now=now)
        return link.group, link.person, reverse("answer_by_link", args=[token])
    meeting = access.get_meeting(request.user, code)
    person = access.get_person_in(request.user, meeting.group.community)
    return meeting.group, person, reverse("meeting", args=[code])


def bring_or_leave(person: Person, *, meeting: Meeting, name: str, leave: str, now: datetime) -> str:
    """Do what the form says, and answer in words. Raises Refused."""
    if leave:
        leave_out(meeting=meeting, person=person, code=leave, by=person, now=now)
        return _("Noted, the seat is free again.")
    brought = bring(meeting=meeting, person=person, name=name, by=person, now=now)
    return _("%(name)s has a seat.") % {"name": brought.name}


def record(request: HttpRequest, group: Group, person: Person, now: datetime) -> None:
    """Record the posted choice and say so in a message; say in words what was wrong with it otherwise.

    With the code of a turn it is that turn which is given back.
    """
    if request.POST.get("turn"):
        return give_turn_back(request, group, person, now)
    form = ChoiceForm(request.POST, group=group, now=now)
    try:
        if not form.is_valid():
            raise Refused(first_problem(form))
        given = answer(person=person, by=person, now=now, **form.cleaned_data)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said_in_words(given))
    return None


def give_turn_back(request: HttpRequest, group: Group, person: Person, now: datetime) -> None:
    """Give back what the person was to do at a date they do not come to; others are asked at once."""
    mine = Turn.objects.filter(role__group=group, person=person)
    try:
        give_back(turn=access.of_group(mine, request.POST["turn"]), by=person, now=now)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted. Others are being asked already; nothing more to do."))


def said_in_words(given: Answer) -> str:
    """What an answer came to."""
    if given.choice == Answer.Choice.COMING:
        return _("See you there.")
    if given.choice == Answer.Choice.NOT_THIS_TIME:
        return _("Noted. Maybe one of the next dates?")
    place = ordinal(place_of(given))
    return _("All seats are taken: you are %(place)s on the waiting list.") % {"place": place}


def first_problem(form: BaseForm) -> str:
    """What is wrong with a form of one button."""
    return " ".join(str(error) for errors in form.errors.values() for error in errors)
