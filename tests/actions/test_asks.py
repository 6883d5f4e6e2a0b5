"""The ask board: who sees what of it, hands, thanks, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kawka.actions.asks import add_ask, board_of
from kawka.actions.hands import NotForThisAsk, close_as_helped, offer_hand, take_hand_back
from kawka.actions.mail_reasons import why_not
from kawka.models import Hand, OutgoingMail
from tests.factories import (
    NOON,
    make_ask,
    make_attendance,
    make_meeting,
    make_member,
    make_offer,
    make_person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def vet(group):
    person = make_person(group.community, "Aleksandra Pik", card={"trade": "Weterynarka"})
    make_member(group, person)
    make_offer(person, "Wizyty domowe u starszych psów i kotów")
    return person


@pytest.fixture
def ask(ben):
    return make_ask(ben, "Weterynarz do starego psa", created_at=NOON)


def board(group, reader, *, is_host=False):
    return board_of(group, reader=reader, is_host=is_host, now=NOON)


def test_who_might_help_is_told_so_and_others_see_the_ask_alone(group, ada, ben, vet, ask):
    helper, other = board(group, vet), board(group, ada)

    assert [(one.ask, one.why) for one in helper.for_me] == [(ask, "Z Twojej wizytówki: „Weterynarka”.")]
    assert (helper.others, other.for_me) == ([], [])
    assert [one.ask for one in other.others] == [ask]


def test_the_asker_sees_who_might_help(group, ben, vet, ask):
    [mine] = board(group, ben).mine

    assert (mine.ask, [one.person for one in mine.found], mine.bring) == (ask, [vet], [])


def test_when_nobody_can_help_the_asker_sees_whom_one_could_bring(group, ada, ben, ask):
    [mine] = board(group, ben).mine

    assert (mine.found, mine.bring) == ([], ["weterynarz"])


def test_an_ask_is_on_the_board_for_those_its_owner_shows_it_to(group, ada, ben, cleo, ask):
    seen = [[one.ask for one in board(group, reader).others] for reader in (ada, cleo)]
    ben.card.seen_by["asks"] = "meetings"
    ben.card.save()
    hidden = [one.ask for one in board(group, ada).others]
    meeting = make_meeting(group, state="closed")
    for person in (ada, ben):
        make_attendance(meeting, person)

    met = [one.ask for one in board(group, ada).others]

    assert (seen, hidden, met) == ([[ask], []], [], [ask])


def test_a_hand_is_raised_once_and_the_asker_is_told_by_mail(group, ben, vet, ask):
    given = {"group": group, "ask": ask, "person": vet, "kind": "can"}
    offer_hand(**given, now=NOON)
    offer_hand(**given, word="W środy", now=NOON)

    [hand] = Hand.objects.all()
    [mail] = OutgoingMail.objects.all()
    [mine] = board(group, ben).mine
    assert (hand.asker, hand.meeting, hand.word) == (ben, None, "W środy")
    assert (mail.person, mail.kind, mail.subject) == (ben, "ask_hand", "Aleksandra Pik może Ci pomóc")
    assert [one.hand for one in mine.raised] == [hand]
    assert mine.found == []


def test_a_hand_taken_back_before_the_mail_goes_is_not_told(group, ben, vet, ask):
    offer_hand(group=group, ask=ask, person=vet, kind="can", now=NOON)
    mail = OutgoingMail.objects.get()
    before = why_not(mail, now=NOON)

    take_hand_back(ask=ask, person=vet, kind="can")

    assert (before, why_not(mail, now=NOON)) == ("", "what it asks or tells has been settled")


def test_nobody_raises_a_hand_for_themselves_or_for_what_is_over(group, ben, vet, ask):
    with pytest.raises(NotForThisAsk):
        offer_hand(group=group, ask=ask, person=ben, kind="can", now=NOON)
    with pytest.raises(NotForThisAsk):
        offer_hand(group=group, ask=ask, person=vet, kind="more", now=NOON)
    close_as_helped(group=group, ask=ask, helper=None, thanks="", by=ben, now=NOON)

    with pytest.raises(NotForThisAsk):
        offer_hand(group=group, ask=ask, person=vet, kind="can", now=NOON)

    assert Hand.objects.count() == 0


def test_who_helped_is_thanked_in_words_once(group, ben, vet, ask):
    hand = offer_hand(group=group, ask=ask, person=vet, kind="can", now=NOON)

    for thanks in ("Pies biega!", "Raz jeszcze"):
        close_as_helped(group=group, ask=ask, helper=hand, thanks=thanks, by=ben, now=NOON)

    ask.refresh_from_db()
    [thanked] = board(group, vet).thanked
    assert (ask.outcome, thanked.thanks) == ("helped", "Pies biega!")
    assert list(OutgoingMail.objects.filter(kind="ask_thanks").values_list("person", flat=True)) == [vet.pk]
    assert board(group, ben).mine == []


def test_an_ask_is_added_below_the_others_and_once(ben, ask):
    new = add_ask(person=ben, text="  Salka   na sobotę ", kind="work", by=ben, now=NOON)
    again = add_ask(person=ben, text="Salka na sobotę", kind="work", by=ben, now=NOON)

    assert (new.text, new.position, again) == ("Salka na sobotę", 1, new)


def test_the_board_costs_the_same_for_one_and_for_thirty(group, ben, vet, ask):
    with CaptureQueriesContext(connection) as few:
        board(group, ben)
    for _ in range(29):
        person = make_person(group.community)
        make_member(group, person)
        make_offer(person)
        make_ask(person)
        offer_hand(group=group, ask=ask, person=person, kind="can", now=NOON)

    with CaptureQueriesContext(connection) as many:
        board(group, ben)

    assert len(few) == len(many) == 8
