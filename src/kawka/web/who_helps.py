"""The page that finds who helps with something; its results alone when a script asks as one types."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from kawka import access
from kawka.actions.who_helps import for_example, who_helps
from kawka.models import Group

PART = "X-Kawka-Part"
LONGEST = 300


@require_safe
@vary_on_headers(PART)
def group_who_helps(request: HttpRequest, slug: str) -> HttpResponse:
    group = access.get_group(request.user, slug)
    query = request.GET.get("q", "").strip()[:LONGEST]
    everywhere = "everywhere" in request.GET
    reader = access.person_in(request.user, group.community)
    is_host = access.may_host(request.user, group)
    shown: dict[str, Any] = {
        "group": group,
        "q": query,
        "everywhere": everywhere,
        "has_more": reader is not None and has_more_groups(group),
        "help": who_helps(group, query, reader=reader, is_host=is_host, everywhere=everywhere),
        "may_ask": reader is not None,
    }
    if shown["help"] is None:
        shown["examples"] = for_example(group, reader=reader, is_host=is_host)
    page = "who_helps/_results.html" if PART in request.headers else "who_helps/search.html"
    return render(request, page, shown)


def has_more_groups(group: Group) -> bool:
    """Whether the community has other groups."""
    return Group.objects.filter(community=group.community_id).exclude(pk=group.pk).exists()
