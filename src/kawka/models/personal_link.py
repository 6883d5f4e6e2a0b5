"""A signed personal link: what somebody without an account is let in with."""

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_secret
from kawka.models.group import Group
from kawka.models.meeting import Meeting
from kawka.models.person import Person

SIGNER = Signer(salt="kawka.personal-link", sep=".")


class PersonalLinkQuerySet(models.QuerySet["PersonalLink"]):
    """Questions about personal links."""

    def valid(self, now: datetime) -> "PersonalLinkQuerySet":
        """Links neither revoked nor past their time."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=now)

    def by_token(self, token: str) -> "PersonalLinkQuerySet":
        """The link with this token; none when the signature is not ours (no row is looked up then)."""
        try:
            return self.filter(secret=SIGNER.unsign(token))
        except BadSignature:
            return self.none()


class PersonalLink(models.Model):
    """Lets one person do one kind of thing without signing in; survives being looked at, can be revoked.

    `answer`: say whether they come to dates of `group`, and what they look for. `live`: take part in
    `meeting` on this phone. `recap`: see the recap of `meeting` and say what happened. `role`: take, accept
    or give back a turn in `group`.
    """

    class Scope(models.TextChoices):
        ANSWER = "answer", _("answering")
        LIVE = "live", _("taking part")
        RECAP = "recap", _("recap")
        ROLE = "role", _("roles")

    person = models.ForeignKey(Person, models.CASCADE, related_name="links")
    scope = models.CharField(max_length=12, choices=Scope)
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, null=True, blank=True, related_name="+")
    secret = models.CharField(max_length=40, unique=True, default=new_secret)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "scope", "group", "meeting"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_valid_link_per_person_scope_and_meeting",
            ),
            models.UniqueConstraint(
                fields=["person", "scope", "group"],
                condition=models.Q(revoked_at__isnull=True, meeting__isnull=True),
                name="one_valid_link_per_person_and_scope",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_scope_display()}"

    @property
    def token(self) -> str:
        """What stands in the address."""
        return SIGNER.sign(self.secret)
