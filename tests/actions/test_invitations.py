"""The next-one pass: good for any date, told to its giver, resting after three moves, safe when passed on."""

from datetime import timedelta

import pytest
from django.http import Http404

from kawka import access
from kawka.actions.invitations import (
    AlreadyInside,
    EnoughForToday,
    ForSomebodyElse,
    card_of,
    invite,
    revoke,
    sent_by,
    take_up,
)
from kawka.actions.passes import follow
from kawka.models import Answer, Invitation, Membership, OutgoingMail, Person
from tests.factories import NOON, WEDNESDAY, make_attendance, make_meeting, make_person

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


def given(group, by, *, email="anna@example.org"):
    return invite(group=group, name="Anna Nowa", email=email, words="Szukasz dentystów.", by=by, now=NOON)


def taken(invitation, meeting, *, name="Anna Nowa", email="", is_addressee=True):
    return take_up(
        invitation=invitation, meeting=meeting, name=name, email=email, is_addressee=is_addressee, now=NOON
    )


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", "to"))


def test_an_invitation_with_an_address_is_mailed_once(group, ben):
    first, second = given(group, ben), given(group, ben)

    assert first == second
    assert mails() == [("invitation", "anna@example.org")]
    assert (first.way, first.expires_at) == (Invitation.Way.MAIL, NOON + timedelta(days=183))


def test_one_without_an_address_is_a_link(group, ben):
    assert given(group, ben, email="").way == Invitation.Way.LINK
    assert mails() == []


def test_whoever_is_inside_needs_no_invitation(group, ada, ben):
    with pytest.raises(AlreadyInside):
        given(group, ben, email="ADA@example.org")


def test_a_guest_may_be_invited_again(group, ben, cleo):
    assert given(group, ben, email=cleo.email).email == cleo.email


def test_twenty_mails_a_day_are_enough(group, ben):
    for number in range(20):
        given(group, ben, email=f"ktos{number}@example.org")

    with pytest.raises(EnoughForToday):
        given(group, ben)
    assert given(group, ben, email="").way == Invitation.Way.LINK


def test_the_guest_chooses_a_date_and_the_inviter_hears_which(group, ben):
    make_meeting(group)
    later = make_meeting(group, starts_at=WEDNESDAY + WEEK)

    result = taken(given(group, ben), later)

    guest = Person.objects.get(email="anna@example.org")
    assert (result.answer.person, result.answer.choice) == (guest, Answer.Choice.COMING)
    assert (guest.is_unproven, guest.email_proven_at) == (False, NOON)
    assert (result.invitation.guest, result.invitation.meeting, result.invitation.moves) == (guest, later, 0)
    assert mails()[1:] == [("answer_confirmed", "anna@example.org"), ("guest_chose", "ben@example.org")]


def test_a_passed_on_link_makes_a_pass_of_its_own_and_shows_nobody(group, ben):
    meeting = make_meeting(group)
    invitation = given(group, ben, email="")
    taken(invitation, meeting, email="anna@example.org", is_addressee=False)

    other = taken(invitation, meeting, name="Jan Drugi", email="jan@example.org", is_addressee=False)

    assert other.invitation != invitation
    assert (other.invitation.inviter, other.invitation.name, other.invitation.words) == (ben, "Jan Drugi", "")
    invitation.refresh_from_db()
    assert invitation.guest == Person.objects.get(email="anna@example.org")


def test_a_typed_address_proves_nothing_until_its_owner_presses(group, ben):
    result = taken(
        given(group, ben, email=""), make_meeting(group), email="jan@example.org", is_addressee=False
    )

    assert result.answer.person.is_unproven is True


def test_a_typed_address_changes_nothing_somebody_has_said(group, ada, ben):
    meeting = make_meeting(group)
    Answer.objects.create(meeting=meeting, person=ada, choice="no", answered_by=ada, answered_at=NOON)

    taken(given(group, ben, email=""), meeting, email=ada.email, is_addressee=False)

    assert Answer.objects.get(person=ada).choice == "no"


def test_the_same_guest_pressing_twice_has_one_pass_and_one_answer(group, ben):
    meeting, invitation = make_meeting(group), given(group, ben, email="")

    for _ in range(2):
        taken(invitation, meeting, email="anna@example.org", is_addressee=False)

    assert (Invitation.objects.count(), Answer.objects.count()) == (1, 1)
    assert [kind for kind, _to in mails()] == ["answer_confirmed", "guest_chose"]


def test_after_three_moves_the_pass_rests_and_stays_good(group, ben):
    dates = [make_meeting(group, starts_at=WEDNESDAY + number * WEEK) for number in range(4)]
    invitation = given(group, ben)
    taken(invitation, dates[0])
    guest = Person.objects.get(email="anna@example.org")

    for meeting in dates[1:]:
        moved = Answer.objects.create(
            meeting=meeting, person=guest, choice="coming", answered_by=guest, answered_at=NOON
        )
        follow(answer=moved, now=NOON)

    invitation.refresh_from_db()
    assert (invitation.moves, invitation.rested_at, invitation.meeting) == (3, NOON, dates[3])
    assert list(Invitation.objects.good(NOON)) == [invitation]


def test_nobody_uses_their_own_invitation(group, ben):
    with pytest.raises(ForSomebodyElse):
        taken(given(group, ben, email=""), make_meeting(group), email=ben.email, is_addressee=False)

    assert Answer.objects.count() == 0


def test_a_pass_that_is_over_or_taken_back_opens_nothing(group, ben):
    invitation = given(group, ben)
    token = invitation.token

    assert access.get_pass(token, NOON) == invitation
    with pytest.raises(Http404):
        access.get_pass(token, invitation.expires_at)
    revoke(invitation=invitation, by=ben, now=NOON)
    with pytest.raises(Http404):
        access.get_pass(token, NOON)
    with pytest.raises(Http404):
        access.get_pass(invitation.secret, NOON)


def test_a_card_is_one_lasts_and_serves_many(group, ben):
    meeting = make_meeting(group)
    card = card_of(group=group, by=ben, now=NOON)
    again = card_of(group=group, by=ben, now=NOON + timedelta(days=150))

    for name in ("Anna", "Jan"):
        taken(card, meeting, name=name, email=f"{name.lower()}@example.org", is_addressee=False)

    assert again == card
    assert again.expires_at == NOON + timedelta(days=150 + 183)
    assert Invitation.objects.filter(guest__isnull=False).count() == 2
    card.refresh_from_db()
    assert card.guest is None


def test_the_inviter_alone_sees_what_came_of_it(group, ada, ben):
    past = [make_meeting(group, starts_at=WEDNESDAY - number * WEEK, state="closed") for number in (1, 2)]
    coming = make_meeting(group)
    taken(given(group, ben), coming)
    guest = Person.objects.get(email="anna@example.org")
    given(group, ben, email="")  # made later, so it stands first

    stages = [[one.stage for one in sent_by(ben, group)]]
    for meeting in past:
        make_attendance(meeting, guest)
        stages.append([one.stage for one in sent_by(ben, group)])
    Membership.objects.filter(person=guest).update(standing="member")

    assert stages == [["open", "date"], ["open", "came"], ["open", "again"]]
    assert [one.stage for one in sent_by(ben, group)] == ["open", "joined"]
    assert list(sent_by(ada, group)) == []


@pytest.mark.parametrize("rows", [1, 30])
def test_seeing_them_costs_the_same_for_any_number(group, ben, rows, django_assert_num_queries):
    meeting = make_meeting(group)
    for _ in range(rows):
        guest = make_person(group.community)
        one = given(group, ben, email="")
        Invitation.objects.filter(pk=one.pk).update(guest=guest, meeting=meeting)

    with django_assert_num_queries(2):
        [one.stage for one in sent_by(ben, group)]
