"""A real browser against the real server: three screens, and a reading of every page's accessibility."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.journeys.server import Server
from tests.suite import machine

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LAPTOP = {"viewport": {"width": 1280, "height": 800}}
PROJECTOR = {"viewport": {"width": 1920, "height": 1080}}
PATIENCE = 10_000  # milliseconds until a step counts as failed

Screen = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where all servers of this session find their static files, so that they are collected once."""
    return str(tmp_path_factory.mktemp("static"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, static_files: str) -> Iterator[Server]:
    """One server for all journeys; a journey that kills it starts it again."""
    running = Server(tmp_path_factory.mktemp("journeys") / "data", KAWKA_STATIC=static_files)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def empty_data(tmp_path_factory: pytest.TempPathFactory, static_files: str) -> Path:
    """A data folder as the first start leaves it, to be copied: making the tables takes seconds."""
    first = Server(tmp_path_factory.mktemp("empty") / "data", KAWKA_STATIC=static_files)
    first.start()
    first.stop()
    return first.data


@pytest.fixture
def own_server(tmp_path: Path, empty_data: Path, static_files: str) -> Iterator[Server]:
    """A server with an empty database for one journey alone."""
    running = Server(shutil.copytree(empty_data, tmp_path / "data"), KAWKA_STATIC=static_files)
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="module")
def module_server(tmp_path_factory: pytest.TempPathFactory, static_files: str) -> Iterator[Server]:
    """A server with an empty database for the journeys of one file."""
    running = Server(tmp_path_factory.mktemp("module") / "data", KAWKA_STATIC=static_files)
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium; without its sandbox only where root runs the tests."""
    options = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    opened = playwright.chromium.launch(executable_path=machine.chromium(), args=options)
    yield opened
    opened.close()


def new_screen(
    browser: Browser, server: Server, size: dict[str, object], **options: object
) -> BrowserContext:
    """A screen with cookies of its own; whoever opens it closes it.

    Close the screen: Chromium may hang for ever when a page of it is closed while it still loads.
    """
    settings = {"locale": "pl-PL", "timezone_id": "Europe/Warsaw", **size, **options}
    context = browser.new_context(base_url=server.base_url, **settings)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def screen(browser: Browser) -> Iterator[Screen]:
    """Opens a screen of its own: `screen(server, PHONE, color_scheme="dark")`."""
    opened: list[BrowserContext] = []

    def open_screen(server: Server, size: dict[str, object], **options: object) -> BrowserContext:
        opened.append(new_screen(browser, server, size, **options))
        return opened[-1]

    yield open_screen
    for context in opened:
        context.close()


@pytest.fixture
def phone(screen: Screen, server: Server) -> Page:
    return screen(server, PHONE).new_page()


@pytest.fixture
def laptop(screen: Screen, server: Server) -> Page:
    return screen(server, LAPTOP).new_page()


@pytest.fixture
def projector(screen: Screen, server: Server) -> Page:
    return screen(server, PROJECTOR).new_page()


@pytest.fixture(scope="session")
def axe_finds() -> Callable[[Page], dict[str, str]]:
    """`axe_finds(page)`: what WCAG 2.0 to 2.2 A and AA and good practice would mend, and where."""
    reader = Axe()
    options = {
        "runOnly": {"type": "tag", "values": STANDARDS},
        "resultTypes": ["violations"],
        "iframes": False,
    }

    def read(page: Page) -> dict[str, str]:
        found = reader.run(page, options=options).response["violations"]
        return {one["id"]: " | ".join(node["html"] for node in one["nodes"]) for one in found}

    return read


@pytest.fixture(scope="session")
def axe(axe_finds: Callable[[Page], dict[str, str]]) -> Callable[[Page], None]:
    """`axe(page)` fails when axe finds anything to mend on the page."""

    def read(page: Page) -> None:
        found = axe_finds(page)
        assert found == {}, page.url

    return read
