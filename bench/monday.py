"""How long the Monday run takes: asking everybody who has not answered, in many groups at once.

    python bench/monday.py [--groups 500] [--people 20]

Works on a new SQLite database in a temporary folder, on the action the schedule calls. Prints the mails
queued, the seconds, and the queries of a small group beside those of a large one, which are the same.
"""

import argparse
import os
import tempfile
import time
from datetime import UTC, datetime, timedelta

import django

FOLDER = tempfile.TemporaryDirectory(prefix="kawka-bench-")
os.environ |= {"KAWKA_DATA": FOLDER.name, "DJANGO_SETTINGS_MODULE": "kawka.site.settings"}
os.environ.pop("DATABASE_URL", None)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from kawka.actions.reminders import remind_due  # noqa: E402
from kawka.models import Card, Community, Group, Meeting, Membership, OutgoingMail, Person  # noqa: E402

TARGET = 60.0
MONDAY = datetime(2026, 10, 12, 7, 0, tzinfo=UTC)  # 9:00 in Warsaw
WEDNESDAY = datetime(2026, 10, 14, 6, 30, tzinfo=UTC)


def make_groups(number: int, people: int, mark: str) -> None:
    """Groups that meet on Wednesday, with so many members each, the first of them its host."""
    community = Community.objects.create(name=mark)
    groups = Group.objects.bulk_create(
        Group(
            community=community,
            slug=f"{mark}-{n}",
            name=f"Śniadanie {n}",
            town="Olsztyn",
            purpose="both",
            type="general",
            place_name="Pod Kawką",
        )
        for n in range(number)
    )
    Meeting.objects.bulk_create(
        Meeting(
            group=group,
            starts_at=WEDNESDAY,
            ends_at=WEDNESDAY + timedelta(minutes=90),
            local_date=WEDNESDAY.date(),
        )
        for group in groups
    )
    persons = Person.objects.bulk_create(
        Person(community=community, name=f"Osoba {n}", email=f"{mark}{n}@example.org")
        for n in range(number * people)
    )
    Card.objects.bulk_create(Card(person=person) for person in persons)
    Membership.objects.bulk_create(
        Membership(group=groups[n // people], person=person, standing="host" if n % people == 0 else "member")
        for n, person in enumerate(persons)
    )


def queries(people: int) -> int:
    """How many queries one group of so many people takes."""
    make_groups(1, people, f"one{people}")
    with CaptureQueriesContext(connection) as seen:
        remind_due(now=MONDAY)
    return len(seen)


def main() -> None:
    """Prints the figures."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--groups", type=int, default=500)
    asked.add_argument("--people", type=int, default=20)
    wanted = asked.parse_args()
    call_command("migrate", verbosity=0)
    few, many = queries(max(wanted.people // 5, 2)), queries(wanted.people)
    make_groups(wanted.groups, wanted.people, "many")
    begun, before = time.perf_counter(), OutgoingMail.objects.count()
    remind_due(now=MONDAY)
    took, mails = time.perf_counter() - begun, OutgoingMail.objects.count() - before
    print(f"{mails} mails of {wanted.groups} groups queued in {took:.1f} s (target {TARGET:.0f} s)")
    print(f"{1000 * took / max(mails, 1):.2f} ms a mail")
    print(
        f"queries of one group: {few} with {max(wanted.people // 5, 2)} people, {many} with {wanted.people}"
    )


if __name__ == "__main__":
    main()
