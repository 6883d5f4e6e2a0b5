"""The roles of a group: who does what next, how each is done, who would like to learn it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kawka import access
from kawka.actions import owners, roles, rota
from kawka.actions.my_turns import my_turns, next_dates_of, why
from kawka.forms.roles import NoteForm, RoleForm, WishForm
from kawka.models import Group, Membership, Refused, Role, Turn


def place_of(request: HttpRequest, group: Group) -> Membership | None:
    """The visitor's place in the group."""
    return access.ties_to(request.user, group).place


@require_safe
def group_roles(request: HttpRequest, slug: str) -> HttpResponse:
    group, now = access.get_group(request.user, slug), timezone.now()
    return render(request, "roles/roles.html", page(request, group, now))


def page(request: HttpRequest, group: Group, now: datetime) -> dict[str, Any]:
    """What the page of roles shows."""
    place = place_of(request, group)
    is_host = access.may_host(request.user, group)
    dates = [
        (meeting, [(turn, reason_for(turn, place, is_host)) for turn in turns])
        for meeting, turns in next_dates_of(group, now)
    ]
    return {
        "group": group,
        "is_host": is_host,
        "mine": my_turns(place.person, group, now=now) if place else None,
        "owner_ask": owners.open_ask(place.person) if place else None,
        "dates": dates,
        "is_planned": any(turns for _meeting, turns in dates),
        "roles": roles.roles_of(group, reader=place, now=now),
        "may_wish": place is not None and place.standing in roles.CARRY,
    }


def reason_for(turn: Turn, reader: Membership | None, is_host: bool) -> str:
    """Why a turn is proposed: for hosts and for whoever has it, nobody else."""
    is_mine = reader is not None and turn.person_id == reader.person_id
    return why(turn.reason, turn.meeting.local_date) if is_host or is_mine else ""


@require_POST
def role_note(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    group = access.get_group(request.user, slug)
    found = access.of_group(group.roles.filter(ended_at__isnull=True), code)
    place, form = place_of(request, group), NoteForm(request.POST)
    try:
        if place is None or not form.is_valid():
            raise roles.NotTheirRole
        note = form.cleaned_data["handover"]
        roles.hand_over(role=found, note=note, by=place.person, now=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted. Whoever does it next gets it with the card."))
    return redirect("group-roles", slug=slug)


@require_POST
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    roles.set_up_roles(group=group)
    made = rota.propose_turns(group=group, now=timezone.now())
    if made:
        messages.success(request, _("Turns for the next dates are proposed, and everybody is asked by mail."))
    else:
        messages.info(request, _("Everything that can be proposed is proposed already."))
    return redirect("group-roles", slug=slug)


def role_add(request: HttpRequest, slug: str) -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    form = RoleForm(request.POST or None, instance=Role(group=group))
    if form.is_valid():
        now, by = timezone.now(), access.person_in(request.user, group.community)
        try:
            roles.add_role(group=group, fields=form.cleaned_data, by=by, now=now)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("The role is there. Press “Propose turns” to share it out."))
            return redirect("group-roles", slug=slug)
    shown = {"group": group, "form": form, "role": None}
    return render(request, "roles/role.html", shown, status=422 if form.is_bound else 200)


def role(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    found = access.of_group(group.roles.filter(ended_at__isnull=True), code)
    form = RoleForm(request.POST or None, instance=found)
    if form.is_valid():
        now, by = timezone.now(), access.person_in(request.user, group.community)
        try:
            roles.change_role(role=found, fields=form.cleaned_data, by=by, now=now)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("group-roles", slug=slug)
    shown = {"group": group, "form": form, "role": found}
    return render(request, "roles/role.html", shown, status=422 if form.is_bound else 200)


@require_POST
def role_end(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    found = access.of_group(group.roles.all(), code)
    by = access.person_in(request.user, group.community)
    roles.end_role(role=found, by=by, now=timezone.now())
    messages.success(request, _("The group does without this role from now on. Past turns stay."))
    return redirect("group-roles", slug=slug)


@require_POST
def role_wish(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    group = access.get_group(request.user, slug)
    found = access.of_group(group.roles.filter(ended_at__isnull=True), code)
    place, form = place_of(request, group), WishForm(request.POST)
    try:
        if place is None or not form.is_valid():
            raise roles.OnlyTheirOwn
        roles.wish(role=found, membership=place, what=form.cleaned_data["wish"], now=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted. The next turns are proposed accordingly."))
    return redirect("group-roles", slug=slug)
