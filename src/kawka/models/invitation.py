"""The next-one pass: an invitation from one person to another, good for any coming date."""

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_code, new_secret
from kawka.models.group import Group
from kawka.models.meeting import Meeting
from kawka.models.person import Person

SIGNER = Signer(salt="kawka.invitation", sep=".")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def good(self, now: datetime) -> "InvitationQuerySet":
        """Those that still open the door: neither run out nor taken back."""
        return self.filter(expires_at__gt=now, revoked_at__isnull=True)

    def by_token(self, token: str) -> "InvitationQuerySet":
        """The invitation with this token; none when the signature is not ours (no row is looked up then)."""
        try:
            return self.filter(secret=SIGNER.unsign(token))
        except BadSignature:
            return self.none()


class Invitation(models.Model):
    """A pass. `name` is whom the inviter meant; `guest` is who took it up, `accepted_at` when they did.

    A card is handed out to anybody, so it has no name and no guest: whoever takes it up gets a pass of their
    own. `moves`: how often the guest chose another date; after three it rests (`rested_at`) and nobody is
    asked any more, though the pass stays good.
    """

    class Way(models.TextChoices):
        MAIL = "mail", _("by e-mail")
        LINK = "link", _("by a link for a messenger")
        CARD = "card", _("by a card with a QR code")

    group = models.ForeignKey(Group, models.CASCADE, related_name="invitations")
    inviter = models.ForeignKey(Person, models.CASCADE, related_name="invitations_sent")
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    secret = models.CharField(max_length=40, unique=True, default=new_secret, editable=False)
    way = models.CharField(_("how it reaches them"), max_length=4, choices=Way)
    name = models.CharField(_("whom you invite"), max_length=120, blank=True, default="")
    email = models.EmailField(_("their e-mail"), blank=True, default="")
    words = models.CharField(_("a sentence of your own"), max_length=400, blank=True, default="")
    guest = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="invitations_received"
    )
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="invitations")
    moves = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    rested_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(way="mail") | ~models.Q(email=""),
                name="mailed_invitation_has_an_address",
                violation_error_message=_("An invitation by e-mail needs an address."),
            ),
            models.CheckConstraint(
                condition=models.Q(way="card", name="", guest__isnull=True)
                | (~models.Q(way="card") & ~models.Q(name="")),
                name="only_a_card_is_for_anybody",
                violation_error_message=_("Say whom you invite."),
            ),
            models.UniqueConstraint(
                fields=["group", "inviter"],
                condition=models.Q(way="card", revoked_at__isnull=True),
                name="one_card_per_inviter_and_group",
                violation_error_message=_("There is already a card to hand out."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inviter} → {self.name}"

    @property
    def token(self) -> str:
        """What stands in the address."""
        return SIGNER.sign(self.secret)
