"""Jobs at meetings, who would like to learn them, and one person's turn at one of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_code
from kawka.models.group import Group
from kawka.models.meeting import Meeting
from kawka.models.membership import Membership
from kawka.models.person import Person


class Role(models.Model):
    """A job at the meetings of a group, with a card that says how it is done.

    `steps`: one a line. Minutes before and after say how long the person is needed beside the meeting.
    """

    class Kind(models.TextChoices):
        HOST = "host", _("host")
        GREETER = "greeter", _("greeter")
        TIMEKEEPER = "timekeeper", _("timekeeper")
        SCRIBE = "scribe", _("scribe")
        SPOTLIGHT = "spotlight", _("host of the presentation")
        OTHER = "other", _("another role")

    group = models.ForeignKey(Group, models.CASCADE, related_name="roles")
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OTHER)
    name = models.CharField(_("name"), max_length=60)
    steps = models.TextField(_("how it is done, one step a line"), max_length=2000, blank=True, default="")
    minutes_before = models.PositiveSmallIntegerField(_("minutes before the meeting"), default=0)
    minutes_after = models.PositiveSmallIntegerField(_("minutes after the meeting"), default=0)
    handover = models.TextField(_("note to the next holder"), max_length=600, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "name"],
                condition=models.Q(ended_at__isnull=True),
                name="one_role_of_a_name_per_group",
                violation_error_message=_("The group already has a role of this name."),
            ),
            models.CheckConstraint(
                condition=models.Q(minutes_before__lte=240) & models.Q(minutes_after__lte=240),
                name="role_needs_at_most_four_hours_around",
                violation_error_message=_("Ask for at most 240 minutes before or after."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def step_list(self) -> list[str]:
        """The steps one by one."""
        return [step.strip() for step in self.steps.splitlines() if step.strip()]


class RoleWish(models.Model):
    """That somebody would like to learn a role, or would rather not be asked for it."""

    class Wish(models.TextChoices):
        LEARN = "learn", _("I would like to learn it")
        NOT_ME = "not_me", _("rather not me")

    role = models.ForeignKey(Role, models.CASCADE, related_name="wishes")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="role_wishes")
    wish = models.CharField(max_length=6, choices=Wish)

    class Meta:
        verbose_name = _("wish about a role")
        verbose_name_plural = _("wishes about roles")
        constraints = [
            models.UniqueConstraint(fields=["role", "membership"], name="one_wish_per_role_and_member"),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.role}"


class Turn(models.Model):
    """One role at one meeting: proposed to somebody, accepted by them, or open.

    `reason` says as data why the rota proposes this person; `shadow` has done it before and stands beside
    somebody who learns it. `fell_to_host`: nobody was found in time, so the host has it, with the checklist.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted")

    role = models.ForeignKey(Role, models.CASCADE, related_name="turns")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="turns")
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="turns")
    shadow = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="shadowed_turns")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    reason = models.JSONField(default=dict)
    proposed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    fell_to_host = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        ordering = ["meeting__starts_at", "role__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "meeting"],
                name="one_turn_per_role_and_meeting",
                violation_error_message=_("This role is already planned for this meeting."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.person or self.get_state_display()} ({self.meeting})"
