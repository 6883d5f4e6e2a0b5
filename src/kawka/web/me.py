"""My persons and cards, my data."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kawka.actions.cards import SeenCard
from kawka.actions.my_data import my_data
from kawka.models import Account, Card, Person


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
