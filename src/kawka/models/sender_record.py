"""What vouches for our mail in the domain name system, as it was when last looked at."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SenderRecord(models.Model):
    """SPF, DKIM or DMARC of the sender's domain; `text` is the record, of DKIM the name its key has."""

    class State(models.TextChoices):
        FINE = "fine", _("is there")
        MISSING = "missing", _("is missing")
        DOUBLE = "double", _("is there twice")
        UNSEEN = "unseen", _("was not found")

    name = models.CharField(max_length=5, unique=True)
    domain = models.CharField(max_length=253)
    state = models.CharField(max_length=7, choices=State)
    text = models.TextField(blank=True, default="")
    looked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("record of the sender's domain")
        verbose_name_plural = _("records of the sender's domain")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name} of {self.domain}"
