"""The running meeting as the host's remote and as the projector show it."""

import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from kawka import access
from kawka.actions import live, phones
from kawka.actions.announcements import Snapshot
from kawka.actions.opening import open_meeting
from kawka.forms.press import PressForm
from kawka.models import Refused
from kawka.web.room import face, join_address, qr_code, room_of, tables_of, wants_tables
from kawka.web.trust import THIS_MACHINE_NAMES


def remote(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_hosted_meeting(request.user, code)
    me = access.person_in(request.user, meeting.group.community)
    room = room_of(meeting, me=me, now=timezone.now())
    shown = {"phones_reach_us": settings.SITE_HOST not in THIS_MACHINE_NAMES}
    return render(request, "live/remote.html", {**face(room, "remote"), **shown})


def projector(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_hosted_meeting(request.user, code)
    if wants_tables(request):
        return render(request, "live/_projector_tables.html", {"room": tables_of(meeting, me=None)})
    room = room_of(meeting, me=None, now=timezone.now())
    address = join_address(meeting)
    shown = {"join_address": address.split("://", 1)[-1], "qr": qr_code(address)}
    return render(request, "live/projector.html", {**face(room, "projector"), **shown})


@require_POST
def press(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_hosted_meeting(request.user, code)
    me = access.person_in(request.user, meeting.group.community)
    form = PressForm(request.POST)
    if not form.is_valid():
        return refused(request, code, " ".join(map(str, form.non_field_errors())), status=400)
    try:
        state = live.press(meeting=meeting, by=me, now=timezone.now(), **form.cleaned_data)
    except Refused as refusal:
        return refused(request, code, str(refusal))
    return answered(request, code, live.snapshot_of(meeting, state))


@require_POST
def begin(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_hosted_meeting(request.user, code)
    me = access.person_in(request.user, meeting.group.community)
    try:
        open_meeting(meeting=meeting, by=me, now=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("live-remote", code=code)


@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_hosted_meeting(request.user, code)
    me = access.person_in(request.user, meeting.group.community)
    try:
        live.end(meeting=meeting, by=me, now=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("live-remote", code=code)


@require_POST
def release(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_hosted_meeting(request.user, code)
    me = access.person_in(request.user, meeting.group.community)
    person = access.get_person(request.user, request.POST.get("person", ""))
    phones.release(meeting=meeting, person=person, by=me, now=timezone.now())
    return redirect("live-remote", code=code)


def wants_data(request: HttpRequest) -> bool:
    """Whether a script asks, which goes on with the answer by itself."""
    return request.headers.get("Accept") == "application/json"


def answered(request: HttpRequest, code: str, snapshot: Snapshot) -> HttpResponse:
    """The state after a press, for a script; else the remote again."""
    if wants_data(request):
        data: dict[str, Any] = {**snapshot, "now": time.time_ns() // 1_000_000}
        return JsonResponse(data)
    return redirect("live-remote", code=code)


def refused(request: HttpRequest, code: str, words: str, *, status: int = 409) -> HttpResponse:
    """Why not, in words: for a script, or on the remote."""
    if wants_data(request):
        return JsonResponse({"message": words}, status=status)
    messages.warning(request, words)
    return redirect("live-remote", code=code)
