"""The clock's jobs run when due, once however many workers ask, and one's trouble is its own."""

import threading
from datetime import UTC, datetime, time, timedelta

import pytest

from kawka.jobs.schedule import SCHEDULE, Job
from kawka.jobs.worker import Worker, claim, run
from kawka.mail.outbox import NEW_MAIL
from kawka.models import JobRun
from tests.factories import NOON

MINUTE = timedelta(minutes=1)


def worker(*jobs: Job) -> Worker:
    return Worker(threading.Event(), jobs)


def test_a_job_runs_when_due_and_not_before(db):
    runs: list[datetime] = []
    clock = worker(Job("count", runs.append, every=MINUTE))

    for seconds in (0, 30, 60, 61, 130):
        clock.tick(NOON + timedelta(seconds=seconds))

    assert [(moment - NOON).seconds for moment in runs] == [0, 60, 130]


def test_two_workers_never_run_a_job_twice(db):
    job = Job("once", lambda now: None, every=MINUTE)
    claim(job, NOON - MINUTE)

    assert [claim(job, NOON), claim(job, NOON)] == [True, False]


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 10, 12, 3, 9, tzinfo=UTC), datetime(2026, 10, 12, 3, 10, tzinfo=UTC)),
        (datetime(2026, 10, 12, 3, 10, tzinfo=UTC), datetime(2026, 10, 13, 3, 10, tzinfo=UTC)),
    ],
)
def test_a_daily_job_is_due_at_its_hour(now, due):
    assert Job("daily", lambda now: None, at=time(3, 10)).next_after(now) == due


def test_trouble_is_kept_and_the_next_job_runs(db):
    runs: list[datetime] = []

    def fail(now: datetime) -> None:
        raise ValueError("no dates")

    worker(Job("fails", fail, every=MINUTE), Job("runs", runs.append, every=MINUTE)).tick(NOON)

    assert JobRun.objects.get(name="fails").error == "ValueError: no dates"
    assert runs == [NOON]


def test_trouble_is_over_after_a_run_that_went_well(db):
    for error in (True, False):
        run(Job("mail", lambda now, e=error: 1 / (not e), every=MINUTE, claims_rows=True), NOON)

    row = JobRun.objects.get()
    assert (row.error, row.finished_at) == ("", NOON)


def test_looking_for_mail_writes_nothing(db, django_assert_num_queries):
    clock = worker(*[job for job in SCHEDULE if job.name == "send mail"])

    clock.tick(NOON)

    assert JobRun.objects.count() == 0


def test_every_job_of_the_schedule_runs(db):
    worker(*SCHEDULE).tick(NOON)

    assert list(JobRun.objects.exclude(error="").values_list("name", "error")) == []


def test_the_loop_ends_soon_after_it_is_told_to(db):
    clock = worker()
    clock.stop.set()
    NEW_MAIL.clear()

    clock.rest()

    assert clock.stop.is_set()
