"""What somebody looks for this week, said without signing in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie

from kawka import access
from kawka.actions.accounts import prove_address
from kawka.actions.coach import Asker, hint_for_ask
from kawka.actions.weekly_asks import keep_ask, last_ask
from kawka.forms.weekly_asks import WeeklyAskForm
from kawka.models import Ask, Person, PersonalLink
from kawka.web.ratelimits import rate_limited

PER_HOUR = "120/hour"


@ensure_csrf_cookie
@rate_limited("answer-links", PER_HOUR)
def weekly_ask_by_link(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = access.get_link(token, PersonalLink.Scope.ANSWER, now)
    last = last_ask(link.person)
    form = WeeklyAskForm(request.POST or None, initial={"text": last.text if last else ""})
    if form.is_valid():
        prove_address(person=link.person, now=now)
        before = None if "another" in request.POST else last
        keep_ask(
            person=link.person, text=form.cleaned_data["text"], instead_of=before, by=link.person, now=now
        )
        messages.success(request, _("It stands on your card. Good luck with it!"))
        return redirect("weekly_ask_by_link", token=token)
    shown = {"group": link.group, "person": link.person, "form": form, "last": last, "token": token}
    shown["hint"] = hint_of(last, link.person) if last and not form.is_bound else None
    return render(request, "weekly_asks/ask.html", shown, status=422 if form.is_bound else 200)


def hint_of(ask: Ask, person: Person) -> object:
    """One question that would make what they look for easier to help with."""
    card = person.card
    asker = Asker(timezone.localdate(), card.client, card.trade, person.town)
    return hint_for_ask(ask.text, asker, kind=ask.kind)
