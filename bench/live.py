"""What many running meetings cost one process, beside the targets.

    .venv/bin/python bench/live.py [--loadgen ../shared/live/loadgen.py] [--meetings 400] [--clients 25]

Makes that many meetings in a temporary database, starts `kawka serve` on it, and lets the load generator
listen, press "next" in every meeting (spread, then all at once), and drop and reconnect everybody.
"""

import argparse
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOADGEN = Path(os.environ.get("KAWKA_LOADGEN", ROOT.parent / "shared" / "live" / "loadgen.py"))
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CSRF = "b" * 32


def load_generator(path: Path) -> Any:
    """The load generator, pressing as a remote does: with the version its listeners have seen."""
    sys.path.insert(0, str(path.parent))
    loadgen = import_module(path.stem)

    class Remote(loadgen.Worker):  # type: ignore[name-defined,misc]
        async def press1(self, meeting: Any) -> None:
            self.a.next_body = f"verb=next&seen={meeting.maxv}"
            await super().press1(meeting)

    loadgen.Worker = Remote
    return loadgen


def prepare(meetings: int, clients: int) -> tuple[list[dict[str, str]], str]:
    """Meetings in the middle of their round, each with its people; and the cookie of their host."""
    django = import_module("django")
    django.setup()
    management = import_module("django.core.management")
    management.call_command("migrate", verbosity=0)
    models, tokens = import_module("kawka.models"), import_module("kawka.access.tokens")
    live, timezone = import_module("kawka.actions.live"), import_module("django.utils.timezone")
    now = timezone.now()
    community = models.Community.objects.create(name="Bench")
    account = models.Account.objects.create_user("host@example.org")
    people = [models.Person(community=community, name=f"Person {number}") for number in range(clients)]
    people[0].account = account
    people = models.Person.objects.bulk_create(people)
    models.Card.objects.bulk_create(models.Card(person=person, trade="trade") for person in people)
    group = models.Group.objects.create(
        community=community, slug="bench", name="Bench", town="", purpose="both"
    )
    models.Membership.objects.create(group=group, person=people[0], standing="host")
    models.Segment.objects.create(group=group, position=0, kind="round", minutes=30)
    rows = []
    for number in range(meetings):
        starts_at = now + timedelta(minutes=number)
        meeting = models.Meeting.objects.create(
            group=group,
            local_date=starts_at.date(),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
        )
        models.Attendance.objects.bulk_create(
            models.Attendance(meeting=meeting, person=person, arrived_at=now) for person in people
        )
        live.begin(meeting=meeting, by=people[0], now=now)
        stream = f"/live/stream/{tokens.stream_token(meeting, 'phone')}"
        rows.append({"m": meeting.code, "stream": stream, "next": f"/m/{meeting.code}/press/"})
    store = import_module("django.contrib.sessions.backends.db").SessionStore()
    store.update({"_auth_user_id": str(account.pk), "_auth_user_backend": BACKEND})
    store["_auth_user_hash"] = account.get_session_auth_hash()
    store.save()
    return rows, f"kawka_session={store.session_key}; csrftoken={CSRF}"


def serve(data: str) -> tuple[subprocess.Popen[bytes], str]:
    """The server on a free port, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "kawka", "serve", "--data", data, "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, preexec_fn=many_files)
    address = f"http://127.0.0.1:{port}"
    while True:
        try:
            urllib.request.urlopen(f"{address}/live/clock", timeout=5).close()
        except urllib.error.URLError:
            assert server.poll() is None, "the server ended"
            time.sleep(0.05)
        else:
            return server, address


def many_files() -> None:
    """Let the process hold as many connections as the system allows."""
    resource = import_module("resource")
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def table(run: dict[str, Any], settled_threads: int) -> list[tuple[str, float, float, str]]:
    """Name, measured, target and unit of every line."""
    fan, burst, storm = run["fanout"], run["burst"], run["storm"]
    return [
        ("press to arrival, spread, p50", fan["fanout_ms"]["p50"], 20, "ms"),
        ("press to arrival, spread, p99", fan["fanout_ms"]["p99"], 20, "ms"),
        ("all meetings press at once, p99", burst["fanout_ms"]["p99"], 600, "ms"),
        ("memory of a listener", run["connect"]["server"]["kb_per_conn_uss"], 16, "KB"),
        ("all back after a dropped network", storm["recovery_ms"]["max"] / 1000, 4, "s"),
        ("threads more than without listeners", run["idle"]["server"]["threads"] - settled_threads, 0, ""),
        ("events missed", fan["missed"] + burst["missed"], 0, ""),
        ("presses refused", fan["post_bad"] + burst["post_bad"], 0, ""),
    ]


def main() -> None:
    """Run everything and print the table."""
    arguments = argparse.ArgumentParser(description="What many running meetings cost one process.")
    arguments.add_argument("--loadgen", type=Path, default=LOADGEN)
    arguments.add_argument("--meetings", type=int, default=400)
    arguments.add_argument("--clients", type=int, default=25)
    arguments.add_argument("--seconds", type=int, default=30)
    options = arguments.parse_args()
    os.environ["KAWKA_LOADGEN"] = str(options.loadgen)
    with tempfile.TemporaryDirectory() as data:
        run, threads = measure(options, data)
    presses = run["fanout"]["presses"]
    print(f"{options.meetings} meetings x {options.clients} listeners, {presses} presses spread")
    print(f"{'':38}{'measured':>10}{'target':>10}{'ratio':>8}")
    for name, measured, target, unit in table(run, threads):
        ratio = f"{measured / target:8.0%}" if target else f"{'':8}"
        print(f"{name:38}{measured:>10.1f}{target:>10}{ratio} {unit}")


def measure(options: argparse.Namespace, data: str) -> tuple[dict[str, Any], int]:
    """What the load generator found, and how many threads the server had before anybody listened."""
    os.environ.update(KAWKA_DATA=data, DJANGO_SETTINGS_MODULE="kawka.site.settings")
    (Path(data) / "secret_key").write_text(secrets.token_urlsafe(50))
    rows, cookie = prepare(options.meetings, options.clients)
    ids, result = Path(data) / "ids.jsonl", Path(data) / "result.jsonl"
    ids.write_text("\n".join(json.dumps(row) for row in rows) + "\n")
    server, address = serve(data)
    try:
        threads = warm(server.pid, address, rows[0], cookie)
        headers = [f"Cookie: {cookie}", f"X-CSRFToken: {CSRF}", "Accept: application/json"]
        headers.append("Content-Type: application/x-www-form-urlencoded")
        sys.argv = ["loadgen", "--url", address, "--ids", str(ids), "--json", str(result), "--quiet"]
        sys.argv += [part for header in headers for part in ("--next-header", header)]
        sys.argv += ["--meetings", str(options.meetings), "--clients", str(options.clients)]
        sys.argv += [
            "--pid",
            str(server.pid),
            "--idle",
            "3",
            "--seconds",
            str(options.seconds),
            "--period",
            "10",
        ]
        sys.argv += ["--burst", "2", "--storm", "fin", "--storm-gap", "1", "--any-ready"]
        load_generator(options.loadgen).main()
        return json.loads(result.read_text()), threads
    finally:
        server.terminate()
        server.wait(10)


def warm(pid: int, address: str, row: dict[str, str], cookie: str) -> int:
    """Ask for pages until all threads that answer pages are there; their number."""
    for _ in range(40):
        request = urllib.request.Request(f"{address}{row['next'].replace('press', 'remote')}")
        request.add_header("Cookie", cookie)
        urllib.request.urlopen(request).close()
    urllib.request.urlopen(f"{address}{row['stream']}").close()
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


if __name__ == "__main__":
    main()
elif __name__ == "__mp_main__":  # a worker process of the load generator
    load_generator(LOADGEN)
