"""The way to membership: one's own page, signed in or by a link, and the host's word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kawka import access
from kawka.actions import memberships
from kawka.actions.groups import change_group
from kawka.forms.group import JoiningForm
from kawka.forms.memberships import MyMembershipForm, PlaceForm
from kawka.models import Group, Membership, Refused, SeatQuestion, Standing
from kawka.web.ratelimits import rate_limited
from kawka.web.standing_answers import membership_of


@dataclass(frozen=True)
class MyPlace:
    """What somebody is asked, or may ask, about being a member of one group."""

    membership: Membership
    questions: list[SeatQuestion]
    address: str

    @property
    def is_asked(self) -> bool:
        """Whether a question waits for this person."""
        return bool(self.questions) or self.membership.invited_at is not None

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to say about it."""
        return not (self.is_asked or self.may_apply or self.membership.applied_at)

    @property
    def may_apply(self) -> bool:
        """Whether they may ask to become a member."""
        return not self.is_asked and memberships.may_apply(self.membership)


def my_places(places: Sequence[Membership], token: str = "") -> list[MyPlace]:
    """The same for a page, one for each group; with `token` the buttons lead through the link. One query."""
    open_ones = SeatQuestion.objects.filter(holder__in=places, answer="")
    questions = list(open_ones.select_related("candidate__person__card"))
    name = "membership_by_link" if token else "membership"
    return [
        MyPlace(
            place,
            [question for question in questions if question.holder_id == place.pk],
            reverse(name, args=[token or place.group.slug]),
        )
        for place in places
    ]


@require_POST
@rate_limited("memberships", "60/hour")
def membership(request: HttpRequest, slug: str = "", token: str = "") -> HttpResponse:
    now = timezone.now()
    mine, back = membership_of(request, slug, token, now)
    form = MyMembershipForm(request.POST, holder=mine)
    try:
        if not form.is_valid():
            raise memberships.NothingAsked
        messages.success(request, said(mine, now=now, **form.cleaned_data))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(back.replace("#all", "#member"))


def said(mine: Membership, *, do: str, question: SeatQuestion | None, answer: str, now: Any) -> str:
    """Do what was pressed, and answer in words. Raises Refused."""
    if do == "apply":
        memberships.apply(membership=mine, now=now)
        return _("Thank you. The hosts know and write to you.")
    if do == "accept":
        memberships.accept(membership=mine, now=now)
        return _("Welcome! Good to have you.")
    if do == "decline":
        memberships.decline(membership=mine, now=now)
        return _("That is fine. You are as welcome as before.")
    assert question is not None
    choice = SeatQuestion.Answer(answer)
    memberships.answer_seat_question(question=question, answer=choice, by=mine.person, now=now)
    return _("Thank you. Only the hosts read it.")


def group_joining(request: HttpRequest, slug: str) -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    form = JoiningForm(request.POST or None, instance=Group.objects.get(pk=group.pk))
    if form.is_valid():
        by = access.person_in(request.user, group.community)
        change_group(group=group, fields=form.cleaned_data, by=by, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("group-joining", slug=slug)
    status = 422 if form.is_bound else 200
    return render(request, "groups/joining.html", {"group": group, "form": form}, status=status)


def shown_to_hosts(place: Membership) -> dict[str, Any]:
    """What a host reads of somebody's way to membership, and may answer."""
    questions = place.seat_questions.select_related("holder__person")
    may_invite = place.standing in {Standing.GUEST, Standing.REGULAR}
    return {"questions": questions, "may_invite": may_invite, "answers": PlaceForm()}


@require_POST
def people_membership(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    place = access.get_membership(request.user, slug, code)
    by, now = access.person_in(request.user, place.group.community), timezone.now()
    form = PlaceForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(str(next(iter(form.errors.values()))[0]))
        messages.success(request, decided(place, by=by, now=now, **form.cleaned_data))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("people-place", slug=slug, code=code)


def decided(place: Membership, *, do: str, words: str, by: Any, now: Any) -> str:
    """Do what the host pressed, and answer in words. Raises Refused."""
    name = place.person.name
    if do == "welcome":
        memberships.welcome(membership=place, by=by, now=now)
        return _("%(name)s is a member now and has been told.") % {"name": name}
    if do == "not-now":
        memberships.say_not_now(membership=place, words=words, by=by, now=now)
        return _("Your words are on their way.")
    if memberships.invite(membership=place, by=by, now=now):
        return _("The invitation is on its way.")
    return _("Whoever has the seat for this trade is asked first. You read the answer here, then decide.")
