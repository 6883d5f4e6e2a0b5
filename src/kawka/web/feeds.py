"""Calendars to subscribe to: of a group, a community, and one's own by a secret address."""

import hashlib
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kawka import access
from kawka.actions.feeds import ALARMS, community_feed, new_address, personal_feed, shown
from kawka.calendars.feeds import group_feed
from kawka.mail.addresses import address_of
from kawka.web.ratelimits import guess_limited
from kawka.web.ready import keep_ready


def alarm_of(request: HttpRequest) -> int:
    """The minutes before each date at which the reader wants to be reminded; 0 for none."""
    asked = request.GET.get("alarm", "")
    return int(asked) if asked in map(str, ALARMS) else 0


def answered(request: HttpRequest, body: bytes) -> HttpResponse:
    """The calendar, or 304 for a reader that has it; whatever types of answer the reader asks for."""
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def group_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    group = access.get_public_group(request.user, slug)
    dates = group.meetings.filter(shown(now)).order_by("starts_at")
    source, address = address_of("group-calendar", slug=slug), address_of("group", slug=slug)
    alarm = alarm_of(request)
    body = group_feed(group, dates, source=source, address=address, alarm=alarm)
    response = answered(request, body)
    if not group.is_listed or request.GET or response.status_code != 200:
        return response
    return keep_ready(response, group=group, until=now + timedelta(hours=12))


@require_safe
def community_calendar(request: HttpRequest, code: str) -> HttpResponse:
    community = access.get_public_community(code)
    source = address_of("community-calendar", code=code)
    return answered(
        request, community_feed(community, source=source, alarm=alarm_of(request), now=timezone.now())
    )


@require_safe
@guess_limited("calendars", "60/hour")
def my_calendar(request: HttpRequest, token: str) -> HttpResponse:
    person = access.get_feed_person(token)
    source = address_of("my-calendar", token=token)
    with translation.override(person.language or translation.get_language()):
        body = personal_feed(person, source=source, alarm=alarm_of(request), now=timezone.now())
    return answered(request, body)


@require_POST
@login_required
def my_calendar_new(request: HttpRequest, code: str) -> HttpResponse:
    person = access.get_own_person(request.user, code)
    new_address(person=person, by=person, now=timezone.now())
    messages.success(request, _("Your calendar has a new address. An old one shows nothing any more."))
    return redirect("my_account")
