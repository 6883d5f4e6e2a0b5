"""A quiet hand raised for somebody's ask."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.ask import Ask
from kawka.models.meeting import Meeting
from kawka.models.person import Person


class Hand(models.Model):
    """A private tap, during a meeting or, without one, on the ask board. The asker alone sees who raised it.

    `word`: what they add to it. `thanks`: what the asker said when the ask was helped, for who helped alone.
    """

    class Kind(models.TextChoices):
        CAN = "can", _("I can help")
        KNOW = "know", _("I know someone")
        MORE = "more", _("tell me more")

    meeting = models.ForeignKey(Meeting, models.CASCADE, null=True, blank=True, related_name="hands")
    asker = models.ForeignKey(Person, models.CASCADE, related_name="hands_for_me")
    ask = models.ForeignKey(Ask, models.SET_NULL, null=True, blank=True, related_name="hands")
    person = models.ForeignKey(Person, models.CASCADE, related_name="hands_raised")
    kind = models.CharField(max_length=4, choices=Kind)
    key = models.CharField(max_length=40, unique=True)
    raised_at = models.DateTimeField()
    word = models.CharField(_("a word with it"), max_length=200, blank=True, default="")
    thanks = models.CharField(_("thanks"), max_length=400, blank=True, default="")
    thanked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("raised hand")
        verbose_name_plural = _("raised hands")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "asker", "ask", "person", "kind"],
                name="one_hand_per_person_ask_and_kind",
            ),
            models.UniqueConstraint(
                fields=["meeting", "asker", "person", "kind"],
                condition=models.Q(ask__isnull=True),
                name="one_hand_per_person_and_kind_without_ask",
            ),
            models.UniqueConstraint(
                fields=["ask", "person", "kind"],
                condition=models.Q(meeting__isnull=True),
                name="one_hand_per_person_ask_and_kind_on_the_board",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.asker}: {self.get_kind_display()}"
