"""A short presentation: proposed by a member, then booked for a date."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_code
from kawka.models.group import Group
from kawka.models.meeting import Meeting
from kawka.models.person import Person


class Spotlight(models.Model):
    """Who presents what at a meeting."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        TOPIC = "topic", _("topic")
        PROJECT = "project", _("project")

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="spotlight")
    person = models.ForeignKey(Person, models.CASCADE, related_name="spotlights")
    kind = models.CharField(_("what is presented"), max_length=7, choices=Kind, default=Kind.COMPANY)
    title = models.CharField(_("title"), max_length=160)

    class Meta:
        verbose_name = _("presentation")
        verbose_name_plural = _("presentations")

    def __str__(self) -> str:
        return self.title


class SpotlightProposal(models.Model):
    """What a member would like to present; it waits in the group's queue until it is booked or withdrawn.

    `returned_at`: when it lost its date; it then waits in front of the others.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="spotlight_proposals")
    person = models.ForeignKey(Person, models.CASCADE, related_name="spotlight_proposals")
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    kind = models.CharField(
        _("what is presented"), max_length=7, choices=Spotlight.Kind, default=Spotlight.Kind.COMPANY
    )
    title = models.CharField(_("title"), max_length=160)
    about = models.TextField(_("in a sentence or two"), max_length=600, blank=True, default="")
    minutes = models.PositiveSmallIntegerField(_("minutes"), choices=[(5, "5"), (10, "10")], default=10)
    spotlight = models.OneToOneField(
        Spotlight, models.SET_NULL, null=True, blank=True, related_name="proposal"
    )
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("proposed presentation")
        verbose_name_plural = _("proposed presentations")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.title
