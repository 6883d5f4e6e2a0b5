"""Telling others of a date: where it was posted already."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.meeting import Meeting


class CampaignPost(models.Model):
    """That a date was posted somewhere, as a host ticked it off; nothing posts by itself."""

    class Channel(models.TextChoices):
        FACEBOOK = "facebook", _("Facebook")
        LINKEDIN = "linkedin", _("LinkedIn")
        INSTAGRAM = "instagram", _("Instagram")
        CALENDARS = "calendars", _("a town calendar or our own site")
        FRIENDS = "friends", _("messages to friends")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="posts")
    channel = models.CharField(_("where"), max_length=9, choices=Channel)
    posted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("post about a date")
        verbose_name_plural = _("posts about a date")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "channel"],
                name="one_post_per_channel_and_date",
                violation_error_message=_("This is ticked off already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.get_channel_display()}"
