import re
from datetime import timedelta

import pytest

from kawka.admin import admin
from kawka.models import Meeting, NotWithMe
from tests.factories import (
    NOON,
    WEDNESDAY,
    make_attendance,
    make_link,
    make_meeting,
    make_member,
    make_person,
)

TOKEN = re.compile(r'value="[^"]{40,}"')
CLOSED = WEDNESDAY + timedelta(minutes=95)


def names():
    return list(NotWithMe.objects.values_list("owner__name", "other__name"))


def wish(owner, other):
    return NotWithMe.objects.create(owner=owner, other=other, said_at=NOON)


def test_one_presses_on_ones_own_page_and_takes_it_back_there(ben, cleo, ada, as_):
    browser, page = as_(ben), f"/p/{ben.code}/not-with-me/"

    browser.post(page, {"other": ada.code})
    shown = browser.get(page).content.decode()
    said = names()
    browser.post(page, {"other": ada.code, "back": "yes"})

    assert said == [("Ben Członek", "Ada Gospodarz")]
    assert "Ada Gospodarz" in shown
    assert names() == []


def test_on_a_card_it_is_one_quiet_press(ben, ada, as_):
    browser = as_(ben)

    answer = browser.post(f"/p/{ben.code}/not-with-me/", {"other": ada.code, "card": "yes"})
    card = browser.get(f"/p/{ada.code}/", headers={"accept-language": "en"}).content.decode()

    assert answer["Location"] == f"/p/{ada.code}/"
    assert ("You are not seated together." in card, "Rather not at one table" in card) == (True, False)


def test_who_is_named_hosts_and_owners_see_nothing_of_it(group, ada, ben, cleo, olga, root, as_):
    meeting = make_meeting(group)
    for person in (ada, ben, cleo):
        make_attendance(meeting, person)
    before = {who: pages(as_(who), group, meeting, ben, ada) for who in (ada, olga, root)}

    wish(ben, ada)

    assert {who: pages(as_(who), group, meeting, ben, ada) for who in (ada, olga, root)} == before


def pages(browser, group, meeting, ben, ada):
    """What somebody is shown wherever the two are shown, without the tokens of its forms."""
    paths = [f"/p/{ben.code}/", f"/p/{ada.code}/", f"/g/{group.slug}/people/", f"/m/{meeting.code}/day/"]
    paths += [f"/m/{meeting.code}/tables/", f"/g/{group.slug}/people/export/csv/", "/me/data/"]
    return [TOKEN.sub("", browser.get(path).content.decode()) for path in paths]


def test_the_admin_has_no_page_of_it():
    assert NotWithMe not in admin.site._registry


def test_the_list_of_another_is_closed_to_everybody(ben, ada, olga, root, dan, as_):
    asked = {
        who: as_(who).get(f"/p/{ben.code}/not-with-me/").status_code for who in (ada, olga, root, dan, None)
    }

    assert asked == {ada: 403, olga: 403, root: 403, dan: 404, None: 404}


def test_only_people_one_knows_can_be_named(ben, community, dan, as_):
    stranger = make_person(community, "Obca Osoba")

    for other in (stranger.code, dan.code, ben.code, "", "x"):
        as_(ben).post(f"/p/{ben.code}/not-with-me/", {"other": other})

    assert names() == []


def test_a_guest_without_an_account_says_it_behind_the_link_of_the_recap(
    group, cleo, ada, client, time_machine
):
    time_machine.move_to(CLOSED)
    meeting = make_meeting(group, state=Meeting.State.CLOSED, closed_at=CLOSED)
    for person in (ada, cleo):
        make_attendance(meeting, person)
    address = f"/r/{make_link(cleo, group, 'recap', meeting).token}/"

    client.post(f"{address}not-with-me/", {"other": ada.code})

    assert names() == [("Cleo Gość", "Ada Gospodarz")]
    assert client.get(address).context["recap"].people[0].is_apart


@pytest.mark.parametrize("size", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(group, ben, as_, size, django_assert_num_queries):
    for _number in range(size):
        person = make_person(group.community)
        make_member(group, person)
        wish(ben, person)
    browser = as_(ben)

    with django_assert_num_queries(5):
        browser.get(f"/p/{ben.code}/not-with-me/")
