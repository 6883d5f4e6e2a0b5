"""Preparing to speak: the coach beside an ask, words that survive a dead network, rehearsing without one."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Screen
from tests.journeys.server import Server
from tests.journeys.steps import look_around, pl


def to_my_card(page: Page) -> None:
    """Into the sample group, to one's own card."""
    look_around(page)
    page.goto("/me/")


def test_the_coach_asks_while_an_ask_is_typed(
    own_server: Server, screen: Screen, axe: Callable[[Page], None]
) -> None:
    page = screen(own_server, PHONE).new_page()
    to_my_card(page)
    page.get_by_role("link", name=pl("Change my card"), exact=True).click()
    page.fill("[name=client]", "restauracje, małe hotele")
    asks = page.locator("[data-rows=ask]")
    asks.get_by_role("button", name=pl("One more")).click()
    field = asks.locator("textarea").last

    field.press_sequentially("szukam klientów")
    expect(asks.locator("[data-coach-line]").last).to_have_text(
        pl("Which of your clients would be the best ones right now?")
    )
    axe(page)
    asks.get_by_role("button", name="małe hotele").click()

    expect(field).to_have_value("szukam klientów: małe hotele")
    expect(field).to_be_focused()
    expect(asks.locator("[data-coach-line]").last).to_contain_text("hotele")
    field.press_sequentially(" nad Niegocinem, 20–40 pokoi")
    expect(asks.locator("[data-coach-line]").last).to_have_text(pl("Easy to remember."))


def test_the_coach_asks_on_the_board_as_well(own_server: Server, screen: Screen) -> None:
    page = screen(own_server, PHONE).new_page()
    page.goto(f"{look_around(page)}asks/")
    page.get_by_text(pl("Ask for something"), exact=True).click()

    page.get_by_role("textbox", name=pl("I am looking for")).press_sequentially("szukam klientów")

    expect(page.locator("[data-coach-line]")).to_have_text(
        pl("Which of your clients would be the best ones right now?")
    )


def test_words_wait_for_the_network_and_none_is_lost(own_server: Server, screen: Screen) -> None:
    page = screen(own_server, PHONE).new_page()
    to_my_card(page)
    page.get_by_role("link", name=pl("Change my 60 seconds")).click()
    page.get_by_role("link", name=pl("As one text")).click()
    words, state = page.locator("#id_text"), page.locator("[data-pitch-state]")

    words.fill("Robię meble z jesionu.")
    expect(state).to_have_text(pl("Saved"))
    page.context.set_offline(True)
    words.fill("Robię meble z jesionu. Szukam tartaku.")
    expect(state).to_have_text(pl("Kept on this device until there is a network"))
    page.context.set_offline(False)
    expect(state).to_have_text(pl("Saved"))
    page.reload()

    expect(words).to_have_value("Robię meble z jesionu. Szukam tartaku.")
    assert page.evaluate("localStorage.length") == 0


def test_a_draft_of_a_closed_page_is_sent_by_the_next_one(own_server: Server, screen: Screen) -> None:
    context = screen(own_server, PHONE)
    page = context.new_page()
    to_my_card(page)
    page.get_by_role("link", name=pl("Change my 60 seconds")).click()
    page.goto(page.url + "?as=text")
    context.set_offline(True)
    page.fill("#id_text", "Pisane w tramwaju.")
    expect(page.locator("[data-pitch-state]")).to_have_text(
        pl("Kept on this device until there is a network")
    )
    address = page.url.split("?")[0]
    page.close()
    context.set_offline(False)

    page = context.new_page()
    page.goto(address + "?as=parts")
    expect(page.locator("#id_does")).to_have_value("Pisane w tramwaju.")


def test_the_rehearsal_counts_without_a_network(
    own_server: Server, screen: Screen, axe: Callable[[Page], None]
) -> None:
    page = screen(own_server, PHONE).new_page()
    to_my_card(page)
    page.get_by_role("link", name=pl("Rehearse aloud"), exact=True).click()
    axe(page)
    press, left = page.locator("[data-press]"), page.locator("[data-cup-time]")
    expect(left).to_have_text("1:00")
    page.context.set_offline(True)

    press.click()
    expect(press).to_have_text(pl("Stop"))
    expect(left).to_have_text("0:58")
    press.click()
    expect(page.locator("[data-took]")).to_contain_text("0:0")
    press.click()
    expect(left).to_have_text("1:00")
