"""A worker as a process of its own, over a job that can be held halfway; started and killed by its test.

`python -m tests.jobs.slow_worker FOLDER MINUTES [hold]` runs what is due as if MINUTES had passed. With
`hold` it says "halfway" after ten of twenty rows and waits for ever.
"""

import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

import django
import time_machine

django.setup()

from kawka.jobs import queue  # noqa: E402 - after setup
from kawka.jobs.schedule import Job  # noqa: E402
from kawka.jobs.worker import Worker  # noqa: E402
from kawka.mail.outbox import write  # noqa: E402
from tests.factories import NOON  # noqa: E402

FOLDER, MINUTES, HOLD = Path(sys.argv[1]), int(sys.argv[2]), len(sys.argv) > 3


def write_twenty(now: datetime) -> None:
    """A mail for each of twenty people, the same however often it is asked for."""
    with (FOLDER / "runs").open("a") as runs:
        runs.write("run\n")
    for number in range(20):
        if HOLD and number == 10:
            print("halfway", flush=True)
            threading.Event().wait()
        words = {"subject": "Środa", "text": "8:30", "html": "", "now": now}
        write(key=f"twenty:{number}", kind="sign_in_code", to=f"osoba{number}@example.org", **words)


def main() -> None:
    """One look at the clock, as a worker takes every few seconds."""
    jobs = (Job("write twenty", write_twenty, every=timedelta(days=1)),)
    queue.SCHEDULE = jobs
    moment = NOON + timedelta(minutes=MINUTES)
    with time_machine.travel(moment, tick=False):
        worker = Worker(threading.Event(), jobs)
        queue.beat(worker.name, moment)
        worker.tick(moment)


if __name__ == "__main__":
    main()
