from datetime import UTC, datetime, timedelta

import pytest

from kawka.actions.not_with_me import keep_apart
from kawka.actions.tomorrow import people_worth_meeting, tomorrow_due
from kawka.models import Meeting, Membership, OutgoingMail, Talk, TalkSeat
from tests.factories import (
    NOON,
    WEDNESDAY,
    make_answer,
    make_ask,
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


def test_nobody_who_does_not_come_or_is_kept_apart_is_among_them(meeting, ben, ada, designer, cleo):
    make_answer(meeting, ada, "no")
    make_answer(meeting, cleo, "waiting")
    silent = make_person(meeting.group.community)
    make_member(meeting.group, silent)
    before = [hint.person for hint in people_worth_meeting(meeting, ben)]

    keep_apart(owner=designer, other=ben, by=designer, now=NOON)

    assert before == [designer]
    assert people_worth_meeting(meeting, ben) == []


def test_only_what_a_card_shows_to_the_reader_counts(meeting, ben, designer):
    designer.card.trade, designer.card.seen_by = "", {"offers": "meetings"}
    designer.card.save()

    [hint] = people_worth_meeting(meeting, ben)

    assert hint.is_useful is False
    assert "logo" not in hint.reason


def test_enough_for_now_keeps_somebody_out(meeting, ben, designer):
    before = make_meeting(meeting.group, starts_at=WEDNESDAY - timedelta(days=7), state=Meeting.State.CLOSED)
    talk = Talk.objects.create(meeting=before, round=1, table=1)
    TalkSeat.objects.create(talk=talk, person=ben, again="enough")
    TalkSeat.objects.create(talk=talk, person=designer)

    assert people_worth_meeting(meeting, ben) == []


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

    with django_assert_num_queries(14):
        browser.get(f"/m/{meeting.code}/worth-meeting/")
