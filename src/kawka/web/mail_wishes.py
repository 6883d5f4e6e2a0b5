"""Which mail of a group comes: switches in the account, and the pages that every mail leads to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kawka import access
from kawka.actions.accounts import choose_mail
from kawka.forms.mail_wishes import IN_WORDS, MailWishes
from kawka.models import Membership
from kawka.web.ratelimits import rate_limited


@require_POST
@login_required
def mail_wish(request: HttpRequest, slug: str) -> HttpResponse:
    group = access.get_group(request.user, slug)
    person = access.person_in(request.user, group.community)
    membership = Membership.objects.select_related("group").filter(group=group, person=person).first()
    if membership is not None:
        choose(membership, request)
        messages.success(request, _("Noted."))
    return redirect("my_account")


def choose(membership: Membership, request: HttpRequest) -> None:
    """Keep what was chosen with the form of all switches."""
    form = MailWishes(membership, request.POST)
    if form.is_valid():
        choose_mail(membership=membership, wanted=form.wanted)


@csrf_exempt
@rate_limited("unsubscribe", "60/hour")
def unsubscribe(request: HttpRequest, token: str, switch: str = "") -> HttpResponse:
    """RFC 8058: mail programs POST here on their own, without a cookie; the token is the proof.

    Such a POST stops mail of one kind, or of every kind when the address names none; the form on the page
    sets each kind by itself.
    """
    membership = access.get_mail_membership(token)
    if switch and switch not in IN_WORDS:
        raise Http404
    stopped = [switch] if switch else list(IN_WORDS)
    if request.method == "POST" and "chosen" in request.POST:
        choose(membership, request)
    elif request.method == "POST":
        choose_mail(membership=membership, wanted=dict.fromkeys(stopped, False))
    shown = {
        "membership": membership,
        "form": MailWishes(membership),
        "kind": IN_WORDS[switch][0] if switch else "",
        "comes": any(membership.wants(one) for one in stopped),
        "chosen": "chosen" in request.POST,
        "done": request.method == "POST",
    }
    return render(request, "account/unsubscribe.html", shown)
