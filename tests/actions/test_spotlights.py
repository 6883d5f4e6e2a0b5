from datetime import UTC, datetime, timedelta

import pytest

from kawka.actions.spotlights import (
    AlreadyBooked,
    NotForGuests,
    PresenterIsElsewhere,
    book,
    book_by_hand,
    free_by_hand,
    free_dates,
    propose,
    queue_of,
    send_back,
    spotlights_due,
    withdraw,
)
from kawka.models import Meeting, Membership, OutgoingMail, Person, Spotlight, SpotlightProposal
from tests.factories import NOON, WEDNESDAY, make_answer, make_meeting, make_person

WEEK = timedelta(days=7)
FIELDS = {"title": "Co widać z drabiny", "kind": "topic", "minutes": 5, "about": ""}


def proposed(person, title="Co widać z drabiny", now=NOON):
    return propose(by=Membership.objects.get(person=person), fields={**FIELDS, "title": title}, now=now)


@pytest.fixture
def meeting(group):
    return make_meeting(group, starts_at=WEDNESDAY + 2 * WEEK)


def test_members_propose_once_and_guests_not_yet(group, ada, ben, cleo):
    proposed(ben)
    proposed(ben)
    proposed(ada, "Druga", now=NOON + WEEK)

    assert [one.title for one in queue_of(group)] == [FIELDS["title"], "Druga"]
    with pytest.raises(NotForGuests):
        proposed(cleo)


def test_a_booked_presentation_leaves_the_queue_and_its_presenter_knows(group, ben, meeting):
    proposal = proposed(ben)

    book(proposal=proposal, meeting=meeting, by=None, now=NOON)

    assert queue_of(group) == []
    assert Spotlight.objects.values_list("person", "title", "meeting").get() == (
        ben.pk,
        FIELDS["title"],
        meeting.pk,
    )
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to) == ("spotlight_booked", "ben@example.org")
    assert free_dates(group, NOON) == []


def test_a_date_is_booked_once(group, ada, ben, meeting):
    first, second = proposed(ben), proposed(ada, "Druga")
    book(proposal=first, meeting=meeting, by=None, now=NOON)

    with pytest.raises(AlreadyBooked):
        book(proposal=second, meeting=meeting, by=None, now=NOON)
    with pytest.raises(AlreadyBooked):
        book(proposal=first, meeting=make_meeting(group), by=None, now=NOON)


def test_a_date_on_which_the_presenter_is_not_there_is_not_booked(group, ben, cleo, meeting):
    Membership.objects.filter(person=cleo).update(standing="member")
    Person.objects.filter(pk=cleo.pk).update(away_until=meeting.local_date)
    make_answer(meeting, ben, "no")

    for person in (ben, cleo):
        with pytest.raises(PresenterIsElsewhere, match=person.name):
            book(proposal=proposed(person), meeting=meeting, by=None, now=NOON)


def test_a_called_off_date_brings_it_back_to_the_front(group, ada, ben, meeting):
    proposed(ada, "Wcześniejsza", now=NOON - WEEK)
    book(proposal=proposed(ben), meeting=meeting, by=None, now=NOON)
    Meeting.objects.filter(pk=meeting.pk).update(state="called_off")

    spotlights_due(now=NOON + timedelta(hours=1))
    spotlights_due(now=NOON + timedelta(hours=2))

    assert [one.title for one in queue_of(group)] == [FIELDS["title"], "Wcześniejsza"]
    assert Spotlight.objects.count() == 0


def test_withdrawing_frees_the_date(group, ben, meeting):
    proposal = proposed(ben)
    book(proposal=proposal, meeting=meeting, by=None, now=NOON)

    withdraw(proposal=proposal, by=ben, now=NOON)

    assert Spotlight.objects.count() == 0
    assert queue_of(group) == []


def test_the_host_sends_it_back_to_the_queue(group, ben, meeting):
    proposal = proposed(ben)
    book(proposal=proposal, meeting=meeting, by=None, now=NOON)

    send_back(proposal=proposal, by=None, now=NOON)

    assert [one.title for one in queue_of(group)] == [FIELDS["title"]]


def test_booking_by_hand_over_a_booked_one_brings_that_back(group, ada, ben, meeting):
    book(proposal=proposed(ben), meeting=meeting, by=None, now=NOON)

    book_by_hand(meeting=meeting, person=ada, kind="project", title="Inna", by=ada, now=NOON)

    assert [one.title for one in queue_of(group)] == [FIELDS["title"]]
    assert Spotlight.objects.get().title == "Inna"


def test_booking_by_hand_what_waits_takes_it_out_of_the_queue(group, ben, meeting):
    proposed(ben)

    book_by_hand(meeting=meeting, person=ben, kind="topic", title=FIELDS["title"], by=None, now=NOON)
    assert queue_of(group) == []

    free_by_hand(meeting=meeting, by=None, now=NOON)
    assert len(queue_of(group)) == 1


@pytest.mark.parametrize(
    ("now", "count"),
    [
        (datetime(2026, 10, 21, 6, 59, tzinfo=UTC), 0),
        (datetime(2026, 10, 21, 7, 0, tzinfo=UTC), 1),  # a week before, 9:00
        (datetime(2026, 10, 27, 16, 59, tzinfo=UTC), 1),
        (datetime(2026, 10, 27, 17, 0, tzinfo=UTC), 2),  # the evening before, 18:00 in winter time
    ],
)
def test_whoever_presents_is_reminded_twice(group, ben, meeting, now, count):
    book(proposal=proposed(ben), meeting=meeting, by=None, now=NOON)
    OutgoingMail.objects.all().delete()
    for at in (datetime(2026, 10, 21, 6, 0, tzinfo=UTC), datetime(2026, 10, 21, 8, tzinfo=UTC), now):
        if at <= now:
            spotlights_due(now=at)
            spotlights_due(now=at)

    assert list(OutgoingMail.objects.values_list("kind", flat=True)) == ["spotlight_reminder"] * count


def test_a_stranger_booked_by_hand_is_no_trouble(group, meeting):
    person = make_person(group.community)

    book_by_hand(meeting=meeting, person=person, kind="topic", title="Gość", by=None, now=NOON)
    spotlights_due(now=meeting.starts_at - timedelta(hours=2))

    assert OutgoingMail.objects.count() == 0
    assert SpotlightProposal.objects.count() == 0


def test_a_presenter_who_cannot_come_is_not_reminded(group, ben, meeting):
    book(proposal=proposed(ben), meeting=meeting, by=None, now=NOON)
    make_answer(meeting, ben, "no")

    assert spotlights_due(now=meeting.starts_at - timedelta(hours=3)) == 0
