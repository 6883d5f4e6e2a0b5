from datetime import timedelta

import pytest

from kawka.actions.recaps import (
    NotClosedYet,
    NotYourTalk,
    recap_of,
    say_talk,
    send_due_recaps,
    send_recaps,
)
from kawka.models import Answer, Hand, Meeting, Membership, Note, OutgoingMail, Person, Talk, TalkSeat
from tests.factories import WEDNESDAY, make_ask, make_attendance, make_meeting, make_member, make_person

CLOSED = WEDNESDAY + timedelta(minutes=95)
WEEK = timedelta(days=7)


@pytest.fixture
def meeting(group):
    return make_meeting(group, state=Meeting.State.CLOSED, closed_at=CLOSED)


def raise_hand(meeting, person, asker, ask, kind="can"):
    key = f"{person.pk}-{asker.pk}-{kind}"
    return Hand.objects.create(
        meeting=meeting, asker=asker, ask=ask, person=person, kind=kind, key=key, raised_at=CLOSED
    )


def talk_of(meeting, number, *people):
    talk = Talk.objects.create(meeting=meeting, round=number, table=1)
    for person in people:
        TalkSeat.objects.create(talk=talk, person=person)


def test_a_participant_gets_their_own_and_nothing_private_of_others(meeting, ada, ben, cleo):
    for person in (ada, ben, cleo):
        make_attendance(meeting, person)
    mine, other = make_ask(ben, "Szukam drukarza"), make_ask(cleo, "Szukam psa")
    raise_hand(meeting, ada, ben, mine)
    raise_hand(meeting, ada, ben, mine, kind="more")
    raise_hand(meeting, ben, cleo, other)
    Note.objects.create(owner=ben, about=ada, text="Zna drukarza", updated_at=CLOSED)
    Note.objects.create(owner=ada, about=ben, text="Nie widać", updated_at=CLOSED)
    talk_of(meeting, 1, ada, ben)
    coming = make_meeting(meeting.group, starts_at=WEDNESDAY + WEEK)

    recap = recap_of(meeting, person=ben, now=CLOSED)

    assert [(seen.person, seen.note, seen.is_me) for seen in recap.people] == [
        (ada, "Zna drukarza", False),
        (ben, "", True),
        (cleo, "", False),
    ]
    assert [(one.ask, one.hands, [hand.kind for hand, _seen in one.raised]) for one in recap.mine] == [
        (mine, 1, ["can", "more"])
    ]
    assert [(one.asker, one.ask, one.hands, one.raised) for one in recap.asks] == [(cleo, other, 1, [])]
    assert [(talk.round, talk.partners, talk.happened) for talk in recap.talks] == [(1, [ada], None)]
    assert [(date.meeting, date.choice) for date in recap.next_dates] == [(coming, "")]


def test_an_overview_holds_nothing_private(meeting, ada, ben):
    for person in (ada, ben):
        make_attendance(meeting, person)
    raise_hand(meeting, ada, ben, make_ask(ben))
    Note.objects.create(owner=ben, about=ada, text="Zna drukarza", updated_at=CLOSED)
    talk_of(meeting, 1, ada, ben)

    recap = recap_of(meeting, person=None, now=CLOSED)

    assert {seen.note for seen in recap.people} == {""}
    assert (recap.mine, recap.talks) == ([], [])
    assert [one.raised for one in recap.asks] == [[]]


def test_contact_data_is_shown_as_far_as_its_owner_allows(meeting, ada, ben, cleo):
    for person in (ada, ben, cleo):
        make_attendance(meeting, person)
    for person, seen_by in ((ada, "meetings"), (cleo, "me")):
        person.card.seen_by = {"email": seen_by}
        person.card.save()

    recap = recap_of(meeting, person=ben, now=CLOSED)

    assert [(seen.person, seen.ways) for seen in recap.contacts] == [(ada, [ada.email])]


def test_asks_kept_to_oneself_are_not_told(meeting, ada, ben):
    for person in (ada, ben):
        make_attendance(meeting, person)
    make_ask(ada)
    ada.card.seen_by = {"asks": "me"}
    ada.card.save()

    assert recap_of(meeting, person=ben, now=CLOSED).asks == []


def test_whoever_left_early_was_there_and_whoever_was_excused_was_not(meeting, ada, ben, cleo):
    make_attendance(meeting, ada)
    make_attendance(meeting, ben, left_at=WEDNESDAY)
    make_attendance(meeting, cleo, state="excused")

    assert [seen.person for seen in recap_of(meeting, person=ada, now=CLOSED).people] == [ada, ben]


def test_the_answer_for_the_next_date_is_known(meeting, ben):
    make_attendance(meeting, ben)
    coming = make_meeting(meeting.group, starts_at=WEDNESDAY + WEEK)
    Answer.objects.create(meeting=coming, person=ben, choice="no", answered_by=ben, answered_at=CLOSED)

    recap = recap_of(meeting, person=ben, now=CLOSED)

    assert [(date.meeting, date.choice) for date in recap.next_dates] == [(coming, "no")]


def test_a_talk_is_said_by_whoever_sat_there_for_themselves(meeting, ada, ben, cleo):
    talk_of(meeting, 2, ada, ben)

    say_talk(meeting=meeting, person=ben, number=2, happened=False, now=CLOSED)
    with pytest.raises(NotYourTalk):
        say_talk(meeting=meeting, person=cleo, number=2, happened=True, now=CLOSED)

    said = TalkSeat.objects.order_by("pk").values_list("person", "happened")
    assert list(said) == [(ada.pk, None), (ben.pk, False)]


@pytest.mark.parametrize("size", [1, 30])
def test_a_recap_costs_the_same_for_one_and_for_thirty(meeting, ben, size, django_assert_num_queries):
    make_attendance(meeting, ben)
    asked = make_ask(ben)
    for number in range(size):
        person = make_person(meeting.group.community)
        make_attendance(meeting, person)
        make_ask(person)
        raise_hand(meeting, person, ben, asked)
        talk_of(meeting, number + 1, ben, person)
    make_meeting(meeting.group, starts_at=WEDNESDAY + WEEK)

    with django_assert_num_queries(14):
        recap = recap_of(meeting, person=ben, now=CLOSED)

    assert (len(recap.people), len(recap.talks)) == (size + 1, size)


def test_recaps_go_out_half_an_hour_after_closing_and_once(meeting, ada, ben, cleo):
    walked_in = make_person(meeting.group.community, email="")
    make_member(meeting.group, walked_in)
    for person in (ada, ben, walked_in):
        make_attendance(meeting, person)
    make_attendance(meeting, cleo, state="excused")
    Membership.objects.filter(person=ada).update(wants_mail=False)

    early = send_due_recaps(now=CLOSED + timedelta(minutes=29))
    sent = [send_due_recaps(now=CLOSED + timedelta(minutes=30 + number)) for number in range(3)]

    assert (early, sent) == (0, [1, 0, 0])
    assert list(OutgoingMail.objects.values_list("key", "to")) == [
        (f"recap:{meeting.code}:{ben.code}", ben.email)
    ]


def test_a_recap_broken_off_in_the_middle_is_finished_later_without_doubles(meeting, ada, ben):
    for person in (ada, ben):
        make_attendance(meeting, person)
    send_recaps(meeting=meeting, by=ada, now=CLOSED)
    OutgoingMail.objects.filter(person=ben).delete()
    Meeting.objects.update(recapped_at=None)

    send_due_recaps(now=CLOSED + timedelta(minutes=31))

    assert OutgoingMail.objects.count() == 2


def test_what_was_closed_days_ago_is_no_news(meeting, ben):
    make_attendance(meeting, ben)

    assert send_due_recaps(now=CLOSED + timedelta(days=2)) == 0
    assert not OutgoingMail.objects.exists()


def test_no_recap_before_the_meeting_is_closed(group, ada):
    with pytest.raises(NotClosedYet):
        send_recaps(meeting=make_meeting(group), by=ada, now=CLOSED)


def test_the_mail_says_whose_hands_to_the_asker_alone(meeting, ada, ben, cleo):
    Person.objects.update(language="en")
    for person in (ada, ben, cleo):
        make_attendance(meeting, person)
    raise_hand(meeting, cleo, ben, make_ask(ben, "Szukam drukarza"))
    talk_of(meeting, 1, ada, ben)
    make_meeting(meeting.group, starts_at=WEDNESDAY + WEEK)

    send_recaps(meeting=meeting, by=ada, now=CLOSED)

    bens = OutgoingMail.objects.get(person=ben)
    adas = OutgoingMail.objects.get(person=ada)
    for text in (bens.text, bens.html):
        assert "I can help" in text
        assert "/r/" in text
        assert "/a/" in text
    for text in (adas.text, adas.html):
        assert "I can help" not in text
        assert "Szukam drukarza" in text
