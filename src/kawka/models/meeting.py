"""One date, a row with its own life."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_code, new_room_code
from kawka.models.group import Group
from kawka.models.series import Series


def new_calendar_uid() -> str:
    """A calendar identity that never changes, whatever happens to the date or to the address of the site."""
    return f"meeting-{new_code()}{new_code()}@{settings.SITE_HOST}"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Questions about meetings."""

    def upcoming(self, now: datetime) -> "MeetingQuerySet":
        """Meetings people can still come to, soonest first: not over, not called off."""
        return self.filter(ends_at__gt=now, state__in=[Meeting.State.PLANNED, Meeting.State.LIVE]).order_by(
            "starts_at"
        )

    def past(self, now: datetime) -> "MeetingQuerySet":
        """Meetings that took place, latest first."""
        return (
            self.filter(models.Q(state=Meeting.State.CLOSED) | models.Q(ends_at__lte=now))
            .exclude(state=Meeting.State.CALLED_OFF)
            .order_by("-starts_at")
        )

    def untouched(self) -> "MeetingQuerySet":
        """Dates nobody has answered, taken a turn at, been invited to, is to present at or came to.

        A standing answer is no answer to this date.
        """
        nobody = self.filter(attendances__isnull=True, spotlight__isnull=True, invitations__isnull=True)
        return nobody.exclude(answers__is_standing=False).exclude(turns__person__isnull=False)

    def expecting_nobody(self) -> "MeetingQuerySet":
        """Untouched dates to which nobody comes by a standing answer either."""
        return self.untouched().exclude(answers__choice="coming")


class Meeting(models.Model):
    """A date of a group. `starts_at` is the moment; `local_date` the day it falls on in the group's zone.

    `seats`: how many may come this time, when it differs from the group's. `is_loose`: coffee without the
    round. `kept_at`: when the host said that it takes place although it falls on a holiday.
    `tell_change_at`: when those who come are to be told that it was moved; a further change puts it off.
    `moved_from`: the moment and place they know of until then.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        LIVE = "live", _("now")
        CLOSED = "closed", _("closed")
        CALLED_OFF = "called_off", _("called off")

    group = models.ForeignKey(Group, models.CASCADE, related_name="meetings")
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="meetings")
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    room_code = models.CharField(max_length=6, unique=True, default=new_room_code, editable=False)
    local_date = models.DateField(_("date"))
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    place_name = models.CharField(_("another place this time"), max_length=120, blank=True, default="")
    place_address = models.CharField(_("its address"), max_length=200, blank=True, default="")
    pitch_seconds = models.PositiveSmallIntegerField(_("seconds to speak"), null=True, blank=True)
    live_version = models.PositiveIntegerField(default=0, editable=False)
    calendar_uid = models.CharField(max_length=120, unique=True, default=new_calendar_uid, editable=False)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    recapped_at = models.DateTimeField(null=True, blank=True, editable=False)
    seats = models.PositiveSmallIntegerField(_("seats this time"), null=True, blank=True)
    is_loose = models.BooleanField(_("only coffee this time, without the round"), default=False)
    called_off_at = models.DateTimeField(null=True, blank=True, editable=False)
    called_off_reason = models.CharField(_("why"), max_length=160, blank=True, default="")
    kept_at = models.DateTimeField(null=True, blank=True, editable=False)
    tell_change_at = models.DateTimeField(null=True, blank=True, editable=False)
    moved_from = models.JSONField(null=True, blank=True, editable=False)

    campaign_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    headcount_at = models.DateTimeField(null=True, blank=True, editable=False)
    hinted_at = models.DateTimeField(null=True, blank=True, editable=False)
    questioned_at = models.DateTimeField(null=True, blank=True, editable=False)
    thanked_at = models.DateTimeField(null=True, blank=True, editable=False)
    wrapped_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "local_date"],
                name="one_meeting_per_series_and_day",
                violation_error_message=_("This series already has a meeting on that day."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message=_("A meeting ends after it starts."),
            ),
        ]
        indexes = [models.Index(fields=["group", "starts_at"], name="meeting_by_group_and_start")]

    def __str__(self) -> str:
        return f"{self.group}, {self.local_date}"

    @property
    def is_over(self) -> bool:
        """Whether it was closed or called off."""
        return self.state in {self.State.CLOSED, self.State.CALLED_OFF}

    @property
    def local_start(self) -> datetime:
        """The start as a clock in the group's town shows it."""
        return self.starts_at.astimezone(self.group.zone)

    @property
    def local_end(self) -> datetime:
        """The end as a clock in the group's town shows it."""
        return self.ends_at.astimezone(self.group.zone)

    @property
    def speaking_seconds(self) -> int:
        """Seconds everybody has to speak at this meeting."""
        return self.pitch_seconds or self.group.pitch_seconds

    @property
    def capacity(self) -> int:
        """How many people may come, those they bring included."""
        return self.seats or self.group.size_max

    @property
    def where(self) -> str:
        """The name of the place, this meeting's own or the group's."""
        return self.place_name or self.group.place_name

    @property
    def where_address(self) -> str:
        """The address that belongs to `where`."""
        return self.place_address if self.place_name else self.group.place_address
