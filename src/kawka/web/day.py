"""The day of a meeting as its host holds it in one hand: who is here, what happens when, the end."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kawka import access
from kawka.actions import (
    attendance,
    greetings,
    joining,
    live,
    meetings,
    recaps,
    round_order,
    runsheet,
    spotlights,
)
from kawka.actions.attendance import Mark
from kawka.actions.day_list import DayList, day_list, namesakes
from kawka.forms.day import (
    FitForm,
    GreeterForm,
    MarkForm,
    MoveForm,
    PersonForm,
    SpotlightForm,
    WalkInForm,
    WishForm,
)
from kawka.models import Attendance, Meeting, Person, Refused, Spotlight


def hosted(request: HttpRequest, code: str) -> tuple[Meeting, Person | None]:
    """The meeting its host asks for, and who the host is in the community."""
    meeting = access.get_hosted_meeting(request.user, code)
    return meeting, access.person_in(request.user, meeting.group.community)


def first_problem(form: Form) -> str:
    """What is wrong with a form that has no page of its own."""
    return str(next(iter(form.errors.values()))[0])


def valid(form: Form) -> dict[str, Any]:
    """The form's data; raises Refused with what is wrong with it."""
    if not form.is_valid():
        raise Refused(first_problem(form))
    return form.cleaned_data


def back_to(
    request: HttpRequest, meeting: Meeting, page: str, act: Callable[[], object], said: str = ""
) -> HttpResponse:
    """Do something and show the page again; a refusal is told there, one that came too late is final."""
    try:
        act()
    except attendance.TooLateToCorrect as refusal:
        return render(request, "day/too_late.html", {"meeting": meeting, "refusal": refusal}, status=403)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        if said:
            messages.success(request, said)
    return redirect(page, code=meeting.code)


def shown(meeting: Meeting, days: DayList, now: datetime) -> dict[str, Any]:
    """What every page of the day shows."""
    is_ahead = meeting.state == Meeting.State.PLANNED
    people = days.speakers if is_ahead else days.speakers_here
    sheet = runsheet.sheet_of(meeting, people=people)
    over = runsheet.overrun(meeting, sheet, people=people) if is_ahead else None
    return {
        "meeting": meeting,
        "group": meeting.group,
        "days": days,
        "people": people,
        "sheet": sheet,
        "lines": runsheet.lines(sheet),
        "over": over,
        "is_correctable": attendance.is_correctable(meeting, now),
        "may_close": meetings.may_close(meeting, now),
    }


def wishes() -> list[tuple[str, str]]:
    """Where in the round somebody may like to speak, in the words of this page's language."""
    return [(value, str(label)) for value, label in Attendance.Wish.choices]


@require_safe
def day(request: HttpRequest, code: str) -> HttpResponse:
    meeting, _by = hosted(request, code)
    return day_page(request, meeting, WalkInForm())


def day_page(
    request: HttpRequest,
    meeting: Meeting,
    walk_in: WalkInForm,
    same_name: list[Person] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The list of the day with the form for somebody unexpected."""
    days = day_list(meeting)
    wanted = request.GET.get("q", "").strip()
    listed = days.find(wanted) if wanted else days
    context = shown(meeting, days, timezone.now()) | {
        "parts": listed.parts(),
        "companions": listed.companions,
        "wanted": wanted,
        "walk_in": walk_in,
        "same_name": same_name or [],
        "wishes": wishes(),
    }
    return render(request, "day/day.html", context, status=status)


@require_POST
def mark(request: HttpRequest, code: str) -> HttpResponse:
    meeting, by = hosted(request, code)
    form = MarkForm(request.POST, meeting=meeting, marks=list(Mark.choices))

    def act() -> None:
        given = valid(form)
        given["mark"] = Mark(given["mark"])
        attendance.note(meeting=meeting, by=by, now=timezone.now(), **given)

    return tapped(request, meeting, form, act)


@require_POST
def companion(request: HttpRequest, code: str) -> HttpResponse:
    meeting, by = hosted(request, code)
    name, now = request.POST.get("companion", ""), timezone.now()
    return back_to(
        request,
        meeting,
        "meeting-day",
        lambda: attendance.companion_came(meeting=meeting, code=name, by=by, now=now),
    )


@require_POST
def wish(request: HttpRequest, code: str) -> HttpResponse:
    meeting, by = hosted(request, code)
    form = WishForm(request.POST, meeting=meeting)

    def act() -> None:
        given = valid(form)
        now = timezone.now()
        attendance.wish(meeting=meeting, person=given["person"], place=given["wish"], by=by, now=now)

    return tapped(request, meeting, form, act)


def tapped(request: HttpRequest, meeting: Meeting, form: PersonForm, act: Callable[[], None]) -> HttpResponse:
    """Answer a tap: with the person's row for a script that asked for it, else with the page at that row."""
    if request.headers.get("X-Kawka-Part") != "row":
        answer = back_to(request, meeting, "meeting-day", act)
        person = form.cleaned_data.get("person") if form.is_valid() else None
        if person is not None and answer.status_code == 302:
            answer["Location"] += f"#p-{person.code}"
        return answer
    try:
        act()
    except Refused as refusal:
        return HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")
    days = day_list(meeting)
    row = days.row_of(form.cleaned_data["person"])
    context = {"meeting": meeting, "days": days, "row": row, "wishes": wishes()}
    return render(request, "day/_tapped.html", context | {"is_correctable": True})


@require_POST
def walk_in(request: HttpRequest, code: str) -> HttpResponse:
    meeting, by = hosted(request, code)
    form = WalkInForm(request.POST)
    if not form.is_valid():
        return day_page(request, meeting, form, status=422)
    given, now = form.cleaned_data, timezone.now()
    another = "another" in request.POST
    same_name = [] if another or given["email"] else namesakes(meeting, given["name"])
    if same_name:
        return day_page(request, meeting, form, same_name, status=422)
    return back_to(
        request,
        meeting,
        "meeting-day",
        lambda: joining.take_in(meeting=meeting, another=another, by=by, now=now, **given),
        said=_("%(name)s is checked in.") % {"name": given["name"]},
    )


@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponse:
    meeting, _by = hosted(request, code)
    return plan_page(request, meeting)


def plan_page(
    request: HttpRequest, meeting: Meeting, spotlight: SpotlightForm | None = None, status: int = 200
) -> HttpResponse:
    """The run sheet, the order of the round, who presents, and the end."""
    days = day_list(meeting)
    booked = Spotlight.objects.filter(meeting=meeting).select_related("person").first()
    rows = {row.person.code: row for row in days.rows}
    order = [] if meeting.is_over else round_order.current_order(meeting)
    context = shown(meeting, days, timezone.now()) | {
        "order": [rows[code] for code in order if code in rows],
        "passing": [row for row in days.rows if row.is_here and row.wish == Attendance.Wish.PASS],
        "spotlight": spotlight or SpotlightForm(meeting=meeting, initial=as_shown(booked)),
        "booked": booked,
        "queue": spotlights.queue_of(meeting.group)[:3] if not booked else [],
        "greetings": greeted(meeting) if not meeting.is_over else None,
    }
    return render(request, "day/plan.html", context, status=status)


def greeted(meeting: Meeting) -> dict[str, Any]:
    """The guests of the day with who meets them, and who could."""
    found = {one.guest_id: one.greeter.code for one in greetings.greetings_of([meeting])}
    guests = greetings.guests_of(meeting)
    return {
        "guests": [(guest, found.get(guest.pk, "")) for guest in guests],
        "greeters": list(greetings.possible_greeters(meeting)) if guests else [],
    }


def as_shown(spotlight: Spotlight | None) -> dict[str, str]:
    """The presentation of the day as the form shows it; empty when nobody presents."""
    if spotlight is None:
        return {}
    return {"person": spotlight.person.code, "kind": spotlight.kind, "title": spotlight.title}


@require_POST
def order(request: HttpRequest, code: str) -> HttpResponse:
    meeting, by = hosted(request, code)
    now = timezone.now()

    def act() -> None:
        if "anew" in request.POST:
            round_order.propose_anew(meeting=meeting, by=by, now=now)
        else:
            moved = valid(MoveForm(request.POST, meeting=meeting))
            round_order.move(meeting=meeting, by=by, now=now, **moved)

    answer = back_to(request, meeting, "meeting-plan", act)
    answer["Location"] += "#order"
    return answer


@require_POST
def fit(request: HttpRequest, code: str) -> HttpResponse:
    meeting, by = hosted(request, code)
    now = timezone.now()

    def act() -> None:
        given = valid(FitForm(request.POST))
        if given["seconds"]:
            runsheet.speak_for(meeting=meeting, seconds=given["seconds"], by=by, now=now)
        elif given["minutes"]:
            runsheet.start_earlier(meeting=meeting, by_minutes=given["minutes"], by=by, now=now)
        else:
            raise Refused(_("Choose shorter speaking times or an earlier start."))

    return back_to(request, meeting, "meeting-plan", act, said=_("The run sheet fits again."))


@require_POST
def spotlight(request: HttpRequest, code: str) -> HttpResponse:
    meeting, by = hosted(request, code)
    now = timezone.now()
    if "free" in request.POST:
        return back_to(
            request, meeting, "meeting-plan", lambda: spotlights.free_by_hand(meeting=meeting, by=by, now=now)
        )
    form = SpotlightForm(request.POST, meeting=meeting)
    if not form.is_valid():
        return plan_page(request, meeting, form, status=422)
    return back_to(
        request,
        meeting,
        "meeting-plan",
        lambda: spotlights.book_by_hand(meeting=meeting, by=by, now=now, **form.cleaned_data),
        said=_("The presentation is booked."),
    )


@require_POST
def greeter(request: HttpRequest, code: str) -> HttpResponse:
    meeting, by = hosted(request, code)

    def act() -> None:
        given = valid(GreeterForm(request.POST, meeting=meeting))
        greetings.greet(meeting=meeting, by=by, now=timezone.now(), **given)

    return back_to(request, meeting, "meeting-plan", act, said=_("Written down."))


@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    meeting, by = hosted(request, code)
    end = live.end if meeting.state == Meeting.State.LIVE else meetings.close_meeting
    return back_to(
        request,
        meeting,
        "meeting-plan",
        lambda: end(meeting=meeting, by=by, now=timezone.now()),
        said=_("Closed. The recap goes out in half an hour; until then attendance can be put right."),
    )


@require_POST
def send_recaps(request: HttpRequest, code: str) -> HttpResponse:
    meeting, by = hosted(request, code)

    def act() -> None:
        count = recaps.send_recaps(meeting=meeting, by=by, now=timezone.now())
        sent = ngettext("The recap went to %(n)s person.", "The recap went to %(n)s people.", count)
        messages.success(request, sent % {"n": count})

    return back_to(request, meeting, "meeting-plan", act)
