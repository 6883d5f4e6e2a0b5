"""Somebody from the street is one person, however often and by however many fingers it is pressed."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from kawka.actions.joining import DOORS_OPEN, DoorsAreClosed, come_in, take_in
from kawka.actions.people import NamesakeHere, add
from kawka.actions.phones import OnAnotherPhone
from kawka.models import Person, Refused
from tests.factories import WEDNESDAY, make_meeting

SOON = WEDNESDAY - DOORS_OPEN


def at_once(act: Callable[[], object]) -> list[str]:
    """What six threads that begin together end with: nothing, or the name of a refusal."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory has one connection")
    start, ends = threading.Barrier(6), []

    def run() -> None:
        start.wait()
        try:
            act()
            ends.append("")
        except Refused as refusal:
            ends.append(type(refusal).__name__)
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def test_the_doors_open_three_hours_before(group):
    meeting = make_meeting(group)

    with pytest.raises(DoorsAreClosed):
        come_in(meeting=meeting, name="Jan", trade="", now=SOON.replace(hour=0))
    assert come_in(meeting=meeting, name="Jan", trade="", now=SOON).person.name == "Jan"


def test_a_name_from_the_street_is_on_one_phone(group):
    meeting = make_meeting(group)
    come_in(meeting=meeting, name="Jan Kos", trade="", now=SOON)

    with pytest.raises(OnAnotherPhone):
        come_in(meeting=meeting, name="jan kos", trade="", now=SOON)
    assert Person.objects.count() == 1


def test_the_host_says_whether_this_is_another_of_the_same_name(group, ada):
    meeting, jan = make_meeting(group), {"name": "Jan Kos", "trade": "", "email": ""}
    take_in(meeting=meeting, another=False, by=ada, now=SOON, **jan)

    with pytest.raises(NamesakeHere):
        take_in(meeting=meeting, another=False, by=ada, now=SOON, **jan)
    take_in(meeting=meeting, another=True, by=ada, now=SOON, **jan)

    assert Person.objects.filter(name="Jan Kos").count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_many_who_press_at_once_one_comes_in(group, ada):
    meeting, who = make_meeting(group), {"by": ada, "now": SOON, "trade": "", "email": ""}

    street = at_once(lambda: come_in(meeting=meeting, name="Jan Kos", trade="", now=SOON))
    host = at_once(lambda: take_in(meeting=meeting, name="Ola Lis", another=False, **who))
    added = at_once(lambda: add(group=group, name="Ewa Mak", **who))

    assert street == ["", *["OnAnotherPhone"] * 5]
    assert host == added == ["", *["NamesakeHere"] * 5]
