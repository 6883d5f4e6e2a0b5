"""Every page for everybody: read by axe in both languages and themes, on a narrow phone, and by keyboard."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import polib
import pytest
from django.utils.text import capfirst
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.journeys.conftest import PHONE, Screen, new_screen
from tests.journeys.server import ROOT, Server

CATALOGUE = ROOT / "src" / "kawka" / "locale" / "pl" / "LC_MESSAGES" / "django.mo"
NARROW: ViewportSize = {"width": 360, "height": 740}
READ_ALL = [("pl", "light"), ("en", "dark")]  # thus every page in either language and in either theme
READ_SOME = [("en", "light"), ("pl", "dark")]
BY_KEYBOARD = [
    ("anonymous", "group"),
    ("anonymous", "answer_by_link"),
    ("ada", "live-remote"),
    ("ada", "meeting-day"),
]
OPEN_ALL = "document.querySelectorAll('details').forEach((part) => { part.open = true; })"
WIDTH = "document.documentElement.scrollWidth"
TEXTS = """() => {
  const own = document.documentElement.lang;
  const shown = [document.title.split(" · ")[0]];
  const wanted = NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT;
  const walk = document.createTreeWalker(document.body, wanted);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const element = node.parentElement.closest("[lang]");
    if (element.lang !== own || node.parentElement.closest("script, style, select[name=timezone]")) continue;
    if (node.nodeType === Node.TEXT_NODE) shown.push(node.data);
    else for (const { name, value } of node.attributes)
      if (/^(aria-label|placeholder|title|alt|data-words.*)$/.test(name)) shown.push(value);
  }
  return shown.map((text) => text.replace(/\\s+/g, " ").trim());
}"""
CONTROLS = """() => {
  const every = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const seen = [...document.querySelectorAll(every)].filter(
    (one) => !one.disabled && one.checkVisibility({ visibilityProperty: true }));
  const stops = seen.filter((one) => one.type !== "radio" || one ===
    (seen.find((other) => other.name === one.name && other.checked)
      ?? seen.find((other) => other.name === one.name)));
  stops.forEach((one, number) => { one.stop = `${number} ${one.outerHTML.slice(0, 120)}`; });
  return stops.map((one) => one.stop);
}"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const framed = [one, one.closest("label")].some((part) => {
    const style = part && getComputedStyle(part);
    return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const { left, top, right, bottom } = (one.closest("label") ?? one).getBoundingClientRect();
  const points = [[(left + right) / 2, (top + bottom) / 2], [left + 3, top + 3], [right - 3, bottom - 3]];
  const uncovered = points.some(([x, y]) => {
    const there = document.elementFromPoint(x, y);
    return there && (one.contains(there) || there.contains(one) && there.matches("label, li, p"));
  });
  return { stop: one.stop ?? one.outerHTML.slice(0, 120), framed, uncovered };
}"""

Address = tuple[str, str, str]  # role, name, path


@dataclass
class Sample:
    """The sample group with its meeting going on, and who may see which of its pages."""

    server: Server
    sessions: dict[str, str]
    pages: list[Address]
    own_words: set[str]

    def sign_in(self, context: BrowserContext, role: str) -> None:
        """From now on the browser is this role's."""
        context.clear_cookies(name="kawka_session")
        if self.sessions[role]:
            cookie = {"name": "kawka_session", "value": self.sessions[role], "url": self.server.base_url}
            context.add_cookies([cookie])  # type: ignore[list-item]

    def path(self, name: str) -> str:
        """The address of the page of this name."""
        return next(path for _role, known, path in self.pages if known == name)


@pytest.fixture(scope="module")
def sample(module_server: Server, browser: Browser) -> Sample:
    context = new_screen(browser, module_server, PHONE)
    page = context.new_page()
    page.goto("/")
    page.locator("form[action='/sample/'] button").click()
    page.locator("a[href$='/day/']").first.click()
    page.goto(page.url.replace("/day/", "/remote/"))
    page.locator("form[action$='/begin/'] button").click()
    page.locator(".key-next").click()
    expect(page.locator("body")).to_have_attribute("data-scene", "round")
    context.close()
    found = json.loads(module_server.python("from tests.journeys.sample_pages import show; show()"))
    return Sample(
        module_server, found["sessions"], [tuple(page) for page in found["pages"]], set(found["own_words"])
    )


@pytest.fixture(scope="module")
def foreign() -> dict[str, set[str]]:
    """For each language the texts that only the other one has."""
    written = [entry for entry in polib.mofile(str(CATALOGUE)) if entry.msgid and not entry.msgid_plural]
    english = {text for entry in written for text in (entry.msgid, capfirst(entry.msgid))}
    polish = {text for entry in written for text in (entry.msgstr, capfirst(entry.msgstr))}
    return {"pl": english - polish, "en": polish - english}


def read_in(pages: list[Address], language: str, theme: str) -> list[Address]:
    """All pages, or every fourth one in the combinations that show nothing new."""
    if (language, theme) in READ_ALL:
        return pages
    return pages[2 * READ_SOME.index((language, theme)) :: 4]


def faults_of(page: Page, language: str, foreign: set[str]) -> dict[str, object]:
    """What is wrong beside what axe finds: too wide for a phone, the wrong language, words of another one."""
    page.set_viewport_size(NARROW)
    width = page.evaluate(WIDTH)
    said = page.evaluate("document.documentElement.lang")
    return {
        "too wide": width if width > NARROW["width"] else None,
        "language": said if said != language else None,
        "foreign": foreign & set(page.evaluate(TEXTS)),
    }


@pytest.mark.parametrize(("language", "theme"), [*READ_ALL, *READ_SOME])
def test_every_page_reads_well_for_everybody(
    sample: Sample,
    screen: Screen,
    axe_finds: Callable[[Page], dict[str, str]],
    foreign: dict[str, set[str]],
    language: str,
    theme: str,
) -> None:
    size = {"width": 1280, "height": 800} if theme == "dark" else NARROW
    page = screen(sample.server, {"viewport": size}, locale=language, color_scheme=theme).new_page()
    found = {}

    for role, name, path in read_in(sample.pages, language, theme):
        sample.sign_in(page.context, role)
        page.set_viewport_size(size)
        page.goto(path)
        page.evaluate(OPEN_ALL)
        faults = {"axe": axe_finds(page), **faults_of(page, language, foreign[language] - sample.own_words)}
        found[f"{name} for {role}"] = {fault: what for fault, what in faults.items() if what}

    assert len(found) > 10
    assert {name: faults for name, faults in found.items() if faults} == {}


def walk(page: Page) -> list[dict[str, object]]:
    """What Tab comes to, from the top of the page until it leaves it; a date takes several presses."""
    come_to: list[dict[str, object]] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None or focused in come_to[:-1]:
            break
        if focused not in come_to:
            come_to.append(focused)
    return come_to


@pytest.mark.parametrize(("role", "name"), BY_KEYBOARD)
def test_every_control_is_reached_and_seen_by_keyboard(
    sample: Sample, screen: Screen, role: str, name: str
) -> None:
    context = screen(sample.server, {"viewport": NARROW})
    sample.sign_in(context, role)
    page = context.new_page()
    page.goto(sample.path(name))
    controls = page.evaluate(CONTROLS)

    come_to = walk(page)

    assert [stop for stop in controls if stop not in [one["stop"] for one in come_to]] == []
    assert [one for one in come_to if not one["framed"]] == []
    assert [one for one in come_to if not one["uncovered"]] == []


def test_the_first_tab_leads_past_the_head_of_the_page(sample: Sample, screen: Screen) -> None:
    page = screen(sample.server, PHONE).new_page()
    page.goto(sample.path("group"))

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Przejdź do treści")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()
