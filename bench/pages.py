"""What pages cost: CPU of the server for each request, bytes and queries, and the memory at rest.

    python bench/pages.py [--requests 400] [--rounds 5]

Starts `kawka serve` on a temporary folder with the sample group and asks for pages over one kept
connection, in interleaved rounds, so that a noisy machine troubles all rows alike; prints medians and ratios
to the kept page. Queries are counted apart, in a process of their own.
"""

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

TARGET_KEPT, TARGET_SIGNED_IN = 0.6, 8.0
PEERS = "pretix date page 90 ms, pretalx event page 14, Indico event 87, plain Django with three queries 4"
KNOW_ME = """
import django; django.setup()
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from kawka.actions.sample import create_sample
from kawka.models import Group, Membership
create_sample(now=timezone.now())
group = Group.objects.get()
host = Membership.objects.hosts().select_related("person__account").first().person.account
session = SessionStore()
session["_auth_user_id"], session["_auth_user_hash"] = str(host.pk), host.get_session_auth_hash()
session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
session.save()
coming, closed = group.meetings.upcoming(timezone.now()).first(), group.meetings.filter(state="closed").last()
member = group.memberships.exclude(person__account=host).first()
print(session.session_key, group.slug, coming.code, closed.code, member.person.code)
"""
COUNT = """
import sys, django; django.setup()
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
visitor = Client(HTTP_HOST="127.0.0.1")
visitor.cookies[settings.SESSION_COOKIE_NAME] = sys.argv[1]
for path in sys.argv[2:]:
    visitor.get(path)
    with CaptureQueriesContext(connection) as queries:
        visitor.get(path)
    print(len(queries))
"""


@dataclass
class Page:
    """One row of the table."""

    name: str
    path: str
    headers: dict[str, str]
    cost: list[float] = field(default_factory=list)
    size: int = 0
    status: int = 0
    queries: int = 1

    @property
    def is_kept(self) -> bool:
        """Whether it is answered before Django is asked."""
        return "Cookie" not in self.headers


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(connection: http.client.HTTPConnection, page: Page) -> dict[str, str]:
    """Ask for the page once and remember its status and size; returns the headers."""
    connection.request("GET", page.path, headers={"Accept-Encoding": "gzip", **page.headers})
    answer = connection.getresponse()
    page.size, page.status = len(answer.read()), answer.status
    return dict(answer.getheaders())


def cpu(process: psutil.Process) -> float:
    """CPU seconds the server has used so far."""
    times = process.cpu_times()
    return times.user + times.system


def measure(process: psutil.Process, port: int, pages: list[Page], requests: int, rounds: int) -> None:
    """Fill in the CPU milliseconds of each page, round by round."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for page in pages:
        etag = ask(connection, page).get("etag", "")
        if page.name.endswith("304"):
            page.headers["If-None-Match"] = etag
        ask(connection, page)
    for _round in range(rounds):
        for page in pages:
            many = requests if page.is_kept else requests // 8
            before = cpu(process)
            for _request in range(many):
                ask(connection, page)
            page.cost.append((cpu(process) - before) * 1000 / many)


def rows(session: str, slug: str, meeting: str, closed: str, person: str) -> list[Page]:
    """What is measured: pages kept for everybody, and pages as the group's host sees them."""
    kept = [
        ("public page, kept", f"/g/{slug}/"),
        ("public page, 304", f"/g/{slug}/"),
        ("group feed, kept", f"/g/{slug}/calendar.ics"),
    ]
    signed_in = [
        ("public page, rendered", f"/g/{slug}/"),
        ("meeting page, rendered", f"/m/{meeting}/"),
        ("home", "/"),
        ("host's page", f"/g/{slug}/host/"),
        ("people", f"/g/{slug}/people/"),
        ("settings", f"/g/{slug}/settings/"),
        ("settings, run sheet", f"/g/{slug}/settings/formula/"),
        ("card", f"/p/{person}/"),
        ("me", "/me/"),
        ("day view", f"/m/{meeting}/day/"),
        ("plan", f"/m/{meeting}/plan/"),
        ("tables", f"/m/{meeting}/tables/"),
        ("recap", f"/m/{closed}/recap/"),
        ("remote", f"/m/{meeting}/remote/"),
        ("projector", f"/m/{meeting}/projector/"),
        ("phone", f"/m/{meeting}/live/"),
    ]
    me = {"Accept-Language": "pl", "Cookie": f"kawka_session={session}"}
    anybody = [Page(name, path, {"Accept-Language": "pl"}) for name, path in kept]
    return [*anybody, *(Page(name, path, dict(me)) for name, path in signed_in)]


def count_queries(session: str, pages: list[Page], environment: dict[str, str]) -> None:
    """Fill in the queries of the pages that are rendered; a kept one reads one row."""
    rendered = [page for page in pages if not page.is_kept]
    counts = run(COUNT, environment, session, *(page.path for page in rendered))
    for page, count in zip(rendered, counts, strict=True):
        page.queries = int(count)


def run(code: str, environment: dict[str, str], *given: str) -> list[str]:
    """The words a piece of Python prints in the served folder."""
    command = [sys.executable, "-c", code, *given]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.split()


def serve(folder: str, port: int) -> tuple[subprocess.Popen[bytes], float]:
    """The server on this folder and the seconds until its first page."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "kawka", "serve", "--data", folder, "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while server.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
            return server, time.perf_counter() - started
        except OSError:
            time.sleep(0.02)
    raise SystemExit("the server did not start")


def main() -> None:
    """Serve, measure, print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--requests", type=int, default=400)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        server, first = serve(folder, port)
        server.terminate()
        server.wait()
        environment = {**os.environ, "KAWKA_DATA": folder, "DJANGO_SETTINGS_MODULE": "kawka.site.settings"}
        environment["KAWKA_URL"] = f"http://127.0.0.1:{port}"
        known = run(KNOW_ME, environment)
        server, second = serve(folder, port)
        process = psutil.Process(server.pid)
        time.sleep(2)
        rest = process.memory_info().rss / 1e6
        pages = rows(*known)
        try:
            measure(process, port, pages, given.requests, given.rounds)
        finally:
            after = process.memory_info().rss / 1e6
            server.terminate()
            server.wait()
        count_queries(known[0], pages, environment)
        size = sum(file.stat().st_size for file in Path(folder).glob("kawka.sqlite3*")) / 1e6
    report(pages, first, second, rest, after, size)


def report(pages: list[Page], first: float, second: float, rest: float, after: float, size: float) -> None:
    """Print the table."""
    base = statistics.median(pages[0].cost)
    print(f"{'page':26}{'status':>7}{'CPU ms':>9}{'ratio':>8}{'target':>9}{'queries':>9}{'bytes':>9}")
    for page in pages:
        cost, wanted = statistics.median(page.cost), TARGET_KEPT if page.is_kept else TARGET_SIGNED_IN
        told = f"{cost:>9.2f}{cost / base:>8.1f}{f'<= {wanted}':>9}{page.queries:>9}{page.size:>9}"
        print(f"{page.name:26}{page.status:>7}{told}")
    print(f"peers, measured apart: {PEERS}")
    print(f"start to first page: first {first:.1f} s, second {second:.1f} s (target < 5)")
    print(f"resident: {rest:.0f} MB at rest (target <= 160), {after:.0f} MB after; database {size:.1f} MB")


if __name__ == "__main__":
    main()
