"""The ask board: what people of a group look for, hands for it, and thanks when somebody was helped."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kawka import access
from kawka.actions.asks import add_ask, board_of
from kawka.actions.cards import close_ask
from kawka.actions.hands import close_as_helped, offer_hand, take_hand_back
from kawka.forms.asks import AskForm, HandForm, HelpedForm
from kawka.models import Ask, Group, Hand, Person, PersonalLink, Refused
from kawka.web.ratelimits import rate_limited


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the board of which group: signed in, or by their personal link."""

    group: Group
    person: Person | None
    is_host: bool
    token: str

    @property
    def board(self) -> str:
        """The address of the board for this reader."""
        if self.token:
            return reverse("group_asks_by_link", args=[self.token])
        return reverse("group-asks", args=[self.group.slug])

    @property
    def me(self) -> Person:
        """The person; 403 for who only looks after the group from outside."""
        return access.only_participant(self.person)

    def own_ask(self, code: str) -> Ask:
        """An open ask of the reader. Else 404, or 403 for one of somebody else."""
        ask = access.get_board_ask(self.group, self.person, code, is_host=self.is_host)
        access.only_participant(self.person if ask.person == self.person else None)
        return ask


def reader_of(request: HttpRequest, slug: str, token: str) -> Reader:
    """Who reads. 404 for outsiders, and for a link whose owner has left or has yet to show who they are."""
    if token:
        link = access.get_link(token, PersonalLink.Scope.ANSWER, timezone.now())
        place = access.get_own_membership(link.person, link.group)
        if place.person.is_unproven:
            raise Http404
        return Reader(place.group, place.person, False, token)
    group = access.get_group(request.user, slug)
    person = access.person_in(request.user, group.community)
    return Reader(group, person, access.may_host(request.user, group), "")


def group_asks(request: HttpRequest, slug: str = "", token: str = "") -> HttpResponse:
    now, reader = timezone.now(), reader_of(request, slug, token)
    form = AskForm(request.POST or None)
    if form.is_valid():
        add_ask(person=reader.me, by=reader.me, now=now, **form.cleaned_data)
        messages.success(request, _("It is on the board, and stays there until somebody helps."))
        return redirect(reader.board)
    board = board_of(reader.group, reader=reader.person, is_host=reader.is_host, now=now)
    shown: dict[str, Any] = {"group": reader.group, "reader": reader, "form": form, "board": board}
    return render(request, "asks/board.html", shown, status=422 if form.is_bound else 200)


@require_POST
@rate_limited("hands", "120/hour")
def ask_hand(request: HttpRequest, code: str, slug: str = "", token: str = "") -> HttpResponse:
    reader, form = reader_of(request, slug, token), HandForm(request.POST)
    ask = access.get_board_ask(reader.group, reader.person, code, is_host=reader.is_host)
    me, back = reader.me, f"{reader.board}#ask-{code}"
    if not form.is_valid():
        return redirect(back)
    up, down, word = (form.cleaned_data[name] for name in ("up", "down", "word"))
    if down:
        take_hand_back(ask=ask, person=me, kind=down)
        return redirect(back)
    try:
        offer_hand(group=reader.group, ask=ask, person=me, kind=up, word=word, now=timezone.now())
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(
            request, _("%(name)s hears of it, and nobody else. Thank you!") % {"name": ask.person.name}
        )
    return redirect(back)


def ask_helped(request: HttpRequest, code: str, slug: str = "", token: str = "") -> HttpResponse:
    now, reader = timezone.now(), reader_of(request, slug, token)
    ask = reader.own_ask(code)
    if "withdrawn" in request.POST:
        close_ask(ask=ask, outcome=Ask.Outcome.WITHDRAWN, by=reader.me, now=now)
        messages.success(request, _("It is off the board. On your card you can ask again at any time."))
        return redirect(reader.board)
    hands = ask.hands.exclude(kind=Hand.Kind.MORE).select_related("person").order_by("raised_at")
    form = HelpedForm(request.POST or None, hands=list(hands))
    if request.method == "POST" and form.is_valid():
        close_as_helped(group=reader.group, ask=ask, by=reader.me, now=now, **form.cleaned_data)
        messages.success(request, _("Good to hear!"))
        return redirect(reader.board)
    shown = {"group": reader.group, "reader": reader, "ask": ask, "form": form}
    return render(request, "asks/helped.html", shown, status=422 if form.is_bound else 200)
