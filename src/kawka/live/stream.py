"""The addresses of the stream and the clock: plain ASGI beside Django, one wait for each listener."""

import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from kawka.access.tokens import read_stream_token
from kawka.live.hub import MOST_LISTENERS, SIGN_OF_LIFE, Hub, Message, Send

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
STREAM, CLOCK = "/live/stream/", "/live/clock"
LONGEST_VERSION = 12  # digits
COME_BACK = b"retry: 2000\n\n"
NO_STORE = (b"cache-control", b"no-store")
TEXT = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff"), NO_STORE]
STREAMING = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"x-content-type-options", b"nosniff"),
    NO_STORE,
    (b"x-accel-buffering", b"no"),
]


def is_live(path: str) -> bool:
    """Whether an address is answered here and not by Django."""
    return path == CLOCK or path.startswith(STREAM)


async def live(hub: Hub, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer the clock or the stream; anything but GET is refused."""
    if scope["method"] != "GET":
        await answer(send, 405, b"")
    elif scope["path"] == CLOCK:
        await answer(send, 200, b"%d" % (time.time_ns() // 1_000_000))
    else:
        await stream(hub, scope, receive, send)


async def answer(send: Send, status: int, body: bytes) -> None:
    headers = [*TEXT, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def stream(hub: Hub, scope: Scope, receive: Receive, send: Send) -> None:
    """Send the meeting's newest snapshot now, and whenever there is a newer one, until the phone goes away.

    Who may listen is decided once, by the signed token; 404 for a forged or revoked one. A phone that says it
    has the newest version already is only shown that the line is open.
    """
    named = read_stream_token(scope["path"].removeprefix(STREAM))
    room = await hub.room(named.meeting) if named and not hub.closing else None
    if named is None or room is None or room.room_code != named.room_code:
        await answer(send, 503 if hub.closing else 404, b"")
        return
    if len(room.listeners) >= MOST_LISTENERS:
        await answer(send, 503, b"")
        return
    version, event = room.version, room.event
    first = COME_BACK + (SIGN_OF_LIFE["body"] if version == last_seen(scope) else event)
    await send({"type": "http.response.start", "status": 200, "headers": STREAMING})
    await send({"type": "http.response.body", "body": first, "more_body": True})
    listener = hub.enter(room, send, version)
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        hub.leave(listener)


def last_seen(scope: Scope) -> int | None:
    """The version the phone has: from the browser's own header, or from the address of a fresh connection."""
    header = dict(scope["headers"]).get(b"last-event-id", b"").decode("latin-1")
    said = header or parse_qs(scope["query_string"].decode("latin-1")).get("seen", [""])[0]
    return int(said) if said.isascii() and said.isdigit() and len(said) < LONGEST_VERSION else None
