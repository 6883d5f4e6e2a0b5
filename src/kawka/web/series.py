"""The rhythms of a group: listed, begun, changed, paused, taken up again, ended."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kawka import access
from kawka.actions import date_moves, series
from kawka.actions.date_news import concerned
from kawka.forms.series import CallOffSome, PauseForm, SeriesForm, WeeksForm, series_fields
from kawka.models import Group, Meeting, Refused, Series
from kawka.web.dates import look_or_change

SHOWN_DATES = 3


def group_rhythm(request: HttpRequest, slug: str) -> HttpResponse:
    group, now = access.get_hosted_group(request.user, slug), timezone.now()
    form = WeeksForm(request.POST or None, initial={"weeks_ahead": group.weeks_ahead})
    if form.is_valid():
        by = access.person_in(request.user, group.community)
        added = series.change_weeks(group=group, weeks=form.cleaned_data["weeks_ahead"], by=by, now=now)
        said = ngettext("Saved. %(count)s date was added.", "Saved. %(count)s dates were added.", added)
        messages.success(request, said % {"count": added} if added else _("Saved."))
        return redirect("group-rhythm", slug=slug)
    shown = {"group": group, "form": form, "rows": rows_of(group, now), "today": today_in(group, now)}
    return render(request, "series/list.html", shown, status=422 if form.is_bound else 200)


def today_in(group: Group, now: datetime) -> date:
    """The day it is in the group's town."""
    return now.astimezone(group.zone).date()


def rows_of(group: Group, now: datetime) -> list[tuple[Series, list[Meeting]]]:
    """Each running series with its next dates."""
    running = list(group.series.running())
    coming: dict[int | None, list[Meeting]] = defaultdict(list)
    for meeting in group.meetings.upcoming(now).filter(series__in=running):
        meeting.group = group
        coming[meeting.series_id].append(meeting)
    return [(one, coming[one.pk][:SHOWN_DATES]) for one in running]


def series_add(request: HttpRequest, slug: str) -> HttpResponse:
    group, now = access.get_hosted_group(request.user, slug), timezone.now()
    form = SeriesForm(request.POST or None, initial={"starts_on": today_in(group, now)})
    if form.is_valid():
        by = access.person_in(request.user, group.community)
        try:
            series.add_series(group=group, rhythm=form.series(), by=by, now=now)
        except Refused as refusal:
            form.add_error("starts_on", str(refusal))
        else:
            messages.success(request, _("The rhythm is there, and so are its dates."))
            return redirect("group-rhythm", slug=slug)
    shown = {"group": group, "form": form}
    return render(request, "series/form.html", shown, status=422 if form.is_bound else 200)


def series_change(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    one, now = access.get_hosted_series(request.user, slug, code), timezone.now()
    form = SeriesForm(request.POST or None, initial=series_fields(one))
    if form.is_valid():
        try:
            return take_rhythm(request, one, form, now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    shown = {"group": one.group, "series": one, "form": form}
    return render(request, "series/form.html", shown, status=422 if form.is_bound else 200)


def take_rhythm(request: HttpRequest, one: Series, form: SeriesForm, now: datetime) -> HttpResponse:
    """Another hour or place moves the dates to come; other days make new ones. Raises Refused."""
    wanted = form.series()
    pivot = one.meetings.upcoming(now).filter(state=Meeting.State.PLANNED, starts_at__gt=now).first()
    if pivot is None or not series.same_days(one, wanted) or one.kind == Series.Kind.BY_HAND:
        return other_days(request, one, wanted, form, now)
    pivot.group = one.group
    place = (wanted.place_name, wanted.place_address)
    moved = place != (one.place_name, one.place_address)
    change = date_moves.Wanted(pivot.local_date, wanted.starts_at, *place, changes_place=moved)
    return look_or_change(request, pivot, change, date_moves.ALL, form, now)


def other_days(
    request: HttpRequest, one: Series, wanted: Series, form: SeriesForm, now: datetime
) -> HttpResponse:
    """Show which dates stay because people touched them; then make the new ones."""
    kept = series.touched_in(one, date.min, date.max, now)
    if kept and request.POST.get("seen") != seen_of(kept):
        first = series.first_dates(wanted, now=now, zone=one.group.timezone)
        shown = {"group": one.group, "series": one, "form": form, "kept": kept, "first": first}
        return render(request, "series/confirm.html", {**shown, "seen": seen_of(kept)})
    by = access.person_in(request.user, one.group.community)
    series.change_rhythm(series=one, rhythm=wanted, by=by, now=now)
    messages.success(request, _("Saved. The dates to come follow the new rhythm."))
    return redirect("group-rhythm", slug=one.group.slug)


def seen_of(dates: Sequence[Meeting]) -> str:
    """The same for the same dates: what a confirmation confirms."""
    return ".".join(meeting.code for meeting in dates)


def series_pause(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    one, now = access.get_hosted_series(request.user, slug, code), timezone.now()
    fields = {"first": one.paused_from, "last": one.paused_until, "reason": one.pause_reason}
    form = PauseForm(request.POST or None, initial=fields)
    if not form.is_valid():
        shown = {"group": one.group, "series": one, "form": form}
        return render(request, "series/pause.html", shown, status=422 if form.is_bound else 200)
    kept = series.touched_in(one, form.cleaned_data["first"], form.cleaned_data["last"], now)
    if kept and request.POST.get("seen") != seen_of(kept):
        return show_kept(request, one, kept, form, now)
    codes = called_off(request, kept)
    by = access.person_in(request.user, one.group.community)
    try:
        told = series.pause(series=one, **form.cleaned_data, codes=codes, by=by, now=now)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("series-pause", slug=slug, code=code)
    messages.success(request, with_told(_("Paused. The public page says until when and why."), told))
    return redirect("group-rhythm", slug=slug)


def called_off(request: HttpRequest, kept: list[Meeting]) -> list[str]:
    """The codes of the dates the host ticked to be called off."""
    ticked = CallOffSome(request.POST, dates=kept)
    return ticked.cleaned_data["call_off"] if ticked.is_valid() else []


def with_told(said: str, told: int) -> str:
    """What was done, and how many people are told of it."""
    if not told:
        return said
    more = ngettext("%(count)s person is being told.", "%(count)s people are being told.", told)
    return f"{said} {more % {'count': told}}"


def show_kept(
    request: HttpRequest, one: Series, kept: list[Meeting], form: Any, now: datetime
) -> HttpResponse:
    """The dates people touched, each to be called off or to stay, before anything is done."""
    people = concerned(kept, now=now)
    dates = [(meeting, people[meeting.pk]) for meeting in kept]
    shown = {"group": one.group, "series": one, "form": form, "dates": dates, "seen": seen_of(kept)}
    return render(request, "series/kept.html", shown)


@require_POST
def series_resume(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    one, now = access.get_hosted_series(request.user, slug, code), timezone.now()
    by = access.person_in(request.user, one.group.community)
    series.resume(series=one, by=by, now=now)
    messages.success(request, _("The pause is over; the dates are back."))
    return redirect("group-rhythm", slug=slug)


def series_end(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    one, now = access.get_hosted_series(request.user, slug, code), timezone.now()
    kept = series.touched_in(one, date.min, date.max, now)
    if request.method != "POST" or (kept and request.POST.get("seen") != seen_of(kept)):
        people = concerned(kept, now=now)
        dates = [(meeting, people[meeting.pk]) for meeting in kept]
        shown = {"group": one.group, "series": one, "dates": dates, "seen": seen_of(kept)}
        return render(request, "series/end.html", shown)
    by = access.person_in(request.user, one.group.community)
    told = series.end(series=one, codes=called_off(request, kept), by=by, now=now)
    messages.success(request, with_told(_("This rhythm has ended. Other dates stay."), told))
    return redirect("group-rhythm", slug=slug)
