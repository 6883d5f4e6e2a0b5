"""Writers of one process line up instead of trying again and again."""

import threading
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection

P = ParamSpec("P")
R = TypeVar("R")
TURN = threading.Lock()


def in_turn(action: Callable[P, R]) -> Callable[P, R]:
    """Let one thread at a time do this when the database has one writer.

    SQLite makes a second writer sleep and ask again, ever longer; threads that wait here go on at once. Where
    the database queues writers by row, nobody waits here.
    """

    @wraps(action)
    def lined_up(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.vendor != "sqlite" or connection.in_atomic_block:
            return action(*args, **kwargs)
        with TURN:
            return action(*args, **kwargs)

    return lined_up
