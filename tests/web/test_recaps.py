from datetime import timedelta

import pytest

from kawka.models import Answer, Meeting, Note, Person, Talk, TalkSeat
from tests.factories import WEDNESDAY, make_ask, make_attendance, make_link, make_meeting, make_person

CLOSED = WEDNESDAY + timedelta(minutes=95)
WEEK = timedelta(days=7)


@pytest.fixture
def meeting(group, ada, ben):
    meeting = make_meeting(group, state=Meeting.State.CLOSED, closed_at=CLOSED)
    talk = Talk.objects.create(meeting=meeting, round=1, table=1)
    for person in (ada, ben):
        make_attendance(meeting, person)
        TalkSeat.objects.create(talk=talk, person=person)
    return meeting


@pytest.fixture(params=["account", "link"])
def door(request, meeting, ben, as_, time_machine):
    """Both ways in to Ben's recap: the browser and the beginning of the address."""
    time_machine.move_to(CLOSED)
    if request.param == "account":
        return as_(ben), f"/m/{meeting.code}/recap/"
    link = make_link(ben, meeting.group, "recap", meeting)
    return as_(None), f"/r/{link.token}/"


def test_one_tap_says_whether_we_talked_and_another_takes_it_back(door, ben):
    browser, address = door
    mine = TalkSeat.objects.filter(person=ben)
    said = []

    for answer in ("yes", "no", ""):
        assert browser.post(f"{address}talk/", {"round": 1, "happened": answer}).status_code == 302
        said.append(mine.get().happened)

    assert said == [True, False, None]
    assert TalkSeat.objects.exclude(person=ben).get().happened is None


def test_one_tap_says_glad_and_another_takes_it_back(door, meeting, ben, ada, as_):
    browser, address = door
    mine = TalkSeat.objects.filter(person=ben)
    said = []

    for tap in ("glad", "enough", "", "loved it"):
        browser.post(f"{address}again/", {"round": 1, "again": tap})
        said.append(mine.values_list("again", "happened").get())

    assert said == [("glad", True), ("enough", True), ("", True), ("", True)]
    assert TalkSeat.objects.get(person=ada).again == ""
    assert (
        'value="enough" aria-pressed="true"' not in as_(ada).get(f"/m/{meeting.code}/recap/").content.decode()
    )


def test_a_talk_that_did_not_take_place_takes_the_wish_along(door, ben):
    browser, address = door
    browser.post(f"{address}again/", {"round": 1, "again": "glad"})

    browser.post(f"{address}talk/", {"round": 1, "happened": "no"})

    assert TalkSeat.objects.values_list("again", "happened").get(person=ben) == ("", False)


def test_a_note_is_seen_by_its_owner_alone(door, meeting, ada, ben, as_):
    browser, address = door

    browser.post(f"{address}note/", {"about": ada.code, "text": "Zna dobrego drukarza"})

    assert list(Note.objects.values_list("owner", "about")) == [(ben.pk, ada.pk)]
    assert "Zna dobrego drukarza" in browser.get(address).content.decode()
    assert "Zna dobrego drukarza" not in as_(ada).get(f"/m/{meeting.code}/recap/").content.decode()


def test_a_note_is_about_somebody_who_was_there(door, cleo):
    browser, address = door

    browser.post(f"{address}note/", {"about": cleo.code, "text": "Nie było"})

    assert not Note.objects.exists()


def test_the_next_date_is_answered_with_one_button(door, meeting, ben):
    browser, address = door
    coming = make_meeting(meeting.group, starts_at=WEDNESDAY + WEEK)

    browser.post(f"{address}answer/", {"meeting": coming.code, "choice": "coming"})

    assert list(Answer.objects.values_list("meeting", "person", "choice")) == [(coming.pk, ben.pk, "coming")]


def test_contacts_of_those_who_agree_are_one_file(door, meeting, ada):
    browser, address = door
    ada.card.seen_by = {"email": "meetings"}
    ada.card.save()
    make_attendance(meeting, make_person(meeting.group.community, "Skryta Osoba"))

    answer = browser.get(f"{address}contacts.vcf")

    text = answer.content.decode()
    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    assert (text.count("BEGIN:VCARD"), ada.email in text) == (1, True)
    assert "Skryta" not in text


def test_looking_changes_nothing(door, ben):
    browser, address = door
    Person.objects.filter(pk=ben.pk).update(email_proven_at=None)

    browser.get(address)

    ben.refresh_from_db()
    assert ben.email_proven_at is None


def test_pressing_a_button_behind_the_link_proves_the_address(meeting, ben, client, time_machine):
    time_machine.move_to(CLOSED, tick=False)
    Person.objects.filter(pk=ben.pk).update(email_proven_at=None)
    link = make_link(ben, meeting.group, "recap", meeting)

    client.post(f"/r/{link.token}/talk/", {"round": 1, "happened": "yes"})

    ben.refresh_from_db()
    assert ben.email_proven_at == CLOSED


def test_the_overview_of_an_owner_holds_nothing_private(meeting, ada, ben, olga, as_):
    make_ask(ben, "Szukam drukarza")
    Note.objects.create(owner=ben, about=ada, text="Tylko dla Bena", updated_at=CLOSED)

    text = as_(olga).get(f"/m/{meeting.code}/recap/").content.decode()

    assert "Szukam drukarza" in text
    assert "Tylko dla Bena" not in text
    assert "recap/note" not in text
    assert 'id="talks"' not in text


def test_a_link_of_somebody_taken_off_the_list_opens_nothing(meeting, ben, client):
    link = make_link(ben, meeting.group, "recap", meeting)
    meeting.attendances.filter(person=ben).delete()

    assert client.get(f"/r/{link.token}/").status_code == 404


def test_before_closing_there_is_no_recap(meeting, ben, as_):
    Meeting.objects.update(state=Meeting.State.LIVE)

    assert as_(ben).get(f"/m/{meeting.code}/recap/").status_code == 404


@pytest.mark.parametrize("size", [1, 30])
def test_the_page_costs_the_same_for_one_and_for_thirty(
    meeting, ben, as_, size, django_assert_num_queries, time_machine
):
    time_machine.move_to(CLOSED)
    for _number in range(size):
        person = make_person(meeting.group.community)
        make_attendance(meeting, person)
        make_ask(person)
    browser = as_(ben)

    with django_assert_num_queries(14):
        browser.get(f"/m/{meeting.code}/recap/")
