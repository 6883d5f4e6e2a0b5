"""The loop that does what the schedule says; any number of them may run, in threads or processes."""

import logging
import threading
from datetime import datetime
from time import monotonic

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from kawka.jobs.schedule import SCHEDULE, Job
from kawka.mail.outbox import NEW_MAIL
from kawka.models import JobRun

LOG = logging.getLogger(__name__)
TICK = 5.0
LOOK_UP_EVERY = 1.0


class Worker:
    """Runs due jobs one after another until `stop` is set, and ends within a second of it."""

    def __init__(self, stop: threading.Event, schedule: tuple[Job, ...] = SCHEDULE) -> None:
        self.stop = stop
        self.schedule = schedule

    def run(self) -> None:
        """Look every few seconds, at once after new mail, until told to stop."""
        while not self.stop.is_set():
            NEW_MAIL.clear()
            close_old_connections()
            self.tick(timezone.now())
            self.rest()
        connections.close_all()

    def rest(self) -> None:
        """Wait for the next look: a few seconds, less when mail is written or the loop is to end."""
        wake = monotonic() + TICK
        while monotonic() < wake and not self.stop.is_set() and not NEW_MAIL.wait(LOOK_UP_EVERY):
            pass

    def tick(self, now: datetime) -> None:
        """Run what is due; a database that cannot be reached is tried again at the next look."""
        try:
            for job in self.schedule:
                if not self.stop.is_set() and (job.claims_rows or claim(job, now)):
                    run(job, now)
        except DatabaseError:
            LOG.exception("the jobs of the clock cannot reach the database")


def claim(job: Job, now: datetime) -> bool:
    """Whether this worker is to run the job now; of several that ask, one gets it.

    A job never run before is due at once, so that a new instance has its dates without waiting for the night.
    """
    row, _made = JobRun.objects.get_or_create(name=job.name, defaults={"due_at": now})
    if row.due_at > now:
        return False
    claimed = JobRun.objects.filter(pk=row.pk, due_at=row.due_at)
    return claimed.update(due_at=job.next_after(now), started_at=now) == 1


def run(job: Job, now: datetime) -> None:
    """Run one job; what goes wrong is kept on its row for people to see, and the loop goes on."""
    error = ""
    try:
        job.action(now)
    except Exception as problem:
        LOG.exception("the job %r failed", job.name)
        error = f"{type(problem).__name__}: {problem}"
    keep_result(job, error, now)


def keep_result(job: Job, error: str, now: datetime) -> None:
    """Write down how the run went; jobs that run every few seconds write only when that changes."""
    row = JobRun.objects.filter(name=job.name)
    if not job.claims_rows:
        row.update(finished_at=timezone.now(), error=error)
    elif error:
        JobRun.objects.update_or_create(
            name=job.name, defaults={"due_at": now, "started_at": now, "error": error}
        )
    else:
        row.exclude(error="").update(finished_at=now, error="")


def start_worker(stop: threading.Event) -> threading.Thread:
    """A worker in a thread of its own; set `stop` and join the thread to end it."""
    thread = threading.Thread(target=Worker(stop).run, name="kawka-jobs", daemon=True)
    thread.start()
    return thread
