"""The host's word on seats: how many there are this time, and who gets one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kawka import access
from kawka.actions.answers import give_seat
from kawka.actions.seats import change_seats
from kawka.forms.seats import SeatsForm, WhoWaitsForm
from kawka.models import Refused


@require_POST
def meeting_seats(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_hosted_meeting(request.user, code)
    form = SeatsForm(request.POST)
    if not form.is_valid():
        messages.warning(request, str(form.errors["seats"][0]))
        return redirect("meeting-date", code=code)
    by = access.person_in(request.user, meeting.group.community)
    asked = change_seats(meeting=meeting, seats=form.cleaned_data["seats"], by=by, now=timezone.now())
    told = ngettext("%(n)s person who waits is asked.", "%(n)s people who wait are asked.", asked)
    messages.success(request, told % {"n": asked} if asked else _("Saved."))
    return redirect("group-host", slug=meeting.group.slug)


@require_POST
def meeting_give_seat(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_hosted_meeting(request.user, code)
    form = WhoWaitsForm(request.POST, meeting=meeting)
    if form.is_valid():
        by, person = access.person_in(request.user, meeting.group.community), form.cleaned_data["person"]
        try:
            give_seat(meeting=meeting, person=person, by=by, now=timezone.now())
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("%(name)s has a seat and is told.") % {"name": person.name})
    return redirect("group-host", slug=meeting.group.slug)
