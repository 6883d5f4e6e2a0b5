"""Every page of the sample group and who is let in; runs beside a server, on the server's data.

The addresses come from the entries of the matrix, so a page that is added there is found here too.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from kawka.models import Account, Group, Meeting, Person, Role, Standing
from kawka.web import account_urls
from tests.factories import make_account
from tests.web.matrix import MATRIX, World

EVERYWHERE = ("anonymous", "ben", "ada")
WHERE_NEW = ("cleo", "root")  # read only where none of the others is let in
FOR_HOLDERS = {"token", "number"}  # whoever has such an address is shown the same
LEFT_OUT = {"mail_html", "mail_sample_html"}  # the inside of a mail is no page and runs no script
Page = tuple[str, str, str]  # role, name, path


def show() -> None:
    """Prints {"sessions": {role: key}, "pages": [[role, name, path], ...], "own_words": [...]}."""
    worlds = worlds_of_sample()
    browsers = {role: browser_of(account) for role, account in accounts(worlds[Meeting.State.LIVE]).items()}
    pages = [*pages_of(browsers, worlds), *pages_of_accounts(browsers)]
    sessions = {role: session_of(browser) for role, browser in browsers.items()}
    print(json.dumps({"sessions": sessions, "pages": pages, "own_words": own_words()}))


def own_words() -> list[str]:
    """What a group may write anew, and begins with in its own language whoever reads it."""
    roles = Role.objects.all()
    return sorted(
        {*(role.name for role in roles), *(step for role in roles for step in role.steps.splitlines())}
    )


def worlds_of_sample() -> dict[str, World]:
    """The rows addresses are made of: around the meeting that is on, and around the last one that was.

    Ada is a host, Cleo a guest; Ben was at both meetings, and hands were raised for him.
    """
    group = Group.objects.get(community__is_sample=True)
    people = Person.objects.filter(memberships__group=group)
    on = group.meetings.get(state=Meeting.State.LIVE)
    past = group.meetings.filter(state=Meeting.State.CLOSED).order_by("-starts_at")[0]
    at_both = people.filter(attendances__meeting=on).filter(attendances__meeting=past)
    cast = {
        "ada": people.filter(memberships__standing=Standing.HOST)[0],
        "ben": at_both.filter(memberships__standing=Standing.MEMBER, hands_for_me__meeting=past)[0],
        "cleo": people.filter(memberships__standing=Standing.GUEST)[0],
    }
    return {meeting.state: World(group=group, meeting=meeting, **cast) for meeting in (on, past)}


def accounts(world: World) -> dict[str, Account | None]:
    """Who is signed in; Ben and Cleo get accounts for it, and there is an admin."""
    for person in (world.ben, world.cleo):
        person.account = make_account(person.email)
        person.save(update_fields=["account"])
    root = make_account("root@example.org", is_superuser=True, is_staff=True)
    signed_in = {"ben": world.ben.account, "ada": world.ada.account, "cleo": world.cleo.account}
    return {"anonymous": None, **signed_in, "root": root}


def browser_of(account: Account | None) -> Client:
    browser = Client(HTTP_HOST=settings.SITE_HOST, HTTP_ACCEPT_LANGUAGE="pl")
    if account is not None:
        browser.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def session_of(browser: Client) -> str:
    cookie = browser.cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie.value if cookie else ""


def pages_of(browsers: dict[str, Client], worlds: dict[str, World]) -> Iterator[Page]:
    """The pages of the matrix; a recap is that of the last meeting, all else is around the one that is on."""
    for name, entry in MATRIX.items():
        if entry.method == "get" and name not in LEFT_OUT:
            world = worlds[Meeting.State.CLOSED if "recap" in name else Meeting.State.LIVE]
            yield from let_in(browsers, name, entry.make(world))


def let_in(browsers: dict[str, Client], name: str, parts: dict[str, Any]) -> Iterator[Page]:
    """One page for each role that is shown it, unless it is built as one before."""
    path = reverse(name, kwargs=parts)
    known: set[str] = set()
    for role in EVERYWHERE[:1] if FOR_HOLDERS & set(parts) else (*EVERYWHERE, *WHERE_NEW):
        built = "" if role in WHERE_NEW and known else how_built(browsers[role], path)
        if built and built not in known:
            known.add(built)
            yield role, name, path


def pages_of_accounts(browsers: dict[str, Client]) -> Iterator[Page]:
    """Signing in and what belongs to it."""
    for pattern in account_urls.urlpatterns:
        if pattern.pattern.regex.groups == 0:
            yield from let_in(browsers, str(pattern.name), {})


def how_built(browser: Client, path: str) -> str:
    """The page's elements without their words; nothing where no page is shown."""
    answer = browser.get(path)
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return ""
    return " ".join(re.findall(r"<\w+", answer.content.decode()))
