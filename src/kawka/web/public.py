"""What anybody may see of a group: its page, its dates, its calendar."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kawka import access
from kawka.actions.answers import next_dates
from kawka.actions.campaign import social_of
from kawka.actions.my_dates import my_dates
from kawka.actions.seats import HELD_UNTIL, is_held
from kawka.calendars.ical import meeting_calendar
from kawka.calendars.web_links import google_link, outlook_link
from kawka.forms.answer import GuestAnswerForm
from kawka.mail.addresses import address_of
from kawka.models import Answer, Group, Meeting
from kawka.models.formula import has_round, segments_of, timetable
from kawka.web.ready import keep_ready

FEED_BACK, FEED_AHEAD = timedelta(days=150), timedelta(days=84)
BREAK_TOLD = timedelta(weeks=4)


@require_safe
def group_page(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    group = access.get_public_group(request.user, slug)
    dates, feed = next_dates(group, now=now), address_of("group-calendar", slug=group.slug)
    person = access.person_in(request.user, group.community)
    mine = my_dates([person] if person else [], dates if person else dates[:1], now=now)
    shown = {
        "group": group,
        "person": person,
        "dates": dates,
        "next": dates[0] if dates else None,
        "timetable": timetable(segments_of(dates[0]), dates[0].local_start) if dates else [],
        "coming": how_many(dates[0]) if dates else 0,
        "seats": mine[0] if mine else None,
        "later": mine[1:],
        **ways_of(group, now),
        "form": GuestAnswerForm(group=group, now=now),
        "feed": feed,
        "feed_subscribe": "webcal:" + feed.split(":", 1)[1],
        "may_host": request.user.is_authenticated and access.may_host(request.user, group),
    }
    response = render(request, "public/group.html", shown)
    if request.user.is_authenticated or not group.is_listed:
        return response
    return keep_ready(response, group=group, until=stale_at(dates[0], now) if dates else None)


def ways_of(group: Group, now: datetime) -> dict[str, Any]:
    """What stays the same from date to date: parts, rules, hosts, how many come; and breaks."""
    return {
        "segments": group.segments.all(),
        "usual": usual_size(group),
        "hosts": group.memberships.hosts().select_related("person"),
        "rules": [rule for rule in group.house_rules.splitlines() if rule.strip()],
        **breaks_of(group, now),
    }


def stale_at(date: Meeting, now: datetime) -> datetime:
    """When the page shows something else by itself: seats held for members are free, or the date is over."""
    return date.starts_at - HELD_UNTIL if date.group.held_seats and is_held(date, now) else date.ends_at


def breaks_of(group: Group, now: datetime) -> dict[str, Any]:
    """The breaks a visitor should know of, from four weeks before they begin, and the day it is there."""
    today = now.astimezone(group.zone).date()
    return {"breaks": group.series.paused(today).filter(paused_from__lte=today + BREAK_TOLD), "today": today}


def usual_size(group: Group) -> tuple[int, int] | None:
    """The smallest and largest number who came to the last six meetings; None before the first."""
    came = Count("attendances", filter=Q(attendances__state__in=["present", "late"]))
    last = group.meetings.filter(state=Meeting.State.CLOSED).order_by("-starts_at")
    sizes = [size for size in last.annotate(came=came).values_list("came", flat=True)[:6] if size]
    return (min(sizes), max(sizes)) if sizes else None


@require_safe
def meeting_page(request: HttpRequest, code: str) -> HttpResponse:
    now = timezone.now()
    meeting = access.get_public_meeting(request.user, code)
    group = meeting.group
    person = access.person_in(request.user, group.community)
    inside = access.belongs(request.user, group)
    mine = [person] if person else []
    date, *later = my_dates(mine, [meeting, *next_dates(group, now=now, after=meeting)], now=now)
    shown = {
        "meeting": meeting,
        "group": group,
        "person": person,
        "date": date,
        "is_open": meeting.ends_at > now and not meeting.is_over,
        "coming": who_comes(meeting) if inside else [],
        "count": how_many(meeting),
        "later": later,
        "timetable": timetable(segments_of(meeting), meeting.local_start),
        "rehearse": date.is_coming and meeting.starts_at > now and has_round(meeting),
        "google": google_link(meeting),
        "outlook": outlook_link(meeting),
        "social": social_of(meeting),
        "may_host": request.user.is_authenticated and access.may_host(request.user, group),
    }
    return render(request, "public/meeting.html", shown)


def how_many(meeting: Meeting) -> int:
    """How many come, those they bring included."""
    counted = meeting.answers.coming().aggregate(
        people=Count("pk", distinct=True), companions=Count("plus_ones", distinct=True)
    )
    return counted["people"] + counted["companions"]


def who_comes(meeting: Meeting) -> QuerySet[Answer]:
    """Those who said they come, by name, with their cards, and how many they bring."""
    coming = meeting.answers.coming().annotate(brings=Count("plus_ones"))
    return coming.select_related("person__card").order_by("person__sort_name")


@require_safe
def meeting_calendar_file(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_public_meeting(request.user, code)
    response = HttpResponse(
        meeting_calendar(meeting, address=address_of("meeting", code=meeting.code)),
        content_type="text/calendar; charset=utf-8; method=PUBLISH",
    )
    response["Content-Disposition"] = f'attachment; filename="{meeting.group.slug}-{meeting.local_date}.ics"'
    return response
