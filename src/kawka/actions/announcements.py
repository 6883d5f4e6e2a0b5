"""What just happened in a running meeting, told to whoever asked to hear of it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction

Snapshot = dict[str, Any]
Hearer = Callable[[str, str, Snapshot], None]
hearers: list[Hearer] = []


def hear(hearer: Hearer) -> Callable[[], None]:
    """Call `hearer(meeting's code, room code, snapshot)` after each kept change; returns how to stop.

    It is called in the thread that made the change, so it must be quick and must not raise.
    """
    hearers.append(hearer)
    return partial(hearers.remove, hearer)


def announce(code: str, room_code: str, snapshot: Snapshot) -> None:
    """Tell everybody who hears, once the transaction is committed; never if it is rolled back."""

    def tell() -> None:
        for hearer in list(hearers):
            hearer(code, room_code, snapshot)

    transaction.on_commit(tell, robust=True)
