"""With whom somebody would rather not be seated, known to its owner alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.person import Person


class NotWithMe(models.Model):
    """That `owner` would rather not sit at a table with `other`; nobody else ever sees it, `other` least."""

    owner = models.ForeignKey(Person, models.CASCADE, related_name="not_with_me")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = _("confidential wish about seats")
        verbose_name_plural = _("confidential wishes about seats")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "other"],
                name="said_once_for_each_person",
                violation_error_message=_("This person is on your list already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(owner=models.F("other")),
                name="not_with_me_is_about_somebody_else",
                violation_error_message=_("Choose somebody else than yourself."),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
