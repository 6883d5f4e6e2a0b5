"""Who listens to which running meeting, and how the newest snapshot gets to all of them at once.

Everything here runs in the event loop, but for `hear`, which the threads that make changes call. A listener
costs no task of its own: it is the send function of a request that waits for its phone to go away.
"""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Snapshot = dict[str, Any]
ReadSnapshot = Callable[[str], tuple[str, Snapshot] | None]
ReadVersions = Callable[[Sequence[str]], dict[str, int]]

HEARTBEAT = 20.0  # seconds between two signs of life to the same phone
SLICES = 80  # the phones are reached in as many portions, so that no portion holds up a press
LOOK_ROUND = 1.0  # seconds between two looks at what other processes changed
FORGET = 900.0  # seconds a meeting nobody listens to is remembered
MOST_LISTENERS = 2000  # to one meeting
SIGN_OF_LIFE: Message = {"type": "http.response.body", "body": b"event: beat\ndata: 1\n\n", "more_body": True}


class Listener:
    """One phone, projector or remote that is connected."""

    __slots__ = ("busy", "room", "send", "version")

    def __init__(self, send: Send, room: "Room", version: int) -> None:
        self.send, self.room, self.version, self.busy = send, room, version, False


class Room:
    """A meeting as its listeners know it: the newest version as ready bytes."""

    __slots__ = ("code", "event", "listeners", "room_code", "used_at", "version")

    def __init__(self, code: str, room_code: str, version: int, event: bytes) -> None:
        self.code, self.room_code, self.version, self.event = code, room_code, version, event
        self.listeners: set[Listener] = set()
        self.used_at = time.monotonic()


def as_event(snapshot: Snapshot) -> bytes:
    """A snapshot as one server-sent event, stamped with the moment it is written."""
    data = json.dumps({**snapshot, "now": time.time_ns() // 1_000_000}, separators=(",", ":"))
    return b"id: %d\nevent: state\ndata: %s\n\n" % (snapshot["version"], data.encode())


def chunk(body: bytes, *, more: bool = True) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": more}


class Hub:
    """Fans the newest snapshot of each meeting out to its listeners; older ones are never sent."""

    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}
        self.opening: dict[str, asyncio.Task[Room | None]] = {}
        self.tasks: list[asyncio.Task[None]] = []
        self.closing = False

    def start(self, *, read: ReadSnapshot, versions: ReadVersions) -> None:
        """Begin in the running loop; `read` and `versions` look into the database, in a thread."""
        self.loop = asyncio.get_running_loop()
        self.read, self.versions = read, versions
        self.reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live")
        self.closing = False
        self.tasks = [self.loop.create_task(self.keep_alive()), self.loop.create_task(self.look_round())]

    async def close(self) -> None:
        """Let every listener go, each told to come back after a delay of its own, and stop."""
        if self.closing or not self.tasks:
            return
        self.closing = True
        for room in self.rooms.values():
            for listener in tuple(room.listeners):
                delay = random.randint(500, 4000)
                self.leave(listener)
                self.push(listener, chunk(b"retry: %d\n\n" % delay, more=False))
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        self.tasks, self.rooms = [], {}
        self.reader.shutdown(wait=False)

    # --- what changed -------------------------------------------------------------------------------------

    def hear(self, code: str, room_code: str, snapshot: Snapshot) -> None:
        """Take news from any thread; nobody listening costs nothing."""
        if code in self.rooms and not self.closing:
            event = as_event(snapshot)
            with suppress(RuntimeError):  # the loop has just ended
                self.loop.call_soon_threadsafe(self.tell, code, room_code, snapshot["version"], event)

    def tell(self, code: str, room_code: str, version: int, event: bytes) -> None:
        """Send a version to everybody in the room unless it is old news; slow phones get the newest later."""
        room = self.rooms.get(code)
        if room is None or version <= room.version:
            return
        room.version, room.event = version, event
        if room.room_code != room_code:
            room.room_code = room_code
            for listener in tuple(room.listeners):
                self.leave(listener)
                self.push(listener, chunk(b"", more=False))
            return
        message = chunk(event)
        for listener in tuple(room.listeners):
            if not listener.busy:
                listener.version = version
                self.push(listener, message)

    def push(self, listener: Listener, message: Message) -> None:
        """Send without waiting: what cannot be written at once goes on when the phone can take more."""
        self.go_on(listener, listener.send(message))  # type: ignore[arg-type]

    def go_on(self, listener: Listener, sending: Coroutine[Any, Any, None]) -> None:
        try:
            waits_for = sending.send(None)
        except StopIteration:
            listener.busy = False
            if listener.version < listener.room.version and listener in listener.room.listeners:
                listener.version = listener.room.version
                self.push(listener, chunk(listener.room.event))
        except OSError:
            self.leave(listener)
        else:
            listener.busy = True
            waits_for.add_done_callback(lambda _: self.go_on(listener, sending))

    # --- who listens --------------------------------------------------------------------------------------

    async def room(self, code: str) -> Room | None:
        """The room of a meeting: the one at hand, else read once however many phones ask at the same time."""
        room = self.rooms.get(code)
        if room is not None:
            return room
        task = self.opening.get(code)
        if task is None:
            task = self.opening[code] = self.loop.create_task(self.open_room(code))
            task.add_done_callback(lambda _: self.opening.pop(code, None))
        return await asyncio.shield(task)

    async def open_room(self, code: str) -> Room | None:
        found = await self.loop.run_in_executor(self.reader, self.read, code)
        if found is None:
            return None
        room_code, snapshot = found
        return self.rooms.setdefault(code, Room(code, room_code, snapshot["version"], as_event(snapshot)))

    def enter(self, room: Room, send: Send, version: int) -> Listener:
        """Add a listener that has been sent `version`; it gets at once what has happened since."""
        listener = Listener(send, room, version)
        room.listeners.add(listener)
        if version != room.version:
            listener.version = room.version
            self.push(listener, chunk(room.event))
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a listener; forgetting it twice is no harm."""
        listener.room.listeners.discard(listener)
        listener.room.used_at = time.monotonic()

    # --- what runs by itself ------------------------------------------------------------------------------

    async def keep_alive(self) -> None:
        """One loop for all phones: a sign of life for each every HEARTBEAT seconds, in portions."""
        portion = 0
        while True:
            await asyncio.sleep(HEARTBEAT / SLICES)
            portion = (portion + 1) % SLICES
            for room in [room for code, room in self.rooms.items() if hash(code) % SLICES == portion]:
                for listener in tuple(room.listeners):
                    if not listener.busy:
                        self.push(listener, SIGN_OF_LIFE)
                if not room.listeners and time.monotonic() - room.used_at > FORGET:
                    del self.rooms[room.code]

    async def look_round(self) -> None:
        """Notice what other processes changed, and whatever was announced while nobody could hear."""
        while True:
            await asyncio.sleep(LOOK_ROUND)
            codes = list(self.rooms)
            if codes:
                now_at = await self.loop.run_in_executor(self.reader, self.versions, codes)
                for code in codes:
                    if code in self.rooms and now_at.get(code, 0) > self.rooms[code].version:
                        await self.refresh(code)

    async def refresh(self, code: str) -> None:
        found = await self.loop.run_in_executor(self.reader, self.read, code)
        if found is not None:
            room_code, snapshot = found
            self.tell(code, room_code, snapshot["version"], as_event(snapshot))


hub = Hub()
