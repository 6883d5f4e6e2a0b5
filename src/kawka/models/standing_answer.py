"""Always, ask me, or only coffees: what somebody says about all dates of a group at once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.membership import Membership


class StandingAnswer(models.Model):
    """A member's word for every date of the group until they say otherwise.

    An answer to one date outweighs it. Without a row it is "ask me". "Only coffees": not this group's dates,
    but those of the community's loose ones.
    """

    class Choice(models.TextChoices):
        ALWAYS = "always", _("I always come unless I say no")
        ASK_ME = "ask_me", _("ask me each time")
        ONLY_COFFEES = "coffees", _("only the loose coffees")

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="standing_answer")
    choice = models.CharField(_("standing answer"), max_length=7, choices=Choice)
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("standing answer")
        verbose_name_plural = _("standing answers")

    def __str__(self) -> str:
        return f"{self.membership}: {self.get_choice_display()}"
