"""The day in one hand: taps without network, somebody unexpected, tables, the end and the recap."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import LAPTOP, PHONE, Screen
from tests.journeys.server import Server


def at_the_door(page: Page) -> str:
    """Into the sample group, to its day list; answers with the address of the meeting."""
    page.goto("/")
    page.locator("form[action='/sample/'] button").click()
    page.locator("a[href$='/day/']").first.click()
    return page.url.removesuffix("day/")


def nobody_yet(page: Page) -> Locator:
    """The row of the first person who is not here; it stays the same person after the tap."""
    row = page.locator(".tap-row:has(.tap[aria-pressed=false])").first.get_attribute("id")
    return page.locator(f"#{row}")


def test_taps_wait_for_the_network_and_go_once(
    own_server: Server, screen: Screen, axe: Callable[[Page], None]
) -> None:
    page = screen(own_server, PHONE).new_page()
    at_the_door(page)
    axe(page)

    first = nobody_yet(page)
    first.locator(".tap").click()
    expect(page.locator("#counts")).to_contain_text("9 osób")

    page.context.set_offline(True)
    second = nobody_yet(page)
    second.locator(".tap").click()
    third = nobody_yet(page)
    third.locator(".tap").click()
    third.locator(".tap").click()
    expect(page.locator("[data-waiting]")).to_contain_text("2")
    expect(second.locator(".tap")).to_have_attribute("aria-pressed", "true")

    page.context.set_offline(False)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    expect(page.locator("#counts")).to_contain_text("10 osób")
    page.reload()
    expect(second.locator(".tap")).to_have_attribute("aria-pressed", "true")
    expect(third.locator(".tap")).to_have_attribute("aria-pressed", "false")


def test_two_people_are_swapped_by_dragging_once_it_is_clear_what_it_costs(
    own_server: Server, screen: Screen, axe: Callable[[Page], None]
) -> None:
    page = screen(own_server, LAPTOP).new_page()
    page.goto(f"{at_the_door(page)}tables/")
    page.locator("form[action$='/deal/'] button").click()
    one = page.locator("[data-round='2'][data-table='1']").first
    other = page.locator("[data-round='2'][data-table='2']").first
    names = [person.locator(".name").text_content() for person in (one, other)]

    one.drag_to(other)
    expect(page.locator("#swap h2")).to_contain_text(f"{names[0]} i {names[1]}")
    expect(page.locator("#swap")).to_be_focused()
    axe(page)
    page.locator("#swap button").click()

    expect(page.locator("[data-round='2'][data-table='2']", has_text=names[0])).to_have_count(1)
    expect(page.locator("[data-round='2'][data-table='1']", has_text=names[1])).to_have_count(1)


def test_a_whole_day_without_scripts(own_server: Server, screen: Screen, axe: Callable[[Page], None]) -> None:
    page = screen(own_server, PHONE, java_script_enabled=False).new_page()
    meeting = at_the_door(page)

    nobody_yet(page).locator(".tap").click()
    expect(page.locator("#counts")).to_contain_text("9 osób")
    page.locator("#walk-in summary").click()
    page.fill("[name=name]", "Żaneta Łęcka-Pol")
    page.fill("[name=trade]", "szewstwo")
    page.locator("#walk-in form button").click()
    expect(page.locator("#counts")).to_contain_text("10 osób")
    page.fill("[name=q]", "lecka szew")
    page.press("[name=q]", "Enter")
    expect(page.locator(".tap-row")).to_have_count(1)

    page.goto(f"{meeting}tables/")
    page.locator("form[action$='/deal/'] button").click()
    page.locator("a[href*='round=1']").first.click()
    page.locator("#swap button").first.click()
    expect(page.locator(".notice-good")).to_be_visible()

    page.goto(f"{meeting}remote/")
    page.locator("form[action$='/begin/'] button").click()
    page.goto(f"{meeting}plan/")
    page.locator("form[action$='/close/'] button").click()
    page.locator("form[action$='/plan/recap/'] button").click()
    expect(page.locator(".notice-good").first).to_contain_text("9 osób")
    page.goto(f"{meeting}recap/")
    page.locator("#talks button").first.click()
    expect(page.locator("#talks [aria-pressed=true]")).to_have_count(1)
