"""Saying whether one comes: from the public page, signed in, or by a personal link."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST

from kawka import access
from kawka.actions.accounts import prove_address
from kawka.actions.answers import answer, answer_as_guest, next_dates
from kawka.forms.answer import ChoiceForm, GuestAnswerForm
from kawka.models import Answer, Group, Meeting, Person, PersonalLink, Refused
from kawka.web.ratelimits import rate_limited
from kawka.web.signed_forms import signed_form


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
            return render(request, "answers/received.html", {**shown, "form": form, "later": later})
    dates = next_dates(group, now=now)
    return render(request, "answers/again.html", {"group": group, "form": form, "dates": dates}, status=422)


@require_POST
@login_required
def meeting_answer(request: HttpRequest, code: str) -> HttpResponse:
    now = timezone.now()
    meeting = access.get_meeting(request.user, code)
    person = access.person_in(request.user, meeting.group.community)
    if person is None:
        messages.info(request, _("Add yourself to this group's people first, then answer."))
    else:
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
    dates = with_answers(next_dates(link.group, now=now, limit=4), link.person)
    shown = {"link": link, "group": link.group, "person": link.person, "dates": dates, "token": token}
    return render(request, "answers/link.html", shown)


def record(request: HttpRequest, group: Group, person: Person, now: datetime) -> None:
    """Record the posted choice and say so in a message; say in words what was wrong with it otherwise."""
    form = ChoiceForm(request.POST, group=group, now=now)
    try:
        if not form.is_valid():
            raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
        given = answer(person=person, by=person, now=now, **form.cleaned_data)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        coming = given.choice == Answer.Choice.COMING
        messages.success(request, _("See you there.") if coming else _("Noted. Maybe one of the next dates?"))


def with_answers(dates: Sequence[Meeting], person: Person) -> list[tuple[Meeting, str]]:
    """Each date with what this person said about it, or an empty text."""
    given = dict(Answer.objects.filter(meeting__in=dates, person=person).values_list("meeting_id", "choice"))
    return [(date, given.get(date.pk, "")) for date in dates]
