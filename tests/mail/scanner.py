"""What a mail scanner does, and any eager mail program: it opens every link of a mail, again and again."""

import re
from html import unescape

import time_machine
from django.apps import apps
from django.conf import settings
from django.test import Client

from kawka.models import OutgoingMail
from tests.factories import NOON

LINK = re.compile(r"https?://[^\s\"<>]+")
LOOKS = 10
CLOSED = {"sign_in_code"}  # the test that keeps its words makes up the link


def links_in(mail: OutgoingMail) -> list[str]:
    """Every address of this Kawka in a mail: in its text, its page, and its headers."""
    words = " ".join([mail.text, unescape(mail.html), mail.headers.get("List-Unsubscribe", "")])
    found = {link.rstrip(".,;:)>") for link in LINK.findall(words)}
    return sorted(link for link in found if link.startswith(settings.SITE_URL))


def all_rows() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in models}


def opens(browser: Client, link: str) -> bool:
    """Whether the page behind a link is there, each time the same, wherever it leads."""
    path = link.removeprefix(settings.SITE_URL) or "/"
    with time_machine.travel(NOON):
        found = {browser.get(path, follow=True).status_code for _look in range(LOOKS)}
    assert len(found) == 1, (link, found)
    return found == {200}


def looking_changes_nothing(mail: OutgoingMail) -> None:
    """Open every link of a mail ten times, as a stranger and as its reader: it opens, and no row changes."""
    stranger, reader = Client(), Client()
    if mail.person and mail.person.account:
        reader.force_login(mail.person.account, "allauth.account.auth_backends.AuthenticationBackend")
    before = all_rows()
    for link in links_in(mail):
        assert opens(stranger, link) | opens(reader, link) or mail.kind in CLOSED, link
    assert all_rows() == before
