"""What somebody says about all dates at once, and until when they are away: signed in, or by a link."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kawka import access
from kawka.actions.accounts import prove_address
from kawka.actions.standing_answers import be_away, set_standing_answer
from kawka.forms.answer import AwayForm, StandingAnswerForm
from kawka.models import Membership, PersonalLink, StandingAnswer
from kawka.web.ratelimits import rate_limited


@dataclass(frozen=True)
class AllDates:
    """What somebody says about all dates of one group, and where the buttons lead.

    `asks_away`: whether it is also asked until when they are away, which holds for the whole community.
    """

    membership: Membership
    choice: str
    form: BaseForm
    standing_address: str
    away_address: str
    asks_away: bool = True

    @property
    def choices(self) -> list[StandingAnswer.Choice]:
        """The three possibilities."""
        return list(StandingAnswer.Choice)


def all_dates(membership: Membership, choice: str, *, token: str = "", asks_away: bool = True) -> AllDates:
    """The same for a page; with `token` its buttons lead through the link."""
    names = ("standing_answer_by_link", "away_by_link") if token else ("standing-answer", "away")
    given = token or membership.group.slug
    form = AwayForm(initial={"until": membership.person.away_until}, auto_id=f"id_{membership.group.slug}_%s")
    standing, away = (reverse(name, args=[given]) for name in names)
    return AllDates(membership, choice, form, standing, away, asks_away)


def place_of_link(link: PersonalLink) -> Membership | None:
    """The place of who opens their link; nothing for somebody who left or has yet to show who they are."""
    found = Membership.objects.current().filter(group=link.group, person=link.person).first()
    if found is None or link.person.is_unproven:
        return None
    found.person, found.group = link.person, link.group
    return found


def membership_of(request: HttpRequest, slug: str, token: str, now: datetime) -> tuple[Membership, str]:
    """Whose standing answer it is, by a link or by their account, and where to go back to."""
    if token:
        link = access.get_link(token, PersonalLink.Scope.ANSWER, now)
        found = access.get_own_membership(link.person, link.group)
        prove_address(person=link.person, now=now)
        return found, reverse("answer_by_link", args=[token]) + "#all"
    group = access.get_group(request.user, slug)
    person = access.get_person_in(request.user, group.community)
    return access.get_own_membership(person, group), reverse("home") + "#all"


@require_POST
@rate_limited("standing-answers", "120/hour")
def standing_answer(request: HttpRequest, slug: str = "", token: str = "") -> HttpResponse:
    now = timezone.now()
    membership, back = membership_of(request, slug, token, now)
    form = StandingAnswerForm(request.POST)
    if form.is_valid():
        choice = StandingAnswer.Choice(form.cleaned_data["choice"])
        set_standing_answer(membership=membership, choice=choice, by=membership.person, now=now)
        messages.success(request, _("Saved. A word of yours about a single date always goes first."))
    return redirect(back)


@require_POST
@rate_limited("standing-answers", "120/hour")
def away(request: HttpRequest, slug: str = "", token: str = "") -> HttpResponse:
    now = timezone.now()
    membership, back = membership_of(request, slug, token, now)
    form = AwayForm(request.POST)
    if form.is_valid():
        until = form.cleaned_data["until"]
        be_away(person=membership.person, until=until, by=membership.person, now=now)
        messages.success(
            request,
            _("Have a good time. Nobody asks you till then.") if until else _("Good to have you back."),
        )
    else:
        messages.warning(request, str(next(iter(form.errors.values()))[0]))
    return redirect(back)
