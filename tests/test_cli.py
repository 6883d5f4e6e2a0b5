"""The `kawka` command: what it prepares, and one clear sentence for each thing that stands in its way."""

import os
import socket
import sqlite3
import stat
import subprocess
import sys
import tarfile
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from pytest_django import Settings

from kawka import cli
from kawka.actions.setup import setup_key
from kawka.management.commands.backup import write_archive
from kawka.models import Account
from kawka.site.inbox_url import inbox_of
from kawka.site.mail_url import service_of
from tests.actions.imap_server import imap_server
from tests.mail.name_server import name_server


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command puts into the environment is gone after the test."""
    monkeypatch.setenv("KAWKA_DATA", "")
    monkeypatch.delenv("SECRET_KEY", raising=False)


def test_the_data_folder_gets_a_secret_key_only_its_owner_can_read(tmp_path: Path, environment: None) -> None:
    cli.prepare_folder(tmp_path / "new" / "data")

    key = tmp_path / "new" / "data" / "secret_key"
    assert len(key.read_text()) > 60
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    assert os.environ["KAWKA_DATA"] == str(tmp_path / "new" / "data")


def test_the_secret_key_stays_the_same(tmp_path: Path, environment: None) -> None:
    cli.prepare_folder(tmp_path)
    first = (tmp_path / "secret_key").read_text()

    cli.prepare_folder(tmp_path)

    assert (tmp_path / "secret_key").read_text() == first


def test_a_folder_that_cannot_be_written_to_is_named(
    tmp_path: Path, environment: None, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()

    code = cli.main(["serve", "--data", str(tmp_path / "file")])

    assert code == 2
    assert capsys.readouterr().err == (
        f"kawka: Cannot write to {tmp_path / 'file'} (file exists); choose another folder with --data DIR.\n"
    )


def test_a_taken_port_is_named_with_the_next_one(
    tmp_path: Path, environment: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        code = cli.main(["serve", "--data", str(tmp_path), "--port", str(port)])

    assert code == 2
    assert (
        capsys.readouterr().err == f"kawka: Port {port} is taken by another program; try --port {port + 1}.\n"
    )


def test_a_port_that_does_not_exist_is_named() -> None:
    with pytest.raises(cli.Trouble, match="Port 99999 does not exist"):
        cli.listen("127.0.0.1", 99_999)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(cli.Trouble, match="cannot listen on 192.0.2.1"):
        cli.listen("192.0.2.1", 0)


def test_the_address_is_the_one_to_open_in_a_browser() -> None:
    with cli.listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]

        assert cli.address("127.0.0.1", listening) == f"http://127.0.0.1:{port}"
        assert cli.address("::1", listening) == f"http://[::1]:{port}"


def test_static_files_are_collected_when_a_source_changed(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "one.css").write_text("a{}")
    settings.STATICFILES_DIRS = [sources]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()

    cli.collect_static()
    (settings.STATIC_ROOT / "one.css").unlink()
    cli.collect_static()
    kept = (settings.STATIC_ROOT / "one.css").exists()
    (sources / "one.css").write_text("a{color:#000}")
    cli.collect_static()

    assert not kept
    assert (settings.STATIC_ROOT / "one.css").read_text() == "a{color:#000}"


@pytest.mark.django_db
def test_a_new_instance_is_told_what_to_do_first() -> None:
    words = cli.welcome()

    assert words.splitlines()[:3] == [
        f"Kawka is ready: {settings.SITE_URL}",
        "Open it and choose “Start a group”, or “Look around with a sample group”.",
        f"From another machine it asks for this setup key first: {setup_key()}",
    ]


def test_an_instance_with_an_account_keeps_its_setup_key_to_itself(root: Account) -> None:
    assert cli.welcome().splitlines()[1].startswith("Sign in at ")


def test_a_backup_holds_the_database_the_files_and_the_key(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "media").mkdir(parents=True)
    (data / "media" / "photo.jpg").write_bytes(b"photo")
    (data / "secret_key").write_text("secret")
    with sqlite3.connect(data / "kawka.sqlite3") as database:
        database.execute("create table people (name)")
        database.execute("insert into people values ('Ada')")

    write_archive(tmp_path / "copy.tar.gz", data / "kawka.sqlite3", data)

    with tarfile.open(tmp_path / "copy.tar.gz") as archive:
        archive.extractall(tmp_path / "restored")
    with sqlite3.connect(tmp_path / "restored" / "kawka.sqlite3") as database:
        assert database.execute("select name from people").fetchall() == [("Ada",)]
    assert (tmp_path / "restored" / "media" / "photo.jpg").read_bytes() == b"photo"
    assert (tmp_path / "restored" / "secret_key").read_text() == "secret"
    assert stat.S_IMODE((tmp_path / "copy.tar.gz").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()].count("copy.tar.gz") == 1


def test_a_backup_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "copy.tar.gz").touch()

    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(tmp_path / "copy.tar.gz"))


@pytest.mark.django_db
def test_the_check_names_everything_that_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("checkup")

    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "ok     settings",
        "ok     database",
        "ok     migrations",
        "ok     folders",
        "ok     mail",
        "ok     sender",
        "ok     mailbox",
        "ok     meaning",
    ]


@pytest.mark.django_db
def test_the_check_fails_when_mail_cannot_be_handed_over(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MAIL_IS_SHOWN_HERE = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with pytest.raises(CommandError, match="1 of 8 need a look") as failure:
        call_command("checkup")

    assert failure.value.returncode == 1
    assert "wrong  mail: 127.0.0.1:1 does not take mail" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_check_tells_whether_the_domain_vouches_for_mail(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MAIL_IS_SHOWN_HERE, settings.DEFAULT_FROM_EMAIL = False, "kawka@kawka.example"
    settings.EMAIL_BACKEND, settings.ANYMAIL = service_of("anymail+postmark://token@")
    settings.ANYMAIL["WEBHOOK_SECRET"] = "kawka:sesame"
    spf = {"kawka.example": ["v=spf1 -all"]}

    with name_server(spf | {"_dmarc.kawka.example": ["v=DMARC1; p=none"]}):
        call_command("checkup")
    with name_server(spf), pytest.raises(CommandError):
        call_command("checkup")

    said = capsys.readouterr().out
    assert "ok     sender: kawka.example vouches for our mail (SPF fine, DKIM unseen, DMARC fine)" in said
    assert (
        "wrong  sender: kawka.example does not vouch for our mail (SPF fine, DKIM unseen, DMARC missing)"
        in said
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "said"),
    [("right", "ok     mailbox: rsvp@k.example can be read"), ("wrong", "does not let us read: done")],
)
def test_the_check_looks_into_the_mailbox(
    password: str, said: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with imap_server() as folder:
        settings.INBOX = inbox_of(f"imap://rsvp%40k.example:{password}@127.0.0.1:{folder.port}/")
        with nullcontext() if password == "right" else pytest.raises(CommandError):
            call_command("checkup")

    assert said in capsys.readouterr().out


@pytest.mark.django_db
def test_the_check_names_the_service_mail_goes_through(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MAIL_IS_SHOWN_HERE = False
    settings.EMAIL_BACKEND, settings.ANYMAIL = service_of("anymail+postmark://token@")
    settings.ANYMAIL["WEBHOOK_SECRET"], settings.SITE_URL = "kawka:sesame", "https://kawka.example"

    call_command("checkup")

    told = "goes through postmark, which reports bounces to https://kawka:sesame@kawka.example/mail/events/"
    assert f"ok     mail: {told}" in capsys.readouterr().out


def test_a_worker_beside_the_server_ends_when_told_to(tmp_path: Path) -> None:
    kawka = [sys.executable, "-P", "-m", "kawka"]
    there = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'kawka.sqlite3'}"}
    subprocess.run([*kawka, "demo", "--data", str(tmp_path)], env=there, check=True, capture_output=True)
    work = [*kawka, "work", "--data", str(tmp_path)]

    with subprocess.Popen(work, env=there, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        first = worker.stdout.readline()
        worker.terminate()
        last = worker.stdout.read()

    assert (first, last) == ("Kawka is at work. Stop with Ctrl-C.\n", "Kawka has stopped.\n")
    assert worker.returncode == 0
