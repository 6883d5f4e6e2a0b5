"""From the schedule into the queue, from the queue to a worker, and back when a worker died.

The queue is django-tasks with its rows in our database (docs/decisions/0004-jobs.md).
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from kawka.jobs.schedule import SCHEDULE, Job
from kawka.models import JobRun, WorkerBeat

LOG = logging.getLogger(__name__)
BEAT_LASTS = timedelta(minutes=1)
TRIES = 3


@task()
def run_job(name: str) -> None:
    """Run the job of this name; how it went is kept on its row, and what went wrong with the task, too."""
    job = next(job for job in SCHEDULE if job.name == name)
    row = JobRun.objects.filter(name=name)
    row.update(started_at=timezone.now())
    try:
        job.action(timezone.now())
    except Exception as problem:
        row.update(queued_at=None, finished_at=timezone.now(), error=in_words(problem))
        raise
    row.update(queued_at=None, finished_at=timezone.now(), error="")


def in_words(problem: BaseException) -> str:
    """What went wrong, in a line."""
    return f"{type(problem).__name__}: {problem}"


def queue_due(schedule: Iterable[Job], now: datetime) -> int:
    """Put every job whose time has come into the queue, each once however many ask; how many there were.

    A job never run before is due at once, so that a new instance has its dates without waiting for the night.
    """
    jobs = {job.name: job for job in schedule if not job.claims_rows}
    known = set(JobRun.objects.filter(name__in=jobs).values_list("name", flat=True))
    new = [JobRun(name=name, due_at=now) for name in jobs if name not in known]
    if new:
        JobRun.objects.bulk_create(new, ignore_conflicts=True)
    due = JobRun.objects.filter(name__in=jobs, due_at__lte=now, queued_at__isnull=True)
    return sum(queue(jobs[row.name], row, now) for row in due.order_by("due_at", "pk"))


@transaction.atomic
def queue(job: Job, row: JobRun, now: datetime) -> bool:
    """Whether this call put the job into the queue; of several that try, one does."""
    claimed = JobRun.objects.filter(pk=row.pk, due_at=row.due_at, queued_at__isnull=True)
    if not claimed.update(due_at=job.next_after(now), queued_at=now):
        return False
    run_job.enqueue(job.name)
    return True


def run_next(worker: str) -> bool:
    """Run what waits longest in the queue, claimed in this worker's name; False when nothing waits."""
    if not DBTaskResult.objects.ready().exists():
        return False
    QueueWorker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=worker,
        excluded_queue_names=[],
    ).run()
    return True


def beat(worker: str, now: datetime) -> None:
    """Say that this worker lives."""
    WorkerBeat.objects.update_or_create(
        name=worker, defaults={"seen_at": now}, create_defaults={"seen_at": now, "started_at": now}
    )


def leave(worker: str) -> None:
    """Say that this worker ends, having nothing half done."""
    WorkerBeat.objects.filter(name=worker).delete()


def pick_up(now: datetime) -> int:
    """Give back to the queue what workers that fell silent left half done, and say how much there was.

    After three workers died over the same task it is given up and stays visible as failed.
    """
    WorkerBeat.objects.filter(seen_at__lt=now - BEAT_LASTS).delete()
    alive = set(WorkerBeat.objects.values_list("name", flat=True))
    running = DBTaskResult.objects.running().filter(started_at__lte=now)
    left = [row for row in running if row.worker_ids and row.worker_ids[-1] not in alive]
    return sum(give_back(row, now) for row in left)


def give_back(row: DBTaskResult, now: datetime) -> bool:
    """Let somebody else do what this task was about; whether it was still to be given back."""
    same = DBTaskResult.objects.running().filter(pk=row.pk, started_at=row.started_at)
    if len(row.worker_ids) < TRIES:
        return bool(same.update(status=TaskResultStatus.READY, started_at=None))
    trouble = "Three workers died over it."
    given_up = same.update(
        status=TaskResultStatus.FAILED, finished_at=now, exception_class_path="", traceback=trouble
    )
    if given_up:
        LOG.error("a task was given up after three workers died over it")
        JobRun.objects.filter(name__in=row.args_kwargs["args"]).update(
            queued_at=None, finished_at=F("started_at"), error=trouble
        )
    return bool(given_up)
