"""When a job of the clock last ran and when it runs next."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobRun(models.Model):
    """One job of the schedule; claimed by moving `due_at`, so that two workers never run it twice."""

    name = models.CharField(max_length=60, unique=True)
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
