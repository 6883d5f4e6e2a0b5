"""An organiser with a spreadsheet: people come in, answer, meet and take something home."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, expect

from tests.journeys.conftest import LAPTOP, PHONE, Screen, new_screen
from tests.journeys.server import Server
from tests.journeys.steps import (
    begin_as,
    heading,
    link_in,
    mail_to,
    pl,
    press,
    say_when,
    say_why_and_for_whom,
)

HOST = "ada@example.org"
GROUP = "/g/sniadanie-w-zarach-zary/"
COLUMNS = "Imię i nazwisko;Adres e-mail;Branża;Mogę pomóc w;Szukam"
FIRST_LIST = [
    "Święcisław Gżegżółka;swiecislaw@example.org;pszczelarstwo;Opowiem o pszczołach;Szukam łąki pod ule",
    "Jadźka Źrebiec;jadzka@example.org;krawiectwo;Skrócę spodnie;Szukam starych guzików",
]
SECOND_LIST = [
    "Żaneta Żółć-Łęcka;zaneta@example.org;introligatorstwo;Oprawię książki;Szukam drukarni na krótkie serie",
    "Jadźka Źrebiec;jadzka@example.org;krawiectwo;Skrócę spodnie;Szukam starych guzików",
    "Zdzisława Ćwięk;bez małpy;murarstwo;Postawię komin;Szukam cegły rozbiórkowej",
]
HOSTS_PAGES = (
    *(GROUP + page for page in ("host/", "people/", "people/import/", "settings/", "dates/new/")),
    *("{}day/", "{}plan/", "{}tables/", "{}remote/", "{}projector/", "{}recap/"),
)


@dataclass
class Breakfast:
    """A group set up in the browser of its host, with everybody from the spreadsheet in it."""

    server: Server
    host: BrowserContext

    def page(self) -> Page:
        return self.host.new_page()


@pytest.fixture(scope="module")
def breakfast(module_server: Server, browser: Browser) -> Iterator[Breakfast]:
    context = new_screen(browser, module_server, LAPTOP)
    page = context.new_page()
    begin_as(page, "Ada Gospodarz", HOST)
    say_why_and_for_whom(page)
    page.get_by_label(pl("Name of the group")).fill("Śniadanie w Żarach")
    page.get_by_label(pl("Town")).fill("Żary")
    press(page, pl("Go on"))
    press(page, pl("Go on"))
    say_when(page, pl("every week"), in_days(7))
    press(page, pl("Create the group"))
    page.wait_for_url(f"**{GROUP}host/")
    bring_in(page, FIRST_LIST)
    confirm(page)
    page.close()
    yield Breakfast(module_server, context)
    context.close()


def in_days(days: int) -> datetime:
    return datetime.now(ZoneInfo("Europe/Warsaw")) + timedelta(days=days)


def bring_in(page: Page, people: list[str]) -> None:
    """Hand over a list as a Polish Excel saves it, up to the look at every row."""
    page.goto(f"{GROUP}people/import/")
    written = "\r\n".join([COLUMNS, *people]).encode("cp1250")
    file = FilePayload(name="lista.csv", mimeType="text/csv", buffer=written)
    page.get_by_label(pl("A file with a list of people")).set_input_files(file)
    press(page, pl("Look at the list"))
    heading(page, pl("A look at the list"))


def confirm(page: Page) -> None:
    page.locator("form[action$='/confirm/'] button").click()
    expect(page.get_by_role("status")).to_be_visible()


def names_in(page: Page) -> list[str]:
    page.goto(f"{GROUP}people/")
    return page.locator(".person .name").all_inner_texts()


def test_a_list_from_a_polish_excel_comes_in_once(breakfast: Breakfast) -> None:
    page, beside = breakfast.page(), breakfast.page()
    before = names_in(beside)

    bring_in(page, SECOND_LIST)
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("Żaneta Żółć-Łęcka")
    expect(page.locator("tbody tr.table-heed")).to_contain_text("Zdzisława Ćwięk")
    assert names_in(beside) == before
    confirm(page)

    assert sorted(names_in(beside)) == sorted([*before, "Żaneta Żółć-Łęcka"])
    beside.get_by_role("link", name="Żaneta Żółć-Łęcka").first.click()
    expect(beside.get_by_role("main")).to_contain_text("Oprawię książki")
    expect(beside.get_by_role("main")).to_contain_text("Szukam drukarni na krótkie serie")
    bring_in(page, SECOND_LIST[:2])
    confirm(page)
    expect(page.get_by_role("status")).to_have_text(pl("Everybody was here already, nothing has changed."))
    assert len(names_in(beside)) == len(before) + 1


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_guest_answers_on_a_phone_and_changes_it_by_the_link(
    breakfast: Breakfast, screen: Screen, scripts: bool
) -> None:
    page = screen(breakfast.server, PHONE, java_script_enabled=scripts).new_page()
    email = f"tosia-{scripts}@example.org".lower()
    page.goto(GROUP)
    page.get_by_label(pl("Your name")).fill("Tosia Pędziwiatr")
    page.get_by_label("E-mail").fill(email)
    press(page, pl("I'm coming"))
    heading(page, pl("Good to have you."))

    mail = mail_to(breakfast.page(), email)
    coming, not_this = pressed(page, link_in(mail, "a"))
    expect(coming).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(coming).to_have_attribute("aria-pressed", "true")
    not_this.click()

    expect(page.get_by_role("status")).to_have_text(pl("Noted. Maybe one of the next dates?"))
    expect(coming).to_have_attribute("aria-pressed", "false")
    expect(not_this).to_have_attribute("aria-pressed", "true")
    host = breakfast.page()
    host.goto(f"{GROUP}host/")
    expect(host.locator(".next-date")).to_contain_text("Tosia Pędziwiatr")


def pressed(page: Page, path: str) -> tuple[Locator, Locator]:
    """Opens a personal link; the two buttons of its first date."""
    page.goto(path)
    date = page.locator(".dates li").first
    return date.locator("[value=coming]"), date.locator("[value=no]")


def test_the_host_signs_in_with_a_code_on_another_browser(breakfast: Breakfast, screen: Screen) -> None:
    page = screen(breakfast.server, PHONE).new_page()
    outside = page.goto(f"{GROUP}host/")
    assert outside and outside.status == 404
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(HOST)
    press(page, pl("Mail me a code"))

    code = re.search(r"\b\d{6}\b", mail_to(breakfast.page(), HOST))
    assert code
    page.get_by_label(pl("Code from the mail")).fill(code[0])
    press(page, pl("Sign in"))

    page.goto(f"{GROUP}host/")
    heading(page, "Śniadanie w Żarach")


def add_meeting(page: Page, day: datetime) -> str:
    """A date more, on this day; answers with its path."""
    page.goto(f"{GROUP}dates/new/")
    page.get_by_label(pl("Day"), exact=True).fill(f"{day:%Y-%m-%d}")
    press(page, pl("Add the date"))
    link = page.locator(f".date[datetime^='{day:%Y-%m-%d}']").locator(
        "xpath=ancestor::li | ancestor::section"
    )
    address = link.locator("a[href^='/m/']").first.get_attribute("href") or ""
    return re.sub(r"(/m/\w+/).*", r"\1", address)


@pytest.mark.parametrize(("scripts", "days"), [(True, 1), (False, 2)], ids=["scripts", "no scripts"])
def test_a_meeting_from_the_door_to_the_recap(
    breakfast: Breakfast, screen: Screen, scripts: bool, days: int
) -> None:
    meeting = add_meeting(breakfast.page(), in_days(days))
    context = screen(breakfast.server, PHONE, java_script_enabled=scripts)
    context.add_cookies(breakfast.host.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    email = f"walk-in-{days}@example.org"

    let_in(page, meeting, email)
    everybody_speaks(page)
    page.goto(f"{meeting}recap/")
    heading(page, pl("What this meeting leaves"))
    page.goto(f"{meeting}plan/")
    press(page, pl("Send the recap now"))

    expect(page.get_by_role("status")).to_contain_text("3")
    mine = screen(breakfast.server, PHONE, java_script_enabled=scripts).new_page()
    mine.goto(link_in(mail_to(breakfast.page(), email), "r"))
    heading(mine, pl("%(name)s, this is what stays") % {"name": "Bożydar"})
    expect(mine.locator("section[aria-labelledby=people-head] .person")).to_have_count(3)
    mine.locator("#talks [value=yes]").first.click()
    expect(mine.locator("#talks [aria-pressed=true]")).to_have_text([pl("we talked")])
    mine.locator("#next [value=coming]").click()
    expect(mine.locator("#next [value=coming]")).to_have_attribute("aria-pressed", "true")
    for address in HOSTS_PAGES:
        outside = mine.goto(address.format(meeting))
        assert outside and (outside.status, mine.url) == (
            404,
            f"{breakfast.server.base_url}{address.format(meeting)}",
        )


def let_in(page: Page, meeting: str, email: str) -> None:
    """Two people tapped and one nobody expected; then the meeting begins."""
    page.goto(f"{meeting}day/")
    for name in ("Święcisław Gżegżółka", "Jadźka Źrebiec"):
        page.locator(".tap-row", has_text=name).locator(".tap").click()
        expect(page.locator(".tap-row", has_text=name).locator(".tap")).to_have_attribute(
            "aria-pressed", "true"
        )
    page.get_by_text(pl("Somebody unexpected came")).click()
    page.get_by_label(pl("Name"), exact=True).fill("Bożydar Źdźbło")
    page.get_by_label(pl("Trade")).fill("zduństwo")
    page.locator("#walk-in [name=email]").fill(email)
    press(page, pl("Check in"))
    expect(page.locator("#counts")).to_contain_text("3")
    page.get_by_role("link", name=pl("Start the meeting")).click()
    press(page, pl("Start the meeting"))


def everybody_speaks(page: Page) -> None:
    """Next from coffee to the round, through all who speak, then the end."""
    following = page.locator(".key-next:not([data-resting])")  # a key rests for a moment after a press
    speaking = page.locator("[data-slot=speaker] h1")
    following.click()
    heard = []
    for _ in range(3):
        expect(speaking).not_to_have_text(heard[-1] if heard else "")
        heard.append(speaking.inner_text())
        following.click()
    assert sorted(heard) == ["Bożydar Źdźbło", "Jadźka Źrebiec", "Święcisław Gżegżółka"]
    assert heard[0] != "Bożydar Źdźbło"
    page.get_by_text(pl("Go to a part, phones, end")).click()
    press(page, pl("End the meeting"))
    heading(page, pl("The meeting is over"))
