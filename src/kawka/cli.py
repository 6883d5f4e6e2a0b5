"""The `kawka` command: everything a person types to run an instance."""

import argparse
import hashlib
import logging
import os
import secrets
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import django
import uvicorn
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils.module_loading import import_string

from kawka.live.hub import hub
from kawka.live.sockets import notice_dead_phones

PRIVATE_NETWORKS = "127.0.0.1,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7"
ADDRESS = "address"  # the file that remembers where Kawka was last served
NEED_TABLES = {"demo", "createhost"}
STREAMS_MAY_END_FOR = 2  # seconds after Ctrl-C


class Trouble(Exception):
    """Something the person at the keyboard can put right; the message says how."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0, 1 when a check fails, 2 when it could not start."""
    options = parser().parse_args(arguments)
    try:
        prepare_folder(options.data)
        options.run(options)
    except CommandError as error:
        print(f"kawka: {error}", file=sys.stderr)
        return error.returncode
    except (Trouble, ImproperlyConfigured) as error:
        print(f"kawka: {error}", file=sys.stderr)
        return 2
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        print(f"kawka: the database cannot be used: {reason}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    kawka = argparse.ArgumentParser(prog="kawka", description="Runs networking meetings people come back to.")
    commands = kawka.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.add_argument(
            "--data", metavar="DIR", type=Path, default=default_folder(), help="where data lives"
        )
        added.set_defaults(run=run_in_django, name=name, arguments=[])
        return added

    serve_it = command("serve", "Start Kawka: pages, live meetings and background jobs in one process.")
    serve_it.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 for a whole network"
    )
    serve_it.add_argument("--port", type=int, default=8000)
    serve_it.set_defaults(run=serve)
    work_it = command("work", "Do only what the clock asks for, beside a `kawka serve` elsewhere.")
    work_it.set_defaults(run=work)
    command("demo", "Add the sample group: 24 people, six past meetings and one today.")
    create_host = command(
        "createhost", "Make an account that looks after this instance; prints a sign-in link."
    )
    create_host.add_argument("arguments", metavar="EMAIL", nargs=1)
    check = command("check", "Look at settings, database, folders and mail; exits 1 when something is wrong.")
    check.set_defaults(name="checkup")
    backup = command("backup", "Write the database, uploaded files and the secret key into one archive.")
    backup.add_argument("arguments", metavar="FILE", nargs=1)
    return kawka


def default_folder() -> Path:
    """$KAWKA_DATA, else the usual place for a program's data."""
    if named := os.environ.get("KAWKA_DATA"):
        return Path(named)
    shared = os.environ.get("XDG_DATA_HOME")
    return (Path(shared) if shared else Path.home() / ".local" / "share") / "kawka"


def prepare_folder(folder: Path) -> None:
    """Makes the data folder with its secret key and tells the settings where it is."""
    folder = folder.expanduser().resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
        make_secret_key(folder / "secret_key")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Trouble(
            f"Cannot write to {folder} ({reason}); choose another folder with --data DIR."
        ) from error
    os.environ["KAWKA_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kawka.site.settings")


def make_secret_key(file: Path) -> None:
    """Writes a new key that only its owner can read, unless there is one."""
    if "SECRET_KEY" in os.environ or "SECRET_KEY_FILE" in os.environ or file.exists():
        return
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as key:
        key.write(secrets.token_urlsafe(50))


def run_in_django(options: argparse.Namespace) -> None:
    """Runs the management command of this name."""
    set_up_as_served()
    if options.name in NEED_TABLES:
        call_command("migrate", verbosity=0, interactive=False)
    call_command(options.name, *options.arguments)


def set_up_as_served() -> None:
    """Django set up so that links begin with the address last served."""
    served = Path(os.environ["KAWKA_DATA"]) / ADDRESS
    if served.exists():
        os.environ.setdefault("KAWKA_URL", served.read_text())
    django.setup()


def work(options: argparse.Namespace) -> None:
    """Runs the jobs of the clock until Ctrl-C or SIGTERM, finishing the one at hand."""
    set_up_as_served()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    worker = import_string("kawka.jobs.worker.start_worker")(stop)
    print("Kawka is at work. Stop with Ctrl-C.", flush=True)
    worker.join()
    print("Kawka has stopped.")


def serve(options: argparse.Namespace) -> None:
    """Brings database and static files up to date and serves until Ctrl-C."""
    listening = listen(options.host, options.port)
    os.environ.setdefault("KAWKA_URL", address(options.host, listening))
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    collect_static()
    (settings.DATA / ADDRESS).write_text(settings.SITE_URL)
    first_words = welcome()
    connection.close()
    with suppress(KeyboardInterrupt):
        Server(configuration(), first_words).run(sockets=[listening])
    print("Kawka has stopped.")


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address, so that nobody takes it while the rest gets ready."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise Trouble(why_not(host, port, error)) from error
    notice_dead_phones(listening)
    return listening


def why_not(host: str, port: int, error: Exception) -> str:
    """In words: why this address cannot be listened on, and what to try."""
    if isinstance(error, OverflowError):
        return f"Port {port} does not exist; ports go up to 65535, for example --port 8001."
    if isinstance(error, PermissionError):
        return f"Port {port} is reserved for the system; try one above 1023, for example --port 8001."
    if isinstance(error, OSError) and "in use" in (error.strerror or ""):
        return f"Port {port} is taken by another program; try --port {min(port + 1, 65535)}."
    return (
        f"This machine cannot listen on {host}; try --host 127.0.0.1, or --host 0.0.0.0 for a whole network."
    )


def address(host: str, listening: socket.socket) -> str:
    """The address to open in a browser; for a whole network the one phones in it can reach."""
    port = listening.getsockname()[1]
    if host in {"0.0.0.0", "::", ""}:
        host = address_in_network()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def address_in_network() -> str:
    """This machine's address towards other networks; nothing is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def collect_static() -> None:
    """Puts static files into STATIC_ROOT when any of their sources changed since the last time."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            file = Path(storage.path(name)).stat()
            seen.update(f"{name} {file.st_size} {file.st_mtime_ns}\n".encode())
    stamp = settings.STATIC_ROOT / ".sources"
    if stamp.exists() and stamp.read_text() == seen.hexdigest():
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(seen.hexdigest())


def welcome() -> str:
    """Where Kawka is and what to do there first."""
    lines = [f"Kawka is ready: {settings.SITE_URL}"]
    if import_string("kawka.actions.setup.is_fresh")():
        key = import_string("kawka.actions.setup.setup_key")()
        lines.append("Open it and choose “Start a group”, or “Look around with a sample group”.")
        lines.append(f"From another machine it asks for this setup key first: {key}")
    else:
        lines.append(f"Sign in at {settings.SITE_URL}{reverse('account_login')}")
    if settings.MAIL_IS_SHOWN_HERE:
        lines.append(f"Mail is not sent yet; it is shown at {settings.SITE_URL}{reverse('mail_list')}")
    lines.append(f"Everything is kept in {settings.DATA}. Stop with Ctrl-C.")
    return "\n".join(lines)


def configuration() -> uvicorn.Config:
    """How the one process serves: nobody's event stream delays stopping."""
    logging.getLogger("uvicorn.error").addFilter(lambda record: not record.getMessage().startswith("Cancel "))
    return uvicorn.Config(
        "kawka.site.asgi:application",
        loop="auto",
        http="httptools",
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=settings.BEHIND_PROXY,
        forwarded_allow_ips=PRIVATE_NETWORKS,
        timeout_graceful_shutdown=STREAMS_MAY_END_FOR,
    )


class Server(uvicorn.Server):
    """Says where it is as soon as it answers, and lets every phone go before it stops."""

    def __init__(self, config: uvicorn.Config, first_words: str) -> None:
        super().__init__(config)
        self.first_words = first_words

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts listening, then prints the first words."""
        await super().startup(sockets)
        print(self.first_words, flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Lets the phones in running meetings go first, so that they do not hold up the end."""
        await hub.close()
        await super().shutdown(sockets)
