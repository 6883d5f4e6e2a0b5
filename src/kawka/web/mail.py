"""Outgoing mail as its readers would see it, while no mail server is set."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any

from csp.decorators import csp_exempt
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kawka import access
from kawka.models import OutgoingMail
from kawka.web.ratelimits import client_address

SHOWN_AT_MOST = 200
MAY_DO = "allow-popups allow-popups-to-escape-sandbox"
ALLOWED = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"
FRAME = {"Content-Security-Policy": f"{ALLOWED}; sandbox {MAY_DO}", "X-Frame-Options": "SAMEORIGIN"}
View = Callable[..., HttpResponseBase]


def is_here(request: HttpRequest) -> bool:
    """Whether the request comes from this very machine, and not through a proxy nobody told us of."""
    if not settings.BEHIND_PROXY and "X-Forwarded-For" in request.headers:
        return False
    try:
        return ip_address(client_address(request)).is_loopback
    except ValueError:
        return False


def may_look(request: HttpRequest) -> bool:
    """Whether this visitor may read outgoing mail here: only until a mail server is set."""
    if not settings.MAIL_IS_SHOWN_HERE:
        return False
    return settings.DEBUG or is_here(request) or access.is_admin(request.user)


def while_mail_is_shown(view: View) -> View:
    """404 as soon as a mail server is set; until then for this machine and the instance's admin only."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_look(request):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


@require_safe
@while_mail_is_shown
def mail_list(request: HttpRequest) -> HttpResponse:
    mails = OutgoingMail.objects.order_by("-created_at", "-pk").defer("html", "attachments")
    return render(request, "mail_shown/list.html", {"mails": mails[:SHOWN_AT_MOST]})


@require_safe
@while_mail_is_shown
def mail_page(request: HttpRequest, number: int) -> HttpResponse:
    mail = get_object_or_404(OutgoingMail, pk=number)
    return render(request, "mail_shown/mail.html", {"mail": mail, "may_do": MAY_DO})


@require_safe
@while_mail_is_shown
@csp_exempt()  # type: ignore[arg-type]
def mail_html(request: HttpRequest, number: int) -> HttpResponse:
    mail = get_object_or_404(OutgoingMail, pk=number)
    page = mail.html.replace("<head>", '<head><base target="_blank">', 1)
    return HttpResponse(page, headers=FRAME)
