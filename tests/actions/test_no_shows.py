from datetime import timedelta

from kawka.actions.no_shows import missed_dates
from kawka.models import Answer, Meeting, Membership
from tests.factories import WEDNESDAY, make_answer, make_attendance, make_meeting

WEEK = timedelta(days=7)


def missed(person) -> list[Meeting]:
    return list(missed_dates(Membership.objects.get(person=person), now=WEDNESDAY + WEEK))


def closed(group, ada, weeks: int = 0) -> Meeting:
    meeting = make_meeting(group, starts_at=WEDNESDAY - weeks * WEEK, state="closed")
    make_attendance(meeting, ada)
    return meeting


def test_whoever_wanted_to_come_and_was_not_there_was_missed(group, ada, ben, cleo):
    meeting = closed(group, ada)
    make_answer(meeting, ben)
    make_answer(meeting, cleo, "no")

    assert (missed(ben), missed(cleo), missed(ada)) == ([meeting], [], [])


def test_excused_is_not_missed_nor_is_silence(group, ada, ben):
    make_answer(excused := closed(group, ada), ben)
    make_attendance(excused, ben, state="excused")
    closed(group, ada, weeks=1)

    assert missed(ben) == []


def test_a_standing_answer_alone_is_no_promise(group, ada, ben):
    make_answer(closed(group, ada), ben)
    Answer.objects.update(is_standing=True)

    assert missed(ben) == []


def test_where_nobody_noted_who_came_nobody_was_missed(group, ada, ben):
    make_answer(make_meeting(group, state="closed"), ben)

    assert missed(ben) == []
