"""Who may set up an instance that has no account yet."""

from django.conf import settings
from django.http import HttpRequest

MAY_SET_UP = "may_set_up"
THIS_MACHINE = {"127.0.0.1", "::1"}
THIS_MACHINE_NAMES = THIS_MACHINE | {"localhost"}
PASSED_ON = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")


def comes_from_this_machine(request: HttpRequest) -> bool:
    """Whether a request was made on the machine Kawka runs on, and not passed on by a proxy there."""
    if settings.BEHIND_PROXY or settings.SITE_HOST not in THIS_MACHINE_NAMES:
        return False
    passed_on = any(name in request.headers for name in PASSED_ON)
    return request.META.get("REMOTE_ADDR") in THIS_MACHINE and not passed_on


def may_set_up(request: HttpRequest) -> bool:
    """Whether this visitor sits at the machine or has typed the setup key."""
    return comes_from_this_machine(request) or request.session.get(MAY_SET_UP) is True
