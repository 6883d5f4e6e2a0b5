"""Who answers what: the live stream, the pages kept ready, and Django, in one process.

Whoever serves it (see `kawka.cli`) passes uvicorn `lifespan="on"` and a listening socket that went through
`kawka.live.sockets.notice_dead_phones`, and awaits `kawka.live.hub.hub.close()` before it stops accepting.
"""

import asyncio
import gc
import sys
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.core.handlers.wsgi import WSGIHandler

from kawka.actions.announcements import hear
from kawka.actions.matches import warm_up
from kawka.jobs.worker import start_worker
from kawka.live import reading
from kawka.live.hub import hub
from kawka.live.stream import is_live, live
from kawka.web.ready import ReadyPages

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PAGE_THREADS = 8
PRESS = "/press/"
COLLECT_AFTER = (5_000, 10, 200)  # looking through all listeners holds them up, so in small portions
SWITCH_INTERVAL = 0.001  # seconds; a page being rendered does not hold up the streams for longer
WORKER_STOPS_WITHIN = 3.0  # seconds

Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]


def in_threads(number: int) -> Application:
    """Django behind this many threads."""
    return cast(Application, WSGIMiddleware(DJANGO, workers=number))  # type: ignore[arg-type]


DJANGO = WSGIHandler()
pages = ReadyPages(in_threads(PAGE_THREADS))
presses = in_threads(1)  # one after another: presses that share the time delay one another


async def serve(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """Give each request to whom it belongs."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    elif scope["type"] == "http" and is_live(scope["path"]):
        await live(hub, scope, receive, send)
    elif scope["type"] == "http" and scope["path"].endswith(PRESS):
        await presses(scope, receive, send)
    else:
        await pages(scope, receive, send)


async def lifespan(receive: Receive, send: Send) -> None:
    """Run the hub and the background jobs for as long as the server runs."""
    await receive()
    sys.setswitchinterval(SWITCH_INTERVAL)
    warm_up()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    hub.start(read=reading.snapshot, versions=reading.versions)
    stop_hearing = hear(hub.hear)
    stop_working = threading.Event()
    worker = start_worker(stop_working)
    await send({"type": "lifespan.startup.complete"})
    await receive()
    stop_working.set()
    stop_hearing()
    await hub.close()
    await asyncio.to_thread(worker.join, WORKER_STOPS_WITHIN)
    await send({"type": "lifespan.shutdown.complete"})
