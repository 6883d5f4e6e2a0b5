"""Looking around in the sample group, and removing it."""

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kawka.actions.sample import NotYours, create_sample, remove_sample
from kawka.actions.setup import is_fresh
from kawka.models import Account, Refused
from kawka.web.ratelimits import rate_limited
from kawka.web.trust import may_set_up


@require_POST
@rate_limited("sample", "30/hour")
def look_around(request: HttpRequest) -> HttpResponse:
    if not is_fresh():
        messages.info(request, _("Kawka has been set up here already, so the sample is closed."))
        return redirect("home")
    if not may_set_up(request):
        return redirect("start")
    try:
        account = create_sample(now=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("home")
    if request.user.is_authenticated:
        get_adapter().logout(request)
    return perform_login(request, account, email=account.email, redirect_url="/")


@require_POST
@login_required
def remove(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Account)
    own = request.user.is_superuser
    try:
        remove_sample(by=request.user, now=timezone.now())
    except NotYours as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    if not own:
        get_adapter().logout(request)
    messages.success(request, _("The sample is gone, with everything in it."))
    return redirect("home")
