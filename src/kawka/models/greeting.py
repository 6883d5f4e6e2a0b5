"""Who meets a guest at the door."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.meeting import Meeting
from kawka.models.person import Person


class Greeting(models.Model):
    """That `greeter` meets `guest` at a meeting, shows them around and signs the thank-you.

    `told_at`: when the greeter was told.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="greetings")
    guest = models.ForeignKey(Person, models.CASCADE, related_name="greeted_at")
    greeter = models.ForeignKey(Person, models.CASCADE, related_name="greetings")
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("greeting")
        verbose_name_plural = _("greetings")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "guest"],
                name="one_greeter_per_guest_and_meeting",
                violation_error_message=_("Somebody already greets this guest."),
            ),
            models.CheckConstraint(
                condition=~models.Q(guest=models.F("greeter")),
                name="nobody_greets_themselves",
                violation_error_message=_("Choose somebody else to greet this guest."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.greeter} → {self.guest}"
