"""Pages kept ready: rendered once for each version of what they show, answered before Django is asked.

A view says what its page depends on by `keep_ready`; the middleware stores the finished answer with all its
headers; the ASGI wrapper serves it to visitors without a session for as long as the group's `page_version`
is the same. One row is read for each request, in a thread of its own.
"""

import gzip
import hashlib
from asyncio import get_running_loop
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from http.cookies import SimpleCookie
from time import time
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation.trans_real import get_language_from_request

from kawka.models import Group

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Key = tuple[str, str, str]

KEPT_AT_MOST = 2000
KEPT_FOR = 24 * 60 * 60.0  # seconds; much less than the token of a form lasts
THEME_COOKIE = "kawka_theme"


@dataclass(frozen=True, slots=True)
class ReadyPage:
    """A finished answer and what it was made from."""

    group: int
    version: int
    until: float
    etag: bytes
    headers: list[tuple[bytes, bytes]]
    body: bytes
    packed: bytes


pages: dict[Key, ReadyPage] = {}


def keep_ready(response: HttpResponse, *, group: Group, until: datetime | None) -> HttpResponse:
    """Mark an answer that may be given to every anonymous visitor until the group's page changes.

    `group` must have been read before all else the page shows; `until` is when it grows stale by itself.
    """
    stale_at = until.timestamp() if until else float("inf")
    response.ready = (group.pk, group.page_version, stale_at)  # type: ignore[attr-defined]
    return response


@lru_cache(maxsize=512)
def preferences(cookie: str, accept_language: str) -> tuple[str, str, bool]:
    """The language and theme a page is shown in, and whether the visitor has a session."""
    cookies = {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
    request = SimpleNamespace(COOKIES=cookies, META={"HTTP_ACCEPT_LANGUAGE": accept_language}, path_info="/")
    language = get_language_from_request(request)  # type: ignore[arg-type]
    return language, cookies.get(THEME_COOKIE, ""), settings.SESSION_COOKIE_NAME in cookies


class ReadyPageMiddleware:
    """Stores answers marked by `keep_ready`, with the headers of all other middleware; must come first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        made_from = getattr(response, "ready", None)
        if made_from is None or response.status_code != 200 or response.cookies or request.GET:
            return response
        language, theme, has_session = preferences(
            request.headers.get("Cookie", ""), request.headers.get("Accept-Language", "")
        )
        if has_session:
            return response
        etag = '"' + hashlib.blake2b(response.content, digest_size=12).hexdigest() + '"'
        response["ETag"] = etag
        response["Vary"] = "Cookie, Accept-Language, Accept-Encoding"
        response["Cache-Control"] = "no-cache"
        headers = [(name.lower().encode(), value.encode()) for name, value in response.items()]
        headers = [header for header in headers if header[0] != b"content-length"]
        if len(pages) >= KEPT_AT_MOST:
            pages.clear()
        packed = gzip.compress(response.content, 9, mtime=0)
        group, version, until = made_from
        until = min(until, time() + KEPT_FOR)
        pages[(request.path, language, theme)] = ReadyPage(
            group, version, until, etag.encode(), headers, response.content, packed
        )
        return response


class ReadyPages:
    """An ASGI application that answers from the kept pages and passes everything else on."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ready-pages")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page = None
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and not scope["query_string"]:
            headers = dict(scope["headers"])
            page = self.find(scope["path"], headers)
            if page is not None and await get_running_loop().run_in_executor(self.reader, is_current, page):
                await respond(page, headers, send, with_body=scope["method"] == "GET")
                return
        await self.application(scope, receive, send)

    def find(self, path: str, headers: dict[bytes, bytes]) -> ReadyPage | None:
        """The kept page for this path and visitor, unless it has grown stale or they have a session."""
        if not pages:
            return None
        language, theme, has_session = preferences(
            headers.get(b"cookie", b"").decode("latin-1"),
            headers.get(b"accept-language", b"").decode("latin-1"),
        )
        page = None if has_session else pages.get((path, language, theme))
        return page if page is not None and page.until > time() else None


def is_current(page: ReadyPage) -> bool:
    """Whether the group's page is still of the version that was kept. One row is read."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT page_version FROM kawka_group WHERE id = %s", [page.group])
            row = cursor.fetchone()
    except DatabaseError:
        connection.close()
        return False
    return row is not None and row[0] == page.version


async def respond(page: ReadyPage, asked: dict[bytes, bytes], send: Send, *, with_body: bool) -> None:
    """Send the kept page: 304 for who has it, packed for who can unpack it."""
    if asked.get(b"if-none-match") == page.etag:
        await send({"type": "http.response.start", "status": 304, "headers": page.headers})
        await send({"type": "http.response.body"})
        return
    body, headers = page.body, page.headers
    if b"gzip" in asked.get(b"accept-encoding", b""):
        body, headers = page.packed, [*page.headers, (b"content-encoding", b"gzip")]
    headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body if with_body else b""})
