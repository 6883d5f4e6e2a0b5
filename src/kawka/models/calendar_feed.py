"""The secret address of a person's own calendar."""

from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_secret
from kawka.models.person import Person

SIGNER = Signer(salt="kawka.calendar-feed", sep=".")


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Questions about personal feeds."""

    def by_token(self, token: str) -> "CalendarFeedQuerySet":
        """The feed with this token; none when the signature is not ours (no row is looked up then)."""
        try:
            return self.filter(secret=SIGNER.unsign(token))
        except BadSignature:
            return self.none()


class CalendarFeed(models.Model):
    """Whoever has the address reads this person's dates and turns; a new secret takes all old ones back."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="calendar_feed")
    secret = models.CharField(max_length=40, unique=True, default=new_secret)
    created_at = models.DateTimeField()

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return f"{self.person}"

    @property
    def token(self) -> str:
        """What stands in the address."""
        return SIGNER.sign(self.secret)
