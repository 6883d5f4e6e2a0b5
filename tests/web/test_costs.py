"""What looking at a page costs: it does not grow with the people on it, and it writes nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    NOON,
    make_answer,
    make_ask,
    make_attendance,
    make_meeting,
    make_member,
    make_offer,
    make_person,
)
from tests.web.matrix import MATRIX, World

READING = ("SELECT", "DECLARE", "BEGIN", "COMMIT")  # PostgreSQL declares a cursor for long choices
LOOKED_AT = sorted(name for name, entry in MATRIX.items() if entry.method == "get")
PUBLIC = {
    "group": lambda meeting: [meeting.group.slug],
    "meeting": lambda meeting: [meeting.code],
    "group-calendar": lambda meeting: [meeting.group.slug],
    "join": lambda meeting: [meeting.room_code],
}


@pytest.mark.parametrize("name", LOOKED_AT)
def test_looking_writes_nothing(name, group, ada, ben, cleo, as_):
    meeting = make_meeting(group)
    for person in (ada, ben, cleo):
        make_attendance(meeting, person)
    address = reverse(name, kwargs=MATRIX[name].make(World(group, meeting, ada, ben, cleo)))
    browser = as_(ada)

    with CaptureQueriesContext(connection) as asked:
        browser.get(address)

    assert [query["sql"] for query in asked if not query["sql"].startswith(READING)] == []


@pytest.mark.parametrize("visitor", ["nobody", "host"])
@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_asks_the_same_for_one_and_for_thirty(name, visitor, group, ada, as_, time_machine):
    time_machine.move_to(NOON, tick=False)
    meeting = make_meeting(group)
    browser = as_(ada if visitor == "host" else None)
    counts = []
    for many in (1, 29):
        for number in range(many):
            person = make_person(group.community)
            make_member(group, person)
            make_offer(person)
            make_ask(person)
            make_answer(meeting, person)
            make_attendance(meeting, person)
            make_meeting(group, starts_at=meeting.starts_at + timedelta(days=many + number))
        group.touch_page()
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(reverse(name, args=PUBLIC[name](meeting)))
        assert answer.status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]
