"""The host's pages of a group: what comes next, what it says of itself, how it runs."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kawka import access
from kawka.actions.formulas import segments_of, usual_overrun
from kawka.actions.groups import change_formula, change_group
from kawka.actions.holidays import undecided, undecided_bridges
from kawka.actions.setup import add_beside
from kawka.actions.tasks import open_tasks
from kawka.forms import run_sheet
from kawka.forms.beside import BesideForm, beside_fields
from kawka.forms.group import GroupForm, PaceForm
from kawka.forms.photo import DoorForm
from kawka.forms.setup import next_wednesday
from kawka.models import Answer, Group, Meeting, Refused, SeatOffer

SHOWN_DATES = 12


@require_safe
def group_host(request: HttpRequest, slug: str) -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    return render(request, "groups/host.html", overview(group, timezone.now()))


def overview(group: Group, now: datetime) -> dict[str, Any]:
    """What the host's page shows: the next date with its answers, later dates with counts."""
    shown = group.meetings.filter(ends_at__gt=now).exclude(state=Meeting.State.CLOSED)
    dates = list(shown.order_by("starts_at").annotate(**counts())[:SHOWN_DATES])
    for date in dates:
        date.group = group
    following = next((date for date in dates if date.state != Meeting.State.CALLED_OFF), None)
    people, today = group.memberships.current().count(), now.astimezone(group.zone).date()
    language = str(get_language() or "")
    last = group.meetings.filter(state=Meeting.State.CLOSED).order_by("-starts_at").first()
    return {
        "group": group,
        "next": following,
        "answers": answers_of(following),
        "later": [date for date in dates if date != following],
        "people": people,
        "tasks": open_tasks(group),
        "is_new": people <= 1,
        "last": last,
        "holidays": undecided(group, dates, now=now, language=language),
        "bridges": undecided_bridges(group, dates, now=now, language=language),
        "polls": group.date_polls.open(),
        "today": today,
        "is_today": following is not None and following.local_date == today,
    }


def counts() -> dict[str, Any]:
    """How many come to a date, companions included, said no and wait; as annotations of meetings."""
    found: dict[str, Any] = {
        name: Count("answers", filter=Q(answers__choice=choice), distinct=True)
        for name, choice in (("coming", "coming"), ("said_no", "no"), ("waiting", "waiting"))
    }
    return {**found, "coming": found["coming"] + Count("answers__plus_ones", distinct=True)}


def answers_of(meeting: Meeting | None) -> dict[str, list[Answer]]:
    """The answers to a date by what was said, with person and card; who waits in the order of the list."""
    kept = Prefetch("seat_offers", SeatOffer.objects.open())
    given = Answer.objects.filter(meeting=meeting).select_related("person__card")
    given = given.prefetch_related("plus_ones", kept).order_by("waiting_since", "person__sort_name", "pk")
    found: dict[str, list[Answer]] = {choice: [] for choice in Answer.Choice.values}
    for answer in given if meeting else []:
        found[answer.choice].append(answer)
    return found


def group_settings(request: HttpRequest, slug: str) -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    form = GroupForm(request.POST or None, instance=Group.objects.get(pk=group.pk))
    if form.is_valid():
        by = access.person_in(request.user, group.community)
        change_group(group=group, fields=form.cleaned_data, by=by, now=timezone.now())
        messages.success(request, _("Saved. The public page says so already."))
        return redirect("group-settings", slug=slug)
    status = 422 if form.is_bound else 200
    shown = {"group": group, "form": form, "door_form": DoorForm()}
    return render(request, "groups/settings.html", shown, status=status)


def group_formula(request: HttpRequest, slug: str) -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    button = request.POST.get("do", "")
    if button.startswith("speak-"):
        return speak_shorter(request, group, button.removeprefix("speak-"))
    rows = run_sheet.typed(request.POST) if button else run_sheet.as_rows(segments_of(group))
    sheet, pace = run_sheet.shown(run_sheet.after(rows, button)), PaceForm(initial=pace_of(group))
    if button == "save":
        sheet, pace = run_sheet.bound(rows), PaceForm(request.POST)
        if sheet.is_valid() and pace.is_valid():
            return save_formula(request, group, sheet, pace.cleaned_data)
    elif button:
        pace = PaceForm(initial=request.POST.dict())
    starts_at = usual_start(group, timezone.now())
    over = usual_overrun(group, people=group.size_max, starts_at=starts_at)
    shown = {"group": group, "sheet": sheet, "pace": pace, "over": over}
    return render(request, "groups/formula.html", shown, status=422 if sheet.is_bound else 200)


def speak_shorter(request: HttpRequest, group: Group, seconds: str) -> HttpResponse:
    """Take up the proposal to speak shorter."""
    pace = PaceForm({**pace_of(group), "pitch_seconds": seconds})
    if pace.is_valid():
        by = access.person_in(request.user, group.community)
        change_group(group=group, fields=pace.cleaned_data, by=by, now=timezone.now())
        messages.success(request, _("Saved. The public page says so already."))
    return redirect("group-formula", slug=group.slug)


def pace_of(group: Group) -> dict[str, int]:
    """How long everybody speaks and how many talks there are, as the form shows it."""
    return {name: getattr(group, name) for name in PaceForm.base_fields}


def usual_start(group: Group, now: datetime) -> datetime:
    """When the next date begins; now for a group without one."""
    following = group.meetings.upcoming(now).first()
    return following.starts_at.astimezone(group.zone) if following else now.astimezone(group.zone)


def save_formula(
    request: HttpRequest, group: Group, sheet: run_sheet.BaseRunSheet, fields: dict[str, Any]
) -> HttpResponse:
    """Keep a run sheet that is right, and show the page anew."""
    by = access.person_in(request.user, group.community)
    change_formula(group=group, rows=sheet.rows(), fields=fields, by=by, now=timezone.now())
    messages.success(request, _("Saved. The public page says so already."))
    return redirect("group-formula", slug=group.slug)


def group_beside(request: HttpRequest, slug: str) -> HttpResponse:
    group, now = access.get_hosted_group(request.user, slug), timezone.now()
    starts_on = next_wednesday(now.astimezone(group.zone))
    form = BesideForm(request.POST or None, initial=beside_fields(group, starts_on))
    if form.is_valid():
        names = ("name", "formula", "place_name", "place_address")
        given = {name: form.cleaned_data[name] for name in names}
        by = access.person_in(request.user, group.community)
        try:
            made = add_beside(group=group, rhythm=form.series(), by=by, now=now, **given)
        except Refused as refusal:
            form.add_error("starts_on", str(refusal))
        else:
            messages.success(request, _("%(group)s is ready.") % {"group": made.name})
            return redirect("group-host", slug=made.slug)
    shown = {"group": group, "form": form}
    return render(request, "groups/beside.html", shown, status=422 if form.is_bound else 200)
