"""A date on paper: the page hosts print the evening before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kawka import access
from kawka.actions.paper import paper_of

EMPTY_LINES = range(5)


@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_hosted_meeting(request.user, code)
    shown = {
        "meeting": meeting,
        "group": meeting.group,
        "paper": paper_of(meeting, now=timezone.now()),
        "empty_lines": EMPTY_LINES,
    }
    return render(request, "paper/paper.html", shown)
