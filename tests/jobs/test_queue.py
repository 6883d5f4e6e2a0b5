"""What is due goes into the queue once; what a dead worker left half done is done by another."""

from datetime import timedelta

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kawka.jobs.queue import BEAT_LASTS, beat, leave, pick_up, queue, queue_due, run_job
from kawka.jobs.schedule import Job
from kawka.models import JobRun, WorkerBeat
from tests.factories import NOON

MINUTE = timedelta(minutes=1)
JOB = Job("make dates", lambda now: None, every=MINUTE)


def left_by(*workers: str) -> DBTaskResult:
    """A task in the hands of the last of these workers; all before it died over it."""
    JobRun.objects.create(name=JOB.name, due_at=NOON + MINUTE, queued_at=NOON, started_at=NOON)
    run_job.enqueue(JOB.name)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=NOON, worker_ids=list(workers))
    return DBTaskResult.objects.get()


def test_of_two_that_see_the_same_job_due_one_queues_it(db):
    row = JobRun.objects.create(name=JOB.name, due_at=NOON)

    assert [queue(JOB, row, NOON), queue(JOB, row, NOON)] == [True, False]
    assert DBTaskResult.objects.ready().count() == 1


def test_a_job_that_waits_or_runs_is_not_queued_beside_itself(db):
    first = queue_due([JOB], NOON)
    second = queue_due([JOB], NOON + 10 * MINUTE)

    assert [first, second] == [1, 0]


def test_what_a_living_worker_does_is_left_alone(db):
    task = left_by("w1")
    beat("w1", NOON)

    assert pick_up(NOON + BEAT_LASTS) == 0
    task.refresh_from_db()
    assert task.status == TaskResultStatus.RUNNING


def test_what_a_silent_worker_left_goes_back_into_the_queue(db):
    task = left_by("w1")
    beat("w1", NOON)

    assert pick_up(NOON + BEAT_LASTS + timedelta(seconds=1)) == 1
    task.refresh_from_db()
    assert (task.status, task.started_at) == (TaskResultStatus.READY, None)
    assert WorkerBeat.objects.count() == 0


def test_a_worker_that_took_leave_left_nothing_to_wait_for(db):
    left_by("w1")
    beat("w1", NOON)
    leave("w1")

    assert pick_up(NOON) == 1


def test_after_three_deaths_a_task_is_given_up_and_shown(db):
    task = left_by("w1", "w2", "w3")

    assert pick_up(NOON) == 1
    task.refresh_from_db()
    job = JobRun.objects.get()
    assert task.status == TaskResultStatus.FAILED
    assert (job.queued_at, job.error) == (None, "Three workers died over it.")
