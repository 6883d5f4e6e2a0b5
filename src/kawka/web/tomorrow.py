"""People worth meeting at the next date: signed in, or by the link in the mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kawka import access
from kawka.actions.accounts import prove_address
from kawka.actions.seat_wishes import take_back, wish
from kawka.actions.tomorrow import Evening, comes, date_of, people_worth_meeting
from kawka.forms.whom import WhomForm
from kawka.models import Group, Meeting, Person, PersonalLink, Refused
from kawka.models.formula import has_round
from kawka.web.ratelimits import rate_limited


@never_cache
def tomorrow(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_meeting(request.user, code)
    reader = access.get_person_in(request.user, meeting.group.community)
    ahead = comes(meeting, reader) and not meeting.is_over
    return page(request, meeting.group, reader, meeting if ahead else None, by_link=False)


@never_cache
@rate_limited("answer-links", "120/hour")
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = access.get_link(token, PersonalLink.Scope.ANSWER, now)
    if request.method == "POST":
        prove_address(person=link.person, now=now)
    meeting = date_of(link.group, link.person, now=now)
    return page(request, link.group, link.person, meeting, by_link=True)


def page(
    request: HttpRequest, group: Group, reader: Person, meeting: Meeting | None, *, by_link: bool
) -> HttpResponse:
    """The page for one reader, or what they wish there; without a date they come to it says so."""
    if request.method == "POST":
        if meeting:
            say(request, meeting, reader)
        return redirect(request.path)
    hints = people_worth_meeting(Evening(meeting), reader) if meeting else []
    shown = {"group": group, "meeting": meeting, "hints": hints, "by_link": by_link, "reader": reader}
    shown["speaks"] = meeting is not None and not by_link and has_round(meeting)
    return render(request, "tomorrow/tomorrow.html", shown)


def say(request: HttpRequest, meeting: Meeting, reader: Person) -> None:
    """Note the wish to sit with somebody who comes, or take it back."""
    coming = Person.objects.filter(pk__in=meeting.answers.coming().values("person"))
    form = WhomForm(request.POST, known=coming)
    if not form.is_valid():
        messages.warning(request, " ".join(str(error) for error in form.errors.get("other", ())))
        return
    act = take_back if form.cleaned_data["back"] else wish
    try:
        act(meeting=meeting, owner=reader, other=form.cleaned_data["other"], by=reader, now=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted, for you alone."))
