"""The clock's jobs run when due, and one's trouble is its own."""

import threading
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine

from kawka.jobs import queue
from kawka.jobs.schedule import SCHEDULE, Job
from kawka.jobs.worker import Worker, run_now
from kawka.mail.outbox import NEW_MAIL
from kawka.models import JobRun
from tests.factories import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
def worker(monkeypatch):
    """A worker with these jobs as its schedule."""

    def make(*jobs: Job) -> Worker:
        monkeypatch.setattr(queue, "SCHEDULE", jobs)
        return Worker(threading.Event(), jobs)

    return make


def test_a_job_runs_when_due_and_not_before(transactional_db, worker):
    runs: list[datetime] = []
    clock = worker(Job("count", runs.append, every=MINUTE))

    for seconds in (0, 30, 60, 61, 130):
        with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
            clock.tick(NOON + timedelta(seconds=seconds))

    assert [(moment - NOON).seconds for moment in runs] == [0, 60, 130]


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 10, 12, 3, 9, tzinfo=UTC), datetime(2026, 10, 12, 3, 10, tzinfo=UTC)),
        (datetime(2026, 10, 12, 3, 10, tzinfo=UTC), datetime(2026, 10, 13, 3, 10, tzinfo=UTC)),
    ],
)
def test_a_daily_job_is_due_at_its_hour(now, due):
    assert Job("daily", lambda now: None, at=time(3, 10)).next_after(now) == due


def test_trouble_is_kept_and_the_next_job_runs(transactional_db, worker):
    runs: list[datetime] = []

    def fail(now: datetime) -> None:
        raise ValueError("no dates")

    with time_machine.travel(NOON, tick=False):
        worker(Job("fails", fail, every=MINUTE), Job("runs", runs.append, every=MINUTE)).tick(NOON)

    row = JobRun.objects.get(name="fails")
    assert (row.error, row.queued_at, row.finished_at) == ("ValueError: no dates", None, NOON)
    assert runs == [NOON]


def test_trouble_is_over_after_a_run_that_went_well(db):
    for error in (True, False):
        run_now(Job("mail", lambda now, e=error: 1 / (not e), every=MINUTE, claims_rows=True), NOON)

    row = JobRun.objects.get()
    assert (row.error, row.finished_at) == ("", NOON)


def test_looking_for_work_writes_nothing(db, worker, django_assert_num_queries):
    clock = worker(*[job for job in SCHEDULE if job.name == "send mail"])

    clock.tick(NOON)

    assert JobRun.objects.count() == 0


def test_every_job_of_the_schedule_runs(transactional_db):
    Worker(threading.Event()).tick(NOON)

    assert list(JobRun.objects.exclude(error="").values_list("name", "error")) == []
    assert set(JobRun.objects.values_list("name", flat=True)) == {
        job.name for job in SCHEDULE if not job.claims_rows
    }


def test_the_loop_ends_soon_after_it_is_told_to(db, worker):
    clock = worker()
    clock.stop.set()
    NEW_MAIL.clear()

    clock.rest()

    assert clock.stop.is_set()


def test_a_worker_told_to_stop_leaves_the_queue_to_others(transactional_db, worker):
    runs: list[datetime] = []
    clock = worker(
        Job("one", lambda now: clock.stop.set(), every=MINUTE), Job("two", runs.append, every=MINUTE)
    )

    clock.tick(NOON)

    assert runs == []
    assert JobRun.objects.get(name="two").queued_at == NOON
