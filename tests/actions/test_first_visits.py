"""Around a first visit: asked before, thanked after, shown only as far as agreed, left alone when wished."""

from datetime import timedelta

import pytest

from kawka import access
from kawka.actions.first_visits import (
    agree_to_directory,
    ask_again_due,
    ask_again_later,
    greeter_of,
    not_for_me,
    question_guests_due,
    take_another_date,
    thank_guests_due,
)
from kawka.engine.week import moment_of
from kawka.models import Answer, Greeting, Invitation, Membership, OutgoingMail, SeenBy, Standing
from tests.factories import NOON, WEDNESDAY, make_answer, make_attendance, make_meeting

pytestmark = pytest.mark.django_db
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
TUESDAY_15 = moment_of("prepare", WEDNESDAY.date(), "Europe/Warsaw")
THURSDAY_17 = moment_of("thank", WEDNESDAY.date(), "Europe/Warsaw")


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", "to"))


def place_of(person) -> Membership:
    return Membership.objects.select_related("person", "group").get(person=person)


def test_a_guest_is_asked_the_afternoon_before_once_and_members_are_not(group, ada, ben, cleo):
    meeting = make_meeting(group)
    for person in (ben, cleo):
        make_answer(meeting, person)
    Greeting.objects.create(meeting=meeting, guest=cleo, greeter=ben)

    told = [question_guests_due(now=now) for now in (TUESDAY_15 - DAY, TUESDAY_15, TUESDAY_15)]

    assert told == [0, 1, 0]
    assert mails() == [("guest_question", "cleo@example.org")]
    assert "Ben" in OutgoingMail.objects.get().text


def test_a_guest_hears_of_whoever_will_meet_them_and_of_no_host_who_said_no(group, ada, ben, cleo):
    meeting = make_meeting(group)
    make_answer(meeting, ada, Answer.Choice.NOT_THIS_TIME)
    for person in (ben, cleo):
        make_answer(meeting, person)

    before = greeter_of(meeting, cleo)
    question_guests_due(now=TUESDAY_15)

    assert before is None
    assert greeter_of(meeting, cleo) == ben
    assert "Ben" in OutgoingMail.objects.get(kind="guest_question").text


def test_a_guest_who_said_no_or_was_here_before_is_not_asked(group, ada, cleo):
    make_attendance(make_meeting(group, starts_at=WEDNESDAY - WEEK, state="closed"), cleo)
    make_answer(make_meeting(group), cleo)

    question_guests_due(now=TUESDAY_15)

    assert mails() == []


def test_a_first_visit_is_thanked_for_once_by_who_met_them(group, ada, ben, cleo):
    first = make_meeting(group, state="closed")
    Greeting.objects.create(meeting=first, guest=cleo, greeter=ben)
    for person in (ada, ben, cleo):
        make_attendance(first, person)

    thank_guests_due(now=THURSDAY_17)
    make_attendance(make_meeting(group, starts_at=WEDNESDAY + WEEK, state="closed"), cleo)
    thank_guests_due(now=THURSDAY_17 + WEEK)

    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to, mail.reply_to) == ("first_thanks", "cleo@example.org", "ben@example.org")
    assert mail.text.rstrip().endswith("Ben Członek")
    assert place_of(cleo).directory_asked_at == THURSDAY_17


def test_when_the_greeter_was_away_a_host_signs(group, ada, ben, cleo):
    meeting = make_meeting(group, state="closed")
    Greeting.objects.create(meeting=meeting, guest=cleo, greeter=ben)
    make_attendance(meeting, cleo)

    thank_guests_due(now=THURSDAY_17)

    assert OutgoingMail.objects.get().reply_to == "ada@example.org"


def test_a_guest_is_found_by_members_only_after_agreeing_and_only_as_far(group, ben, cleo):
    before = access.closeness(ben, [cleo])[cleo.pk]

    place = agree_to_directory(membership=place_of(cleo), fields=["does"], by=cleo, now=NOON)

    cleo.card.refresh_from_db()
    assert (before, access.closeness(ben, [cleo])[cleo.pk]) == (access.STRANGER, access.FELLOW)
    assert access.visible_fields(cleo.card, access.FELLOW) == {"does"}
    assert place.directory_agreed_at == NOON


def test_agreeing_to_nothing_takes_it_back(group, ben, cleo):
    agree_to_directory(membership=place_of(cleo), fields=["does"], by=cleo, now=NOON)

    agree_to_directory(membership=place_of(cleo), fields=[], by=cleo, now=NOON + DAY)

    cleo.card.refresh_from_db()
    assert access.closeness(ben, [cleo])[cleo.pk] == access.STRANGER
    assert set(cleo.card.seen_by.values()) == {SeenBy.ME}


def test_in_a_month_means_one_mail_in_a_month(group, cleo):
    ask_again_later(membership=place_of(cleo), by=cleo, now=NOON)

    told = [ask_again_due(now=NOON + days * DAY) for days in (29, 30, 31)]

    assert told == [0, 1, 0]
    assert mails() == [("asked_again", "cleo@example.org")]


def test_not_for_me_ends_the_pass_and_the_mail(group, ben, cleo):
    pass_ = Invitation.objects.create(
        group=group, inviter=ben, way="link", name="Cleo", guest=cleo, created_at=NOON, expires_at=NOON + DAY
    )
    ask_again_later(membership=place_of(cleo), by=cleo, now=NOON)

    place = not_for_me(membership=place_of(cleo), by=cleo, now=NOON)

    pass_.refresh_from_db()
    assert (place.standing, pass_.revoked_at) == (Standing.ALUMNUS, NOON)
    assert ask_again_due(now=NOON + 40 * DAY) == 0
    assert mails() == []


def test_who_only_waits_for_another_date_keeps_the_seat_they_have(group, ben, cleo):
    first, full = make_meeting(group), make_meeting(group, starts_at=WEDNESDAY + WEEK, seats=1)
    make_answer(first, cleo)
    make_answer(full, ben)

    taken = take_another_date(instead_of=first, meeting=full, guest=cleo, now=NOON)

    assert taken.choice == "waiting"
    assert set(Answer.objects.filter(person=cleo).values_list("meeting__code", "choice")) == {
        (first.code, "coming"),
        (full.code, "waiting"),
    }
