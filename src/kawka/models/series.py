"""The rule that makes dates."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_code
from kawka.models.group import Group
from kawka.models.rhythm_words import rhythm_words


class SeriesQuerySet(models.QuerySet["Series"]):
    """Questions about series."""

    def running(self) -> "SeriesQuerySet":
        """Those that have not ended, paused ones too."""
        return self.filter(ended_on__isnull=True)

    def paused(self, today: date) -> "SeriesQuerySet":
        """Running ones with a pause that is on or still to come."""
        return self.running().filter(paused_until__gte=today)


class Series(models.Model):
    """A rhythm in the group's local time; "by hand" makes no dates and only remembers the usual hour.

    `made_until` is the last day dates were made for: a date that was moved or called off is not made again.
    Its place is empty when it meets where the group usually meets. A pause leaves out the days from
    `paused_from` up to and including `paused_until`, and says why.
    """

    class Kind(models.TextChoices):
        WEEKLY = "weekly", _("every week")
        EVERY_N_WEEKS = "every_n_weeks", _("every few weeks")
        MONTHLY_NTH = "monthly_nth", _("once a month, on the same weekday")
        BY_HAND = "by_hand", _("I pick the dates by hand")

    group = models.ForeignKey(Group, models.CASCADE, related_name="series")
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("rhythm"), max_length=13, choices=Kind)
    interval = models.PositiveSmallIntegerField(_("every how many weeks"), default=1)
    weekday = models.PositiveSmallIntegerField(_("weekday"), default=2)
    nth = models.SmallIntegerField(_("which of the month"), default=1)
    starts_at = models.TimeField(_("starts at"))
    starts_on = models.DateField(_("first date from"))
    ended_on = models.DateField(null=True, blank=True, editable=False)
    made_until = models.DateField(null=True, blank=True, editable=False)
    paused_from = models.DateField(_("paused from"), null=True, blank=True)
    paused_until = models.DateField(_("last day of the pause"), null=True, blank=True)
    pause_reason = models.CharField(_("why"), max_length=160, blank=True, default="")

    place_name = models.CharField(_("another place than the group's"), max_length=120, blank=True, default="")
    place_address = models.CharField(_("its address"), max_length=200, blank=True, default="")

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6),
                name="series_weekday_is_a_weekday",
                violation_error_message=_("Choose a day of the week."),
            ),
            models.CheckConstraint(
                condition=models.Q(interval__gte=1) & models.Q(interval__lte=8),
                name="series_interval_is_1_to_8_weeks",
                violation_error_message=_("Choose between 1 and 8 weeks."),
            ),
            models.CheckConstraint(
                condition=models.Q(nth__in=[-1, 1, 2, 3, 4]),
                name="series_nth_is_first_to_fourth_or_last",
                violation_error_message=_("Choose the first to the fourth, or the last, of the month."),
            ),
            models.CheckConstraint(
                condition=models.Q(paused_from__isnull=True, paused_until__isnull=True)
                | models.Q(paused_until__gte=models.F("paused_from")),
                name="series_pause_is_a_range",
                violation_error_message=_("A pause has a first day and a last one that is not earlier."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.get_kind_display()}"

    @property
    def words(self) -> str:
        """The rhythm as people say it aloud, without its hour."""
        return rhythm_words(self.kind, interval=self.interval, weekday=self.weekday, nth=self.nth)

    def pauses(self, day: date) -> bool:
        """Whether the day falls into its pause."""
        first, last = self.paused_from, self.paused_until
        return first is not None and last is not None and first <= day <= last
