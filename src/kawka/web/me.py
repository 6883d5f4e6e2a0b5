"""My persons and cards, my 60 seconds, my data."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kawka import access
from kawka.actions.cards import SeenCard, write_pitch
from kawka.actions.my_data import my_data
from kawka.forms.card import PitchForm
from kawka.models import Account, Card, Person, Pitch


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    account = cast(Account, request.user)
    people = Person.objects.of_account(account).select_related("community", "card", "pitch")
    people = people.prefetch_related("memberships__group", "offers", "asks")
    cards = [SeenCard(person, frozenset(Card.FIELDS)) for person in people]
    return render(request, "cards/me.html", {"cards": cards})


@login_required
@require_safe
@never_cache
def me_data(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(
        my_data(cast(Account, request.user)), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response["Content-Disposition"] = 'attachment; filename="kawka.json"'
    return response


def pitch(request: HttpRequest, code: str) -> HttpResponse:
    person = access.get_own_person(request.user, code)
    kept = Pitch.objects.filter(person=person).first()
    form = PitchForm(request.POST or None, initial={"text": kept.text if kept else ""})
    if request.method == "POST" and form.is_valid():
        write_pitch(person=person, text=form.cleaned_data["text"], now=timezone.now())
        messages.success(request, _("Saved, for you alone."))
        return redirect("me")
    return render(request, "cards/pitch.html", {"person": person, "form": form})
