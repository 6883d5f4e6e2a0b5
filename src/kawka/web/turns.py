"""Turns: one's own, signed in or by the mailed link, and the host's word on who has one."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST

from kawka import access
from kawka.actions import owners, rota, take_overs
from kawka.actions.accounts import prove_address
from kawka.actions.my_turns import my_turns
from kawka.forms.roles import AssignForm, MyTurnForm
from kawka.models import Group, Membership, Person, PersonalLink, Refused, Turn
from kawka.web.ratelimits import rate_limited


@require_POST
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    group = access.get_group(request.user, slug)
    person = access.person_in(request.user, group.community)
    if person is None:
        messages.info(
            request, _("Add yourself to this group's people first, then roles are open to you too.")
        )
    else:
        press(request, group, person, timezone.now())
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_ours else reverse("group-roles", args=[slug]))


@never_cache
@ensure_csrf_cookie
@rate_limited("role-links", "120/hour")
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = access.get_link(token, PersonalLink.Scope.ROLE, now)
    if request.method == "POST":
        prove_address(person=link.person, now=now)
        press(request, link.group, link.person, now)
        return redirect("role_by_link", token=token)
    shown = {"mine": my_turns(link.person, link.group, now=now), "action": request.path}
    shown["owner_ask"] = owners.open_ask(link.person)
    return render(request, "roles/link.html", {**shown, "group": link.group, "person": link.person})


def press(request: HttpRequest, group: Group, person: Person, now: datetime) -> None:
    """Do what was pressed, and say what came of it."""
    form = MyTurnForm(request.POST, group=group)
    try:
        if not form.is_valid():
            raise Refused(str(next(iter(form.errors.values()))[0]))
        given = form.cleaned_data
        messages.success(
            request, PRESSED[given["do"]](given["turn"] or given["take_over"], group, person, now)
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))


def accept(turn: Turn, _group: Group, person: Person, now: datetime) -> str:
    rota.accept(turn=turn, by=person, now=now)
    return _("Thank you! The day before, a mail brings everything you need.")


def hand_back(turn: Turn, _group: Group, person: Person, now: datetime) -> str:
    rota.give_back(turn=turn, by=person, now=now)
    return _("Noted. Others are being asked already; nothing more to do.")


def take(turn: Turn, group: Group, person: Person, now: datetime) -> str:
    place = Membership.objects.current().filter(group=group, person=person).first()
    if place is None:
        raise Refused(_("Add yourself to this group's people first, then roles are open to you too."))
    rota.take(turn=turn, by=place, now=now)
    return _("It is yours. Thank you!")


def say_yes(take_over: take_overs.TakeOver, _group: Group, person: Person, now: datetime) -> str:
    if take_overs.say_yes(take_over=take_over, by=person, now=now):
        return _("It is yours. Thank you!")
    return _("Somebody was quicker, so it is taken. Thank you! Perhaps next week?")


def say_no(take_over: take_overs.TakeOver, _group: Group, person: Person, now: datetime) -> str:
    take_overs.say_no(take_over=take_over, by=person, now=now)
    return _("Noted. Thank you for saying so; others are asked.")


def own(_nothing: None, _group: Group, person: Person, now: datetime) -> str:
    owners.answer_ask(person=person, yes=True, now=now)
    return _("Thank you! Sign in with this e-mail address, and the host's pages are yours.")


def own_not(_nothing: None, _group: Group, person: Person, now: datetime) -> str:
    owners.answer_ask(person=person, yes=False, now=now)
    return _("Noted. Thank you for saying so; others are asked.")


PRESSED: dict[str, Callable[..., str]] = {
    "accept": accept,
    "give-back": hand_back,
    "take": take,
    "yes": say_yes,
    "no": say_no,
    "owner-yes": own,
    "owner-no": own_not,
}


@require_POST
def give_back(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    now = timezone.now()
    group = access.get_group(request.user, slug)
    found = access.of_group(Turn.objects.filter(role__group=group), code)
    by = None if access.may_host(request.user, group) else access.person_in(request.user, group.community)
    try:
        rota.give_back(turn=found, by=by, now=now)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted. Others are being asked already; nothing more to do."))
    return redirect("group-roles", slug=slug)


def turn(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    turns = Turn.objects.filter(role__group=group).select_related("role", "person", "meeting")
    found = access.of_group(turns, code)
    found.meeting.group = group
    held = found.person.code if found.person else ""
    form = AssignForm(request.POST or None, group=group, initial={"person": held})
    if form.is_valid():
        by = access.person_in(request.user, group.community)
        try:
            rota.assign(turn=found, person=form.cleaned_data["person"], by=by, now=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down."))
            return redirect("group-roles", slug=slug)
    shown = {"group": group, "turn": found, "form": form}
    return render(request, "roles/turn.html", shown, status=422 if form.is_bound else 200)
