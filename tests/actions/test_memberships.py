from datetime import timedelta

import pytest

from kawka.actions import memberships
from kawka.actions.meetings import close_meeting
from kawka.models import Card, Group, Membership, OutgoingMail, Person, SeatQuestion, Standing
from tests.factories import NOON, WEDNESDAY, make_attendance, make_meeting

WEEK = timedelta(days=7)


def place(person: Person) -> Membership:
    return Membership.objects.select_related("person__card", "group").get(person=person)


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("to", "kind"))


@pytest.fixture
def applying(group, ada, cleo) -> Group:
    """A group whose regulars may ask; Cleo is one."""
    Group.objects.filter(pk=group.pk).update(joining="applying")
    Membership.objects.filter(person=cleo).update(standing=Standing.REGULAR)
    return group


@pytest.fixture
def one_seat(applying, ben, cleo) -> Group:
    """A group with one seat for each trade; Ben has the one Cleo would take."""
    Group.objects.filter(pk=applying.pk).update(has_one_seat_per_trade=True)
    Card.objects.filter(person=ben).update(trade="Księgowość")
    Card.objects.filter(person=cleo).update(trade="ksiegowosc ")
    return applying


def test_a_guest_who_came_three_times_is_a_regular_quietly(group, ada, ben, cleo):
    for number in range(3):
        meeting = make_meeting(group, starts_at=WEDNESDAY - number * WEEK)
        for person in (ada, cleo):
            make_attendance(meeting, person)
    before = place(cleo).standing

    close_meeting(meeting=group.meetings.order_by("starts_at").last(), by=ada, now=WEDNESDAY)

    assert (before, place(cleo).standing) == ("guest", "regular")
    assert (place(ada).standing, place(ben).standing) == ("host", "member")
    assert mails() == []


def test_excused_is_no_visit(group, ada, cleo):
    for number in range(3):
        meeting = make_meeting(group, starts_at=WEDNESDAY - number * WEEK)
        make_attendance(meeting, cleo, state="excused" if number == 1 else "present")

    close_meeting(meeting=group.meetings.order_by("starts_at").last(), by=ada, now=WEDNESDAY)

    assert place(cleo).standing == "guest"


def test_a_regular_asks_once_and_a_host_welcomes_with_one_press(applying, ada, cleo):
    for _press in range(2):
        memberships.apply(membership=place(cleo), now=NOON)

    memberships.welcome(membership=place(cleo), by=ada, now=NOON)

    assert (place(cleo).standing, place(cleo).applied_at) == ("member", None)
    assert mails() == [(ada.email, "membership_asked"), (cleo.email, "membership_welcomed")]
    with pytest.raises(memberships.NothingAsked):
        memberships.welcome(membership=place(cleo), by=ada, now=NOON)


def test_not_now_comes_in_words(applying, ada, cleo):
    memberships.apply(membership=place(cleo), now=NOON)

    memberships.say_not_now(membership=place(cleo), words="Od stycznia?", by=ada, now=NOON)

    assert (place(cleo).standing, place(cleo).applied_at) == ("regular", None)
    assert "Od stycznia?" in OutgoingMail.objects.get(kind="membership_not_now").text


@pytest.mark.parametrize(("joining", "standing"), [("invited", "regular"), ("applying", "guest")])
def test_who_may_not_ask_yet_is_told_so_in_words(applying, cleo, joining, standing):
    Group.objects.update(joining=joining)
    Membership.objects.filter(person=cleo).update(standing=standing)

    with pytest.raises(memberships.NotYetRegular):
        memberships.apply(membership=place(cleo), now=NOON)


def test_an_invitation_of_a_host_is_a_question(group, ada, cleo):
    memberships.invite(membership=place(cleo), by=ada, now=NOON)
    invited = place(cleo).standing

    memberships.accept(membership=place(cleo), now=NOON)

    assert (invited, place(cleo).standing, place(cleo).invited_at) == ("guest", "member", None)
    assert mails() == [(cleo.email, "membership_offered"), (ada.email, "membership_accepted")]


def test_whoever_would_rather_not_stays_as_they_are(group, ada, cleo):
    memberships.invite(membership=place(cleo), by=ada, now=NOON)

    memberships.decline(membership=place(cleo), now=NOON)

    assert (place(cleo).standing, place(cleo).invited_at) == ("guest", None)
    with pytest.raises(memberships.NothingAsked):
        memberships.accept(membership=place(cleo), now=NOON)


def test_who_has_the_seat_of_the_trade_is_asked_and_nobody_is_refused(one_seat, ada, ben, cleo):
    memberships.apply(membership=place(cleo), now=NOON)
    question = SeatQuestion.objects.get()

    memberships.answer_seat_question(question=question, answer="no", by=ben, now=NOON)
    memberships.welcome(membership=place(cleo), by=ada, now=NOON)

    assert (question.candidate.person, question.holder.person) == (cleo, ben)
    assert place(cleo).standing == "member"
    assert mails()[:3] == [
        (ben.email, "seat_question"),
        (ada.email, "membership_asked"),
        (ada.email, "seat_question_answered"),
    ]


def test_an_invitation_waits_for_the_seats_holder_and_goes_out_at_the_second_press(one_seat, ada, ben, cleo):
    first = memberships.invite(membership=place(cleo), by=ada, now=NOON)
    second = memberships.invite(membership=place(cleo), by=ada, now=NOON)

    assert (first, second) == (False, True)
    assert mails() == [(ben.email, "seat_question"), (cleo.email, "membership_offered")]


def test_without_the_rule_nobody_is_asked(one_seat, ada, ben, cleo):
    Group.objects.update(has_one_seat_per_trade=False)

    memberships.apply(membership=place(cleo), now=NOON)

    assert SeatQuestion.objects.count() == 0
