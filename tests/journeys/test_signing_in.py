"""In without a password: with the code, on another device with the link, and next time with a passkey."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import LAPTOP, PHONE, Screen
from tests.journeys.server import Server

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def ask_for_mail(page: Page, origin: str) -> str:
    """Ask for a code and read the mail where it is shown."""
    page.goto(f"{origin}/accounts/login/")
    page.get_by_label("E-mail").fill("ania@example.org")
    page.get_by_role("button", name="Wyślij mi kod").click()
    page.wait_for_url("**/login/code/")
    reader = page.context.new_page()
    reader.goto(f"{origin}/dev/mail/")
    reader.get_by_role("link", name="to kod do Kawki").first.click()
    text = reader.locator(".letter-body").inner_text()
    reader.close()
    return text


def test_code_link_and_passkey(own_server: Server, screen: Screen, axe: Callable[[Page], None]) -> None:
    own_server.command("createhost", "ania@example.org")
    origin = own_server.base_url.replace("127.0.0.1", "localhost")  # passkeys want a name, not a number
    laptop, phone = screen(own_server, LAPTOP).new_page(), screen(own_server, PHONE).new_page()
    authenticator = laptop.context.new_cdp_session(laptop)
    authenticator.send("WebAuthn.enable")
    authenticator.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    mail = ask_for_mail(laptop, origin)
    code, link = re.search(r"\b\d{6}\b", mail), re.search(r"/sign-in/\S+", mail)
    assert code and link
    axe(laptop)
    phone.goto(link.group())
    axe(phone)
    phone.get_by_role("main").get_by_role("button", name="Zaloguj się").click()
    phone.goto("/account/")
    expect(phone.get_by_role("main")).to_contain_text("ania@example.org")

    laptop.bring_to_front()
    laptop.get_by_label("Kod z maila").fill(code.group())
    laptop.get_by_role("main").get_by_role("button", name="Zaloguj się").click()
    laptop.goto(f"{origin}/accounts/passkeys/add/")
    axe(laptop)
    laptop.get_by_label("Nazwa tego urządzenia").fill("Laptop Ani")
    laptop.get_by_role("button", name="Utwórz klucz dostępu").click()
    expect(laptop.get_by_text("Laptop Ani", exact=True).first).to_be_visible()
    axe(laptop)

    laptop.goto(f"{origin}/accounts/logout/")
    laptop.get_by_role("main").get_by_role("button", name="Wyloguj się").click()
    laptop.goto(f"{origin}/accounts/login/?next=/account/")
    laptop.get_by_role("button", name="Zaloguj się kluczem dostępu").click()
    laptop.wait_for_url(f"{origin}/account/")
    expect(laptop.get_by_role("main")).to_contain_text("Laptop Ani")
