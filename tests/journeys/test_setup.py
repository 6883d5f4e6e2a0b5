"""From an empty instance to a group with dates, and around the sample, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import LAPTOP, PHONE, Screen
from tests.journeys.server import Server

HOSTS_PAGES = (
    "g/{}/dates/new/",
    "",
    "g/{}/host/",
    "g/{}/settings/",
    "g/{}/settings/formula/",
    "g/{}/settings/rhythm/",
)


def go_on(page: Page) -> None:
    page.get_by_role("main").get_by_role("button").and_(page.locator("[value=next]")).click()


def start(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/start/")
    page.fill("[name=name]", "Żaneta Łęcka")
    page.fill("[name=email]", "zaneta@example.org")
    page.locator("main form button").click()
    return page


def test_a_group_is_set_up_without_scripts(own_server: Server, screen: Screen) -> None:
    page = start(screen(own_server, LAPTOP, java_script_enabled=False))
    page.check("[value=both]")
    go_on(page)
    page.check("[value=general]")
    go_on(page)
    page.fill("[name=name]", "Środowa Kawa")
    page.fill("[name=town]", "Żywiec")
    go_on(page)
    page.check("[value=own]")
    go_on(page)
    page.click("[value=remove-3]")
    page.click("[value=down-0]")
    go_on(page)
    page.fill("[name=place_name]", "Kawiarnia")
    page.reload()
    page.fill("[name=place_name]", "Kawiarnia")
    page.click("[value=back]")
    go_on(page)

    go_on(page)
    go_on(page)

    expect(page).to_have_url(f"{own_server.base_url}/g/srodowa-kawa-zywiec/host/")
    expect(page.locator(".dates li")).not_to_have_count(0)
    page.goto("/g/srodowa-kawa-zywiec/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Środowa Kawa")


@pytest.mark.parametrize(
    ("size", "theme", "language"), [(PHONE, "dark", "pl-PL"), (LAPTOP, "light", "en-GB")]
)
def test_every_step_reads_well_for_everybody(
    own_server: Server,
    screen: Screen,
    axe: Callable[[Page], None],
    size: dict[str, object],
    theme: str,
    language: str,
) -> None:
    page = start(screen(own_server, size, locale=language, color_scheme=theme))

    for step in ("why", "type", "name", "formula", "rhythm", "size"):
        page.goto(f"/start/{step}/")
        axe(page)
    page.goto("/start/name/")
    go_on(page)
    expect(page.locator(".error")).to_have_count(2)
    axe(page)
    page.goto("/start/formula/")
    page.check("[value=own]")
    go_on(page)
    expect(page.locator(".parts li")).to_have_count(5)
    axe(page)


@pytest.mark.parametrize(
    ("size", "theme", "language"), [(PHONE, "light", "en-GB"), (LAPTOP, "dark", "pl-PL")]
)
def test_the_hosts_pages_of_the_sample_read_well_for_everybody(
    own_server: Server,
    screen: Screen,
    axe: Callable[[Page], None],
    size: dict[str, object],
    theme: str,
    language: str,
) -> None:
    page = screen(own_server, size, locale=language, color_scheme=theme).new_page()
    page.goto("/")
    page.locator("form[action='/sample/'] button").click()
    expect(page.locator("aside.sample")).to_be_visible()

    for address in HOSTS_PAGES:
        page.goto("/" + address.format("sroda-od-sniadania"))
        axe(page)
    page.goto("/g/sroda-od-sniadania/host/")
    page.locator(".dates a[href$='/date/']").first.click()
    axe(page)
    page.locator("form[action='/sample/remove/'] button").click()

    expect(page).to_have_url(f"{own_server.base_url}/")
    expect(page.get_by_role("main").get_by_role("heading", level=2)).to_have_count(2)
