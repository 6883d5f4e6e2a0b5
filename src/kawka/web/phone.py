"""Taking part on one's own phone: getting in, following the meeting, raising quiet hands."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kawka import access
from kawka.access import tokens
from kawka.actions import hands, phones
from kawka.actions.accounts import prove_address
from kawka.actions.joining import come_in
from kawka.forms.press import StrangerForm, TapForm
from kawka.models import Ask, Attendance, Meeting, Person, PersonalLink, Refused
from kawka.web.live import wants_data
from kawka.web.ratelimits import guess_limited, rate_limited
from kawka.web.room import face, room_of, tables_of, wants_tables

STAYS = 60 * 60 * 24
DOUBLE_TAP = 60  # seconds; on a slow wifi the second tap comes late
GUESSES = "300/hour"  # a café shares one address, and some of its guests mistype the code


def cookie_of(code: str) -> str:
    """The name of the cookie that keeps a phone at its place in one meeting."""
    return f"kawka_phone_{code}"


@guess_limited("rooms", GUESSES)
def join(request: HttpRequest, room_code: str) -> HttpResponse:
    return show_list(request, access.get_room(room_code), StrangerForm())


def show_list(request: HttpRequest, meeting: Meeting, form: StrangerForm, status: int = 200) -> HttpResponse:
    """The names to pick from, and a way in for who is not among them."""
    here = meeting.attendances.in_room().select_related("person__card").order_by("person__sort_name", "pk")
    shown = {"meeting": meeting, "group": meeting.group, "here": here, "form": form}
    return render(request, "live/join.html", shown, status=status)


@require_POST
@rate_limited("join", "300/hour")
@guess_limited("rooms", GUESSES)
def join_as(request: HttpRequest, room_code: str) -> HttpResponse:
    meeting = access.get_room(room_code)
    person = Person.objects.filter(attendances__meeting=meeting, code=request.POST.get("person", "")).first()
    if person is None:
        raise Http404
    seat: Attendance | None
    try:
        seat = phones.claim(meeting=meeting, person=person, now=timezone.now())
    except Refused as refusal:
        seat = just_taken(request, meeting, person=person)
        if seat is None:
            messages.warning(request, str(refusal))
            return redirect("join", room_code=room_code)
    return at_the_table(request, meeting, seat)


@require_POST
@rate_limited("strangers", "60/hour")
@guess_limited("rooms", GUESSES)
def join_as_stranger(request: HttpRequest, room_code: str) -> HttpResponse:
    meeting = access.get_room(room_code)
    form, seat = StrangerForm(request.POST), None
    if form.is_valid():
        try:
            seat = come_in(meeting=meeting, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            seat = just_taken(request, meeting, person__name__iexact=form.cleaned_data["name"])
        if seat is not None:
            return at_the_table(request, meeting, seat)
    return show_list(request, meeting, form, status=422)


@rate_limited("live-links", "120/hour")
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = access.get_link(token, PersonalLink.Scope.LIVE, now)
    if link.meeting is None:
        raise Http404
    if request.method == "POST":
        prove_address(person=link.person, now=now)
        try:
            seat = phones.let_in(meeting=link.meeting, person=link.person, now=now)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            return at_the_table(request, link.meeting, seat)
    return render(request, "live/link.html", {"link": link, "meeting": link.meeting, "group": link.group})


def just_taken(request: HttpRequest, meeting: Meeting, **who: Any) -> Attendance | None:
    """The place this very browser took a moment ago, so that a double tap is one tap; None for others."""
    browser = request.META.get("CSRF_COOKIE")
    seat = meeting.attendances.in_room().filter(**who).select_related("person").first()
    return seat if seat and browser and cache.get(f"seat-{seat.pk}") == browser else None


def at_the_table(request: HttpRequest, meeting: Meeting, seat: Attendance) -> HttpResponse:
    """Give the phone its place and show the meeting."""
    cache.set(f"seat-{seat.pk}", request.META.get("CSRF_COOKIE"), DOUBLE_TAP)
    response = redirect("live-phone", code=meeting.code)
    response.set_cookie(
        cookie_of(meeting.code),
        tokens.phone_token(seat),
        max_age=STAYS,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
    return response


def phone(request: HttpRequest, code: str) -> HttpResponse:
    meeting, seat = access.get_seat(request.user, code, request.COOKIES.get(cookie_of(code), ""))
    me = seat.person if seat else None
    if wants_tables(request):
        return render(request, "live/_phone_tables.html", {"room": tables_of(meeting, me=me)})
    room = room_of(meeting, me=me, now=timezone.now())
    return render(request, "live/phone.html", {**face(room, "phone"), "seat": seat})


@require_POST
def hand(request: HttpRequest, code: str) -> HttpResponse:
    meeting, seat = access.get_seat(request.user, code, request.COOKIES.get(cookie_of(code), ""))
    form = TapForm(request.POST)
    try:
        if seat is None or not form.is_valid():
            raise hands.NotForThisAsk
        tap(meeting, seat.person, form)
    except Refused as refusal:
        if wants_data(request):
            return JsonResponse({"message": str(refusal)}, status=409)
        messages.warning(request, str(refusal))
    else:
        if wants_data(request):
            return JsonResponse({})
        messages.success(request, _("Noted."))
    return redirect("live-phone", code=code)


def tap(meeting: Meeting, person: Person, form: TapForm) -> None:
    """Raise or lower the hand the form names."""
    kind, asker_code, ask_code = form.cleaned_data["tap"]
    asker = Person.objects.filter(code=asker_code, attendances__meeting=meeting).first()
    ask = Ask.objects.filter(code=ask_code, person=asker).first() if ask_code else None
    if asker is None or bool(ask_code) != bool(ask):
        raise hands.NotForThisAsk
    about = {"meeting": meeting, "person": person, "asker": asker, "ask": ask, "kind": kind}
    if form.cleaned_data["lower"]:
        hands.lower_hand(**about)
    else:
        hands.raise_hand(**about, key=form.cleaned_data["key"] or uuid4().hex, now=timezone.now())
