"""The host's page of this week: what is decided, what is open, what Kawka will do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kawka import access
from kawka.actions.health import new_page
from kawka.actions.mix import mix_of
from kawka.actions.reminders import ask_usual, send_headcount
from kawka.actions.week import make_full, make_loose, week_of
from kawka.models import Refused
from kawka.web.week_lines import decided, todo, will_do


@require_safe
def group_week(request: HttpRequest, slug: str) -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    week = week_of(group, now=timezone.now())
    shown = {
        "group": group,
        "week": week,
        "meeting": week.meeting,
        "outlook": week.outlook,
        "open": todo(week, group),
        "decided": decided(week),
        "ahead": will_do(week, group),
        "mix": mix_of(group, week.outlook.coming) if week.outlook else None,
        "health": new_page(group, now=week.now or timezone.now()),
    }
    return render(request, "week/week.html", shown)


@require_POST
def meeting_loose(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_hosted_meeting(request.user, code)
    change = make_full if request.POST.get("loose") == "no" else make_loose
    try:
        change(
            meeting=meeting, by=access.person_in(request.user, meeting.group.community), now=timezone.now()
        )
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("Done. The public page and the run sheet say so already."))
    return redirect("group-week", slug=meeting.group.slug)


@require_POST
def meeting_ask_usual(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_hosted_meeting(request.user, code)
    by = access.person_in(request.user, meeting.group.community)
    count = ask_usual(meeting=meeting, by=by, now=timezone.now())
    told = ngettext("%(count)d person is being asked.", "%(count)d people are being asked.", count)
    messages.success(request, told % {"count": count})
    return redirect("group-week", slug=meeting.group.slug)


@require_POST
def meeting_headcount(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_hosted_meeting(request.user, code)
    by = access.person_in(request.user, meeting.group.community)
    try:
        send_headcount(meeting=meeting, by=by, now=timezone.now())
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The place is told the number."))
    return redirect("group-week", slug=meeting.group.slug)
