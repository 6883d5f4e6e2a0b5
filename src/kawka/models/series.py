"""The rule that makes dates."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.group import Group


class Series(models.Model):
    """A rhythm in the group's local time; "by hand" makes no dates and only remembers the usual hour.

    `made_until` is the last day dates were made for: a date that was moved or called off is not made again.
    A pause leaves out the days from `paused_from` up to and including `paused_until`, and says why.
    """

    class Kind(models.TextChoices):
        WEEKLY = "weekly", _("every week")
        EVERY_N_WEEKS = "every_n_weeks", _("every few weeks")
        MONTHLY_NTH = "monthly_nth", _("once a month, on the same weekday")
        BY_HAND = "by_hand", _("I pick the dates by hand")

    group = models.ForeignKey(Group, models.CASCADE, related_name="series")
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
