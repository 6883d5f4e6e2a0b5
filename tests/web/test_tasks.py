from datetime import timedelta

import pytest
from django.urls import reverse

from kawka.models import Task
from tests.factories import NOON, make_member, make_person


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def page(group):
    return reverse("group-tasks", args=[group.slug])


def add(group, text="Klucz do salki", owner=None, **fields):
    return Task.objects.create(group=group, text=text, owner=owner, created_at=NOON, **fields)


def test_the_host_puts_something_on_the_list(as_, group, ada, ben):
    host = as_(ada)

    host.post(page(group), {"text": "Kupić dzwonek", "owner": ben.code, "due_on": "2026-10-20"})

    assert Task.objects.values_list("text", "owner").get() == ("Kupić dzwonek", ben.pk)
    assert "Kupić dzwonek" in host.get(page(group)).text
    assert "Kupić dzwonek" in host.get(reverse("group-host", args=[group.slug])).text


def test_a_task_without_words_is_answered_in_words(as_, group, ada):
    answer = as_(ada).post(page(group), {"text": ""})

    assert answer.status_code == 422
    assert "Napisz w kilku słowach" in answer.text


def test_a_member_sees_and_ticks_only_their_own(as_, group, ada, ben):
    mine, other = add(group, "Moje", ben), add(group, "Cudze", ada)
    member = as_(ben)

    text = member.get(page(group)).text
    member.post(reverse("task-done", args=[group.slug, mine.code]))
    refused = member.post(reverse("task-done", args=[group.slug, other.code]))

    assert "Moje" in text
    assert "Cudze" not in text
    assert refused.status_code == 403
    assert set(Task.objects.filter(done_at=None)) == {other}
    assert member.post(page(group), {"text": "Nowe"}).status_code == 403


def test_a_host_changes_ticks_and_unticks(as_, group, ada, ben):
    task, host = add(group), as_(ada)

    host.post(reverse("task", args=[group.slug, task.code]), {"text": "Klucz", "owner": ben.code})
    host.post(reverse("task-done", args=[group.slug, task.code]), {"back": "/"})
    assert Task.objects.values_list("text", "done_by").get() == ("Klucz", ada.pk)

    host.post(reverse("task-done", args=[group.slug, task.code]), {"again": "1"})
    assert Task.objects.get().done_at is None


def test_what_is_late_is_carried_over_without_a_word_of_blame(as_, group, ada):
    add(group, due_on=NOON.date() - timedelta(days=3))

    assert "przeniesione z" in as_(ada).get(page(group)).text


def test_the_page_asks_the_same_for_one_and_for_thirty(as_, group, ada, ben, django_assert_max_num_queries):
    host = as_(ada)
    for number in range(30):
        person = make_person(group.community)
        make_member(group, person)
        add(group, f"Zadanie {number}", person, done_by=ben, done_at=NOON if number % 2 else None)

    with django_assert_max_num_queries(9):
        assert host.get(page(group)).status_code == 200
