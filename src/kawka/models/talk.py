"""Two or three people, one round, one table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.meeting import Meeting
from kawka.models.person import Person


class Talk(models.Model):
    """A planned talk of one round at one table, with the reasons for it as data.

    `is_kept`: the host keeps these people together in this round, whoever comes, leaves or is dealt anew.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="talks")
    round = models.PositiveSmallIntegerField()
    table = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    is_kept = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        ordering = ["meeting", "round", "table"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "round", "table"], name="one_talk_per_table_and_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.round}/{self.table}"


class TalkSeat(models.Model):
    """A person's seat in a talk, with what this person said of it afterwards, for themselves alone.

    `happened`: whether it took place, None if nothing was said; `again`: whether they would like another.
    """

    class Again(models.TextChoices):
        GLAD = "glad", _("glad, again some time")
        ENOUGH = "enough", _("enough for now")

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, models.CASCADE, related_name="talk_seats")
    happened = models.BooleanField(null=True, blank=True)
    again = models.CharField(max_length=6, choices=Again, blank=True, default="")

    class Meta:
        verbose_name = _("seat in a talk")
        verbose_name_plural = _("seats in talks")
        constraints = [
            models.UniqueConstraint(fields=["talk", "person"], name="one_seat_per_person_and_talk"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.talk}"
