"""The parts of the whole check, in the order they begin."""

import sys
from dataclasses import dataclass
from pathlib import Path

PYTHON = sys.executable
BIN = Path(PYTHON).parent
PYTEST = (PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider")
TOUCHES_THE_DATABASE = (
    "tests/models",
    "tests/actions",
    "tests/web",
    "tests/live",
    "tests/jobs",
    "tests/mail",
)


@dataclass(frozen=True)
class Part:
    """One command; `needs` names what the machine must have; `alone` keeps the processor free for it."""

    name: str
    command: tuple[str, ...]
    needs: str = ""
    alone: bool = False


PARTS = (
    Part("tests on SQLite", (*PYTEST, "--ignore=tests/journeys", "--ignore=tests/test_translations.py")),
    Part("format", (PYTHON, "-m", "ruff", "format", "--check", "--quiet")),
    Part("lint", (PYTHON, "-m", "ruff", "check", "--quiet")),
    Part("types", (PYTHON, "-m", "mypy")),
    Part("who imports whom", (str(BIN / "lint-imports"),)),
    Part(
        "migrations",
        (PYTHON, "-m", "django", "makemigrations", "--check", "--settings", "kawka.site.settings"),
    ),
    Part("translations", (*PYTEST, "tests/test_translations.py"), needs="gettext"),
    Part("tests on PostgreSQL", (*PYTEST, *TOUCHES_THE_DATABASE), needs="postgresql"),
    Part("wheel", (PYTHON, "-m", "tests.suite.wheel")),
    Part("journeys in a browser", (*PYTEST, "tests/journeys"), needs="chromium", alone=True),
)
