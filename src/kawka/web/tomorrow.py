"""People worth meeting at the next date: signed in, or by the link in the mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kawka import access
from kawka.actions.tomorrow import comes, date_of, people_worth_meeting
from kawka.models import Group, Meeting, Person, PersonalLink
from kawka.models.formula import has_round
from kawka.web.ratelimits import rate_limited


@require_safe
@never_cache
def tomorrow(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_meeting(request.user, code)
    reader = access.get_person_in(request.user, meeting.group.community)
    ahead = comes(meeting, reader) and not meeting.is_over
    return page(request, meeting.group, reader, meeting if ahead else None, by_link=False)


@require_safe
@never_cache
@rate_limited("answer-links", "120/hour")
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = access.get_link(token, PersonalLink.Scope.ANSWER, now)
    meeting = date_of(link.group, link.person, now=now)
    return page(request, link.group, link.person, meeting, by_link=True)


def page(
    request: HttpRequest, group: Group, reader: Person, meeting: Meeting | None, *, by_link: bool
) -> HttpResponse:
    """The page for one reader; without a date they come to it says so."""
    hints = people_worth_meeting(meeting, reader) if meeting else []
    shown = {"group": group, "meeting": meeting, "hints": hints, "by_link": by_link, "reader": reader}
    shown["speaks"] = meeting is not None and not by_link and has_round(meeting)
    return render(request, "tomorrow/tomorrow.html", shown)
