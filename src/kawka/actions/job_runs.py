"""What the operator of an instance does with the jobs of the clock and with mail that got stuck."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kawka.models import Account, JobRun, OutgoingMail, Refused


class IsAtWork(Refused):
    """The job waits in the queue or runs right now."""

    message = _("This is in the queue or running right now. Look again in a moment.")


def run_again(*, job: JobRun, by: Account, now: datetime) -> None:
    """Let the job run at the workers' next look, a few seconds from now; what it does twice is done once.

    Raises IsAtWork, changing nothing, while it waits in the queue or runs.
    """
    if not JobRun.objects.filter(pk=job.pk, queued_at__isnull=True).update(due_at=now):
        raise IsAtWork


def send_all_again(*, by: Account, now: datetime) -> int:
    """Put all mail that failed back into the outbox, and say how much there was."""
    failed = OutgoingMail.objects.failed()
    return failed.update(failed_at=None, attempts=0, error="", due_at=now, created_at=now)
