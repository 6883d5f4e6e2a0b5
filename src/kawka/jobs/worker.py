"""The loop that does what the schedule says; any number of them may run, in threads or processes."""

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable
from datetime import datetime
from time import monotonic

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from kawka.jobs.queue import beat, in_words, leave, pick_up, queue_due, run_next
from kawka.jobs.schedule import SCHEDULE, Job
from kawka.mail.outbox import NEW_MAIL
from kawka.models import JobRun

LOG = logging.getLogger(__name__)
TICK = 5.0
LOOK_UP_EVERY = 1.0
BEAT_EVERY = 15.0


class Worker:
    """Runs due jobs one after another until `stop` is set, and ends within a second of it."""

    def __init__(self, stop: threading.Event, schedule: tuple[Job, ...] = SCHEDULE) -> None:
        self.stop = stop
        self.schedule = schedule
        self.name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"

    def run(self) -> None:
        """Look every few seconds, at once after new mail, until told to stop."""
        self.try_to(lambda: beat(self.name, timezone.now()))
        heart = threading.Thread(target=self.keep_beating, name="kawka-beat", daemon=True)
        heart.start()
        while not self.stop.is_set():
            NEW_MAIL.clear()
            close_old_connections()
            self.tick(timezone.now())
            self.rest()
        heart.join()
        connections.close_all()

    def keep_beating(self) -> None:
        """Say every few seconds that this worker lives, also while a long job runs; take leave at the end."""
        while not self.stop.wait(BEAT_EVERY):
            self.try_to(lambda: beat(self.name, timezone.now()))
        self.try_to(lambda: leave(self.name))
        connections.close_all()

    def rest(self) -> None:
        """Wait for the next look: a few seconds, less when mail is written or the loop is to end."""
        wake = monotonic() + TICK
        while monotonic() < wake and not self.stop.is_set() and not NEW_MAIL.wait(LOOK_UP_EVERY):
            pass

    def tick(self, now: datetime) -> None:
        """Run what is due; a database that cannot be reached is tried again at the next look."""
        self.try_to(lambda: self.do_due(now))

    def do_due(self, now: datetime) -> None:
        """The rows that are claimed one by one first, then the queue."""
        for job in self.schedule:
            if job.claims_rows and not self.stop.is_set():
                run_now(job, now)
        pick_up(now)
        queue_due(self.schedule, now)
        while not self.stop.is_set() and run_next(self.name):
            pass

    def try_to(self, step: Callable[[], object]) -> None:
        """Take the step; a database that cannot be reached is no reason to end."""
        try:
            step()
        except DatabaseError:
            LOG.exception("the jobs of the clock cannot reach the database")


def run_now(job: Job, now: datetime) -> None:
    """Look through the rows a job claims; trouble is kept for people to see, written only when it changes."""
    try:
        job.action(now)
    except Exception as problem:
        LOG.exception("the job %r failed", job.name)
        kept = {"started_at": now, "error": in_words(problem)}
        JobRun.objects.update_or_create(name=job.name, defaults={"due_at": now, **kept})
    else:
        JobRun.objects.filter(name=job.name).exclude(error="").update(finished_at=now, error="")


def start_worker(stop: threading.Event) -> threading.Thread:
    """A worker in a thread of its own; set `stop` and join the thread to end it."""
    thread = threading.Thread(target=Worker(stop).run, name="kawka-jobs", daemon=True)
    thread.start()
    return thread
