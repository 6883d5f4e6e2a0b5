"""A list of people being brought in: kept whole until it is confirmed."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_code
from kawka.models.group import Group


class PeopleImport(models.Model):
    """The rows of an uploaded or pasted list and what its columns mean; nothing changes until confirmed."""

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="imports")
    source = models.CharField(max_length=120)
    header = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    created_by = models.ForeignKey("kawka.Person", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import of people")
        verbose_name_plural = _("imports of people")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.group}: {self.source}"
