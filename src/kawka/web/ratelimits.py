"""How often one place may press a button before anybody has signed in."""

from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

STORAGE = MemoryStorage()
LIMITER = MovingWindowRateLimiter(STORAGE)
R = TypeVar("R", bound=HttpResponseBase)


def client_address(request: HttpRequest) -> str:
    """Where a request comes from; what a proxy says is believed only when the instance stands behind one."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")


def place_of(address: str) -> str:
    """What counts as one place: an IPv4 address, or the /64 network that one IPv6 customer has."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed)


def rate_limited(name: str, rate: str) -> Callable[[Callable[..., R]], Callable[..., R | HttpResponse]]:
    """Let one place POST to a view as often as `rate` says ("20/hour"), then answer 429 in words.

    GET is never counted. Views with the same `name` share one count.
    """
    limit = parse(rate)

    def decorate(view: Callable[..., R]) -> Callable[..., R | HttpResponse]:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> R | HttpResponse:
            if request.method == "POST" and not LIMITER.hit(limit, name, place_of(client_address(request))):
                return render(request, "429.html", status=429)
            return view(request, *args, **kwargs)

        return limited

    return decorate


def guess_limited(name: str, rate: str) -> Callable[[Callable[..., R]], Callable[..., R | HttpResponse]]:
    """Let one place ask for what is not there as often as `rate` says, then answer 429 in words.

    Only answers of 404 are counted, by whatever method: who has the right address is never counted.
    """
    limit = parse(rate)

    def decorate(view: Callable[..., R]) -> Callable[..., R | HttpResponse]:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> R | HttpResponse:
            place = place_of(client_address(request))
            if not LIMITER.test(limit, name, place):
                return render(request, "429.html", status=429)
            try:
                return view(request, *args, **kwargs)
            except Http404:
                LIMITER.hit(limit, name, place)
                raise

        return limited

    return decorate
