import asyncio
import gzip

import pytest

from kawka.web import ready
from kawka.web.ready import ReadyPages
from tests.factories import NOON, make_meeting


@pytest.fixture(autouse=True)
def nothing_kept():
    ready.pages.clear()
    yield
    ready.pages.clear()


class Behind:
    """The application behind: says that it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self, scope, receive, send) -> None:
        self.asked += 1
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-from", b"django")]})
        await send({"type": "http.response.body", "body": b"rendered"})


def get(application, path, **headers):
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": raw}
    asyncio.run(application(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1].get("body", b"")


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_is_answered_without_asking_django_until_something_changes(group, client, time_machine):
    time_machine.move_to(NOON)
    make_meeting(group)
    path = f"/g/{group.slug}/"
    behind = Behind()
    pages = ReadyPages(behind)
    rendered = client.get(path, headers={"accept-language": "pl"})

    first = get(pages, path, accept_language="pl")
    again = get(pages, path, accept_language="pl", if_none_match=first[1][b"etag"].decode())
    packed = get(pages, path, accept_language="pl", accept_encoding="gzip, br")
    group.touch_page()
    changed = get(pages, path, accept_language="pl")

    assert first[2] == rendered.content
    assert (again[0], again[2]) == (304, b"")
    assert (packed[1][b"content-encoding"], gzip.decompress(packed[2])) == (b"gzip", rendered.content)
    assert (changed[2], behind.asked) == (b"rendered", 1)


@pytest.mark.django_db(transaction=True)
def test_languages_themes_and_signed_in_visitors_are_kept_apart(group, client, time_machine):
    time_machine.move_to(NOON)
    make_meeting(group)
    path = f"/g/{group.slug}/"
    behind = Behind()
    pages = ReadyPages(behind)
    client.get(path, headers={"accept-language": "pl"})

    get(pages, path, accept_language="en")
    get(pages, path, accept_language="pl", cookie="kawka_theme=dark")
    get(pages, path, accept_language="pl", cookie="kawka_session=abc")
    get(pages, path, accept_language="pl")

    assert behind.asked == 3


def test_the_public_page_sets_no_cookie_and_carries_the_security_headers(group, client):
    response = client.get(f"/g/{group.slug}/", headers={"accept-language": "pl"})

    [kept] = ready.pages.values()
    names = {name for name, _value in kept.headers}
    assert response.cookies == {}
    assert {b"content-security-policy", b"x-content-type-options", b"referrer-policy", b"etag"} <= names
