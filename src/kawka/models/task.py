"""A short shared list beside the roles: what somebody does until when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_code
from kawka.models.group import Group
from kawka.models.person import Person


class TaskQuerySet(models.QuerySet["Task"]):
    """Questions about tasks."""

    def open(self) -> "TaskQuerySet":
        """Those not done; they are carried over until they are."""
        return self.filter(done_at__isnull=True)


class Task(models.Model):
    """Something to do for the group, with an owner and a day; it stays until it is done."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="tasks")
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    text = models.CharField(_("what"), max_length=200)
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="tasks")
    due_on = models.DateField(_("until"), null=True, blank=True)
    key = models.CharField(max_length=120, unique=True, null=True, blank=True, editable=False)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_about_owners(self) -> bool:
        """Whether it asks who could be the second owner."""
        return bool(self.key) and str(self.key).startswith("second-owner:")
