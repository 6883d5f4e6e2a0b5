"""The coach while an ask or offer is typed."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kawka import access
from kawka.actions.coach import NOTHING, Asker, Hint, hint_for_ask, hint_for_offer
from kawka.forms.coach import CoachForm
from kawka.models import Account, HelpKind, Person
from kawka.web.ratelimits import rate_limited

TYPING = "600/minute"  # a room full of people, each pausing every other second


@require_POST
@rate_limited("coach", TYPING)
def coach(request: HttpRequest, code: str) -> HttpResponse:
    person = access.get_editable_person(request.user, code)
    form = CoachForm(request.POST)
    return JsonResponse(asdict(hint_of(form, person, request.user) if form.is_valid() else NOTHING))


def hint_of(form: CoachForm, person: Person, visitor: access.Visitor) -> Hint:
    """What the coach says to this form.

    Of the card itself only what everybody sees goes into it; where the page does not ask for the client, also
    that of one's own card.
    """
    typed = form.cleaned_data
    own = isinstance(visitor, Account) and visitor.pk == person.account_id
    client = person.card.client if own and "client" not in form.data else typed["client"]
    asker = Asker(timezone.localdate(), client, person.card.trade, person.town)
    if typed["part"] == "offer":
        return hint_for_offer(typed["text"], asker)
    return hint_for_ask(typed["text"], asker, kind=typed["kind"] or HelpKind.WORK)
