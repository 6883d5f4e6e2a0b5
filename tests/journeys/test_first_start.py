"""The first start of an instance, as a new host lives it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.journeys.conftest import LAPTOP, PHONE, Screen
from tests.journeys.server import Server
from tests.journeys.steps import begin_as, heading, pl, press, say_when, say_why_and_for_whom

SLIP = "Nothing is lost. Have a look at the marked places below and send it again."


def next_wednesday() -> datetime:
    """A Wednesday next week, 8:30 on the clock of the group."""
    now = datetime.now(ZoneInfo("Europe/Warsaw"))
    today = now.replace(hour=8, minute=30, second=0, microsecond=0)
    return today + timedelta(days=7 + (2 - today.weekday()) % 7)


def test_from_an_empty_instance_to_a_page_that_shows_the_date(own_server: Server, screen: Screen) -> None:
    first_date = next_wednesday()
    page = screen(own_server, PHONE).new_page()
    begin_as(page, "Żaneta Żółć-Łęcka", "zaneta@example.org")

    press(page, pl("Go on"))
    expect(page.locator(".error")).to_have_text(
        pl("Choose what brings you together. It can be changed later.")
    )
    say_why_and_for_whom(page)
    name_it_after_a_slip(page)
    go_back_once_and_on(page)
    say_when(page, pl("every week"), first_date)
    heading(page, pl("How many people feel good?"))
    expect(page.locator(".facts")).to_contain_text("Środowa Kawa, Żywiec")
    press(page, pl("Create the group"))

    expect(page).to_have_url(f"{own_server.base_url}/g/srodowa-kawa-zywiec/host/")
    expect(page.get_by_role("status")).to_have_text(pl("%(group)s is ready.") % {"group": "Środowa Kawa"})
    stranger = screen(own_server, PHONE).new_page()
    stranger.goto("/g/srodowa-kawa-zywiec/")
    heading(stranger, "Środowa Kawa")
    expect(stranger.locator("#next")).to_have_text(pl("Next time at %(time)s") % {"time": "8:30"})
    expect(stranger.locator(".next-date time").first).to_have_attribute("datetime", first_date.isoformat())


def name_it_after_a_slip(page: Page) -> None:
    """Without a town the step comes back as it was filled in, with a sentence on what to do."""
    page.get_by_label(pl("Name of the group")).fill("Środowa Kawa")
    press(page, pl("Go on"))
    expect(page.get_by_role("alert")).to_contain_text(pl(SLIP))
    expect(page.locator(".error")).to_have_text(pl("Type the town, so that neighbours can find you."))
    expect(page.get_by_label(pl("Name of the group"))).to_have_value("Środowa Kawa")
    page.get_by_label(pl("Town")).fill("Żywiec")
    press(page, pl("Go on"))
    heading(page, pl("How does a meeting run?"))


def go_back_once_and_on(page: Page) -> None:
    """Back to the name and the reload of it lose nothing."""
    press(page, pl("Back"))
    expect(page.get_by_label(pl("Name of the group"))).to_have_value("Środowa Kawa")
    page.reload()
    expect(page.get_by_label(pl("Name of the group"))).to_have_value("Środowa Kawa")
    expect(page.get_by_label(pl("Town"))).to_have_value("Żywiec")
    press(page, pl("Go on"))
    expect(page.get_by_role("radio", name=pl("Business breakfast"))).to_be_checked()
    press(page, pl("Go on"))
    heading(page, pl("When, and in which place?"))


def test_a_look_around_the_sample_leaves_nothing_behind(server: Server, screen: Screen) -> None:
    page = screen(server, LAPTOP).new_page()
    page.goto("/")
    press(page, pl("Look around with a sample group"))

    expect(page.get_by_role("complementary", name=pl("Sample"))).to_be_visible()
    page.get_by_role("main").get_by_role("link", name=pl("Host's page")).first.click()
    expect(page.locator(".next-date .tag-now")).to_have_text(pl("Today"))
    page.get_by_role("link", name=pl("People"), exact=True).click()
    expect(page.locator(".people .person")).to_have_count(24)
    page.locator(".person .name").first.click()
    expect(page.locator(".wants .want").first).to_be_visible()
    page.go_back()
    page.get_by_role("link", name=pl("Meetings"), exact=True).click()
    page.get_by_role("link", name=pl("Recap of %(day)s").split("%")[0]).click()
    expect(page.locator("section[aria-labelledby=people-head] .person").first).to_be_visible()
    page.get_by_role("button", name=pl("Remove the sample")).click()

    expect(page.get_by_role("status")).to_have_text(pl("The sample is gone, with everything in it."))
    expect(page.get_by_role("main").get_by_role("link", name=pl("Start a group"))).to_be_visible()
    gone = page.goto("/g/sroda-od-sniadania/")
    assert gone and gone.status == 404
