"""The stream and the hub, spoken to as an ASGI server would."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from kawka.access import tokens
from kawka.live.hub import Hub
from kawka.live.stream import is_live, live
from kawka.models import Meeting

MEETING = Meeting(code="spotkanie1", room_code="abc234")
TOKEN = tokens.stream_token(MEETING, "phone")


class Phone:
    """One connection: what it was sent, and whether it can take more."""

    def __init__(
        self, hub: Hub, path: str = "", *, query: str = "", headers: tuple = (), method: str = "GET"
    ):
        path = path or f"/live/stream/{TOKEN}"
        self.messages: list[dict[str, Any]] = []
        self.can_take_more, self.gone = asyncio.Event(), asyncio.Event()
        self.can_take_more.set()
        scope = {"type": "http", "method": method, "path": path, "headers": headers}
        scope["query_string"] = query.encode()
        self.task = asyncio.get_running_loop().create_task(live(hub, scope, self.receive, self.send))

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        self.messages.append(message)
        await self.can_take_more.wait()
        if not message.get("more_body", True):
            self.gone.set()

    @property
    def status(self) -> int:
        return self.messages[0]["status"]

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages)

    @property
    def versions(self) -> list[int]:
        return [int(line[4:]) for line in self.body.decode().splitlines() if line.startswith("id: ")]


class Database:
    """What the hub reads: one meeting that stands at a version."""

    def __init__(self) -> None:
        self.version, self.room_code, self.reads = 3, MEETING.room_code, 0

    def read(self, code: str) -> tuple[str, dict[str, Any]] | None:
        self.reads += 1
        return (self.room_code, {"version": self.version}) if code == MEETING.code else None

    def versions(self, codes: Any) -> dict[str, int]:
        return dict.fromkeys(codes, self.version)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0.001)


def with_hub(story: Callable[[Hub, Database], Coroutine[Any, Any, None]]) -> None:
    async def told() -> None:
        hub, database = Hub(), Database()
        hub.start(read=database.read, versions=database.versions)
        await story(hub, database)
        await hub.close()

    asyncio.run(told())


def news(hub: Hub, version: int, room_code: str = MEETING.room_code) -> None:
    hub.hear(MEETING.code, room_code, {"version": version})


def test_only_the_stream_and_the_clock_are_answered_here():
    assert is_live("/live/clock")
    assert is_live("/live/stream/abc")
    assert not is_live("/live/clockwork")
    assert not is_live("/m/abc/live/")


def test_a_listener_gets_the_snapshot_and_every_newer_one():
    async def story(hub: Hub, database: Database) -> None:
        phone = Phone(hub)
        await until(lambda: phone.versions == [3])
        news(hub, 4)
        await until(lambda: phone.versions == [3, 4])

        headers = dict(phone.messages[0]["headers"])
        assert headers[b"content-type"] == b"text/event-stream; charset=utf-8"
        assert headers[b"x-accel-buffering"] == b"no"
        assert set(json.loads(phone.body.split(b"data: ")[1].splitlines()[0])) == {"version", "now"}

    with_hub(story)


def test_all_listeners_of_a_meeting_get_the_same_bytes_after_one_read():
    async def story(hub: Hub, database: Database) -> None:
        phones = [Phone(hub) for _ in range(30)]
        await until(lambda: all(phone.versions == [3] for phone in phones))
        news(hub, 4)
        await until(lambda: all(phone.versions == [3, 4] for phone in phones))

        assert len({id(phone.messages[-1]) for phone in phones}) == 1
        assert database.reads == 1

    with_hub(story)


def test_old_news_is_not_sent():
    async def story(hub: Hub, database: Database) -> None:
        phone = Phone(hub)
        await until(lambda: phone.versions == [3])
        for version in (5, 4, 5, 6):
            news(hub, version)
        await until(lambda: 6 in phone.versions)

        assert phone.versions == [3, 5, 6]

    with_hub(story)


@pytest.mark.parametrize("said", [{"headers": ((b"last-event-id", b"3"),)}, {"query": "seen=3"}])
def test_who_has_the_newest_version_is_sent_nothing(said):
    async def story(hub: Hub, database: Database) -> None:
        phone = Phone(hub, **said)
        await until(lambda: len(phone.messages) == 2)
        assert phone.versions == []
        news(hub, 4)
        await until(lambda: phone.versions == [4])

    with_hub(story)


@pytest.mark.parametrize("said", ["seen=2", "seen=99", "seen=x", "seen="])
def test_who_has_another_version_is_sent_the_newest(said):
    async def story(hub: Hub, database: Database) -> None:
        phone = Phone(hub, query=said)
        await until(lambda: phone.versions == [3])

    with_hub(story)


def test_a_slow_phone_skips_to_the_newest_and_holds_up_nobody():
    async def story(hub: Hub, database: Database) -> None:
        slow, quick = Phone(hub), Phone(hub)
        await until(lambda: slow.versions == quick.versions == [3])
        slow.can_take_more.clear()
        for version in (4, 5, 6):
            news(hub, version)
        await until(lambda: quick.versions == [3, 4, 5, 6])
        assert slow.versions == [3, 4]
        slow.can_take_more.set()
        await until(lambda: slow.versions == [3, 4, 6])

    with_hub(story)


def test_a_phone_that_went_away_is_forgotten():
    async def story(hub: Hub, database: Database) -> None:
        phone = Phone(hub)
        await until(lambda: phone.versions == [3])
        phone.gone.set()
        await phone.task

        assert not hub.rooms[MEETING.code].listeners

    with_hub(story)


@pytest.mark.parametrize("path", ["/live/stream/", "/live/stream/abc", f"/live/stream/{TOKEN}x"])
def test_a_forged_token_is_404(path):
    async def story(hub: Hub, database: Database) -> None:
        phone = Phone(hub, path)
        await phone.task

        assert phone.status == 404
        assert database.reads == 0

    with_hub(story)


def test_the_token_of_a_meeting_that_is_gone_is_404():
    async def story(hub: Hub, database: Database) -> None:
        token = tokens.stream_token(Meeting(code="inne", room_code="abc234"), "phone")
        phone = Phone(hub, f"/live/stream/{token}")
        await phone.task

        assert phone.status == 404

    with_hub(story)


def test_a_new_room_code_takes_old_tokens_back():
    async def story(hub: Hub, database: Database) -> None:
        phone = Phone(hub)
        await until(lambda: phone.versions == [3])
        news(hub, 4, room_code="nowy23")
        await phone.task
        late = Phone(hub)
        await late.task

        assert phone.versions == [3]
        assert late.status == 404

    with_hub(story)


def test_what_another_process_changed_is_noticed():
    async def story(hub: Hub, database: Database) -> None:
        phone = Phone(hub)
        await until(lambda: phone.versions == [3])
        database.version = 8
        await until(lambda: phone.versions == [3, 8])

    with_hub(story)


def test_closing_lets_everybody_go_with_a_delay_of_their_own():
    async def story(hub: Hub, database: Database) -> None:
        phones = [Phone(hub) for _ in range(20)]
        await until(lambda: all(phone.versions == [3] for phone in phones))
        await hub.close()
        await asyncio.gather(*(phone.task for phone in phones))
        late = Phone(hub)
        await late.task

        delays = {phone.messages[-1]["body"] for phone in phones}
        assert len(delays) > 5
        assert all(delay.startswith(b"retry: ") for delay in delays)
        assert late.status == 503

    with_hub(story)


def test_the_clock_says_milliseconds_and_is_never_kept():
    async def story(hub: Hub, database: Database) -> None:
        phone = Phone(hub, "/live/clock")
        await phone.task

        assert phone.body.isdigit()
        assert len(phone.body) == 13
        assert dict(phone.messages[0]["headers"])[b"cache-control"] == b"no-store"

    with_hub(story)


def test_nothing_is_changed_here():
    async def story(hub: Hub, database: Database) -> None:
        phone = Phone(hub, method="POST")
        await phone.task

        assert phone.status == 405

    with_hub(story)
