"""Quiet hands."""

import pytest

from kawka.actions import hands
from kawka.models import Hand
from tests.factories import WEDNESDAY, make_ask, make_attendance, make_meeting


@pytest.fixture
def meeting(group, ada, ben):
    meeting = make_meeting(group, state="live")
    for person in (ada, ben):
        make_attendance(meeting, person)
    return meeting


def tap(meeting, ben, ada, ask, key="k1", **changes):
    tapped = {"meeting": meeting, "person": ben, "asker": ada, "ask": ask, "kind": "can", **changes}
    return hands.raise_hand(**tapped, key=key, now=WEDNESDAY)


def test_the_same_key_raises_one_hand(meeting, ada, ben):
    ask = make_ask(ada)

    first = tap(meeting, ben, ada, ask)
    again = tap(meeting, ben, ada, ask)

    assert again == first
    assert Hand.objects.count() == 1


def test_the_same_tap_with_another_key_raises_one_hand(meeting, ada, ben):
    ask = make_ask(ada)

    assert tap(meeting, ben, ada, ask, key="k2") == tap(meeting, ben, ada, ask, key="k1")


def test_a_key_that_belongs_to_another_tap_is_refused(meeting, ada, ben):
    tap(meeting, ben, ada, make_ask(ada))

    with pytest.raises(hands.NotForThisAsk):
        tap(meeting, ada, ben, None)


def test_a_hand_without_an_ask_is_for_the_person(meeting, ada, ben):
    assert tap(meeting, ben, ada, None, kind="more").ask is None


def test_nobody_raises_a_hand_for_themselves_or_a_stranger(meeting, ada, ben, cleo):
    wrong = [
        {"asker": ben},
        {"asker": cleo},
        {"person": cleo},
        {"kind": "never"},
        {"ask": make_ask(cleo)},
    ]

    for changes in wrong:
        with pytest.raises(hands.NotForThisAsk):
            tap(meeting, ben, ada, changes.pop("ask", None), **changes)
    assert Hand.objects.count() == 0


def test_hands_are_raised_at_meetings_only(meeting, ada, ben):
    meeting.state = "planned"

    with pytest.raises(hands.MeetingIsNotOn):
        tap(meeting, ben, ada, None)


def test_a_tap_kept_on_the_phone_comes_in_after_the_end(meeting, ada, ben):
    meeting.state = "closed"

    assert tap(meeting, ben, ada, None).kind == "can"


def test_a_hand_is_taken_down_again(meeting, ada, ben):
    tap(meeting, ben, ada, None)

    for _ in range(2):
        hands.lower_hand(meeting=meeting, person=ben, asker=ada, ask=None, kind="can")

    assert Hand.objects.count() == 0
