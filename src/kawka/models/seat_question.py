"""The seat of a trade: asking its holder whether another one would be all right."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_code
from kawka.models.membership import Membership


class SeatQuestion(models.Model):
    """Where a group has one seat for each trade: a question to its holder, never a refusal to the newcomer.

    `candidate` may become a member, `holder` is one of the same trade. Hosts read the answer and decide.
    """

    class Answer(models.TextChoices):
        YES = "yes", _("yes, gladly")
        TALK = "talk", _("let's talk about it")
        RATHER_NOT = "no", _("rather not")

    candidate = models.ForeignKey(Membership, models.CASCADE, related_name="seat_questions")
    holder = models.ForeignKey(Membership, models.CASCADE, related_name="seat_questions_asked")
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    asked_at = models.DateTimeField()
    answer = models.CharField(_("answer"), max_length=4, choices=Answer, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("question about the seat of a trade")
        verbose_name_plural = _("questions about the seats of trades")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "holder"],
                name="one_seat_question_per_candidate_and_holder",
                violation_error_message=_("This person has been asked already."),
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="answered_seat_question_has_a_moment",
                violation_error_message=_("An answer has a moment."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} → {self.holder}"
