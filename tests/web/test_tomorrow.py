from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from kawka.actions.forgetting import forget
from kawka.actions.grounds import grounds_of
from kawka.actions.my_data import my_data
from kawka.actions.not_with_me import keep_apart
from kawka.actions.seat_wishes import WORTH, wish
from kawka.actions.talks import deal, tables
from kawka.actions.tomorrow import Evening, people_worth_meeting, tomorrow_due
from kawka.admin import admin
from kawka.models import Meeting, Membership, OutgoingMail, SeatWish, Talk, TalkSeat
from tests.factories import (
    NOON,
    WEDNESDAY,
    make_answer,
    make_ask,
    make_attendance,
    make_link,
    make_meeting,
    make_member,
    make_offer,
    make_person,
)

EVE = datetime(2026, 10, 13, 13, 0, tzinfo=UTC)  # Tuesday, 15:00 in Warsaw
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def meeting(group, ben):
    meeting = make_meeting(group)
    make_answer(meeting, ben)
    return meeting


@pytest.fixture
def designer(group, meeting, ben):
    """Somebody who can help Ben, and comes."""
    make_ask(ben, "Szukam kogoś, kto zrobi logo dla piekarni")
    person = comer(meeting, "Sandra Grafik", trade="Grafik")
    make_offer(person, "Zaprojektuję logo i menu do druku")
    return person


def comer(meeting, name="", **card):
    person = make_person(meeting.group.community, name, card=card)
    make_member(meeting.group, person)
    make_answer(meeting, person)
    return person


def test_who_can_help_comes_first_with_a_reason_and_a_line_to_begin_with(meeting, ben, designer, as_):
    for number in range(4):
        comer(meeting, f"Osoba {number}")

    page = as_(ben).get(f"/m/{meeting.code}/worth-meeting/", headers=ENGLISH)

    hints = page.context["hints"]
    assert [(hint.person, hint.is_useful) for hint in hints[:1]] == [(designer, True)]
    assert len(hints) == 3
    assert "logo" in hints[0].reason
    assert hints[1].opening == "What are you working on these days?"
    assert hints[0].reason in page.content.decode()


def test_where_nothing_links_two_people_an_ask_is_what_they_may_talk_about(meeting, ben):
    other = comer(meeting, "Dorota Mazan", trade="Księgowość")
    make_ask(other, "Ktoś od podłóg w biurze")
    make_ask(other, "Rośliny na balkon od północy", kind="private")

    with override("en"):
        [hint] = people_worth_meeting(Evening(meeting), ben)

    assert hint.reason.endswith(" at a table yet. From the card: “Rośliny na balkon od północy”.")
    assert hint.opening == "I read on your card what you are looking for. Has anything turned up?"
    assert hint.is_useful is False


def test_nobody_who_does_not_come_or_is_kept_apart_is_among_them(meeting, ben, ada, designer, cleo):
    make_answer(meeting, ada, "no")
    make_answer(meeting, cleo, "waiting")
    silent = make_person(meeting.group.community)
    make_member(meeting.group, silent)
    before = [hint.person for hint in people_worth_meeting(Evening(meeting), ben)]

    keep_apart(owner=designer, other=ben, by=designer, now=NOON)

    assert before == [designer]
    assert people_worth_meeting(Evening(meeting), ben) == []


def test_only_what_a_card_shows_to_the_reader_counts(meeting, ben, designer):
    designer.card.trade, designer.card.seen_by = "", {"offers": "meetings"}
    designer.card.save()

    [hint] = people_worth_meeting(Evening(meeting), ben)

    assert hint.is_useful is False
    assert "logo" not in hint.reason


def test_enough_for_now_keeps_somebody_out(meeting, ben, designer):
    before = make_meeting(meeting.group, starts_at=WEDNESDAY - timedelta(days=7), state=Meeting.State.CLOSED)
    talk = Talk.objects.create(meeting=before, round=1, table=1)
    TalkSeat.objects.create(talk=talk, person=ben, again="enough")
    TalkSeat.objects.create(talk=talk, person=designer)

    assert people_worth_meeting(Evening(meeting), ben) == []


@pytest.fixture(params=["account", "link"])
def door(request, meeting, ben, as_, time_machine):
    """Both ways in to Ben's page: the browser and the address."""
    time_machine.move_to(EVE)
    if request.param == "account":
        return as_(ben), f"/m/{meeting.code}/worth-meeting/"
    return as_(None), f"/a/{make_link(ben, meeting.group, 'answer').token}/worth-meeting/"


def test_a_wish_to_sit_together_is_one_quiet_press_and_can_be_taken_back(door, ben, designer):
    browser, address = door
    shown = []

    for press in ({}, {"back": "yes"}):
        browser.post(address, {"other": designer.code, **press})
        shown.append([hint.is_wished for hint in browser.get(address).context["hints"]])

    assert shown == [[True], [False]]
    assert not SeatWish.objects.exists()


def test_only_who_comes_can_be_wished_for(door, meeting, ben, ada, cleo):
    browser, address = door
    make_answer(meeting, cleo, "no")

    for other in (ada.code, cleo.code, ben.code, "", "x"):
        browser.post(address, {"other": other})

    assert not SeatWish.objects.exists()


def test_a_wish_weighs_when_tables_are_set_and_is_no_reason_anybody_reads(meeting, ben, ada):
    others = [comer(meeting, f"Osoba {number}", trade="") for number in range(7)]
    for person in (ben, *others):
        make_attendance(meeting, person)
    wish(meeting=meeting, owner=ben, other=others[6], by=ben, now=NOON)

    deal(meeting=meeting, by=ada, now=WEDNESDAY)

    together = [table for table in tables(meeting) if {ben.code, others[6].code} <= set(table.codes)]
    assert grounds_of(meeting, 3).problem.gain == {(ben.code, others[6].code): WORTH}
    assert [[reason["kind"] for reason in table.reasons] for table in together] == [["never_talked"]]


def test_a_wish_is_its_owners_alone_and_forgotten_with_either(meeting, ben, designer, ada, as_):
    page = f"/m/{meeting.code}/tables/"
    before = as_(ada).get(page).content
    wish(meeting=meeting, owner=ben, other=designer, by=ben, now=NOON)
    told = my_data(ben.account)["persons"][0]["seat_wishes"]

    assert told == [{"date": meeting.local_date, "with": "Sandra Grafik"}]
    assert len(as_(ada).get(page).content) == len(before)
    assert SeatWish not in admin.site._registry
    forget(person=designer, by=None, now=NOON)
    assert not SeatWish.objects.exists()


def test_who_does_not_come_is_told_to_choose_a_date(meeting, ada, as_):
    page = as_(ada).get(f"/m/{meeting.code}/worth-meeting/", headers=ENGLISH)

    assert (page.context["meeting"], page.context["hints"]) == (None, [])
    assert "First a date" in page.content.decode()


def test_the_same_page_opens_by_the_link_without_a_password(meeting, ben, designer, client, time_machine):
    time_machine.move_to(EVE)
    link = make_link(ben, meeting.group, "answer")

    page = client.get(f"/a/{link.token}/worth-meeting/")

    assert [hint.person for hint in page.context["hints"]] == [designer]
    assert f"/p/{designer.code}/" not in page.content.decode()


def test_the_afternoon_before_whoever_comes_is_written_to_once(meeting, ben, ada, designer):
    make_answer(meeting, ada)
    told = [tomorrow_due(now=EVE + timedelta(minutes=minutes)) for minutes in (-5, 0, 5)]

    mails = OutgoingMail.objects.filter(kind="tomorrow")
    assert told == [0, 1, 0]
    assert sorted(mails.values_list("to", flat=True)) == sorted([ben.email, designer.email])
    assert "Sandra Grafik, Grafik" in mails.get(person=ben).text


def test_who_wants_no_mail_about_what_people_look_for_gets_none(meeting, ben, designer):
    Membership.objects.filter(person=ben).update(wants_asks=False)

    tomorrow_due(now=EVE)

    assert list(OutgoingMail.objects.values_list("person", flat=True)) == [designer.pk]


@pytest.mark.parametrize("size", [2, 30])
def test_the_page_costs_the_same_for_two_and_for_thirty(meeting, ben, as_, size, django_assert_num_queries):
    for _number in range(size):
        make_offer(comer(meeting))
    browser = as_(ben)

    with django_assert_num_queries(17):
        browser.get(f"/m/{meeting.code}/worth-meeting/")
