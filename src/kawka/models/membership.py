"""A person in a group."""

from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kawka.models.group import Group
from kawka.models.person import Person

MAIL_SIGNER = Signer(salt="kawka.unsubscribe", sep=".")
DATES, ROLES, ASKS, NEWS, WEEKLY = "dates", "roles", "asks", "news", "weekly"
MAIL_SWITCHES = {
    DATES: "wants_dates",
    ROLES: "wants_roles",
    ASKS: "wants_asks",
    NEWS: "wants_mail",
    WEEKLY: "wants_weekly_ask",
}


class Standing(models.TextChoices):
    """The way from the first visit to carrying the group, and beyond."""

    GUEST = "guest", _("guest")
    REGULAR = "regular", _("regular")
    MEMBER = "member", _("member")
    HOST = "host", _("host")
    ALUMNUS = "alumnus", _("alumnus")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about memberships."""

    def current(self) -> "MembershipQuerySet":
        """Everybody but alumni."""
        return self.exclude(standing=Standing.ALUMNUS)

    def hosts(self) -> "MembershipQuerySet":
        """Those who run the meetings."""
        return self.filter(standing=Standing.HOST)

    def by_mail_token(self, token: str) -> "MembershipQuerySet":
        """The membership an unsubscribe address is for; none when the signature is not ours."""
        try:
            person, _dash, group = MAIL_SIGNER.unsign(token).partition("-")
        except BadSignature:
            return self.none()
        return self.filter(person__code=person, group__code=group)


class Membership(models.Model):
    """How a person stands in a group.

    `ask_again_on`: the day on which a guest who said "not now" wants to hear of the next dates.
    `applied_at`: when they asked to become a member, until a host has answered. `invited_at`,
    `invited_by`: a host's invitation to become one, until it is answered; who gave it stays after a yes.
    `directory_asked_at`,
    `directory_agreed_at`: when they were asked, after the first visit, whether others may find their card.
    `weekly_asked_on`: the last Sunday on which they were asked for their ask, since they wanted it;
    `weekly_ignored`: how often in a row they let that be.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    standing = models.CharField(_("standing"), max_length=7, choices=Standing, default=Standing.GUEST)
    wants_mail = models.BooleanField(_("wants mail about meetings that were"), default=True)
    wants_dates = models.BooleanField(_("wants mail about coming dates"), default=True)
    wants_roles = models.BooleanField(_("wants mail about roles"), default=True)
    wants_asks = models.BooleanField(_("wants mail about what people look for"), default=True)
    wants_weekly_ask = models.BooleanField(
        _("wants to be asked on Sundays what they look for"), default=False
    )
    weekly_asked_on = models.DateField(null=True, blank=True, editable=False)
    weekly_ignored = models.PositiveSmallIntegerField(default=0, editable=False)
    applied_at = models.DateTimeField(null=True, blank=True, editable=False)
    ask_again_on = models.DateField(null=True, blank=True, editable=False)
    invited_at = models.DateTimeField(null=True, blank=True, editable=False)
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", editable=False)
    directory_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    directory_agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["person__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                name="one_membership_per_person_and_group",
                violation_error_message=_("This person is already in the group."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_standing_display()} ({self.group})"

    def wants(self, switch: str) -> bool:
        """Whether mail of this kind (one of MAIL_SWITCHES) may come."""
        return bool(getattr(self, MAIL_SWITCHES[switch]))

    @property
    def mail_token(self) -> str:
        """What stands in the address that stops this group's mail to this person; it never runs out."""
        return MAIL_SIGNER.sign(f"{self.person.code}-{self.group.code}")
