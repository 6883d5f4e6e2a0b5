"""Whom a date concerns, and what they are told when it does not take place."""

from datetime import timedelta

import pytest

from kawka.actions.date_news import concerned
from kawka.actions.dates import DateIsTaken, NotCalledOff, call_off, take_back
from kawka.models import OutgoingMail, Role, Spotlight, Turn
from tests.factories import (
    NOON,
    WEDNESDAY,
    make_answer,
    make_invitation,
    make_meeting,
    make_person,
)

WEEK = timedelta(days=7)


def told() -> list[str]:
    return sorted(OutgoingMail.objects.values_list("to", flat=True))


def test_a_date_concerns_who_comes_waits_has_a_turn_learns_it_presents_or_is_invited(group, ada):
    meeting, other = make_meeting(group), make_meeting(group, starts_at=WEDNESDAY + WEEK)
    names = ("1 Idzie", "2 Czeka", "3 Dyżur", "4 Uczy się", "5 Mówi", "6 Proszona", "7 Nie tym razem")
    comes, waits, holds, learns, presents, guest, declined = (
        make_person(group.community, name) for name in names
    )
    make_answer(meeting, comes)
    make_answer(meeting, waits, "waiting")
    make_answer(meeting, declined, "no")
    role = Role.objects.create(group=group, name="Czas")
    Turn.objects.create(role=role, meeting=meeting, person=holds, shadow=learns, state="accepted")
    Spotlight.objects.create(meeting=meeting, person=presents, title="Moja firma")
    make_invitation(ada, meeting, guest=guest)
    make_invitation(ada, meeting, guest=declined, revoked_at=NOON)
    make_answer(other, declined)

    found = concerned([meeting, other], now=NOON)

    assert found[meeting.pk] == [comes, waits, holds, learns, presents, guest]
    assert found[other.pk] == [declined]


@pytest.mark.parametrize("many", [1, 30])
def test_asking_whom_dates_concern_costs_the_same(group, many, django_assert_num_queries):
    dates = [make_meeting(group, starts_at=WEDNESDAY + WEEK * number) for number in range(many)]
    for date in dates:
        make_answer(date, make_person(group.community))

    with django_assert_num_queries(5):
        concerned(dates, now=NOON)


def test_everybody_a_called_off_date_concerns_is_told_at_once_and_once(group, ada, ben, cleo):
    meeting = make_meeting(group)
    make_meeting(group, starts_at=WEDNESDAY + WEEK)
    make_answer(meeting, ben)
    make_answer(meeting, cleo, "waiting")
    Spotlight.objects.create(meeting=meeting, person=ben, title="Moja firma")

    count = call_off(meeting=meeting, reason="Remont", by=ada, now=NOON)

    assert count == 2
    assert told() == ["ben@example.org", "cleo@example.org"]
    mail = OutgoingMail.objects.get(to="cleo@example.org")
    assert (mail.kind, mail.due_at, "Remont" in mail.text) == ("called_off", NOON, True)
    assert mail.attachments[0]["type"] == "text/calendar; method=CANCEL"
    assert "METHOD:CANCEL" in mail.attachments[0]["text"]
    assert f"UID:{meeting.calendar_uid}" in mail.attachments[0]["text"].replace("\r\n ", "")
    assert "SEQUENCE:1" in mail.attachments[0]["text"]


def test_nobody_is_told_of_a_date_that_concerned_nobody(group, ada, ben):
    meeting = make_meeting(group)
    make_answer(meeting, ben, "no")

    assert call_off(meeting=meeting, by=ada, now=NOON) == 0
    assert told() == []


def test_who_has_just_typed_an_address_is_spared_the_way(group, ada):
    stranger = make_person(group.community, email="ewa@example.org", is_self_entered=True)
    meeting = make_meeting(group)
    make_answer(meeting, stranger)

    call_off(meeting=meeting, by=ada, now=NOON)

    assert told() == ["ewa@example.org"]


def test_a_date_taken_back_is_told_to_whoever_heard_that_it_is_off(group, ada, ben, cleo):
    meeting = make_meeting(group)
    make_answer(meeting, ben)
    make_answer(meeting, cleo, "waiting")
    call_off(meeting=meeting, reason="Remont", by=ada, now=NOON)

    count = take_back(meeting=meeting, by=ada, now=NOON + WEEK / 14)

    meeting.refresh_from_db()
    assert (meeting.state, meeting.called_off_reason, meeting.called_off_at) == ("planned", "", None)
    assert count == 2
    mails = {mail.to: mail for mail in OutgoingMail.objects.filter(kind="taken_back")}
    assert sorted(mails) == ["ben@example.org", "cleo@example.org"]
    assert "Odpowiedź sprzed odwołania jest ważna" in mails["ben@example.org"].text
    assert "na liście oczekujących" in mails["cleo@example.org"].text
    assert "SEQUENCE:2" in mails["ben@example.org"].attachments[0]["text"]
    assert mails["ben@example.org"].due_at == NOON + WEEK / 14


def test_called_off_again_it_is_told_again(group, ada, ben):
    meeting = make_meeting(group)
    make_answer(meeting, ben)
    call_off(meeting=meeting, by=ada, now=NOON)
    take_back(meeting=meeting, by=ada, now=NOON)

    call_off(meeting=meeting, by=ada, now=NOON)

    kinds = OutgoingMail.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["called_off", "taken_back", "called_off"]


def test_only_a_called_off_date_ahead_is_taken_back_and_only_where_nothing_else_is(group, ada):
    planned = make_meeting(group)
    taken = make_meeting(group, state="called_off")
    over = make_meeting(group, starts_at=WEDNESDAY - WEEK, state="called_off")

    for meeting, refusal in ((planned, NotCalledOff), (taken, DateIsTaken), (over, NotCalledOff)):
        with pytest.raises(refusal):
            take_back(meeting=meeting, by=ada, now=NOON)


def test_a_guest_known_only_by_name_is_told_by_who_invited_them(group, ada, ben, cleo):
    meeting = make_meeting(group)
    make_answer(meeting, ben)
    make_invitation(ben, meeting, name="Zosia")
    make_invitation(cleo, meeting, name="Anna")
    make_invitation(cleo, meeting, name="Ewa", revoked_at=NOON)

    count = call_off(meeting=meeting, by=ada, now=NOON)

    texts = dict(OutgoingMail.objects.values_list("to", "text"))
    assert count == 2
    assert "zaproszenie od Ciebie: Zosia." in texts["ben@example.org"]
    assert "zaproszenie od Ciebie: Anna." in texts["cleo@example.org"]
