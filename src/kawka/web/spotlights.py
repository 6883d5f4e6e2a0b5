"""The queue of presentations: proposed by members, booked by hosts."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kawka import access
from kawka.actions import spotlights
from kawka.actions.spotlight_templates import headings
from kawka.forms.spotlights import BookForm, ProposalForm
from kawka.models import Group, Refused


def group_spotlights(request: HttpRequest, slug: str) -> HttpResponse:
    group, now = access.get_group(request.user, slug), timezone.now()
    place = access.ties_to(request.user, group).place
    form = ProposalForm(request.POST or None)
    if form.is_valid():
        try:
            if place is None:
                raise spotlights.NotForGuests
            spotlights.propose(by=place, fields=form.cleaned_data, now=now)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("It waits in the queue. As soon as it has a date, a mail says so."))
        return redirect("group-spotlights", slug=slug)
    status = 422 if form.is_bound else 200
    return render(request, "spotlights/spotlights.html", page(request, group, form, now), status=status)


def page(request: HttpRequest, group: Group, form: ProposalForm, now: datetime) -> dict[str, Any]:
    """What the page of the queue shows."""
    place = access.ties_to(request.user, group).place
    is_host = access.may_host(request.user, group)
    queue = spotlights.queue_of(group)
    return {
        "group": group,
        "is_host": is_host,
        "me": place.person if place else None,
        "form": form if place and place.standing not in ("guest", "alumnus") else None,
        "queue": [(one, (now - one.created_at).days // 7) for one in queue],
        "booked": spotlights.booked_ahead(group, now),
        "dates": spotlights.free_dates(group, now) if is_host and queue else [],
        "templates": [(minutes, headings(minutes)) for minutes in (5, 10)],
    }


@require_POST
def spotlight_book(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    group, now = access.get_hosted_group(request.user, slug), timezone.now()
    proposal = access.of_group(group.spotlight_proposals.all(), code)
    form = BookForm(request.POST, dates=spotlights.free_dates(group, now))
    by = access.person_in(request.user, group.community)
    try:
        if not form.is_valid():
            raise Refused(_("Choose a date."))
        spotlights.book(proposal=proposal, meeting=form.cleaned_data["meeting"], by=by, now=now)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Booked. Whoever presents knows by mail."))
    if request.POST.get("back") == "plan" and form.is_valid():
        return redirect("meeting-plan", code=form.cleaned_data["meeting"].code)
    return redirect("group-spotlights", slug=slug)


@require_POST
def spotlight_withdraw(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    group, now = access.get_group(request.user, slug), timezone.now()
    proposal = access.of_group(group.spotlight_proposals.select_related("person"), code)
    by = access.person_in(request.user, group.community)
    if "date" in request.POST and access.may_host(request.user, group):
        spotlights.send_back(proposal=proposal, by=by, now=now)
        messages.success(request, _("It waits in the queue again, in front."))
    elif by is not None and proposal.person == by or access.may_host(request.user, group):
        spotlights.withdraw(proposal=proposal, by=by, now=now)
        messages.success(request, _("Taken out of the queue. It can be proposed again at any time."))
    else:
        raise PermissionDenied
    return redirect("group-spotlights", slug=slug)
