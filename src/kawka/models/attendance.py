"""That a person was there: a fact of its own, never derived from an answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.meeting import Meeting
from kawka.models.person import Person


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Questions about attendances."""

    def in_room(self) -> "AttendanceQuerySet":
        """Those who came, on time or late, and have not left."""
        return self.filter(state__in=Attendance.CAME, left_at__isnull=True)

    def came(self) -> "AttendanceQuerySet":
        """Those who came, whether they left early or not."""
        return self.filter(state__in=Attendance.CAME)


class Attendance(models.Model):
    """One person at one meeting, and where in the round they like to speak."""

    class State(models.TextChoices):
        PRESENT = "present", _("present")
        LATE = "late", _("late")
        EXCUSED = "excused", _("excused")
        REPRESENTED = "represented", _("represented")

    class Wish(models.TextChoices):
        ANY = "any", _("any place")
        EARLY = "early", _("early in the round")
        MIDDLE = "middle", _("in the middle")
        LATE = "late", _("late in the round")
        PASS = "pass", _("pass today")

    CAME = (State.PRESENT, State.LATE)

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, models.CASCADE, related_name="attendances")
    state = models.CharField(max_length=11, choices=State, default=State.PRESENT)
    wish = models.CharField(_("place in the round"), max_length=6, choices=Wish, default=Wish.ANY)
    arrived_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    phone_joined_at = models.DateTimeField(null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="one_attendance_per_person_and_meeting",
                violation_error_message=_("This person is already on the list."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_state_display()} ({self.meeting})"
