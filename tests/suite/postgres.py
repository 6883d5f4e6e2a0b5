"""A PostgreSQL of the tests' own: on a free port, in a temporary folder, gone afterwards."""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

READY_WITHIN = 30  # seconds
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


@contextlib.contextmanager
def temporary_cluster(programs: Path) -> Iterator[str]:
    """The DATABASE_URL of a new cluster, for as long as the context lasts."""
    folder = Path(tempfile.mkdtemp(prefix="kawka-postgresql-"))
    password = secrets.token_hex(16)
    (folder / "password").write_text(password)
    prefix = as_somebody_else(folder)
    try:
        initialise(programs, folder, prefix)
        with running(programs, folder, prefix) as port:
            yield f"postgres://kawka:{password}@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def as_somebody_else(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: hands the folder to its own user, or nobody."""
    if os.geteuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    for path in (folder, folder / "password"):
        os.chown(path, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--"]


def initialise(programs: Path, folder: Path, prefix: list[str]) -> None:
    """Makes the cluster."""
    options = ["--username=kawka", f"--pwfile={folder / 'password'}", "--auth=scram-sha-256", "--no-sync"]
    options += ["--encoding=UTF8", "--locale=C", "-D", str(folder / "data")]
    command = [*prefix, str(programs / "initdb"), *options]
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def running(programs: Path, folder: Path, prefix: list[str]) -> Iterator[int]:
    """Runs the server; gives its port once it answers."""
    port = free_port()
    settings = [*FAST, f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories="]
    command = [*prefix, str(programs / "postgres"), "-D", str(folder / "data")]
    for setting in settings:
        command += ["-c", setting]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True)
    try:
        wait_until_ready(server, folder / "log")
        yield port
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(timeout=5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(server: subprocess.Popen[bytes], log: Path) -> None:
    """Returns when the server says that it takes connections."""
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and server.poll() is None:
        if "ready to accept connections" in log.read_text():
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
