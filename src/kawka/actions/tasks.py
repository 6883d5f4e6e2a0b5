"""The short shared list beside the roles: who does what until when; it stays until it is done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from kawka.models import Account, Group, Person, Task

SHOWN_DONE = 10


def open_tasks(group: Group) -> Sequence[Task]:
    """What is still to be done for the group, the soonest first, what has no day last. One query."""
    tasks = list(group.tasks.open().select_related("owner"))
    return sorted(
        tasks, key=lambda task: (task.due_on is None, task.due_on or task.created_at.date(), task.pk)
    )


def done_tasks(group: Group) -> Sequence[Task]:
    """What was done last. One query."""
    return list(
        group.tasks.filter(done_at__isnull=False).select_related("done_by").order_by("-done_at")[:SHOWN_DONE]
    )


def tasks_of_account(account: Account) -> Sequence[Task]:
    """What everybody an account is has to do, in all groups. One query."""
    return list(Task.objects.open().filter(owner__account=account).select_related("group"))


def add_task(*, group: Group, fields: Mapping[str, Any], by: Person | None, now: datetime) -> Task:
    """Put something on the list."""
    return Task.objects.create(group=group, created_at=now, **fields)


def change_task(*, task: Task, fields: Mapping[str, Any], by: Person | None, now: datetime) -> Task:
    """Another text, owner or day."""
    for name, value in fields.items():
        setattr(task, name, value)
    task.save(update_fields=list(fields))
    return task


@transaction.atomic
def finish_task(*, task: Task, by: Person | None, now: datetime) -> None:
    """It is done; done twice it is done once."""
    Task.objects.open().filter(pk=task.pk).update(done_at=now, done_by=by)


@transaction.atomic
def reopen_task(*, task: Task, by: Person | None, now: datetime) -> None:
    """It was ticked too early."""
    Task.objects.filter(pk=task.pk).update(done_at=None, done_by=None)
