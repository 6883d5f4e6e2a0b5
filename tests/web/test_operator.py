"""The operator's page: every job in words, its trouble, and a button to run it again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kawka.actions.job_runs import IsAtWork
from kawka.jobs.schedule import SCHEDULE
from kawka.models import JobRun, OutgoingMail, SenderRecord, WorkerBeat
from kawka.web.operator import ADVICE, IN_WORDS
from tests.factories import NOON, make_mail

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(NOON, tick=False)


def test_every_job_of_the_schedule_is_told_in_words():
    assert {job.name for job in SCHEDULE} == set(IN_WORDS)


def test_the_operator_sees_when_a_job_ran_and_what_went_wrong(as_, root):
    JobRun.objects.create(
        name="purge", due_at=NOON + HOUR, started_at=NOON - HOUR, finished_at=NOON, error="ValueError: no"
    )
    WorkerBeat.objects.create(name="w1", started_at=NOON, seen_at=NOON)

    page = as_(root).get(reverse("operator"))

    assert [(job.name, job.error, job.lasted) for job, _words in page.context["jobs"]] == [
        ("purge", "ValueError: no", HOUR)
    ]
    assert "ValueError: no" in page.content.decode()
    assert [worker.name for worker in page.context["workers"]] == ["w1"]


def test_the_operator_sees_what_vouches_for_mail_and_what_to_add(as_, root):
    for name, state, text in (("SPF", "fine", "v=spf1 mx -all"), ("DMARC", "missing", "")):
        SenderRecord.objects.create(name=name, domain="kawka.example", state=state, text=text, looked_at=NOON)

    page = as_(root).get(reverse("operator"))

    assert [(one.name, told) for one, told in page.context["sender"]] == [
        ("SPF", ADVICE["SPF", "fine"]),
        ("DMARC", ADVICE["DMARC", "missing"]),
    ]
    assert "Co ręczy za listy z kawka.example" in page.content.decode()


def test_a_job_is_due_at_once_when_asked_for(as_, root):
    job = JobRun.objects.create(name="purge", due_at=NOON + HOUR)

    as_(root).post(reverse("operator-run", args=[job.pk]))

    job.refresh_from_db()
    assert job.due_at == NOON


def test_a_job_that_runs_is_left_to_run(as_, root):
    job = JobRun.objects.create(name="purge", due_at=NOON + HOUR, queued_at=NOON)

    page = as_(root).post(reverse("operator-run", args=[job.pk]), follow=True)

    job.refresh_from_db()
    assert job.due_at == NOON + HOUR
    assert [str(message) for message in page.context["messages"]] == [str(IsAtWork.message)]


def test_mail_that_got_stuck_is_tried_again(as_, root):
    stuck = make_mail(failed_at=NOON - HOUR, attempts=5, error="SMTPServerDisconnected: gone")
    sent = make_mail(sent_at=NOON - HOUR)

    as_(root).post(reverse("operator-send"))

    stuck.refresh_from_db()
    assert (stuck.failed_at, stuck.attempts, stuck.error, stuck.due_at) == (None, 0, "", NOON)
    assert list(OutgoingMail.objects.waiting()) == [stuck]
    assert sent.pk not in OutgoingMail.objects.waiting().values_list("pk", flat=True)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_costs_the_same_for_any_number_of_rows(as_, root, django_assert_num_queries, rows):
    for number in range(rows):
        JobRun.objects.create(name=f"job {number}", due_at=NOON)
        make_mail(failed_at=NOON)
        WorkerBeat.objects.create(name=f"w{number}", started_at=NOON, seen_at=NOON)
    browser = as_(root)

    with django_assert_num_queries(7):
        browser.get(reverse("operator"))
