from datetime import timedelta

import pytest

from kawka.actions.attendance import Mark, NotTakingPlace, TooLateToCorrect, note, walk_in, wish
from kawka.actions.day_list import Said, day_list, folded, namesakes
from kawka.models import Attendance, Meeting, OutgoingMail
from tests.factories import WEDNESDAY, make_answer, make_attendance, make_meeting, make_member, make_person

AT = WEDNESDAY + timedelta(minutes=3)
WEEK = timedelta(days=7)


def fields(meeting, person):
    return (
        Attendance.objects.filter(meeting=meeting, person=person)
        .values_list("state", "arrived_at", "left_at", "wish")
        .first()
    )


def test_noting_the_same_twice_is_noting_it_once(group, ada, ben):
    meeting = make_meeting(group)

    note(meeting=meeting, person=ben, mark=Mark.HERE, by=ada, now=AT)
    note(meeting=meeting, person=ben, mark=Mark.HERE, by=ada, now=AT + timedelta(minutes=9))

    assert fields(meeting, ben) == ("present", AT, None, "any")


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (Mark.LATE, ("late", AT, None, "early")),
        (Mark.LEFT, ("present", AT, AT + timedelta(hours=1), "early")),
        (Mark.EXCUSED, ("excused", None, None, "early")),
        (Mark.AWAY, None),
    ],
)
def test_what_is_noted_of_somebody_who_is_here(group, ada, ben, mark, expected):
    meeting = make_meeting(group)
    make_attendance(meeting, ben, arrived_at=AT, wish="early")

    note(meeting=meeting, person=ben, mark=mark, by=ada, now=AT + timedelta(hours=1))

    assert fields(meeting, ben) == expected


def test_whoever_left_and_comes_back_is_here_again(group, ada, ben):
    meeting = make_meeting(group)
    make_attendance(meeting, ben, arrived_at=AT, left_at=AT)

    note(meeting=meeting, person=ben, mark=Mark.HERE, by=ada, now=AT + timedelta(minutes=9))

    assert fields(meeting, ben) == ("present", AT, None, "any")


def test_attendance_is_correctable_for_a_day_after_closing(group, ada, ben, cleo):
    meeting = make_meeting(group, state=Meeting.State.CLOSED, closed_at=AT)

    note(meeting=meeting, person=ben, mark=Mark.HERE, by=ada, now=AT + timedelta(hours=24))
    with pytest.raises(TooLateToCorrect):
        note(meeting=meeting, person=cleo, mark=Mark.HERE, by=ada, now=AT + timedelta(hours=24, seconds=1))
    with pytest.raises(TooLateToCorrect):
        wish(meeting=meeting, person=ben, place="late", by=ada, now=AT + timedelta(hours=25))

    assert list(meeting.attendances.values_list("person", flat=True)) == [ben.pk]


def test_nobody_comes_to_a_date_that_was_called_off(group, ada, ben):
    meeting = make_meeting(group, state=Meeting.State.CALLED_OFF)

    with pytest.raises(NotTakingPlace):
        note(meeting=meeting, person=ben, mark=Mark.HERE, by=ada, now=AT)

    assert not Attendance.objects.exists()


def test_a_correction_after_the_recap_went_out_sends_it_to_whoever_was_forgotten(group, ada, ben):
    meeting = make_meeting(group, state=Meeting.State.CLOSED, closed_at=AT, recapped_at=AT)

    note(meeting=meeting, person=ben, mark=Mark.HERE, by=ada, now=AT + timedelta(hours=2))
    note(meeting=meeting, person=ben, mark=Mark.LATE, by=ada, now=AT + timedelta(hours=3))

    assert list(OutgoingMail.objects.values_list("to", flat=True)) == [ben.email]


def test_a_walk_in_with_a_known_address_is_that_person(group, ada, ben):
    meeting = make_meeting(group)

    walk_in(meeting=meeting, name="Benek", trade="snycerz", email="BEN@example.org ", by=ada, now=AT)
    walk_in(meeting=meeting, name="Nowa Osoba", trade="szewc", email="", by=ada, now=AT)

    came = meeting.attendances.order_by("pk").values_list("person__name", "person__card__trade", "state")
    assert list(came) == [
        ("Ben Członek", ben.card.trade, "present"),
        ("Nowa Osoba", "szewc", "present"),
    ]


def test_a_wish_is_noted_of_those_here_only(group, ada, ben, cleo):
    meeting = make_meeting(group)
    make_attendance(meeting, ben)

    wish(meeting=meeting, person=ben, place="pass", by=ada, now=AT)
    wish(meeting=meeting, person=cleo, place="early", by=ada, now=AT)

    assert list(meeting.attendances.values_list("person", "wish")) == [(ben.pk, "pass")]


def test_the_day_list_has_those_who_come_first_and_knows_who_is_new(group, ada, ben, cleo):
    before, meeting = make_meeting(group, starts_at=WEDNESDAY - WEEK), make_meeting(group)
    guest = make_person(group.community, "Łucja Zbłąkana")
    make_attendance(before, ben)
    make_attendance(before, ada, state="excused", arrived_at=None)
    make_answer(meeting, cleo)
    make_answer(meeting, guest, "waiting")
    make_answer(meeting, ben, "no")
    make_attendance(meeting, ben, state="late")

    days = day_list(meeting)

    assert [(row.person.name, row.said, row.mark, row.is_first_visit) for row in days.rows] == [
        ("Cleo Gość", Said.COMING, Mark.AWAY, True),
        ("Łucja Zbłąkana", Said.WAITING, Mark.AWAY, True),
        ("Ada Gospodarz", Said.NOTHING, Mark.AWAY, True),
        ("Ben Członek", Said.NO, Mark.LATE, False),
    ]
    assert (days.here, days.late, days.expected, days.new, days.speakers) == (1, 1, 1, 0, 2)
    assert [row.person for row in days.find("zblakana LUC").rows] == [guest]


def test_namesakes_are_found_whatever_the_accents(group, ben):
    meeting = make_meeting(group)

    assert namesakes(meeting, "  ben  czlonek") == [ben]
    assert namesakes(meeting, "Ben") == []
    assert folded("Żółć-Łęcka") == "zolc-lecka"


@pytest.mark.parametrize("size", [1, 30])
def test_the_day_list_costs_the_same_for_one_and_for_thirty(group, size, django_assert_num_queries):
    meeting = make_meeting(group)
    for _number in range(size):
        person = make_person(group.community)
        make_member(group, person)
        make_answer(meeting, person)
        make_attendance(meeting, person)

    with django_assert_num_queries(6):
        days = day_list(meeting)

    assert days.here == size
