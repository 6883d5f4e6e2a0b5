"""What a person says of themselves, each field visible as far as its owner allows."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class SeenBy(models.TextChoices):
    """How far a field of a card can be seen, from the narrowest to the widest."""

    ME = "me", _("only me")
    MEETINGS = "meetings", _("people at my meetings")
    MEMBERS = "members", _("members of my groups")
    EVERYBODY = "everybody", _("everybody")


def default_visibility() -> dict[str, str]:
    """Who sees what until the owner says otherwise: the work side members, contact data nobody."""
    return {
        "does": SeenBy.MEMBERS,
        "client": SeenBy.MEMBERS,
        "experience": SeenBy.MEMBERS,
        "offers": SeenBy.MEMBERS,
        "asks": SeenBy.MEMBERS,
        "photo": SeenBy.MEMBERS,
        "email": SeenBy.ME,
        "phone": SeenBy.ME,
        "website": SeenBy.MEMBERS,
    }


class Card(models.Model):
    """The card (wizytówka) of one person: what I do, my client, my experience, and how to reach me.

    `seen_by` maps a field's name to a SeenBy value; a field that is missing there is seen by its owner
    alone. Name and trade are always shown to whoever may know that the person exists.
    """

    FIELDS: ClassVar[tuple[str, ...]] = tuple(default_visibility())

    person = models.OneToOneField("kawka.Person", models.CASCADE, related_name="card")
    trade = models.CharField(_("trade, in a word or two"), max_length=80, blank=True, default="")
    does = models.TextField(_("what I do"), max_length=600, blank=True, default="")
    client = models.TextField(_("my client"), max_length=400, blank=True, default="")
    experience = models.TextField(_("my experience"), max_length=800, blank=True, default="")
    photo = models.ImageField(_("photo"), upload_to="photos/", blank=True, default="")
    phone = models.CharField(_("phone"), max_length=40, blank=True, default="")
    website = models.URLField(_("website"), blank=True, default="")
    seen_by = models.JSONField(default=default_visibility)
    updated_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("card")
        verbose_name_plural = _("cards")

    def __str__(self) -> str:
        return f"{self.person}: {self.trade}"

    @property
    def photo_name(self) -> str:
        """The name of the photo's file, which changes with the photo; empty when there is none."""
        return str(self.photo.name).rpartition("/")[2] if self.photo else ""

    @property
    def headline(self) -> str:
        """The trade beside the name: as typed, or the beginning of "what I do" where members may see it."""
        if self.trade or self.seen_by.get("does") not in {SeenBy.MEMBERS, SeenBy.EVERYBODY}:
            return self.trade
        if len(self.does) <= 80:
            return self.does
        return self.does[:80].rsplit(" ", 1)[0] + "…"
