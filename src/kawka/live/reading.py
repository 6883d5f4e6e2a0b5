"""What the hub reads of the database, in a thread of its own that outlives any lost connection."""

from collections.abc import Sequence
from typing import Any

from django.db import DatabaseError, connection

from kawka.actions import live

AT_ONCE = 500


def snapshot(code: str) -> tuple[str, dict[str, Any]] | None:
    """The meeting's room code and newest snapshot; None when there is none, or no database to ask."""
    try:
        return live.snapshot(code)
    except DatabaseError:
        connection.close()
        return None


def versions(codes: Sequence[str]) -> dict[str, int]:
    """The versions of these meetings; of none of them when the database does not answer just now."""
    try:
        found: dict[str, int] = {}
        for start in range(0, len(codes), AT_ONCE):
            found.update(live.versions(codes[start : start + AT_ONCE]))
        return found
    except DatabaseError:
        connection.close()
        return {}
