"""The next-one pass: giving one, seeing what came of it, and taking one up without an account."""

from datetime import datetime
from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kawka import access
from kawka.actions.answers import next_dates
from kawka.actions.invitations import card_of, invite, may_be_addressee, revoke, sent_by, take_up
from kawka.forms.invitation import InviteForm, PassForm
from kawka.mail.addresses import address_of
from kawka.models import Invitation, Refused
from kawka.models.formula import segments_of, timetable
from kawka.web.public import usual_size
from kawka.web.ratelimits import guess_limited, rate_limited
from kawka.web.signed_forms import signed_form

PER_HOUR = "60/hour"


@login_required
@rate_limited("invitations", PER_HOUR)
def group_invite(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    group, person = access.get_inviting_group(request.user, slug)
    form = InviteForm(request.POST or None)
    if form.is_valid():
        try:
            given = invite(group=group, by=person, now=now, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            return redirect("invitation", code=given.code)
    sent = sent_by(person, group)
    shown = {"group": group, "form": form, "sent": sent, "counts": counts_of(sent)}
    return render(request, "invitations/invite.html", shown, status=422 if form.is_bound else 200)


def counts_of(sent: Any) -> dict[str, int]:
    """How many were invited, came, came again and joined: for the inviter alone."""
    return {
        "invited": len(sent),
        "came": sum(one.came > 0 for one in sent),
        "again": sum(one.came > 1 for one in sent),
        "joined": sum(one.joined for one in sent),
    }


@require_POST
@login_required
def group_invite_card(request: HttpRequest, slug: str) -> HttpResponse:
    group, person = access.get_inviting_group(request.user, slug)
    return redirect("invitation", code=card_of(group=group, by=person, now=timezone.now()).code)


@require_safe
@login_required
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    given = access.get_own_invitation(request.user, code)
    link = address_of("pass", token=given.token)
    next_date = next(iter(next_dates(given.group, now=timezone.now(), limit=1)), None)
    shown = {
        "pass": given,
        "group": given.group,
        "link": link,
        "qr": drawn(link),
        "next": next_date,
        "is_over": given.revoked_at is not None or given.expires_at <= timezone.now(),
    }
    return render(request, "invitations/invitation.html", shown)


def drawn(link: str) -> str:
    """The link as a QR code."""
    picture = segno.make(link, micro=False).svg_inline(scale=6, border=2, omitsize=True, svgclass="qr")
    return mark_safe(picture)


@require_POST
@login_required
def invitation_revoke(request: HttpRequest, code: str) -> HttpResponse:
    given = access.get_own_invitation(request.user, code)
    revoke(invitation=given, by=given.inviter, now=timezone.now())
    messages.success(request, _("Taken back. The link opens nothing any more."))
    return redirect("invite", slug=given.group.slug)


@signed_form
@guess_limited("passes", "30/hour")
@rate_limited("passes-taken", PER_HOUR)
def take_pass(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    given = access.get_pass(token, now)
    is_addressee = may_be_addressee(given) and "other" not in request.GET
    about: dict[str, Any] = {"group": given.group, "now": now, "needs_email": not is_addressee}
    first = {"name": given.name} if is_addressee else None
    form = PassForm(request.POST, **about) if request.method == "POST" else PassForm(initial=first, **about)
    if form.is_valid():
        fields = {"email": "", **form.cleaned_data}
        try:
            taken = take_up(invitation=given, is_addressee=is_addressee, now=now, **fields)
        except Refused as refusal:
            form.add_error("meeting", str(refusal))
        else:
            shown = {"group": given.group, "meeting": taken.answer.meeting, "answer": taken.answer}
            return render(request, "invitations/taken.html", {**shown, "is_addressee": is_addressee})
    around = {**first_visit(given, now), "form": form, "is_addressee": is_addressee}
    return render(request, "invitations/pass.html", around, status=422 if form.is_bound else 200)


def first_visit(given: Invitation, now: datetime) -> dict[str, Any]:
    """What somebody reads who has never been there; the inviter's words only while the pass is nobody's."""
    group = given.group
    dates = next_dates(group, now=now)
    greeter = group.memberships.hosts().select_related("person").order_by("pk").first()
    return {
        "pass": given,
        "group": group,
        "dates": dates,
        "timetable": timetable(segments_of(dates[0]), dates[0].local_start) if dates else [],
        "usual": usual_size(group),
        "greeter": greeter.person if greeter else None,
        "is_new": given.guest_id is None,
        "rules": [rule for rule in group.house_rules.splitlines() if rule.strip()],
    }
