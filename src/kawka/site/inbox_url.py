"""The mailbox Kawka reads, from one address: imaps://user:password@host:port/folder?address=rsvp@host."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS = {"imap": 143, "imap+tls": 143, "imaps": 993}


@dataclass(frozen=True, slots=True)
class Inbox:
    """How to read the mailbox, and which address it has."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    folder: str
    address: str


def inbox_of(url: str) -> Inbox | None:
    """The mailbox this address names; None when there is none."""
    if not url:
        return None
    parts = urlsplit(url)
    user, query = unquote(parts.username or ""), parse_qs(parts.query)
    address = query.get("address", [user])[0]
    if parts.scheme not in PORTS or not parts.hostname or "@" not in address:
        raise ImproperlyConfigured(
            "INBOX_URL must look like imaps://user:password@host/INBOX?address=rsvp@host"
        )
    return Inbox(
        parts.scheme,
        parts.hostname,
        parts.port or PORTS[parts.scheme],
        user,
        unquote(parts.password or ""),
        unquote(parts.path.strip("/")) or "INBOX",
        address,
    )
