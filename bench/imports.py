"""How long a list of people takes: to read the file, to show what it will do, to bring it in.

    python bench/imports.py [--rows 5000] [--rounds 3]

Works on a new SQLite database in a temporary folder, on the actions behind the pages; prints the best of all
rounds, for a list of new people, for the same list again, and for one that completes their cards.
"""

import argparse
import io
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import django
import openpyxl

FOLDER = tempfile.TemporaryDirectory(prefix="kawka-bench-")
os.environ |= {"KAWKA_DATA": FOLDER.name, "DJANGO_SETTINGS_MODULE": "kawka.site.settings"}
os.environ.pop("DATABASE_URL", None)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from kawka.actions.people_imports import confirm, plan, start  # noqa: E402
from kawka.forms.tables import read_file  # noqa: E402
from kawka.models import Community, Group  # noqa: E402

R = TypeVar("R")
TARGET_LOOK, TARGET_BRING = 3.0, 10.0
HEADER = ["Imię i nazwisko", "E-mail", "Zawód", "Oferty", "Szukam"]


def rows_of(number: int, *, whole: bool, mark: str) -> list[list[str]]:
    """People with three offers and an ask each; without them, and without a trade, if not `whole`."""
    rest = ["introligatorka", "PIT | VAT | Oprawa ksiąg", "Szukam drukarni"] if whole else ["", "", ""]
    return [[f"Żaneta Żółć-Łęcka {n}", f"{mark}{n}@example.org", *rest] for n in range(number)]


def as_csv(rows: list[list[str]]) -> bytes:
    """The rows as a Polish spreadsheet saves them."""
    return "\r\n".join(";".join(row) for row in [HEADER, *rows]).encode("cp1250")


def as_workbook(rows: list[list[str]]) -> bytes:
    """The rows as an XLSX file."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in [HEADER, *rows]:
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


def measure(number: int, round_: int) -> dict[tuple[str, str], float]:
    """One round: seconds by list and step."""
    now, group = (
        timezone.now(),
        Group.objects.create(
            community=Community.objects.create(name="Kawa"), slug=f"kawa-{round_}", name="Kawa"
        ),
    )
    mark, found = f"r{round_}-", {}

    def timed(name: tuple[str, str], act: Callable[[], R]) -> R:
        began = time.perf_counter()
        done = act()
        found[name] = time.perf_counter() - began
        return done

    lists = {
        "empty cards": as_csv(rows_of(number, whole=False, mark=mark)),
        "completed": as_workbook(rows_of(number, whole=True, mark=mark)),
        "the same again": as_csv(rows_of(number, whole=True, mark=mark)),
        "new people": as_csv(rows_of(number, whole=True, mark=f"n{mark}")),
    }
    for name, content in lists.items():
        table = timed((name, "read"), partial(read_file, content))
        brought = start(group=group, source=name, table=table, by=None, now=now)
        timed((name, "look"), partial(plan, brought))
        timed((name, "bring in"), partial(confirm, brought=brought, leave_wrong=False, by=None, now=now))
    return found


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    call_command("migrate", verbosity=0)
    rounds = [measure(given.rows, number) for number in range(given.rounds)]
    best = {name: min(one[name] for one in rounds) for name in rounds[0]}
    steps = ("read", "look", "bring in")
    print(f"{given.rows} rows, seconds, best of {given.rounds} rounds")
    print(f"{'':<16}" + "".join(f"{step:>10}" for step in steps))
    for name in dict.fromkeys(name for name, _step in best):
        print(f"{name:<16}" + "".join(f"{best[name, step]:>10.2f}" for step in steps))
    print(f"{'at most':<16}{'':>10}{TARGET_LOOK:>10.2f}{TARGET_BRING:>10.2f}")


if __name__ == "__main__":
    main()
