from datetime import date, timedelta

from kawka.actions.tasks import add_task, change_task, done_tasks, finish_task, open_tasks, reopen_task
from kawka.models import Task
from tests.factories import NOON


def add(group, text, on=None, owner=None):
    return add_task(group=group, fields={"text": text, "due_on": on, "owner": owner}, by=None, now=NOON)


def test_the_soonest_comes_first_and_what_has_no_day_last(group):
    add(group, "kiedyś")
    add(group, "potem", date(2026, 10, 20))
    add(group, "zaraz", date(2026, 10, 14))

    assert [task.text for task in open_tasks(group)] == ["zaraz", "potem", "kiedyś"]


def test_a_task_stays_until_it_is_done_once(group, ben, ada):
    task = add(group, "Klucz do salki", date(2026, 10, 1), ben)

    finish_task(task=task, by=ben, now=NOON)
    finish_task(task=task, by=ada, now=NOON + timedelta(days=1))

    assert open_tasks(group) == []
    assert [(one.text, one.done_by, one.done_at) for one in done_tasks(group)] == [(task.text, ben, NOON)]

    reopen_task(task=task, by=ada, now=NOON)

    assert [one.text for one in open_tasks(group)] == [task.text]


def test_a_task_is_changed(group, ben):
    task = add(group, "Klucz")

    change_task(task=task, fields={"text": "Klucz i kawa", "owner": ben, "due_on": None}, by=None, now=NOON)

    assert Task.objects.values_list("text", "owner").get() == ("Klucz i kawa", ben.pk)
