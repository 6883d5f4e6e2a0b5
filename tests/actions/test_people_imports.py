"""A list comes in as a whole or not at all, and the same list twice changes nothing."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from kawka.actions.people_imports import (
    AlreadyBroughtIn,
    HasProblems,
    State,
    confirm,
    plan,
    remap,
    start,
)
from kawka.forms.tables import read_file
from kawka.models import Ask, Card, Group, Membership, Offer, PeopleImport, Person, Standing
from tests.factories import NOON, make_member, make_offer, make_person

BROUGHT_IN, COMPLETED = 16, 15
SHARED = Path(__file__).parents[3] / "shared" / "matching" / "dev" / "people.json"
PEOPLE = [
    {
        "name": "Bożena Mróz-Tyszka",
        "city": "Olsztyn",
        "headline": "Biuro rachunkowe „Rubryka” – księgowość; małe spółki",
        "about": "19 lat w zawodzie,\ntrzy osoby w biurze.",
        "client": "sklepy internetowe, „jednoosobówki”",
        "offers": ["Rozliczę PIT i VAT, także zaległe", 'Porozmawiam o "ryczałcie"; gratis', "Wdrażam KSeF"],
        "asks": [
            {"text": "Szukam kogoś, kto odświeży stronę"},
            {"text": "korepetycje z matmy, może być online"},
        ],
    },
    {
        "name": "Żaneta Żółć-Łęcka",
        "city": "Barczewo",
        "headline": "stroicielka",
        "about": "",
        "client": "",
        "offers": ["Nastroję pianino (prywatnie)"],
        "asks": [],
    },
]


def to_csv(people: list[dict[str, Any]], encoding: str, delimiter: str, *, spread: bool) -> bytes:
    """The people as a spreadsheet saves them: sentences in columns of their own, or lines of one cell."""
    out = io.StringIO()
    columns = [*("offers 1", "offers 2", "offers 3", "offers 4"), *(f"ask {n}" for n in range(1, 6))]
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(
        ["name", "city", "headline", "about", "client", *(columns if spread else ["oferty", "szukam"])]
    )
    for person in people:
        asks = [ask["text"] for ask in person["asks"]]
        row = [person[key] for key in ("name", "city", "headline", "about", "client")]
        if spread:
            row += [*person["offers"], *[""] * (4 - len(person["offers"])), *asks]
        else:
            row += ["\n".join(person["offers"]), "\n".join(asks)]
        writer.writerow(row)
    return out.getvalue().encode(encoding)


def bring(group: Group, content: bytes) -> PeopleImport:
    return start(group=group, source="lista.csv", table=read_file(content), by=None, now=NOON)


def whole(group: Group) -> list[dict[str, Any]]:
    """Everybody of the group in the shape of the list they came from."""
    people = Person.objects.filter(memberships__group=group).select_related("card")
    return [
        {
            "name": person.name,
            "city": person.town,
            "headline": person.card.does,
            "about": person.card.experience,
            "client": person.card.client,
            "offers": [
                offer.text + (" (prywatnie)" if offer.kind == "private" else "")
                for offer in person.offers.all()
            ],
            "asks": [{"text": ask.text} for ask in person.asks.all()],
        }
        for person in people.order_by("pk")
    ]


@pytest.mark.parametrize("spread", [True, False])
@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ";"), ("cp1250", ";"), ("utf-8", ",")])
def test_everybody_arrives_whole_and_only_once(group, spread, encoding, delimiter):
    content = to_csv(PEOPLE, encoding, delimiter, spread=spread)

    confirm(brought=bring(group, content), leave_wrong=False, by=None, now=NOON)
    arrived = whole(group)
    again = confirm(brought=bring(group, content), leave_wrong=False, by=None, now=NOON)

    assert arrived == PEOPLE
    assert whole(group) == PEOPLE
    assert {one.standing for one in group.memberships.all()} == {Standing.MEMBER}
    assert again.counts == {"new": 0, "same": 2, "adds": 0, "wrong": 0}


@pytest.mark.skipif(not SHARED.exists(), reason="the larger list is not here")
@pytest.mark.parametrize("spread", [True, False])
def test_the_larger_list_arrives_whole(group, spread):
    people = [
        {key: person[key] or "" for key in ("name", "city", "headline", "about", "client", "offers")}
        | {"asks": [{"text": ask["text"]} for ask in person["asks"]]}
        for person in json.loads(SHARED.read_text(encoding="utf-8"))
    ]

    for _time in range(2):
        brought = bring(group, to_csv(people, "utf-8-sig", ";", spread=spread))
        confirm(brought=brought, leave_wrong=False, by=None, now=NOON)

    assert whole(group) == people


def test_looking_at_a_list_changes_nothing(group):
    brought = bring(group, to_csv(PEOPLE, "utf-8", ";", spread=True))

    planned = plan(brought)

    assert planned.counts == {"new": 2, "same": 0, "adds": 0, "wrong": 0}
    assert Person.objects.count() == 0


def test_who_is_here_gets_what_is_missing_and_loses_nothing(group, community):
    ola = make_person(community, "Ola Kos", email="Ola@x.pl", card={"trade": "grafika", "phone": ""})
    make_offer(ola, "Logo")
    content = "Imię i nazwisko;E-mail;Zawód;Telefon;Oferty\nAleksandra Kos;ola@X.pl;inne;501;Logo | Plakat\n"

    brought = bring(group, content.encode())
    with override("en"):
        planned = plan(brought).rows[0]
    confirm(brought=brought, leave_wrong=False, by=None, now=NOON)

    ola.refresh_from_db()
    assert (planned.state, planned.adds) == (State.ADDS, ("phone", "can help with", "a place in this group"))
    assert (ola.name, ola.card.trade, ola.card.phone) == ("Ola Kos", "grafika", "501")
    assert [offer.text for offer in ola.offers.all()] == ["Logo", "Plakat"]
    assert Membership.objects.get(person=ola).standing == Standing.MEMBER
    assert plan(bring(group, content.encode())).counts["same"] == 1


def test_somebody_without_an_address_is_known_by_name_and_gets_one(group, community):
    ewa = make_person(community, "Ewa Lis", email="")
    make_member(group, ewa)

    confirm(brought=bring(group, b"name;email\nEWA LIS;ewa@x.pl"), leave_wrong=False, by=None, now=NOON)

    ewa.refresh_from_db()
    assert (ewa.email, Person.objects.count()) == ("ewa@x.pl", 1)


def test_two_of_one_name_with_two_addresses_are_two_people(group, community):
    make_member(group, make_person(community, "Ewa Lis", email="ewa@x.pl"))

    confirm(brought=bring(group, b"name;email\nEwa Lis;inna@x.pl"), leave_wrong=False, by=None, now=NOON)

    assert Person.objects.count() == 2


def test_an_alumnus_on_the_list_comes_back(group, ben):
    Membership.objects.filter(person=ben).update(standing=Standing.ALUMNUS)

    confirm(
        brought=bring(group, f"name;email\nBen;{ben.email}".encode()), leave_wrong=False, by=None, now=NOON
    )

    assert Membership.objects.get(person=ben).standing == Standing.MEMBER


def test_nobody_comes_in_while_a_row_is_wrong_unless_it_is_left(group):
    brought = bring(group, b"name;email\nOla;ola@x.pl\n;bez@x.pl\nJan;ola@x.pl\nEwa;ewa@x,pl\n")

    with pytest.raises(HasProblems):
        confirm(brought=brought, leave_wrong=False, by=None, now=NOON)
    nobody = Person.objects.count()
    done = confirm(brought=brought, leave_wrong=True, by=None, now=NOON)

    assert (nobody, done.right, done.counts["wrong"]) == (0, 1, 3)
    assert list(Person.objects.values_list("name", flat=True)) == ["Ola"]
    brought.refresh_from_db()
    assert [number for number, _cells in brought.rows] == [3, 4, 5]


def test_a_list_is_brought_in_once(group):
    brought = bring(group, b"name;email\nOla;ola@x.pl")
    confirm(brought=brought, leave_wrong=False, by=None, now=NOON)

    with pytest.raises(AlreadyBroughtIn):
        confirm(brought=brought, leave_wrong=True, by=None, now=NOON)
    with pytest.raises(AlreadyBroughtIn):
        remap(brought=brought, mapping={}, by=None, now=NOON)


def test_columns_can_be_told_by_hand(group):
    brought = bring(group, b"kto;gdzie\nOla;Barczewo\nEwa;Olsztyn")
    before = plan(brought).counts["wrong"]

    remap(brought=brought, mapping={"0": "name", "1": "town"}, by=None, now=NOON)
    confirm(brought=brought, leave_wrong=False, by=None, now=NOON)

    assert before == 2
    assert list(Person.objects.values_list("name", "town")) == [("Ewa", "Olsztyn"), ("Ola", "Barczewo")]


def test_a_formula_stays_text(group):
    content = b"name;offers\n=cmd|' /C calc'!A0;@SUM(1+1)\n"

    confirm(brought=bring(group, content), leave_wrong=False, by=None, now=NOON)

    assert Person.objects.get().name == "=cmd|' /C calc'!A0"
    assert Offer.objects.get().text == "@SUM(1+1)"


def test_planning_asks_the_database_as_often_for_one_row_as_for_thirty(group, ben, django_assert_num_queries):
    def list_of(many: int) -> PeopleImport:
        rows = "".join(f"Osoba {n};o{n}@x.pl;PIT\n" for n in range(many))
        return bring(group, f"name;email;offers\n{rows}".encode())

    one, thirty = list_of(1), list_of(30)

    for brought in (one, thirty):
        with django_assert_num_queries(5):
            plan(brought)


def test_bringing_in_asks_the_database_as_often_for_one_row_as_for_fifteen(
    group, ben, django_assert_num_queries
):
    def list_of(who: str, many: int) -> PeopleImport:
        rows = "".join(f"{who} {n};{who}{n}@x.pl;zawód;PIT | VAT;drukarni\n" for n in range(many))
        return bring(group, f"name;email;zawód;offers;asks\n{rows}".encode())

    one, fifteen = list_of("a", 1), list_of("b", 15)

    for brought in (one, fifteen):
        with django_assert_num_queries(BROUGHT_IN):
            confirm(brought=brought, leave_wrong=False, by=None, now=NOON)
    assert (Person.objects.count(), Offer.objects.count(), Ask.objects.count()) == (17, 32, 16)


def test_completing_asks_the_database_as_often_for_one_card_as_for_fifteen(group, django_assert_num_queries):
    def list_of(who: str, many: int, rest: str) -> PeopleImport:
        rows = "".join(f"{who} {n};{who}{n}@x.pl;{rest}\n" for n in range(many))
        return bring(group, f"name;email;zawód;telefon;offers;asks;miasto\n{rows}".encode())

    for who, many in (("a", 1), ("b", 15)):
        confirm(brought=list_of(who, many, ";;;;"), leave_wrong=False, by=None, now=NOON)
        brought = list_of(who, many, "szewc;501;PIT;drukarni;Olsztyn")
        with django_assert_num_queries(COMPLETED):
            done = confirm(brought=brought, leave_wrong=False, by=None, now=NOON)
        assert done.counts == {"new": 0, "same": 0, "adds": many, "wrong": 0}
    assert Card.objects.filter(trade="szewc", phone="501").count() == 16
