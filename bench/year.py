"""How long a year of two groups takes, and what is found in it: nothing, when every promise is kept.

    python bench/year.py [--weeks 52] [--seed 1]

Two groups (52 and 17 dates) of 30 people with 200 guests, by the clock of the schedule, on a new SQLite
database in a temporary folder. Prints the seconds, the mails by kind, and the findings (see
tests/simulation/watch.py).
"""

import argparse
import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import django

FOLDER = tempfile.TemporaryDirectory(prefix="kawka-bench-")
os.environ |= {"KAWKA_DATA": FOLDER.name, "DJANGO_SETTINGS_MODULE": "kawka.site.settings"}
os.environ.pop("DATABASE_URL", None)
sys.path.insert(0, str(Path(__file__).parents[1]))
django.setup()

from django.core.management import call_command  # noqa: E402
from tests.simulation.year import Year  # noqa: E402

from kawka.models import Meeting, Person  # noqa: E402

BEGINS = date(2026, 10, 5)


def main() -> None:
    """Prints the figures; ends with 1 when something was found."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--weeks", type=int, default=52)
    asked.add_argument("--seed", type=int, default=1)
    wanted = asked.parse_args()
    call_command("migrate", verbosity=0)
    year = Year(BEGINS, weeks=wanted.weeks, guests=200 * wanted.weeks // 52, seed=wanted.seed)
    begun = time.perf_counter()
    findings = year.run()
    took = time.perf_counter() - begun
    dates = Meeting.objects.filter(starts_at__lt=year.ends)
    kinds = ", ".join(f"{kind} {number}" for kind, number in sorted(year.watch.mails.items()))
    print(f"{wanted.weeks} weeks took {took:.0f} s, {took / wanted.weeks:.1f} s a week")
    for group in (year.breakfast, year.evening):
        held = dates.filter(group=group, state="closed").count()
        print(f"{group.slug}: {dates.filter(group=group).count()} dates, {held} of them held")
    print(f"{Person.objects.count()} people, {sum(year.watch.mails.values())} mails in", end=" ")
    print(f"{len(year.watch.letters)} letters: {kinds}")
    print(f"{year.watch.beside} mails went beside the mail of the day, as the next morning were too late")
    print(f"{len(findings)} findings", *findings, sep="\n")
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
