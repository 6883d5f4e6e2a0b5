"""When a job of the clock last ran and when it runs next, and which workers are there to run it."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobRun(models.Model):
    """One job of the schedule, put into the queue when `due_at` has come.

    `queued_at`: since when it waits in the queue or runs; while it is set the job is not queued again, so no
    job ever runs beside itself.
    """

    name = models.CharField(max_length=60, unique=True)
    due_at = models.DateTimeField()
    queued_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def lasted(self) -> timedelta | None:
        """How long the last run took; None before the first one and while one is under way."""
        if self.started_at is None or self.finished_at is None or self.finished_at < self.started_at:
            return None
        return self.finished_at - self.started_at


class WorkerBeat(models.Model):
    """A worker that said a moment ago that it lives; what a silent one left half done is done by another."""

    name = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ["started_at"]

    def __str__(self) -> str:
        return self.name
