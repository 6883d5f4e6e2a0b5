"""The people of a group: who they are, taking somebody in, saying how they stand."""

from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kawka import access
from kawka.actions.directory import Listed, as_csv, as_workbook, people_of, search, table_of
from kawka.actions.no_shows import missed_dates
from kawka.actions.outbox import try_again
from kawka.actions.people import add, remove, set_standing
from kawka.forms.person import PersonForm, StandingForm
from kawka.mail.addresses import address_of
from kawka.models import Group, Membership, Refused, Standing
from kawka.templatetags.kawka import long_date
from kawka.web.memberships import shown_to_hosts

ON_A_PAGE = 100
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def listed(
    request: HttpRequest, group: Group, *, alumni: bool = False, briefly: bool = False
) -> list[Listed]:
    """The people of the group as the visitor may see them."""
    reader = access.person_in(request.user, group.community)
    is_host = access.may_host(request.user, group)
    return people_of(group, reader=reader, is_host=is_host, alumni=alumni, briefly=briefly)


@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    group = access.get_group(request.user, slug)
    is_host = access.may_host(request.user, group)
    alumni = is_host and "alumni" in request.GET
    query = request.GET.get("q", "").strip()[:100]
    everybody = listed(request, group, alumni=alumni, briefly=not query)
    found = search(everybody, query) if query else everybody
    kept = {"q": query} | ({"alumni": "1"} if alumni else {})
    shown = {
        "group": group,
        "is_host": is_host,
        "alumni": alumni,
        "q": query,
        "total": len(everybody),
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "query": f"{urlencode(kept)}&",
    }
    return render(request, "people/list.html", shown)


def people_add(request: HttpRequest, slug: str) -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = access.person_in(request.user, group.community)
        try:
            person = add(group=group, by=by, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("%(name)s is in the group.") % {"name": person.name})
            return redirect("people-add" if "another" in request.POST else "people", slug=group.slug)
    return render(
        request, "people/add.html", {"group": group, "form": form}, status=422 if form.errors else 200
    )


def people_place(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    place = access.get_membership(request.user, slug, code)
    form = StandingForm(request.POST or None, initial={"standing": place.standing})
    if request.method == "POST" and form.is_valid():
        by = access.person_in(request.user, place.group.community)
        standing = Standing(form.cleaned_data["standing"])
        try:
            set_standing(membership=place, standing=standing, by=by, now=timezone.now())
        except Refused as refusal:
            form.add_error("standing", str(refusal))
        else:
            name = place.person.name
            messages.success(
                request, _("Saved: %(name)s, %(standing)s.") % {"name": name, "standing": standing.label}
            )
            return redirect("people", slug=slug)
    shown = {"group": place.group, "place": place, "person": place.person, "form": form}
    shown |= how_is_it_going(place, timezone.now()) | shown_to_hosts(place)
    return render(request, "people/place.html", shown, status=422 if form.errors else 200)


def how_is_it_going(place: Membership, now: datetime) -> dict[str, Any]:
    """When somebody wanted to come and did not, with the beginning of a mail that asks how they are."""
    missed = missed_dates(place, now=now)
    if not missed:
        return {"missed": missed}
    name, group = place.person.greeting or place.person.first_name, place.group
    day = long_date(missed[0].local_start)
    about = {"name": name, "group": group.name, "day": day, "page": address_of("group", slug=group.slug)}
    words = (
        _("%(name)s,\n\nyou were missed at %(group)s (%(day)s). How are you?\n\nAny time: %(page)s") % about
    )
    query = urlencode({"subject": group.name, "body": words}, quote_via=quote)
    return {"missed": missed, "mailto": f"mailto:{quote(place.person.email)}?{query}"}


def people_remove(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    place = access.get_membership(request.user, slug, code)
    if request.method == "POST":
        by = access.person_in(request.user, place.group.community)
        try:
            remove(membership=place, by=by, now=timezone.now())
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("%(name)s is no longer in the group.") % {"name": place.person.name})
        return redirect("people", slug=slug)
    shown = {"group": place.group, "person": place.person}
    return render(request, "people/remove.html", shown)


@require_POST
def people_mail_again(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    place = access.get_membership(request.user, slug, code)
    by = access.person_in(request.user, place.group.community)
    try_again(person=place.person, by=by, now=timezone.now())
    messages.success(request, _("Mail to %(name)s goes out again.") % {"name": place.person.name})
    return redirect("people-place", slug=slug, code=code)


@require_safe
@never_cache
def people_export(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    if kind not in {"csv", "xlsx"}:
        raise Http404
    table = table_of(listed(request, group))
    content = as_csv(table) if kind == "csv" else as_workbook(table)
    file_type = "text/csv; charset=utf-8" if kind == "csv" else WORKBOOK
    name = f'attachment; filename="{group.slug}.{kind}"'
    return HttpResponse(content, content_type=file_type, headers={"Content-Disposition": name})
