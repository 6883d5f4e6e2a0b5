"""The association around one or several groups; every row leads to one."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_code


class Community(models.Model):
    """The circle of people that shares groups, people and cards; the unit that is exported and erased."""

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    name = models.CharField(_("name"), max_length=120)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        constraints = [
            models.UniqueConstraint(
                fields=["is_sample"],
                condition=models.Q(is_sample=True),
                name="one_sample_community",
                violation_error_message=_("The sample group is already here."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Ownership(models.Model):
    """A person who looks after a whole community."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="ownerships")
    person = models.OneToOneField("kawka.Person", models.CASCADE, related_name="ownership")

    class Meta:
        verbose_name = _("owner")
        verbose_name_plural = _("owners")

    def __str__(self) -> str:
        return f"{self.person} ({self.community})"
