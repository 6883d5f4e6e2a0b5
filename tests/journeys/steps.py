"""What several journeys do the same way, in Polish, as people do it."""

import re
from datetime import datetime
from gettext import translation

from playwright.sync_api import Page, expect

from tests.journeys.server import ROOT, Server

pl = translation("django", ROOT / "src" / "kawka" / "locale", ["pl"]).gettext


def press(page: Page, words: str) -> None:
    """Press the button with these words on the page itself."""
    page.get_by_role("main").get_by_role("button", name=words, exact=True).click()


def begin_as(page: Page, name: str, email: str) -> None:
    """From the first page of a new instance to the first of the six steps."""
    page.goto("/")
    page.get_by_role("link", name=pl("Start a group")).click()
    page.get_by_label(pl("Your name")).fill(name)
    page.get_by_label(pl("Your e-mail")).fill(email)
    press(page, pl("Go on"))
    heading(page, pl("Why do you want to meet?"))


def heading(page: Page, words: str) -> None:
    """The page has this heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def say_why_and_for_whom(page: Page) -> None:
    page.get_by_role("radio", name=pl("both")).check()
    press(page, pl("Go on"))
    page.get_by_role("radio", name=pl("general: many trades")).check()
    press(page, pl("Go on"))


def say_when(page: Page, rhythm: str, starts_at: datetime) -> None:
    page.get_by_role("radio", name=rhythm, exact=True).check()
    page.get_by_label(pl("Hour")).fill(f"{starts_at:%H:%M}")
    page.get_by_label(pl("First date")).fill(f"{starts_at:%Y-%m-%d}")
    page.get_by_label(pl("Place"), exact=True).fill("Kawiarnia Pod Kawką")
    press(page, pl("Go on"))


def look_around(page: Page) -> str:
    """Into the sample group as its host; the path of the group."""
    page.goto("/")
    page.locator("form[action='/sample/'] button").click()
    host_page = page.locator("a[href$='/host/']").first.get_attribute("href") or ""
    return host_page.removesuffix("host/")


def open_ten_times(page: Page, path: str, server: Server, models: tuple[str, ...]) -> None:
    """Look at a mailed page as mail scanners do: no row of these models changes and no mail is written."""
    state = (
        "from django.apps import apps; from django.core.serializers import serialize as rows; "
        "from kawka.models import OutgoingMail; print(OutgoingMail.objects.count()); "
        f"print([rows('json', apps.get_model('kawka', one).objects.order_by('pk')) for one in {models}])"
    )
    before = server.python(state)
    for _ in range(10):
        assert page.request.get(path).ok
    assert server.python(state) == before


def mail_to(page: Page, address: str) -> str:
    """The text of the newest mail to this address."""
    page.goto("/dev/mail/")
    page.locator("li", has_text=address).get_by_role("link").first.click()
    return page.locator(".letter-body").inner_text()


def link_in(text: str, folder: str) -> str:
    """The path of the link in a mail that begins with this folder."""
    found = re.search(rf"https?://[^/\s]+(/{folder}/\S+)", text)
    assert found, text
    return found[1]
