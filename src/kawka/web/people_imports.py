"""Bringing a list of people in: the file, a look at every row, the confirmation."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kawka import access
from kawka.actions.people_imports import Plan, State, confirm, plan, remap, start
from kawka.forms.people_import import MappingForm, PeopleImportForm
from kawka.models import PeopleImport, Refused

ON_A_PAGE = 100


def people_import(request: HttpRequest, slug: str) -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    form = PeopleImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        brought = start(
            group=group,
            source=form.cleaned_data["source"],
            table=form.cleaned_data["table"],
            by=access.person_in(request.user, group.community),
            now=timezone.now(),
        )
        return redirect("import", code=brought.code)
    shown = {"group": group, "form": form}
    return render(request, "imports/start.html", shown, status=422 if form.errors else 200)


def import_preview(request: HttpRequest, code: str) -> HttpResponse:
    brought = access.get_import(request.user, code)
    form = mapping_form(brought, request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = access.person_in(request.user, brought.group.community)
        try:
            remap(brought=brought, mapping=form.mapping(), by=by, now=timezone.now())
        except Refused as refusal:
            messages.warning(request, str(refusal))
        return redirect("import", code=code)
    return render(
        request,
        "imports/preview.html",
        preview_of(request, brought, form),
        status=422 if form.errors else 200,
    )


def preview_of(request: HttpRequest, brought: PeopleImport, form: MappingForm) -> dict[str, Any]:
    """What the preview shows: every row with what it does, a hundred on a page, or only the wrong ones."""
    planned = plan(brought)
    only_wrong = "wrong" in request.GET
    rows = planned.of(State.WRONG) if only_wrong else planned.rows
    return {
        "brought": brought,
        "group": brought.group,
        "form": form,
        "plan": planned,
        "only_wrong": only_wrong,
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "query": "wrong=1&" if only_wrong else "",
        "unnamed": not {"name", "first_name", "last_name", "email"} & set(brought.mapping.values()),
    }


def shortened(text: str) -> str:
    """The beginning of a text, whole words of it."""
    return text if len(text) <= 60 else f"{text[:60].rsplit(' ', 1)[0]}…"


def mapping_form(brought: PeopleImport, data: Any) -> MappingForm:
    """The form of what the columns mean, each with the first text that stands in it."""
    sample = [cells for _number, cells in brought.rows[:20]]
    examples = [
        next((shortened(cells[at]) for cells in sample if at < len(cells) and cells[at]), "")
        for at in range(len(brought.header))
    ]
    initial = {f"column{number}": meaning for number, meaning in brought.mapping.items()}
    return MappingForm(data, header=brought.header, examples=examples, initial=initial)


@require_POST
def import_confirm(request: HttpRequest, code: str) -> HttpResponse:
    brought = access.get_import(request.user, code)
    by = access.person_in(request.user, brought.group.community)
    try:
        done = confirm(brought=brought, leave_wrong="leave" in request.POST, by=by, now=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("import", code=code)
    messages.success(request, told(done))
    if done.counts["wrong"]:
        return redirect("import", code=code)
    return redirect("people", slug=brought.group.slug)


def told(done: Plan) -> str:
    """What was done, in words."""
    new, adds = done.counts["new"], done.counts["adds"]
    parts = []
    if new:
        parts.append(
            ngettext("%(n)s new person is in the group.", "%(n)s new people are in the group.", new)
            % {"n": new}
        )
    if adds:
        parts.append(ngettext("%(n)s card was completed.", "%(n)s cards were completed.", adds) % {"n": adds})
    return " ".join(parts) or _("Everybody was here already, nothing has changed.")
