"""The token of forms on pages that set no cookie: signed, and good for a week after the page was rendered."""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner

SIGNER = TimestampSigner(salt="kawka.form")
LASTS = timedelta(days=7)


def new_token() -> str:
    """A token for a form that is being rendered now."""
    return SIGNER.sign("form")


def is_valid(token: str) -> bool:
    """Whether the token is ours and not older than a week."""
    try:
        return SIGNER.unsign(token, max_age=LASTS) == "form"
    except BadSignature:
        return False
