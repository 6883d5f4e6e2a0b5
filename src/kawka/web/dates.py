"""The host's pages of one date: adding it, moving it, skipping it, calling it off."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kawka import access
from kawka.actions import date_moves
from kawka.actions.date_news import heard_of_call_off, told_of_call_off
from kawka.actions.dates import add_date, call_off, skip, take_back
from kawka.actions.holidays import bridge_of, holiday_of, keep
from kawka.forms.dates import CallOffForm, ChangeForm, DateForm, date_fields
from kawka.models import Group, Meeting, Refused, Series


def usual_hour(group: Group) -> Any:
    """The hour the group usually meets at."""
    series = group.series.running().order_by("pk").last()
    return series.starts_at if series else None


def group_date_add(request: HttpRequest, slug: str) -> HttpResponse:
    group, now = access.get_hosted_group(request.user, slug), timezone.now()
    form = DateForm(request.POST or None, initial={"at": usual_hour(group)})
    if form.is_valid():
        by = access.person_in(request.user, group.community)
        try:
            add_date(group=group, **form.cleaned_data, by=by, now=now)
        except Refused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, _("The date is in the calendar."))
            return redirect("group-host", slug=slug)
    status = 422 if form.is_bound else 200
    return render(request, "dates/add.html", {"group": group, "form": form}, status=status)


def meeting_date(request: HttpRequest, code: str) -> HttpResponse:
    meeting, now = access.get_hosted_meeting(request.user, code), timezone.now()
    has_series = meeting.series is not None and meeting.series.kind != Series.Kind.BY_HAND
    form = ChangeForm(request.POST or None, initial=date_fields(meeting), has_series=has_series)
    if form.is_valid():
        try:
            return take_change(request, meeting, form, now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    shown = {"meeting": meeting, "group": meeting.group, "form": form, "can_vanish": can_vanish(meeting)}
    return render(request, "dates/date.html", shown, status=422 if form.is_bound else 200)


def take_change(request: HttpRequest, meeting: Meeting, form: ChangeForm, now: datetime) -> HttpResponse:
    """Change the date, or show first what moves and who is told. Raises Refused."""
    given = form.cleaned_data
    place = (given["place_name"], given["place_address"])
    moved = place != (meeting.place_name, meeting.place_address)
    wanted = date_moves.Wanted(given["on"], given["at"], *place, changes_place=moved)
    reach = given.get("reach") or date_moves.ONE
    return look_or_change(request, meeting, wanted, reach, form, now)


def look_or_change(
    request: HttpRequest,
    meeting: Meeting,
    wanted: date_moves.Wanted,
    reach: str,
    form: Form,
    now: datetime,
) -> HttpResponse:
    """Change dates, or show first what moves and who is told. Raises Refused."""
    planned = date_moves.plan(meeting=meeting, wanted=wanted, reach=reach, now=now)
    seen, group = request.POST.get("seen"), meeting.group
    if planned.needs_a_look and seen != planned.seen:
        again = seen is not None
        shown = {"group": group, "meeting": meeting, "plan": planned, "form": form, "again": again}
        return render(request, "dates/confirm.html", shown, status=409 if again else 200)
    by = access.person_in(request.user, group.community)
    date_moves.change(meeting=meeting, wanted=wanted, reach=reach, seen=seen, by=by, now=now)
    messages.success(request, _("Saved. Calendars that follow the group move with it."))
    return redirect("group-host", slug=group.slug)


def can_vanish(meeting: Meeting) -> bool:
    """Whether the date expects nobody, so that it may simply be left out."""
    alone = Meeting.objects.expecting_nobody().filter(pk=meeting.pk)
    return meeting.state == Meeting.State.PLANNED and alone.exists()


@require_POST
def meeting_skip(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_hosted_meeting(request.user, code)
    by = access.person_in(request.user, meeting.group.community)
    try:
        gone = skip(meeting=meeting, by=by, now=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("group-host", slug=meeting.group.slug)
    if not gone:
        messages.info(request, _("People count on this date, so calling it off tells them."))
        return redirect("meeting-call-off", code=code)
    messages.success(request, _("Left out. The date is gone and will not be made again."))
    return redirect("group-host", slug=meeting.group.slug)


def meeting_call_off(request: HttpRequest, code: str) -> HttpResponse:
    meeting, now = access.get_hosted_meeting(request.user, code), timezone.now()
    people = told_of_call_off(meeting, now=now)
    reason = reason_of_day(meeting)
    form = CallOffForm(request.POST if request.method == "POST" else None, initial={"reason": reason})
    if form.is_valid():
        return do_call_off(request, meeting, form.cleaned_data["reason"], now)
    shown = {
        "meeting": meeting,
        "group": meeting.group,
        "form": form,
        "told": [person for person in people if person.email],
        "by_voice": [person for person in people if not person.email],
    }
    return render(request, "dates/call_off.html", shown, status=422 if form.is_bound else 200)


def reason_of_day(meeting: Meeting) -> str:
    """The reason a holiday or a long weekend gives, in the language of the group."""
    group, on = meeting.group, meeting.local_date
    with translation.override(group.language):
        return holiday_of(group, on) or (_("long weekend") if bridge_of(group, on) else "")


def meeting_take_back(request: HttpRequest, code: str) -> HttpResponse:
    meeting, now = access.get_hosted_meeting(request.user, code), timezone.now()
    group = meeting.group
    if request.method == "POST":
        by = access.person_in(request.user, group.community)
        try:
            told = take_back(meeting=meeting, by=by, now=now)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(
                request, with_number(_("It takes place. The public page and calendars say so."), told)
            )
        return redirect("group-host", slug=group.slug)
    people = heard_of_call_off(meeting)
    shown = {"meeting": meeting, "group": group, "told": [person for person in people if person.email]}
    shown["is_open"] = meeting.state == Meeting.State.CALLED_OFF and meeting.starts_at > now
    return render(request, "dates/take_back.html", shown)


def with_number(said: str, told: int) -> str:
    """What was done, and how many people are being told."""
    if not told:
        return said
    more = ngettext("%(count)s person is being told.", "%(count)s people are being told.", told)
    return f"{said} {more % {'count': told}}"


def do_call_off(request: HttpRequest, meeting: Meeting, reason: str, now: datetime) -> HttpResponse:
    """Call the date off, and say how many people are being told."""
    by = access.person_in(request.user, meeting.group.community)
    try:
        told = call_off(meeting=meeting, reason=reason, by=by, now=now)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("group-host", slug=meeting.group.slug)
    messages.success(request, with_number(_("Called off. The public page and calendars say so."), told))
    return redirect("group-host", slug=meeting.group.slug)


@require_POST
def meeting_keep(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_hosted_meeting(request.user, code)
    by = access.person_in(request.user, meeting.group.community)
    keep(meeting=meeting, by=by, now=timezone.now())
    messages.success(request, _("It takes place as planned."))
    return redirect("group-host", slug=meeting.group.slug)
