"""With whom somebody would rather not be seated: their own confidential list."""

from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kawka import access
from kawka.actions.not_with_me import kept_apart, take_back
from kawka.actions.seats_apart import sit_apart
from kawka.forms.whom import WhomForm
from kawka.models import Person, Refused


@never_cache
def not_with_me(request: HttpRequest, code: str) -> HttpResponse:
    owner = access.get_own_person(request.user, code)
    named, known = kept_apart(owner), access.known_to(owner)
    if request.method == "POST":
        everybody = known | Person.objects.filter(pk__in=[one.pk for one in named])
        other = keep_wish(request, owner, everybody, timezone.now())
        return (
            redirect("card", code=other.code) if other and "card" in request.POST else redirect(request.path)
        )
    form = WhomForm(known=known.exclude(pk__in=[one.pk for one in named]))
    return render(request, "not_with_me/list.html", {"person": owner, "named": named, "form": form})


def keep_wish(request: HttpRequest, owner: Person, among: QuerySet[Person], now: datetime) -> Person | None:
    """Do what the form says about somebody `among` those the owner may name; who that is, if they may."""
    form = WhomForm(request.POST, known=among)
    if not form.is_valid():
        messages.warning(request, " ".join(str(error) for error in form.errors.get("other", ())))
        return None
    other: Person = form.cleaned_data["other"]
    try:
        (take_back if form.cleaned_data["back"] else sit_apart)(owner=owner, other=other, by=owner, now=now)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted, for you alone."))
    return other
