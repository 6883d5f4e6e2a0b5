"""A running meeting on three screens: together within moments, through dead networks and a killed server."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys.conftest import PHONE, PROJECTOR, Screen
from tests.journeys.server import Server

SAME_SPEAKER = 200  # milliseconds
SAME_TIME = 100
WATCH = """() => {
  window.heard = [];
  const look = () => {
    const name = document.querySelector("[data-slot=speaker] h1")?.textContent ?? "";
    if (window.heard.at(-1)?.name !== name) window.heard.push({ name, at: Date.now() });
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  look();
  document.addEventListener("click", () => (window.pressed = Date.now()), true);
}"""
UNTIL = """(count) => new Promise((done, failed) => {
  setTimeout(() => failed(new Error("nothing came")), 5000);
  const look = () => (heard.length > count ? done() : setTimeout(look, 5));
  look();
})"""
OFFSET = """async () => {
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const { now } = await import(loaded.find((name) => name.includes("live-clock")));
  return now() - Date.now();
}"""


class Meeting:
    """The sample group's meeting of today, as its host, a projector and a participant have it on screen."""

    def __init__(self, server: Server, screen: Screen) -> None:
        self.host = screen(server, PHONE)
        page = self.host.new_page()
        page.goto("/")
        page.locator("form[action='/sample/'] button").click()
        page.locator("a[href$='/day/']").first.click()
        page.wait_for_url("**/day/")
        self.path = re.sub(r".*(/m/\w+/).*", r"\1", page.url)
        page.close()
        self.remote = self.open(self.host, "remote/")
        self.projector = self.open(self.with_host(screen(server, PROJECTOR)), "projector/")
        self.join_path = re.search(r"/j/\w+/", self.projector.content())[0]  # type: ignore[index]

    def with_host(self, context: BrowserContext) -> BrowserContext:
        """Another screen on which the host is signed in."""
        context.add_cookies(self.host.cookies())  # type: ignore[arg-type]
        return context

    def open(self, context: BrowserContext, face: str) -> Page:
        """One face of the meeting, once it follows the stream."""
        page = context.new_page()
        with page.expect_response(lambda answer: "/live/stream/" in answer.url):
            page.goto(self.path + face)
        expect(page.locator("body")).to_have_attribute("data-link", "there")
        return page

    def join(self, context: BrowserContext, number: int = 0) -> Page:
        """A participant who picks a free name."""
        page = context.new_page()
        page.goto(self.join_path)
        with page.expect_response(lambda answer: "/live/stream/" in answer.url):
            page.locator("button.tap:not([disabled])").nth(number).click()
        expect(page.locator("body")).to_have_attribute("data-link", "there")
        return page

    def begin_round(self) -> None:
        """Start, and go to the round."""
        self.remote.locator("form[action$='/begin/'] button").click()
        expect(self.remote.locator("body")).to_have_attribute("data-link", "there")
        self.next()
        expect(self.remote.locator("body")).to_have_attribute("data-scene", "round")

    def next(self) -> None:
        """Press the big button, and see the meeting move."""
        seen = self.remote.locator("[data-seen]")
        version = seen.input_value()
        self.remote.locator(".key-next:not([data-resting])").click()
        expect(seen).not_to_have_value(version)


def speaker(page: Page) -> str:
    return page.locator("[data-slot=speaker] h1").text_content() or ""


@pytest.fixture
def meeting(own_server: Server, screen: Screen) -> Meeting:
    return Meeting(own_server, screen)


def test_three_screens_show_the_same_moment(meeting: Meeting, own_server: Server, screen: Screen) -> None:
    phone = meeting.join(screen(own_server, PHONE))
    meeting.begin_round()
    screens = [meeting.remote, meeting.projector, phone]
    for page in screens:
        expect(page.locator("body")).to_have_attribute("data-scene", "round")
        page.evaluate(WATCH)

    for _ in range(3):
        before = [page.evaluate("heard.length") for page in screens]
        meeting.next()
        for page, count in zip(screens, before, strict=True):
            page.evaluate(UNTIL, count)
        last = [page.evaluate("heard.at(-1)") for page in screens]
        assert len({one["name"] for one in last}) == 1
        assert max(one["at"] for one in last) - meeting.remote.evaluate("pressed") < SAME_SPEAKER
    time_on = [page.evaluate(OFFSET) for page in screens]
    assert max(time_on) - min(time_on) < SAME_TIME


def test_two_hosts_and_a_double_tap_advance_by_one(
    meeting: Meeting, own_server: Server, screen: Screen
) -> None:
    other = meeting.open(meeting.with_host(screen(own_server, PHONE)), "remote/")
    meeting.begin_round()
    expect(other.locator("body")).to_have_attribute("data-scene", "round")
    coming = meeting.remote.locator("[data-coming]").text_content()

    pressed: list[Route] = []
    for page in (meeting.remote, other):
        expect(page.locator(".key-next:not([data-resting])")).to_be_visible()
        page.route("**/press/", lambda route: pressed.append(route))
        page.evaluate("for (let tap = 0; tap < 2; tap += 1) document.querySelector('.key-next').click()")
    other.wait_for_timeout(300)
    assert len(pressed) == 2
    for route in pressed:
        route.continue_()

    for page in (meeting.remote, other):
        expect(page.locator("[data-slot=speaker] h1")).to_have_text(coming or "")


def test_a_killed_server_loses_nothing_in_mid_round(
    meeting: Meeting, own_server: Server, screen: Screen
) -> None:
    phone = meeting.join(screen(own_server, PHONE))
    meeting.begin_round()
    meeting.next()
    expect(phone.locator("[data-coming], [data-slot=speaker] h1")).to_have_text(speaker(meeting.remote))
    name, left = speaker(phone), phone.locator("[data-slot=speaker] [data-cup-time]")

    own_server.kill()
    expect(phone.locator("[data-lost]")).to_be_visible()
    running = left.text_content()
    phone.wait_for_timeout(1100)
    assert left.text_content() != running
    own_server.start()

    expect(phone.locator("[data-lost]")).to_be_hidden(timeout=20_000)
    expect(meeting.remote.locator("[data-lost]")).to_be_hidden(timeout=20_000)
    assert {speaker(page) for page in (meeting.remote, meeting.projector, phone)} == {name}
    meeting.next()
    expect(phone.locator("[data-slot=speaker] h1")).not_to_have_text(name, timeout=20_000)


def test_taps_made_without_a_network_arrive_once(
    meeting: Meeting, own_server: Server, screen: Screen
) -> None:
    context = screen(own_server, PHONE)
    phone = meeting.join(context)
    meeting.begin_round()
    expect(phone.locator("body")).to_have_attribute("data-scene", "round")
    if phone.locator("[data-slot=speaker] .hand").first.is_hidden():
        meeting.next()
    tap = phone.locator("[data-slot=speaker] .hand:visible").first
    value = tap.get_attribute("data-tap")

    context.set_offline(True)
    tap.click()
    expect(phone.locator("[data-lost]")).to_be_visible()
    expect(tap).to_have_attribute("aria-pressed", "true")
    with phone.expect_response(lambda answer: answer.url.endswith("/hand/")):
        context.set_offline(False)

    expect(phone.locator("[data-lost]")).to_be_hidden(timeout=20_000)
    phone.reload()
    expect(phone.locator(f"[data-slot=speaker] [data-tap='{value}']")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_who_comes_late_appears_on_every_screen(meeting: Meeting, own_server: Server, screen: Screen) -> None:
    meeting.begin_round()
    late = screen(own_server, PHONE).new_page()
    late.goto(meeting.join_path)

    late.fill("[name=name]", "Żaneta Późna-Łęcka")
    late.locator("form[action$='/new/'] button").click()

    expect(late.locator("[data-turn]")).to_be_visible()
    expect(meeting.remote.locator(".queue", has_text="Żaneta Późna-Łęcka").first).to_be_visible()


def test_the_remote_works_without_scripts(meeting: Meeting, own_server: Server, screen: Screen) -> None:
    plain = meeting.with_host(screen(own_server, PHONE, java_script_enabled=False)).new_page()
    plain.goto(meeting.path + "remote/")
    plain.locator("form[action$='/begin/'] button").click()
    plain.locator(".key-next").click()
    first = speaker(plain)

    plain.locator("[value=pause]").click()
    plain.locator("[value=resume]").click()
    plain.locator("[value=skip]").click()

    assert first
    assert speaker(plain) != first
    expect(meeting.projector.locator("[data-slot=speaker] h1")).to_have_text(speaker(plain))


@pytest.mark.parametrize(("language", "theme"), [("pl-PL", "light"), ("en-GB", "dark")])
def test_every_scene_is_accessible(
    own_server: Server, screen: Screen, axe: Callable[[Page], None], language: str, theme: str
) -> None:
    def themed(server: Server, size: dict[str, object]) -> BrowserContext:
        return screen(server, size, locale=language, color_scheme=theme)

    meeting = Meeting(own_server, themed)
    joining = themed(own_server, PHONE).new_page()
    joining.goto(meeting.join_path)
    axe(joining)
    phone = meeting.join(themed(own_server, PHONE))
    screens = [meeting.remote, meeting.projector, phone]
    for page in screens:
        axe(page)
    meeting.begin_round()
    meeting.remote.locator("details summary").last.click()
    for part in range(1, 5):
        meeting.remote.locator(f"[name=jump][value='{part}']").click()
        for page in screens:
            expect(page.locator(f"[data-part='{part}'][aria-current]").first).to_be_attached()
            axe(page)
    meeting.remote.locator("form[action$='/end/'] button").click()
    for page in screens:
        expect(page.locator("body")).to_have_attribute("data-scene", "over")
        axe(page)
