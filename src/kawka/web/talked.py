"""Who has talked with whom: everybody's own list, and all of it for those who run the group."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kawka import access
from kawka.actions.talked import my_season, season_of


@require_safe
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    group = access.get_group(request.user, slug)
    person = access.person_in(request.user, group.community)
    shown = {
        "group": group,
        "mine": my_season(group, person, now=timezone.now()) if person else None,
        "is_host": access.may_host(request.user, group),
    }
    return render(request, "talked/mine.html", shown)


@require_safe
def everybody(request: HttpRequest, slug: str) -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    shown = {"group": group, "season": season_of(group, now=timezone.now())}
    return render(request, "talked/everybody.html", shown)
