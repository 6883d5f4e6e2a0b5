"""What the tests need from the machine: found there, else installed, else named as left out."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRESQL_FOLDERS = (
    "usr/lib/postgresql/*/bin",
    "opt/homebrew/opt/postgresql*/bin",
    "usr/local/opt/postgresql*/bin",
)
PLAYWRIGHT_FOLDERS = (
    os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or "~/.cache/ms-playwright",
    "~/Library/Caches/ms-playwright",
)


class Missing(Exception):
    """Something could not be had; the message says what was tried."""


def chromium() -> str:
    """The path of a Chromium: $CHROMIUM, or one on PATH, or the one Playwright installed."""
    named = os.environ.get("CHROMIUM")
    found = [named] if named else [path for name in CHROMIUM_NAMES if (path := shutil.which(name))]
    if found:
        return found[0]
    for folder in PLAYWRIGHT_FOLDERS:
        for pattern in ("chromium-*/*/chrome", "chromium-*/*/*.app/Contents/MacOS/*"):
            found += sorted(map(str, Path(folder).expanduser().glob(pattern)))
    if not found:
        raise Missing("there is no Chromium")
    return found[-1]


def browser_driver() -> str:
    """Playwright's driver, which steers the browser, says its version."""
    wrong = run([sys.executable, "-m", "playwright", "--version"])
    if wrong:
        raise Missing(f"Playwright's driver does not start: {wrong}")
    return "there"


def postgresql() -> Path:
    """The folder of initdb and postgres, the newest version first."""
    on_path = shutil.which("initdb")
    folders = [str(Path(on_path).resolve().parent)] if on_path else []
    for pattern in POSTGRESQL_FOLDERS:
        folders += sorted(map(str, Path("/").glob(pattern)), reverse=True)
    for folder in folders:
        if all((Path(folder) / name).exists() for name in ("initdb", "postgres")):
            return Path(folder)
    raise Missing("there is no PostgreSQL server")


def gettext() -> str:
    """The path of xgettext, beside which msgmerge and msgfmt are."""
    found = shutil.which("xgettext")
    if not found:
        raise Missing("there is no gettext")
    return found


def obtain(package: str, find: Callable[[], object]) -> None:
    """Makes sure `find` finds it: from Debian's packages as root, a browser else by Playwright."""
    try:
        find()
    except Missing:
        tried = install_from_debian(package)
        if package == "chromium":
            tried = tried or run([sys.executable, "-m", "playwright", "install", "chromium"])
        try:
            find()
        except Missing as missing:
            raise Missing(f"{missing} ({tried or 'nothing could install it'})") from missing


def install_from_debian(package: str) -> str:
    """Installs one of Debian's packages when this is Debian and we are root; returns what went wrong."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return ""
    quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=120"]
    return run([*quiet, "update"]) or run([*quiet, "install", "-y", "--no-install-recommends", package])


def run(command: list[str]) -> str:
    """Runs a command; returns "" when it succeeds, else its last words."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode == 0:
        return ""
    words = (done.stderr or done.stdout).strip().splitlines()
    return f"{Path(command[0]).name}: {words[-1] if words else done.returncode}"
