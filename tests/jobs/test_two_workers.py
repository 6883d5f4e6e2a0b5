"""Two processes share the work: one killed halfway, two others at once, nothing twice and nothing lost."""

import contextlib
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
COUNT = (
    "from kawka.models import OutgoingMail, JobRun; from django_tasks_db.models import DBTaskResult;"
    "print(OutgoingMail.objects.filter(key__startswith='twenty:').count(),"
    " JobRun.objects.get().queued_at,"
    " DBTaskResult.objects.successful().count(), DBTaskResult.objects.count())"
)


@contextlib.contextmanager
def another_database() -> Iterator[dict[str, str]]:
    """A database several processes can open: a file, or a new one in the cluster the tests run on."""
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        yield {}
        return
    address, name = os.environ["DATABASE_URL"], f"workers_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield {"DATABASE_URL": f"{address.rpartition('/')[0]}/{name}"}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Tables of their own, for processes of their own."""
    with another_database() as variables:
        told = {**os.environ, "KAWKA_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "kawka.site.settings"}
        told |= variables
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], cwd=ROOT, env=told, check=True)
        yield told


def start(environment: dict[str, str], *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.jobs.slow_worker", environment["KAWKA_DATA"], *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def told(environment: dict[str, str], code: str) -> str:
    command = [sys.executable, "-c", f"import django; django.setup(); {code}"]
    return subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_what_a_killed_worker_left_half_done_is_finished_once_by_one_of_two_others(environment):
    first = start(environment, "0", "hold")
    assert first.stdout is not None
    assert first.stdout.readline() == "halfway\n"
    first.kill()
    first.wait()

    others = [start(environment, "2"), start(environment, "2")]

    assert [other.wait() for other in others] == [0, 0]
    assert told(environment, COUNT) == "20 None 1 1"
    assert (Path(environment["KAWKA_DATA"]) / "runs").read_text() == "run\nrun\n"
    for process in (first, *others):
        process.stdout.close()
