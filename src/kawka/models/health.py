"""How a group did in a month, in numbers that point at nobody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.group import Group


class MonthlyHealth(models.Model):
    """The numbers of one month, kept as they were told then; a number below five is never kept.

    `month`: its first day. `facts`: numbers by the names of `kawka.actions.health.Facts`.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="health")
    month = models.DateField()
    facts = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("how a month was")
        verbose_name_plural = _("how months were")
        ordering = ["-month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "month"], name="one_health_page_per_group_and_month")
        ]

    def __str__(self) -> str:
        return f"{self.group}, {self.month:%Y-%m}"
