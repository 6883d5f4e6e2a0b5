"""The people of a group: who sees whom, searching, adding, standing, leaving, the list as a file."""

import csv
import io

import openpyxl
import pytest
from django.utils.translation import override

from kawka.forms.tables import read_file
from kawka.models import Membership, Person, Standing
from tests.factories import make_ask, make_attendance, make_meeting, make_member, make_offer, make_person

PEOPLE = "/g/sniadanie/people/"


def names(response) -> list[str]:
    return [row.card.person.name for row in response.context["page"]]


def test_a_member_sees_members_and_whom_they_met(group, community, ada, ben, cleo, as_):
    stranger = make_person(community, "Nina Nieznana")
    make_member(group, stranger, Standing.GUEST)
    before = names(as_(ben).get(PEOPLE))
    meeting = make_meeting(group)
    make_attendance(meeting, ben)
    make_attendance(meeting, cleo)

    after = names(as_(ben).get(PEOPLE))

    assert before == ["Ada Gospodarz", "Ben Członek"]
    assert after == ["Ada Gospodarz", "Ben Członek", "Cleo Gość"]


def test_a_host_sees_everybody_with_standing_and_address(group, ada, ben, cleo, as_):
    page = as_(ada).get(PEOPLE)
    of_ben = as_(ben).get(PEOPLE)

    assert names(page) == ["Ada Gospodarz", "Ben Członek", "Cleo Gość"]
    assert "ben@example.org" in page.content.decode()
    assert f"{PEOPLE}{ben.code}/" in page.content.decode()
    assert "ada@example.org" not in of_ben.content.decode()


@pytest.mark.parametrize("query", ["zolc lecka", "STROICIEL", "pianin", "zolc pian"])
def test_a_search_finds_names_trades_and_offers_without_polish_marks(group, community, ada, query, as_):
    zaneta = make_person(community, "Żaneta Żółć-Łęcka", card={"trade": "stroiciel"})
    make_member(group, zaneta)
    make_offer(zaneta, "Nastroję pianino")

    assert names(as_(ada).get(PEOPLE, {"q": query})) == ["Żaneta Żółć-Łęcka"]


def test_a_search_does_not_look_into_what_may_not_be_seen(group, community, ben, as_):
    ewa = make_person(community, "Ewa Lis", card={"seen_by": {"offers": "me"}})
    make_member(group, ewa)
    make_offer(ewa, "Doradzę w rozwodzie")

    assert names(as_(ben).get(PEOPLE, {"q": "rozwod"})) == []


def test_the_queries_are_the_same_for_one_and_thirty(group, community, ada, as_, django_assert_num_queries):
    def fill(many: int) -> None:
        for _number in range(many):
            person = make_person(community)
            make_member(group, person)
            make_offer(person)
            make_ask(person)

    browser = as_(ada)
    for many in (1, 29):
        fill(many)
        with django_assert_num_queries(7):
            browser.get(PEOPLE)
        with django_assert_num_queries(9):
            browser.get(PEOPLE, {"q": "a"})


def test_a_person_is_added_once(group, ada, ben, as_):
    browser = as_(ada)

    first = browser.post(f"{PEOPLE}add/", {"name": "Ola Kos", "trade": "grafika", "email": "ola@x.pl"})
    second = browser.post(f"{PEOPLE}add/", {"name": "Ola", "email": "OLA@x.pl"})
    nameless = browser.post(f"{PEOPLE}add/", {"trade": "stolarz"})

    assert (first.status_code, second.status_code, nameless.status_code) == (302, 422, 422)
    assert 'value="stolarz"' in nameless.content.decode()
    assert Person.objects.filter(email="ola@x.pl").count() == 1


def test_standing_is_changed_by_a_host_and_the_last_host_stays(group, ada, ben, as_):
    browser = as_(ada)

    raised = browser.post(f"{PEOPLE}{ben.code}/", {"standing": "regular"})
    refused = browser.post(f"{PEOPLE}{ada.code}/", {"standing": "member"})
    nonsense = browser.post(f"{PEOPLE}{ben.code}/", {"standing": "king"})

    assert (raised.status_code, refused.status_code, nonsense.status_code) == (302, 422, 422)
    assert Membership.objects.get(person=ben).standing == Standing.REGULAR
    assert Membership.objects.get(person=ada).standing == Standing.HOST


def test_who_is_taken_out_stands_among_former_people(group, ada, ben, as_):
    browser = as_(ada)
    asked = browser.get(f"{PEOPLE}{ben.code}/remove/")
    still = Membership.objects.get(person=ben).standing
    browser.post(f"{PEOPLE}{ben.code}/remove/")

    assert (asked.status_code, still) == (200, Standing.MEMBER)
    assert names(browser.get(PEOPLE)) == ["Ada Gospodarz"]
    assert names(browser.get(PEOPLE, {"alumni": "1"})) == ["Ben Członek"]
    assert as_(ben).get(PEOPLE).status_code == 404


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_as_a_file_can_be_brought_in_again(group, community, ada, kind, language, as_):
    person = make_person(community, "=1+1", email="z@x.pl", card={"trade": "-stroiciel", "phone": "+48 501"})
    make_member(group, person)
    make_offer(person, "Nastroję pianino", kind="private")
    browser = as_(ada)
    browser.cookies["kawka_language"] = language

    content = browser.get(f"{PEOPLE}export/{kind}/").content
    with override(language):
        table = read_file(content)

    row = next(cells for _number, cells in table.rows if "z@x.pl" in cells)
    assert row[:4] == ["'=1+1", "z@x.pl", "'+48 501", "'-stroiciel"]
    assert list(table.mapping.values())[:4] == ["name", "email", "phone", "trade"]
    assert {"offers", "asks", "town", "website", "client", "experience"} <= set(table.mapping.values())
    assert row[9] == ("Nastroję pianino (prywatnie)" if language == "pl" else "Nastroję pianino (private)")


def test_files_are_what_they_say(group, ada, as_):
    browser = as_(ada)

    text = browser.get(f"{PEOPLE}export/csv/")
    book = browser.get(f"{PEOPLE}export/xlsx/")

    assert text.content.startswith(b"\xef\xbb\xbf")
    assert len(next(csv.reader(io.StringIO(text.content.decode("utf-8-sig")), delimiter=";"))) == 12
    assert openpyxl.load_workbook(io.BytesIO(book.content)).active.max_column == 12
    assert text["Content-Disposition"] == 'attachment; filename="sniadanie.csv"'
    assert browser.get(f"{PEOPLE}export/pdf/").status_code == 404


def test_what_a_member_keeps_to_themselves_is_in_no_file(group, ada, ben, as_):
    card = ben.card
    card.phone, card.does, card.seen_by = "501", "tajne", {"does": "members"}
    card.save()

    content = as_(ada).get(f"{PEOPLE}export/csv/").content.decode()

    assert "tajne" in content
    assert "501" not in content
    assert "ben@example.org" in content
