"""How long the room waits for its tables: setting them, somebody who comes late, somebody who leaves.

    python bench/talks.py [--people 25 300]

Works on a new SQLite database in a temporary folder, through the actions the pages call, with cards that
give reasons, in a process that collects memory as seldom as the server. Prints milliseconds, the targets
beside them, and how the cost grows with the room.
"""

import argparse
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import django

FOLDER = tempfile.TemporaryDirectory(prefix="kawka-bench-")
os.environ |= {"KAWKA_DATA": FOLDER.name, "DJANGO_SETTINGS_MODULE": "kawka.site.settings"}
os.environ.pop("DATABASE_URL", None)
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
django.setup()

from django.core.management import call_command  # noqa: E402
from tests.factories import (  # noqa: E402
    WEDNESDAY,
    make_ask,
    make_attendance,
    make_community,
    make_group,
    make_meeting,
    make_member,
    make_offer,
    make_person,
)

from kawka.actions.attendance import Mark, note  # noqa: E402
from kawka.actions.grounds import grounds_of  # noqa: E402
from kawka.actions.matches import warm_up  # noqa: E402
from kawka.actions.opening import open_meeting  # noqa: E402
from kawka.actions.talks import deal  # noqa: E402
from kawka.models import Meeting, Person  # noqa: E402

AT = WEDNESDAY + timedelta(minutes=5)
COLLECT_AFTER = (5_000, 10, 200)  # as in site/serving.py
TARGETS = {25: 200, 300: 2000}
CARDS = [
    ("Grafik", "Szukam księgowej do jednoosobowej działalności", "Projektuję logo i opakowania"),
    ("Księgowa", "Szukam kogoś, kto zrobi stronę internetową", "Prowadzę księgi małych firm"),
    ("Programistka", "Szukam fotografa na firmową sesję", "Robię strony i sklepy internetowe"),
    ("Fotograf", "Szukam kogoś, kto zaprojektuje logo", "Fotografuję ludzi i wnętrza"),
    ("Piekarz", "Szukam prawnika od najmu lokalu", "Piekę chleb na zakwasie"),
]


def make_room(size: int) -> tuple[Meeting, list[Person]]:
    """So many people in the room of one meeting, and one more who is still on the way (the last)."""
    community = make_community()
    meeting = make_meeting(make_group(community, segments=[("talks", 24)]))
    people = []
    for number in range(size + 1):
        trade, ask, offer = CARDS[number % len(CARDS)]
        person = make_person(community, card={"trade": f"{trade} {number}"})
        make_member(meeting.group, person)
        make_ask(person, ask)
        make_offer(person, offer)
        people.append(person)
        if number < size:
            make_attendance(meeting, person)
    return meeting, people


def milliseconds(act: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - begun)


def change_card(person: Person) -> None:
    """Other words on one card; all that was worked out about the room is out of date then."""
    person.card.trade += " i kaligrafka"
    person.card.save()


def measure(size: int) -> list[float]:
    """Setting the tables, what talks are worth after a changed card, a late-comer, a leaver."""
    meeting, people = make_room(size)
    late, leaver = people[-1], people[0]
    took = [milliseconds(lambda: deal(meeting=meeting, by=None, now=AT))]
    open_meeting(meeting=meeting, by=None, now=AT)
    change_card(people[1])
    took.append(milliseconds(lambda: grounds_of(meeting, 1)))
    meeting.refresh_from_db()
    for person, mark in ((late, Mark.LATE), (leaver, Mark.LEFT)):
        took.append(
            milliseconds(lambda p=person, m=mark: note(meeting=meeting, person=p, mark=m, by=None, now=AT))
        )
    return took


def main() -> None:
    """Prints the figures."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--people", type=int, nargs="+", default=[25, 300])
    sizes = asked.parse_args().people
    call_command("migrate", verbosity=0)
    warm_up()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    print(f"{'people':>8}{'set tables':>12}{'card':>8}{'late':>8}{'left':>8}{'target':>8}   ms")
    first: list[float] = []
    for size in sizes:
        took = measure(size)
        first = first or took
        target = TARGETS.get(size, "")
        print(f"{size:>8}{took[0]:>12.0f}{took[1]:>8.0f}{took[2]:>8.0f}{took[3]:>8.0f}{target:>8}")
        ratio = size / sizes[0]
        grown = (f"{one / base:.1f}" for one, base in zip(took, first, strict=True))
        print(f"{'':>8}{ratio:.1f} times the people: {', '.join(grown)} times as long")


if __name__ == "__main__":
    main()
