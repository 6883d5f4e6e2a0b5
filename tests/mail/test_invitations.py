"""The mails of a pass and of a first visit, word for word, in both languages."""

from datetime import timedelta

import pytest

from kawka.mail import invitations as mail
from kawka.models import Group
from tests.factories import NOON, WEDNESDAY, make_invitation, make_meeting
from tests.mail.test_messages import answer_link, check

WEEK = timedelta(days=7)


@pytest.fixture(params=["pl", "en"])
def language(request, group, ada) -> str:
    Group.objects.filter(pk=group.pk).update(language=request.param)
    group.refresh_from_db()
    return request.param


@pytest.fixture
def given(group, ben):
    return make_invitation(
        ben, group=group, way="mail", name="Ewa", email="ewa@example.org", words="Przyjdź & poznaj Olę."
    )


def test_invitation(language, group, given):
    dates = [make_meeting(group, starts_at=WEDNESDAY + WEEK * number) for number in range(3)]

    check("invitation", language, mail.invitation(given, dates=dates, now=NOON))


def test_guest_chose(language, group, given):
    check("guest_chose", language, mail.guest_chose(given, meeting=make_meeting(group), now=NOON))


def test_guest_question(language, group, ada, cleo):
    meeting, link = make_meeting(group), answer_link(cleo, group)

    check("guest_question", language, mail.guest_question(meeting, cleo, greeter=ada, link=link, now=NOON))


def test_first_thanks(language, group, ada, cleo):
    meeting, link = make_meeting(group), answer_link(cleo, group)

    check("first_thanks", language, mail.first_thanks(meeting, cleo, signed_by=ada, link=link, now=NOON))


def test_asked_again(language, group, cleo):
    made = mail.asked_again(group, cleo, link=answer_link(cleo, group), on="2026-10-12", now=NOON)

    check("asked_again", language, made)


def test_soon_forgotten(language, group, cleo):
    made = mail.soon_forgotten(group, cleo, link=answer_link(cleo, group), on=NOON + 2 * WEEK, now=NOON)

    check("soon_forgotten", language, made)
