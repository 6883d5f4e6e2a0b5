"""How mail leaves through a service, from one address: anymail+mailgun://KEY@domain."""

from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PREFIX = "anymail+"
SECRETS = {
    "brevo": ("BREVO_API_KEY",),
    "mailersend": ("MAILERSEND_API_TOKEN",),
    "mailgun": ("MAILGUN_API_KEY",),
    "mailjet": ("MAILJET_API_KEY", "MAILJET_SECRET_KEY"),
    "mandrill": ("MANDRILL_API_KEY",),
    "postmark": ("POSTMARK_SERVER_TOKEN",),
    "resend": ("RESEND_API_KEY",),
    "sendgrid": ("SENDGRID_API_KEY",),
    "sparkpost": ("SPARKPOST_API_KEY",),
}
DOMAINS = {"mailgun": "MAILGUN_SENDER_DOMAIN"}


def is_service(url: str) -> bool:
    """Whether the address names a service and not a mail server."""
    return url.startswith(PREFIX)


def service_of(url: str) -> tuple[str, dict[str, str]]:
    """The backend of django-anymail for this address, and its settings.

    The key stands before the @ (two keys parted by a colon), the sender's domain behind it where the service
    wants one; whatever else is to be set follows as ?name=value.
    """
    parts = urlsplit(url)
    service = parts.scheme.removeprefix(PREFIX)
    if service not in SECRETS:
        raise ImproperlyConfigured(f"EMAIL_URL names no service Kawka knows; it knows {', '.join(SECRETS)}.")
    given = [unquote(part) for part in (parts.username, parts.password) if part]
    if len(given) != len(SECRETS[service]):
        raise ImproperlyConfigured(f"EMAIL_URL needs {' and '.join(SECRETS[service])} before the @.")
    chosen = dict(zip(SECRETS[service], given, strict=True))
    if service in DOMAINS and parts.hostname:
        chosen[DOMAINS[service]] = parts.hostname
    more = {f"{service}_{name}".upper(): value for name, value in parse_qsl(parts.query)}
    return f"anymail.backends.{service}.EmailBackend", {**chosen, **more}
