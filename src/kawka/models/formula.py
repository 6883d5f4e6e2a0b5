"""The pattern of segments a group uses."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.group import Group
from kawka.models.meeting import Meeting


class SegmentKind(models.TextChoices):
    """What happens in a part of the run sheet."""

    COFFEE = "coffee", _("coffee")
    ROUND = "round", _("60-second round")
    TALKS = "talks", _("talks in pairs")
    SPOTLIGHT = "spotlight", _("presentation")
    NOTICES = "notices", _("notices")


class Segment(models.Model):
    """One part of the run sheet, in the group's order, with the minutes planned for it."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="segments")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=9, choices=SegmentKind)
    title = models.CharField(_("title"), max_length=80, blank=True, default="")
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "position"],
                name="one_segment_per_position",
                violation_error_message=_("Two parts of the run sheet stand in the same place."),
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1) & models.Q(minutes__lte=240),
                name="segment_lasts_1_to_240_minutes",
                violation_error_message=_("A part of the meeting lasts between 1 and 240 minutes."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The title that was typed, or the kind in words."""
        return self.title or str(SegmentKind(self.kind).label)


LOOSE = (SegmentKind.COFFEE, SegmentKind.NOTICES)


def segments_of(meeting: Meeting) -> list[Segment]:
    """The parts of one meeting: the group's, or when it is loose only coffee, for as long as all of them."""
    usual = list(meeting.group.segments.all())
    if not meeting.is_loose:
        return usual
    kept = [segment for segment in usual if segment.kind in LOOSE]
    if not any(segment.kind == SegmentKind.COFFEE for segment in kept):
        kept.insert(0, Segment(group=meeting.group, kind=SegmentKind.COFFEE, minutes=0))
    coffee = next(segment for segment in kept if segment.kind == SegmentKind.COFFEE)
    coffee.minutes += sum(segment.minutes for segment in usual) - sum(segment.minutes for segment in kept)
    coffee.minutes = coffee.minutes or int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
    return kept


def has_round(meeting: Meeting) -> bool:
    """Whether everybody has their 60 seconds at this meeting."""
    return any(segment.kind == SegmentKind.ROUND for segment in segments_of(meeting))


def timetable(segments: Iterable[Segment], starts_at: datetime) -> list[tuple[datetime, Segment]]:
    """Each segment with the moment it is planned to begin when the meeting begins at `starts_at`."""
    begins = starts_at
    planned: list[tuple[datetime, Segment]] = []
    for segment in segments:
        planned.append((begins, segment))
        begins += timedelta(minutes=segment.minutes)
    return planned
