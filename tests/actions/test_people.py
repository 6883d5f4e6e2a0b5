"""People are remembered once by their address and leave with their history."""

import threading

import pytest
from django.db import connection, connections

from kawka.actions.people import (
    AlreadyHere,
    LastHost,
    NamesakeHere,
    add,
    remember,
    remove,
    set_standing,
)
from kawka.models import Answer, Attendance, Card, Membership, Person, Standing
from tests.factories import NOON, make_answer, make_attendance, make_meeting, make_person


def test_a_new_address_makes_a_person_with_a_card_who_is_a_guest(group, ada):
    person = remember(
        group=group, name="  Żaneta  Żółć-Łęcka ", email=" Z@Example.org", trade="stroiciel", by=ada, now=NOON
    )

    assert (person.name, person.email, person.card.trade) == (
        "Żaneta Żółć-Łęcka",
        "z@example.org",
        "stroiciel",
    )
    assert not person.is_self_entered
    assert Membership.objects.get(person=person).standing == Standing.GUEST


def test_the_same_address_in_other_letters_is_the_same_person(group, community, ada):
    known = make_person(community, "Jan Kowalski", email="Jan@X.pl", card={"trade": ""})

    person = remember(group=group, name="Janek", email="jan@x.PL", trade="stolarz", by=ada, now=NOON)

    known.refresh_from_db()
    assert person == known
    assert (known.name, known.card.trade) == ("Jan Kowalski", "stolarz")
    assert Person.objects.with_email("jan@x.pl").count() == 1


def test_a_stranger_on_the_public_page_changes_nobodys_card(group, community):
    known = make_person(community, "Jan Kowalski", email="jan@x.pl", card={"trade": ""})

    remember(group=group, name="Ktoś", email="jan@x.pl", trade="spam", by=None, now=NOON)

    known.refresh_from_db()
    assert (known.name, known.card.trade) == ("Jan Kowalski", "")


def test_who_types_themselves_in_is_not_vouched_for(group):
    person = remember(group=group, name="Ola", email="ola@y.pl", by=None, now=NOON)

    assert person.is_unproven


def test_a_host_vouches_for_who_typed_themselves_in(group, ada):
    remember(group=group, name="Ola", email="ola@y.pl", by=None, now=NOON)

    person = remember(group=group, name="Ola", email="ola@y.pl", by=ada, now=NOON)

    person.refresh_from_db()
    assert not person.is_self_entered


def test_without_an_address_everybody_is_somebody_new(group, ada):
    first = remember(group=group, name="Jan", email="", by=ada, now=NOON)
    second = remember(group=group, name="Jan", email="", by=ada, now=NOON)

    assert first != second


def test_adding_the_same_name_twice_asks_what_tells_them_apart(group, ada):
    add(group=group, name="Jan Kos", trade="", email="", by=ada, now=NOON)

    with pytest.raises(NamesakeHere):
        add(group=group, name=" jan  kos", trade="", email="", by=ada, now=NOON)
    add(group=group, name="Jan Kos", trade="", email="inny@x.pl", by=ada, now=NOON)

    assert Person.objects.filter(name="Jan Kos").count() == 2


def test_an_alumnus_comes_back_by_a_host_not_by_a_form(group, cleo, ada):
    membership = Membership.objects.get(group=group, person=cleo)
    remove(membership=membership, by=ada, now=NOON)

    remember(group=group, name="Cleo", email=cleo.email, by=None, now=NOON)
    membership.refresh_from_db()
    assert membership.standing == Standing.ALUMNUS

    remember(group=group, name="Cleo", email=cleo.email, by=ada, now=NOON)
    membership.refresh_from_db()
    assert membership.standing == Standing.GUEST


def test_adding_somebody_who_is_here_says_so(group, ada, ben):
    with pytest.raises(AlreadyHere, match="Ben Członek"):
        add(group=group, name="Inny", trade="", email="BEN@example.org", by=ada, now=NOON)

    assert Person.objects.count() == 2


def test_the_admin_who_is_nobody_here_vouches_too(group):
    person = add(group=group, name="Ewa", trade="tłumaczka", email="ewa@x.pl", by=None, now=NOON)

    assert not person.is_self_entered


def test_the_last_host_stays(group, ada, ben):
    membership = Membership.objects.get(person=ada)

    with pytest.raises(LastHost):
        remove(membership=membership, by=ada, now=NOON)
    set_standing(membership=Membership.objects.get(person=ben), standing=Standing.HOST, by=ada, now=NOON)
    set_standing(membership=membership, standing=Standing.MEMBER, by=ada, now=NOON)

    assert list(Membership.objects.hosts().values_list("person__name", flat=True)) == ["Ben Członek"]


def test_leaving_keeps_what_was_and_drops_what_is_to_come(group, ada, ben):
    past = make_meeting(group, starts_at=NOON.replace(day=7))
    coming = make_meeting(group)
    make_answer(past, ben)
    make_answer(coming, ben)
    make_attendance(past, ben)

    remove(membership=Membership.objects.get(person=ben), by=ada, now=NOON)

    assert list(Answer.objects.filter(person=ben).values_list("meeting", flat=True)) == [past.pk]
    assert Attendance.objects.filter(person=ben).count() == 1
    assert Membership.objects.get(person=ben).standing == Standing.ALUMNUS


@pytest.mark.django_db(transaction=True)
def test_of_many_requests_at_once_one_makes_the_row(group):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory has one connection")
    start = threading.Barrier(6)
    people: list[Person] = []

    def ask() -> None:
        start.wait()
        people.append(remember(group=group, name="Ola", email="Ola@y.pl", by=None, now=NOON))
        connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {person.pk for person in people} == {Person.objects.get(email="ola@y.pl").pk}
    assert len(people) == 6
    assert Card.objects.filter(person__email="ola@y.pl").count() == 1
    assert Membership.objects.filter(person__email="ola@y.pl").count() == 1
