"""Waking up browsers: subscribing, taking back, and sending what is noted, each note once."""

import logging
import re
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from fnmatch import fnmatch
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kawka.mail.push_notes import words_of
from kawka.mail.web_push import authorization, encrypted, is_key
from kawka.models import Account, PushNote, PushSubscription, Refused

LOG = logging.getLogger(__name__)
AT_ONCE = 50
BROWSERS = 10
SECONDS = 10
TRIES_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 10, 60))
CLAIM_LASTS = timedelta(minutes=10)
WORTH_SENDING_FOR = timedelta(hours=12)
GONE = (404, 410)
PLACE = re.compile(r"[a-z0-9.-]+(?::[0-9]+)?")  # a host and perhaps a port; no user, no backslash


class NoPushService(Refused):
    """What the browser sent names no push service."""

    message = _("This browser's push service is not known here. Mail keeps coming.")


class Quiet(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: a push service answers where it is."""

    def redirect_request(self, *given: object) -> None:
        """Go nowhere."""


OPENER = urllib.request.build_opener(Quiet)


def subscribe(*, account: Account, endpoint: str, p256dh: str, auth: str, now: datetime) -> PushSubscription:
    """Remember a browser of this account, at most ten; one that belonged to another account changes hands.

    Raises NoPushService for an address outside PUSH_SERVICES or keys that are none.
    """
    if not is_known(endpoint) or not is_key(p256dh, auth):
        raise NoPushService
    kept, _made = PushSubscription.objects.update_or_create(
        endpoint=endpoint, defaults={"account": account, "p256dh": p256dh, "auth": auth, "created_at": now}
    )
    older = PushSubscription.objects.filter(account=account).order_by("-created_at", "-pk")[BROWSERS:]
    PushSubscription.objects.filter(pk__in=[one.pk for one in older]).delete()
    return kept


def is_known(endpoint: str) -> bool:
    """Whether this address leads to one of PUSH_SERVICES: by scheme, host and port, never by its path."""
    try:
        parts = urlsplit(endpoint)
    except ValueError:
        return False
    place = parts.netloc.lower()
    origin = f"{parts.scheme}://{place}"
    return bool(PLACE.fullmatch(place)) and any(fnmatch(origin, known) for known in settings.PUSH_SERVICES)


def unsubscribe(*, account: Account, code: str = "") -> int:
    """Forget one browser of this account, or all; how many."""
    browsers = PushSubscription.objects.filter(account=account)
    browsers = browsers.filter(code=code) if code else browsers
    return browsers.delete()[1].get("kawka.PushSubscription", 0)


def send_pushes(*, now: datetime) -> int:
    """Send the notes that are due; how many went out. A note is claimed first and never sent by two."""
    unsent = PushNote.objects.filter(sent_at__isnull=True, failed_at__isnull=True)
    unsent.filter(claimed_at__lt=now - CLAIM_LASTS).update(claimed_at=None)
    unsent.filter(claimed_at__isnull=True, created_at__lt=now - WORTH_SENDING_FOR).update(failed_at=now)
    due = PushNote.objects.due(now).order_by("due_at", "pk")
    return sum(send_note(number, now) for number in list(due.values_list("pk", flat=True)[:AT_ONCE]))


def send_note(number: int, now: datetime) -> bool:
    """Claim and send one note; a browser that is gone is forgotten with all its notes."""
    if not PushNote.objects.due(now).filter(pk=number).update(claimed_at=now):
        return False
    note = PushNote.objects.select_related("subscription__account", "meeting__group").get(pk=number)
    answered = status_of(note, now)
    if answered in GONE:
        note.subscription.delete()
        return False
    note.claimed_at, note.attempts = None, note.attempts + 1
    if 200 <= answered < 300:
        note.sent_at = now
    elif note.attempts <= len(TRIES_AFTER) and (answered == 0 or answered == 429 or answered >= 500):
        note.due_at = now + TRIES_AFTER[note.attempts - 1]
    else:
        note.failed_at = now
        LOG.warning("a push note was answered with %s", answered)
    note.save(update_fields=["claimed_at", "attempts", "sent_at", "due_at", "failed_at"])
    return note.sent_at is not None


def status_of(note: PushNote, now: datetime) -> int:
    """What the push service answers; 0 when it cannot be reached, 410 for an address of no known service."""
    browser = note.subscription
    if not is_known(browser.endpoint):
        return GONE[-1]
    headers = {
        "Authorization": authorization(browser.endpoint, now=now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(WORTH_SENDING_FOR.total_seconds())),
        "Urgency": "high",
    }
    body = encrypted(words_of(note), browser.p256dh, browser.auth)
    request = urllib.request.Request(browser.endpoint, data=body, headers=headers, method="POST")
    try:
        with OPENER.open(request, timeout=SECONDS) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
