"""Coming, not this time or waiting: an answer to one date."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.meeting import Meeting
from kawka.models.person import Person


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Questions about answers."""

    def coming(self) -> "AnswerQuerySet":
        """Those who said they come."""
        return self.filter(choice=Answer.Choice.COMING)


class Answer(models.Model):
    """What one person said about one meeting; a later answer replaces an earlier one.

    `is_standing`: it was written by the person's standing answer and gives way to any word of their own.
    `waiting_since`: the place on the waiting list, kept however often other things about the answer change.
    """

    class Choice(models.TextChoices):
        COMING = "coming", _("coming")
        NOT_THIS_TIME = "no", _("not this time")
        WAITING = "waiting", _("waiting for a seat")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="answers")
    choice = models.CharField(max_length=7, choices=Choice)
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField()
    is_standing = models.BooleanField(default=False, editable=False)
    waiting_since = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="one_answer_per_person_and_meeting",
                violation_error_message=_("There is already an answer for this date."),
            ),
            models.CheckConstraint(
                condition=~models.Q(choice="waiting") | models.Q(waiting_since__isnull=False),
                name="who_waits_has_a_place_on_the_list",
                violation_error_message=_("Who waits for a seat has a place on the list."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_choice_display()} ({self.meeting})"
