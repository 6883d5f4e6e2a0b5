"""Public identifiers: short random codes, never the row's number."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_code() -> str:
    """A code of ten letters and digits that cannot be mixed up when read aloud (49 random bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


def new_room_code() -> str:
    """A code of six letters and digits, short enough to type from the projector."""
    return "".join(secrets.choice(ALPHABET) for _ in range(6))


def new_secret() -> str:
    """A secret of 128 random bits for personal links."""
    return secrets.token_urlsafe(16)
