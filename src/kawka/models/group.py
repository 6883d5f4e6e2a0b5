"""People with one rhythm: a purpose, a type, a place, and sizes it feels good at."""

from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_code
from kawka.models.community import Community

if TYPE_CHECKING:
    from kawka.models.account import Account


def validate_zone(name: str) -> None:
    """Refuse a name that is not an IANA time zone."""
    if name not in available_timezones():
        raise ValidationError(_("Choose a time zone from the list, for example Europe/Warsaw."))


class GroupQuerySet(models.QuerySet["Group"]):
    """Questions about groups."""

    def public(self) -> "GroupQuerySet":
        """Groups whose page anybody may see."""
        return self.filter(is_listed=True)

    def of_account(self, account: "Account") -> "GroupQuerySet":
        """Groups in which this account's persons take part."""
        return self.filter(memberships__person__account=account).distinct()


class Group(models.Model):
    """A group: why it meets, how it runs, where, and in which zone its times are told."""

    class Purpose(models.TextChoices):
        RECOMMEND = "recommend", _("recommending one another")
        INTEGRATE = "integrate", _("getting a trade or a place together")
        BOTH = "both", _("both")

    class Joining(models.TextChoices):
        INVITED = "invited", _("a host makes somebody a member")
        APPLYING = "applying", _("whoever has come three times may apply")

    class Type(models.TextChoices):
        GENERAL = "general", _("general: many trades")
        PROFILED = "profiled", _("profiled: one trade or topic")

    community = models.ForeignKey(Community, models.CASCADE, related_name="groups")
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    slug = models.SlugField(_("address of its page"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    town = models.CharField(_("town"), max_length=80)
    purpose = models.CharField(_("why we meet"), max_length=9, choices=Purpose)
    type = models.CharField(_("type"), max_length=8, choices=Type)
    profile = models.CharField(_("which trade or topic"), max_length=80, blank=True, default="")
    about = models.TextField(_("in a few sentences"), max_length=1200, blank=True, default="")
    house_rules = models.TextField(_("house rules, one a line"), max_length=1200, blank=True, default="")
    price = models.CharField(_("what it costs"), max_length=160, blank=True, default="")
    place_name = models.CharField(_("place"), max_length=120)
    place_address = models.CharField(_("address"), max_length=200, blank=True, default="")
    place_hint = models.CharField(_("how to find the door"), max_length=200, blank=True, default="")
    timezone = models.CharField(
        _("time zone"), max_length=60, default="Europe/Warsaw", validators=[validate_zone]
    )
    language = models.CharField(
        _("language"), max_length=2, default="pl", choices=[("pl", _("Polish")), ("en", _("English"))]
    )
    size_min = models.PositiveSmallIntegerField(_("feels good from"), default=5)
    size_max = models.PositiveSmallIntegerField(_("feels good up to"), default=25)
    pitch_seconds = models.PositiveSmallIntegerField(_("seconds to speak"), default=60)
    talk_rounds = models.PositiveSmallIntegerField(_("talk rounds"), default=3)
    talk_minutes = models.PositiveSmallIntegerField(_("minutes a talk"), default=8)
    is_listed = models.BooleanField(_("anybody may see its page"), default=True)
    held_seats = models.PositiveSmallIntegerField(_("seats held for members"), default=0)
    joining = models.CharField(
        _("how one becomes a member"), max_length=8, choices=Joining, default=Joining.INVITED
    )
    has_one_seat_per_trade = models.BooleanField(_("one seat for each trade"), default=False)
    weeks_ahead = models.PositiveSmallIntegerField(_("weeks of dates ahead"), default=8)
    guest_months = models.PositiveSmallIntegerField(_("months guests are remembered"), default=12)
    door_photo = models.ImageField(_("photo of the door"), upload_to="doors/", blank=True, default="")
    venue_email = models.EmailField(_("e-mail of the place"), blank=True, default="")
    venue_phone = models.CharField(_("phone of the place"), max_length=40, blank=True, default="")
    page_version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(size_min__gte=2) & models.Q(size_max__gte=models.F("size_min")),
                name="group_size_is_a_range",
                violation_error_message=_(
                    "The larger size comes second, and a meeting needs at least two people."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(pitch_seconds__gte=15) & models.Q(pitch_seconds__lte=300),
                name="pitch_lasts_15_to_300_seconds",
                violation_error_message=_("Give everybody between 15 and 300 seconds."),
            ),
            models.CheckConstraint(
                condition=models.Q(held_seats__lt=models.F("size_max")),
                name="held_seats_leave_one_free",
                violation_error_message=_("Leave at least one seat that is not held for members."),
            ),
            models.CheckConstraint(
                condition=models.Q(weeks_ahead__gte=2) & models.Q(weeks_ahead__lte=26),
                name="dates_are_made_2_to_26_weeks_ahead",
                violation_error_message=_("Dates are made between 2 and 26 weeks ahead."),
            ),
            models.CheckConstraint(
                condition=models.Q(guest_months__gte=1) & models.Q(guest_months__lte=36),
                name="guests_are_remembered_1_to_36_months",
                violation_error_message=_("Guests are remembered between 1 and 36 months."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def answers_mail(self) -> str:
        """The address of the host who answers mail of the group, asked once for each row in memory."""
        hosts = self.memberships.filter(standing="host").exclude(person__email="").order_by("pk")
        return hosts.values_list("person__email", flat=True).first() or ""

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this group's times are told."""
        return ZoneInfo(self.timezone)

    def touch_page(self) -> None:
        """Say that something its public page shows has changed; the next visit renders it anew."""
        Group.objects.filter(pk=self.pk).update(page_version=models.F("page_version") + 1)
