"""The list of tasks of a group: hosts keep it, everybody ticks off their own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kawka import access
from kawka.actions import tasks
from kawka.forms.tasks import TaskForm


def group_tasks(request: HttpRequest, slug: str) -> HttpResponse:
    group = access.get_group(request.user, slug)
    is_host, person = access.may_host(request.user, group), access.person_in(request.user, group.community)
    form = TaskForm(request.POST or None, group=group)
    if request.method == "POST" and not is_host:
        raise PermissionDenied
    if form.is_valid():
        tasks.add_task(group=group, fields=form.cleaned_data, by=person, now=timezone.now())
        messages.success(request, _("It is on the list, and stays there until it is done."))
        return redirect("group-tasks", slug=slug)
    shown = {
        "group": group,
        "is_host": is_host,
        "form": form,
        "tasks": [task for task in tasks.open_tasks(group) if is_host or task.owner == person is not None],
        "done": tasks.done_tasks(group) if is_host else [],
        "today": timezone.now().astimezone(group.zone).date(),
    }
    return render(request, "tasks/tasks.html", shown, status=422 if form.is_bound else 200)


def task(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    found = access.of_group(group.tasks.select_related("owner"), code)
    owner = found.owner.code if found.owner else ""
    initial = {"text": found.text, "owner": owner, "due_on": found.due_on}
    form = TaskForm(request.POST or None, group=group, initial=initial)
    if form.is_valid():
        by = access.person_in(request.user, group.community)
        tasks.change_task(task=found, fields=form.cleaned_data, by=by, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("group-tasks", slug=slug)
    shown = {"group": group, "form": form, "task": found}
    return render(request, "tasks/task.html", shown, status=422 if form.is_bound else 200)


@require_POST
def task_done(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    group, now = access.get_group(request.user, slug), timezone.now()
    found = access.of_group(group.tasks.select_related("owner"), code)
    person = access.person_in(request.user, group.community)
    if not access.may_host(request.user, group) and (person is None or found.owner != person):
        raise PermissionDenied
    if "again" in request.POST:
        tasks.reopen_task(task=found, by=person, now=now)
    else:
        tasks.finish_task(task=found, by=person, now=now)
        messages.success(request, _("Done. Thank you!"))
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back) if is_ours else redirect("group-tasks", slug=slug)
