"""A quick poll about the next date: a few proposals, anybody with the link taps which they can."""

from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_code, new_secret
from kawka.models.group import Group
from kawka.models.meeting import Meeting
from kawka.models.person import Person

SIGNER = Signer(salt="kawka.date-poll", sep=".")


class DatePollQuerySet(models.QuerySet["DatePoll"]):
    """Questions about polls."""

    def open(self) -> "DatePollQuerySet":
        """Those still being answered."""
        return self.filter(closed_at__isnull=True)


class DatePoll(models.Model):
    """The question when to meet; closed with the date it led to, or with none."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="date_polls")
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = DatePollQuerySet.as_manager()

    class Meta:
        verbose_name = _("date poll")
        verbose_name_plural = _("date polls")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.group}, {self.created_at:%Y-%m-%d}"


class DateProposal(models.Model):
    """One moment a poll proposes."""

    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="proposals")
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    starts_at = models.DateTimeField(_("starts at"))

    class Meta:
        verbose_name = _("proposed date")
        verbose_name_plural = _("proposed dates")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "starts_at"],
                name="one_proposal_of_a_moment_per_poll",
                violation_error_message=_("Each date is proposed once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at}"


class VoterQuerySet(models.QuerySet["Voter"]):
    """Questions about voters."""

    def by_token(self, token: str) -> "VoterQuerySet":
        """The voter with this token; none when the signature is not ours (no row is looked up then)."""
        try:
            return self.filter(secret=SIGNER.unsign(token))
        except BadSignature:
            return self.none()


class Voter(models.Model):
    """Who can come when. A person of the community, or a name and perhaps an address somebody typed.

    `press` is the form they sent: sent twice it is one voter.
    """

    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="voters")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    secret = models.CharField(max_length=40, unique=True, default=new_secret, editable=False)
    press = models.CharField(max_length=40, editable=False)
    name = models.CharField(_("your name"), max_length=120)
    email = models.EmailField(_("your e-mail"), blank=True, default="")
    can = models.ManyToManyField(DateProposal, related_name="voters", blank=True)
    voted_at = models.DateTimeField()

    objects = VoterQuerySet.as_manager()

    class Meta:
        verbose_name = _("voter")
        verbose_name_plural = _("voters")
        ordering = ["voted_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "press"], name="one_voter_per_poll_and_press"),
            models.UniqueConstraint(
                fields=["poll", "person"],
                condition=models.Q(person__isnull=False),
                name="one_voter_per_poll_and_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def token(self) -> str:
        """What stands in the address by which somebody without an account changes their votes."""
        return SIGNER.sign(self.secret)
