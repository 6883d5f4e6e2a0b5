"""A guest's own pages around the first visit, opened by a personal link."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from kawka import access
from kawka.actions.accounts import prove_address
from kawka.actions.answers import answer, next_dates
from kawka.actions.first_visits import (
    agree_to_directory,
    ask_again_later,
    greeter_of,
    not_for_me,
    take_another_date,
)
from kawka.actions.forgetting import stay
from kawka.forms.invitation import AfterForm, VisitForm
from kawka.models import Answer, Membership, PersonalLink, Refused
from kawka.models.formula import segments_of, timetable
from kawka.web.ratelimits import rate_limited

PER_HOUR = "120/hour"
SAID = {
    Answer.Choice.COMING: gettext_lazy("Good, see you there!"),
    Answer.Choice.WAITING: gettext_lazy("You are on the list."),
    Answer.Choice.NOT_THIS_TIME: gettext_lazy("Noted, not this time."),
}


@ensure_csrf_cookie
@rate_limited("answer-links", PER_HOUR)
def visit_by_link(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = access.get_link(token, PersonalLink.Scope.ANSWER, now)
    if request.method == "POST":
        prove_address(person=link.person, now=now)
        form = VisitForm(request.POST, group=link.group, now=now)
        if form.is_valid():
            say(request, link, form.cleaned_data)
        else:
            messages.warning(request, str(next(iter(form.errors.values()))[0]))
        return redirect("visit_by_link", token=token)
    return render(request, "visits/visit.html", {**visit_of(link), "token": token})


def say(request: HttpRequest, link: PersonalLink, fields: dict[str, Any]) -> None:
    """Record what the guest pressed, and say so; another date is instead of the one they have."""
    guest, meeting, choice = link.person, fields["meeting"], Answer.Choice(fields["choice"])
    now, held = timezone.now(), visit_of(link)["meeting"]
    try:
        if held is not None and choice == Answer.Choice.COMING:
            given = take_another_date(instead_of=held, meeting=meeting, guest=guest, now=now)
        else:
            given = answer(meeting=meeting, person=guest, choice=choice, by=guest, now=now)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, SAID[Answer.Choice(given.choice)])


def visit_of(link: PersonalLink) -> dict[str, Any]:
    """The guest's date with who meets them and how it goes, and the dates they could choose instead."""
    now = timezone.now()
    dates = next_dates(link.group, now=now, limit=4)
    mine = link.person.answers.coming().filter(meeting__in=dates).order_by("meeting__starts_at").first()
    meeting = next((date for date in dates if mine is not None and date.pk == mine.meeting_id), None)
    greeter = greeter_of(meeting, link.person) if meeting else None
    return {
        "group": link.group,
        "person": link.person,
        "meeting": meeting,
        "others": [date for date in dates if date != meeting][:3],
        "greeter": greeter,
        "face": greeter.card.photo_name if greeter and access.faces_guests(greeter.card) else "",
        "timetable": timetable(segments_of(meeting), meeting.local_start) if meeting else [],
    }


@require_safe
def greeter_photo(request: HttpRequest, token: str, name: str) -> HttpResponse:
    link = access.get_link(token, PersonalLink.Scope.ANSWER, timezone.now())
    photo = access.get_greeter_photo(visit_of(link)["greeter"], name)
    with photo.open("rb") as file:
        response = HttpResponse(file.read(), content_type="image/webp")
    response["Cache-Control"] = "private, max-age=86400"
    return response


@ensure_csrf_cookie
@rate_limited("answer-links", PER_HOUR)
def after_by_link(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = access.get_link(token, PersonalLink.Scope.ANSWER, now)
    place = (
        Membership.objects.filter(group=link.group, person=link.person).select_related("person__card").first()
    )
    form = AfterForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and place is not None:
        prove_address(person=link.person, now=now)
        messages.success(request, settle(place, form.cleaned_data))
        return redirect("after_by_link", token=token)
    shown = {"group": link.group, "person": link.person, "place": place, "form": form, "token": token}
    dates = next_dates(link.group, now=now)
    return render(
        request, "visits/after.html", {**shown, "dates": dates}, status=422 if form.is_bound else 200
    )


def settle(place: Membership, fields: dict[str, Any]) -> str:
    """Do what the guest chose after the first visit; what to tell them."""
    now = timezone.now()
    if fields["want"] == "agree":
        agree_to_directory(membership=place, fields=fields["fields_shown"], by=place.person, now=now)
        return _("Saved. You can change it any time on this page.")
    if fields["want"] == "later":
        ask_again_later(membership=place, by=place.person, now=now)
        return _("Good, one mail in a month with the next dates.")
    not_for_me(membership=place, by=place.person, now=now)
    return _("Thank you for the visit. Nothing more will come, and the door stays open.")


@ensure_csrf_cookie
@rate_limited("answer-links", PER_HOUR)
def stay_by_link(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = access.get_link(token, PersonalLink.Scope.ANSWER, now)
    if request.method == "POST":
        stay(person=link.person, by=link.person, now=now)
        messages.success(request, _("Good, we keep remembering you."))
        return redirect("answer_by_link", token=token)
    return render(request, "visits/stay.html", {"group": link.group, "person": link.person, "token": token})
