"""One step of a running meeting, numbered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.meeting import Meeting
from kawka.models.person import Person


class LiveChange(models.Model):
    """A step of a running meeting; the state is a pure function of the list of all its steps."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="live_changes")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    detail = models.JSONField(default=dict)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("step of a meeting")
        verbose_name_plural = _("steps of meetings")
        ordering = ["meeting", "version"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="one_live_change_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.version}: {self.kind}"
