"""Builds the wheel, installs it with the locked packages into an empty environment and uses its `kawka`."""

import os
import signal
import subprocess
import sys
import tempfile
import urllib.request
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input")
STOPS_WITHIN = 5  # seconds


def main() -> None:
    """Fails loudly at the first thing that does not work."""
    with tempfile.TemporaryDirectory(prefix="kawka-wheel-") as name:
        folder = Path(name)
        wheel = build(folder)
        kawka = install(folder, wheel)
        environment = {**os.environ, "KAWKA_DATA": str(folder / "data")}
        page = first_page(kawka, folder, environment)
        assert "Kawka" in page, f"the first page says: {page[:500]}"
        subprocess.run([kawka, "check"], check=True, cwd=folder, env=environment)
        print(f"{wheel.name}: {wheel.stat().st_size:,} bytes, installs, serves, stops and checks")


def build(folder: Path) -> Path:
    """The wheel, built by the locked build tool and nothing downloaded."""
    command = [
        sys.executable,
        *PIP,
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True)
    return next(folder.glob("kawka-*.whl"))


def install(folder: Path, wheel: Path) -> Path:
    """The `kawka` command of a new environment."""
    venv.create(folder / "venv", with_pip=True)
    python = str(folder / "venv" / "bin" / "python")
    locked = ["--require-hashes", "-r", str(ROOT / "requirements.lock")]
    subprocess.run([python, *PIP, "install", "--no-compile", *locked], check=True)
    subprocess.run([python, *PIP, "install", "--no-deps", "--no-index", str(wheel)], check=True)
    return folder / "venv" / "bin" / "kawka"


def first_page(kawka: Path, folder: Path, environment: dict[str, str]) -> str:
    """What a new instance shows first; it must stop on Ctrl-C."""
    command = [str(kawka), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().rsplit(" ", 1)[-1].strip()
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return str(answer.read().decode())
        finally:
            server.send_signal(signal.SIGINT)
            assert server.wait(timeout=STOPS_WITHIN) == 0


if __name__ == "__main__":
    main()
