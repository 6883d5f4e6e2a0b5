"""What pages cost: CPU of the server for each request, bytes and queries, and the memory at rest.

    python bench/pages.py [--requests 400] [--rounds 5]

Starts `kawka serve` on a temporary folder with the sample group and asks for pages over one kept
connection, in interleaved rounds, so that a noisy machine troubles all rows alike; prints medians and ratios
to the kept page.
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

TARGETS = {"public page, kept": 0.6, "public page, 304": 0.6, "group feed, kept": 0.6, "home, signed in": 8.0}
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
print(group.slug, group.meetings.order_by("-starts_at").first().code, session.session_key)
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
            many = requests if "kept" in page.name or "304" in page.name else requests // 4
            before = cpu(process)
            for _request in range(many):
                ask(connection, page)
            page.cost.append((cpu(process) - before) * 1000 / many)


def rows(slug: str, meeting: str, session: str) -> list[Page]:
    """What is measured."""
    stranger, me = {"Accept-Language": "pl"}, {"Accept-Language": "pl", "Cookie": f"kawka_session={session}"}
    return [
        Page("public page, kept", f"/g/{slug}/", dict(stranger)),
        Page("public page, 304", f"/g/{slug}/", dict(stranger)),
        Page("group feed, kept", f"/g/{slug}/calendar.ics", dict(stranger)),
        Page("public page, rendered", f"/g/{slug}/", dict(me)),
        Page("home, signed in", "/", dict(me)),
        Page("host's page, signed in", f"/g/{slug}/host/", dict(me)),
        Page("people, signed in", f"/g/{slug}/people/", dict(me)),
        Page("day view, signed in", f"/m/{meeting}/day/", dict(me)),
    ]


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
        known = subprocess.run(
            [sys.executable, "-c", KNOW_ME], env=environment, check=True, capture_output=True, text=True
        )
        server, second = serve(folder, port)
        process = psutil.Process(server.pid)
        time.sleep(2)
        rest = process.memory_info().rss / 1e6
        pages = rows(*known.stdout.split())
        try:
            measure(process, port, pages, given.requests, given.rounds)
        finally:
            after = process.memory_info().rss / 1e6
            server.terminate()
            server.wait()
        size = sum(file.stat().st_size for file in Path(folder).glob("kawka.sqlite3*")) / 1e6
    report(pages, first, second, rest, after, size)


def report(pages: list[Page], first: float, second: float, rest: float, after: float, size: float) -> None:
    """Print the table."""
    base = statistics.median(pages[0].cost)
    print(f"{'page':26}{'status':>7}{'CPU ms':>9}{'ratio':>8}{'target':>9}{'bytes':>9}")
    for page in pages:
        cost, target = statistics.median(page.cost), TARGETS.get(page.name)
        wanted = f"<= {target}" if target else ""
        print(f"{page.name:26}{page.status:>7}{cost:>9.2f}{cost / base:>8.1f}{wanted:>9}{page.size:>9}")
    print(f"peers, measured apart: {PEERS}")
    print(f"start to first page: first {first:.1f} s, second {second:.1f} s (target < 5)")
    print(f"resident: {rest:.0f} MB at rest (target <= 160), {after:.0f} MB after; database {size:.1f} MB")


if __name__ == "__main__":
    main()
