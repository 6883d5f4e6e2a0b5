"""25 phones in a room: somebody comes between two rounds, and everybody's next table is right in a second."""

import html
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import PHONE, Screen
from tests.journeys.server import Server

WITHIN = 1.0  # seconds from the tap at the door to the table on the last phone
PATIENCE = 10.0
BROWSERS = 3
NEXT = re.compile(r'data-round="2".*?<h2>(.*?)</h2>', re.DOTALL)
WATCH = """() => {
  window.heard = [];
  const look = () => heard.push({
    at: Date.now(), before: document.querySelector("[data-before='2']")?.textContent ?? "",
    now: [...document.querySelectorAll("[data-round]:not([hidden]) h2")].map((one) => one.textContent).join(),
  });
  const watched = { attributes: true, childList: true, subtree: true };
  new MutationObserver(look).observe(document.querySelector("[data-roster=now-talk]"), watched);
}"""
PRESSED = "() => document.addEventListener('click', () => (window.pressed = Date.now()), true)"
UNTIL = """([field, text]) => new Promise((done, failed) => {
  setTimeout(() => failed(new Error(`${text} did not come: ${JSON.stringify(heard.at(-1))}`)), 10000);
  const look = () => {
    const found = heard.find((one) => one[field].replace(/\\s+/g, " ").includes(text));
    found ? done(found.at) : setTimeout(look, 5);
  };
  look();
})"""


class Phone(threading.Thread):
    """A phone as the server knows it: follows the stream, and fetches its tables when people changed."""

    def __init__(self, server: Server, meeting: str, cookie: str) -> None:
        super().__init__(daemon=True)
        self.port, self.page = server.port, f"/m/{meeting}/live/"
        self.cookie = f"kawka_phone_{meeting}={cookie}; kawka_language=pl"
        self.heard: list[tuple[float, int, str]] = []  # when, the talk that is on, the table in round 2
        self.news = threading.Condition()
        self.roster = json.loads(html.unescape(re.findall(r'data-state="(.*?)"', self.get())[0]))["roster"]

    def get(self, **headers: str) -> str:
        """The phone's page, or a part of it."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        asked = {"Cookie": self.cookie, "Accept-Language": "pl", **headers}
        line.request("GET", self.page, headers=asked)
        return line.getresponse().read().decode()

    def run(self) -> None:
        """Listen until the server is gone."""
        stream = re.findall(r'data-stream="(.*?)"', self.get())[0]
        line = HTTPConnection("127.0.0.1", self.port)
        line.request("GET", stream)
        lines = iter(line.getresponse().readline, b"")
        self.note(0, "")
        for state in (json.loads(one[6:]) for one in lines if one.startswith(b"data: {")):
            table = self.heard[-1][2]
            if state["roster"] > self.roster:
                self.roster = state["roster"]
                table = " ".join(
                    html.unescape(NEXT.findall(self.get(**{"X-Kawka-Part": "tables"}))[0]).split()
                )
            self.note(state["talk"], table)

    def note(self, talk: int, table: str) -> None:
        """Remember what is on screen now."""
        with self.news:
            self.heard.append((time.time(), talk, table))
            self.news.notify_all()

    def when(self, true: Callable[[int, str], bool]) -> float:
        """When the screen first showed this; waits for it."""

        def found() -> float:
            return next((at for at, talk, table in self.heard if true(talk, table)), 0.0)

        with self.news:
            assert self.news.wait_for(found, PATIENCE), f"not on screen: {self.heard}"
            return found()


class Room:
    """The meeting with its host's pages and everybody's phone."""

    def __init__(self, server: Server, screen: Screen) -> None:
        self.server = server
        self.made = json.loads(server.python("from tests.journeys.room_of_25 import make; make()"))
        self.path = f"/m/{self.made['meeting']}/"
        self.host = self.with_cookie(screen, "kawka_session", self.made["host"])
        names = list(self.made["phones"].items())
        self.pages = {code: self.phone(screen, cookie) for code, cookie in names[:BROWSERS]}
        self.phones = {code: Phone(server, self.made["meeting"], cookie) for code, cookie in names[BROWSERS:]}
        for phone in self.phones.values():
            phone.start()
        for phone in self.phones.values():
            phone.when(lambda talk, _table: talk == 0)

    def with_cookie(self, screen: Screen, name: str, value: str) -> BrowserContext:
        """A screen that has this cookie."""
        context = screen(self.server, PHONE)
        context.add_cookies([{"name": name, "value": value, "url": self.server.base_url}])
        return context

    def phone(self, screen: Screen, cookie: str) -> Page:
        """A participant's page in a real browser, following the stream."""
        page = self.with_cookie(screen, f"kawka_phone_{self.made['meeting']}", cookie).new_page()
        page.goto(f"{self.path}live/")
        expect(page.locator("body")).to_have_attribute("data-link", "there")
        page.evaluate(WATCH)
        return page

    def open(self, page: str) -> Page:
        """One of the host's pages."""
        opened = self.host.new_page()
        opened.goto(self.path + page)
        opened.evaluate(PRESSED)
        return opened

    def seated(self, number: int) -> dict[str, str]:
        """Where everybody sits in a round, by what is kept."""
        told = f"from tests.journeys.room_of_25 import seated; seated({self.made['meeting']!r}, {number})"
        return json.loads(self.server.python(told))


@pytest.fixture
def room(own_server: Server, screen: Screen) -> Iterator[Room]:
    yield Room(own_server, screen)


def test_who_comes_between_two_rounds_moves_nobody_blindly(room: Room) -> None:
    before = room.seated(2)
    door, remote = room.open("day/"), room.open("remote/")

    door.locator(f"#p-{room.made['late']} .tap").click()
    pressed = door.evaluate("window.pressed") / 1000
    shown = [phone.when(lambda _talk, table: bool(table)) for phone in room.phones.values()]
    after = room.seated(2)
    shown += [
        page.evaluate(UNTIL, ["before", after[code].replace(": ", ", ")]) / 1000
        for code, page in room.pages.items()
    ]
    remote.locator(".key-next:not([data-resting])").click()
    moved = remote.evaluate("window.pressed") / 1000
    on = [phone.when(lambda talk, _table: talk == 2) for phone in room.phones.values()]
    on += [page.evaluate(UNTIL, ["now", after[code]]) / 1000 for code, page in room.pages.items()]

    assert {code: phone.heard[-1][2] for code, phone in room.phones.items()} == {
        code: after[code] for code in room.phones
    }
    assert sorted(after) == sorted([*room.made["phones"], room.made["late"]])
    assert sum(before.get(code) != table for code, table in after.items()) <= 4
    assert max(shown) - pressed < WITHIN
    assert max(on) - moved < WITHIN
