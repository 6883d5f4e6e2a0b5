"""Seats: the last one, the list behind it, and what happens when one becomes free."""

import itertools
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection, connections

from kawka.actions.answers import answer
from kawka.actions.seats import claim_until, offer_seats_due, place_of, seats_of
from kawka.models import Answer, Group, Meeting, OutgoingMail, Person, SeatOffer, Standing
from tests.factories import NOON, WEDNESDAY, make_answer, make_meeting, make_member, make_person

COMING, NO, WAITING = Answer.Choice.COMING, Answer.Choice.NOT_THIS_TIME, Answer.Choice.WAITING
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
AT_ONCE = 40  # connections; the other threads wait for one


def people(group: Group, many: int, standing: str = Standing.REGULAR) -> list[Person]:
    made = [make_person(group.community, f"Osoba {number}") for number in range(many)]
    for person in made:
        make_member(group, person, standing)
    return made


def say(meeting: Meeting, person: Person, choice: Answer.Choice = COMING, now: datetime = NOON) -> Answer:
    return answer(meeting=meeting, person=person, choice=choice, by=person, now=now)


def full(group: Group, seats: int = 2) -> tuple[Meeting, list[Person], list[Person]]:
    """A meeting with all seats taken, who has them, and three who wait."""
    meeting, everybody = make_meeting(group, seats=seats), people(group, seats + 3)
    for number, person in enumerate(everybody):
        say(meeting, person, now=NOON + number * MINUTE)
    return meeting, everybody[:seats], everybody[seats:]


def offers(meeting: Meeting) -> list[tuple[str, str]]:
    found = SeatOffer.objects.filter(answer__meeting=meeting).order_by("pk")
    return [(offer.answer.person.name, offer.outcome) for offer in found.select_related("answer__person")]


def test_who_comes_too_late_waits_with_a_place(group):
    meeting, _seated, waiting = full(group)

    answers = meeting.answers.order_by("answered_at")

    assert [one.choice for one in answers] == [COMING, COMING, WAITING, WAITING, WAITING]
    assert [place_of(one) for one in answers] == [0, 0, 1, 2, 3]
    assert [one.person for one in answers][2:] == waiting


def test_pressing_again_keeps_the_place_on_the_list(group):
    meeting, _seated, waiting = full(group)

    again = say(meeting, waiting[0], now=NOON + HOUR)

    assert (again.choice, place_of(again)) == (WAITING, 1)


def test_a_free_seat_is_offered_to_whoever_waits_longest_and_they_are_told_at_once(group):
    meeting, seated, waiting = full(group)

    say(meeting, seated[0], NO, now=NOON + HOUR)

    assert offers(meeting) == [(waiting[0].name, "")]
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.kind, mail.due_at) == (waiting[0].email, "seat_offered", NOON + HOUR)


def test_a_seat_that_is_offered_is_not_free_for_anybody_else(group):
    meeting, seated, waiting = full(group)
    say(meeting, seated[0], NO, now=NOON + HOUR)

    late = say(meeting, waiting[1], now=NOON + 2 * HOUR)
    new = say(meeting, *people(group, 1), now=NOON + 2 * HOUR)

    assert (late.choice, new.choice) == (WAITING, WAITING)


def test_the_seat_is_taken_with_the_same_press_as_coming(group):
    meeting, seated, waiting = full(group)
    say(meeting, seated[0], NO, now=NOON + HOUR)

    taken = say(meeting, waiting[0], now=NOON + 2 * HOUR)

    assert (taken.choice, taken.waiting_since) == (COMING, None)
    assert offers(meeting) == [(waiting[0].name, "taken")]
    kinds = list(OutgoingMail.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["seat_offered", "answer_confirmed"]


def test_a_seat_let_go_is_offered_to_the_next(group):
    meeting, seated, waiting = full(group)
    say(meeting, seated[0], NO, now=NOON + HOUR)

    say(meeting, waiting[0], NO, now=NOON + 2 * HOUR)

    assert offers(meeting) == [(waiting[0].name, "declined"), (waiting[1].name, "")]


def test_an_offer_that_ran_out_goes_to_the_next_and_asks_nobody_twice(group):
    meeting, seated, waiting = full(group)
    say(meeting, seated[0], NO, now=NOON)

    days = [offer_seats_due(now=NOON + number * timedelta(hours=25)) for number in (0, 1)]
    hours = [offer_seats_due(now=WEDNESDAY - number * HOUR) for number in (12, 9, 6)]

    assert (days, hours) == ([0, 1], [1, 0, 0])
    assert offers(meeting) == [(person.name, "ran_out") for person in waiting]
    assert set(meeting.answers.filter(person__in=waiting).values_list("choice", flat=True)) == {WAITING}


def test_whoever_let_an_offer_run_out_may_still_take_a_free_seat(group):
    meeting, seated, waiting = full(group)
    say(meeting, seated[0], NO, now=NOON)
    for hours in (25, 28, 31, 34):
        offer_seats_due(now=NOON + hours * HOUR)

    late = say(meeting, waiting[2], now=WEDNESDAY - 2 * HOUR)

    assert late.choice == COMING


def test_more_seats_are_offered_within_a_minute(group):
    meeting, _seated, waiting = full(group)
    Meeting.objects.filter(pk=meeting.pk).update(seats=4)

    asked = offer_seats_due(now=NOON + HOUR)

    assert (asked, offers(meeting)) == (2, [(waiting[0].name, ""), (waiting[1].name, "")])


def test_an_address_nobody_has_proven_is_not_waited_for(group):
    meeting, seated, waiting = full(group)
    Person.objects.filter(pk=waiting[0].pk).update(is_self_entered=True)

    say(meeting, seated[0], NO, now=NOON + HOUR)

    assert offers(meeting) == [(waiting[1].name, "")]


def test_seats_are_held_for_members_until_two_days_before(group):
    Group.objects.filter(pk=group.pk).update(held_seats=1)
    meeting, long_before = make_meeting(group, seats=2), WEDNESDAY - timedelta(days=5)
    first, second = people(group, 2)
    [member] = people(group, 1, Standing.MEMBER)

    guests = [say(meeting, person, now=long_before).choice for person in (first, second)]
    theirs = say(meeting, member, now=long_before).choice

    assert (guests, theirs) == ([COMING, WAITING], COMING)


def test_a_held_seat_nobody_took_is_offered_to_who_waits(group):
    Group.objects.filter(pk=group.pk).update(held_seats=1)
    meeting = make_meeting(group, seats=2)
    first, second = people(group, 2)
    for person in (first, second):
        say(meeting, person, now=WEDNESDAY - timedelta(days=5))

    before = offer_seats_due(now=WEDNESDAY - timedelta(hours=49))
    after = offer_seats_due(now=WEDNESDAY - timedelta(hours=48))

    assert (before, after, offers(meeting)) == (0, 1, [(second.name, "")])


def test_a_member_who_comes_leaves_no_seat_held_for_another(group):
    Group.objects.filter(pk=group.pk).update(held_seats=1)
    meeting = make_meeting(group, seats=3)
    [member], guests = people(group, 1, Standing.HOST), people(group, 3)
    long_before = WEDNESDAY - timedelta(days=5)
    say(meeting, member, now=long_before)

    said = [say(meeting, guest, now=long_before).choice for guest in guests]

    assert said == [COMING, COMING, WAITING]


def test_who_waited_in_vain_stands_first_at_the_next_date(group):
    _meeting, _seated, waiting = full(group)
    following = make_meeting(group, starts_at=WEDNESDAY + timedelta(days=7), seats=1)
    now = WEDNESDAY + HOUR
    somebody, other = people(group, 2)
    for person in (somebody, other, waiting[1], waiting[0]):
        say(following, person, now=now)

    line = following.answers.filter(choice=WAITING).order_by("waiting_since", "pk")

    assert [one.person for one in line] == [waiting[0], waiting[1], other]


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        (timedelta(days=6), timedelta(hours=24)),
        (timedelta(hours=48), timedelta(hours=24)),
        (timedelta(hours=30), timedelta(hours=6)),
        (timedelta(hours=25), timedelta(hours=2)),
        (timedelta(hours=24), timedelta(hours=2)),
        (timedelta(hours=4), timedelta(hours=1)),
        (timedelta(hours=3), timedelta(minutes=30)),
        (timedelta(minutes=10), timedelta(minutes=10)),
    ],
)
def test_the_nearer_the_start_the_shorter_a_seat_is_kept(group, before, kept):
    meeting = make_meeting(group)

    assert claim_until(meeting, WEDNESDAY - before) == WEDNESDAY - before + kept


def test_nothing_is_offered_once_the_meeting_has_begun(group):
    meeting, seated, _waiting = full(group)

    say(meeting, seated[0], NO, now=WEDNESDAY + MINUTE)

    assert offers(meeting) == []


def test_no_answer_takes_no_seat_and_is_no_answer(group, ben):
    meeting = make_meeting(group, seats=2)
    make_answer(meeting, *people(group, 1), choice=NO)

    seats = seats_of([meeting], NOON)[meeting.pk]

    assert (seats.taken, seats.free_for(is_holder=False)) == (0, 2)
    assert not meeting.answers.filter(person=ben).exists()


def test_counting_seats_costs_the_same_for_one_and_for_thirty(group, django_assert_num_queries):
    Group.objects.filter(pk=group.pk).update(held_seats=2)
    group.refresh_from_db()
    meetings = [make_meeting(group, starts_at=WEDNESDAY + number * timedelta(days=7)) for number in range(30)]
    for meeting, person in itertools.product(meetings[:3], people(group, 3, Standing.MEMBER)):
        make_answer(meeting, person)

    with django_assert_num_queries(4):
        seats_of(meetings[:1], NOON - timedelta(days=5))
    with django_assert_num_queries(4):
        seats_of(meetings, NOON - timedelta(days=5))


@pytest.fixture
def real_connections(transactional_db: None, tmp_path) -> Iterator[None]:
    """A connection for each thread: a database in memory, which has one, is copied into a file."""
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        yield
        return
    file = tmp_path / "rush.sqlite3"
    with sqlite3.connect(file) as copy:
        connection.connection.backup(copy)
    kept = connections.settings["default"]["NAME"]
    connections.settings["default"]["NAME"] = str(file)
    yield
    connections.settings["default"]["NAME"] = kept


def in_threads(tasks) -> list:
    """What the tasks return, begun at the same moment in threads with connections of their own."""
    start, free, results = threading.Barrier(len(tasks)), threading.BoundedSemaphore(AT_ONCE), []

    def run(task) -> None:
        start.wait()
        with free:
            try:
                results.append(task())
            finally:
                connections.close_all()

    threads = [threading.Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_200_who_answer_at_once_three_get_the_last_seats_and_197_wait_in_order(
    group, request, transactional_db
):
    meeting = make_meeting(group, seats=5)
    for person in people(group, 2):
        make_answer(meeting, person)
    everybody = people(group, 200, Standing.GUEST)
    request.getfixturevalue("real_connections")

    def line() -> list[tuple[int, str]]:
        found = meeting.answers.exclude(choice=COMING).order_by("waiting_since", "pk")
        return [(place_of(one), one.choice) for one in found]

    given = in_threads([lambda person=person: say(meeting, person).choice for person in everybody])
    [coming] = in_threads([lambda: meeting.answers.coming().count()])
    [waiting] = in_threads([line])

    assert Counter(given) == {COMING: 3, WAITING: 197}
    assert coming == 5
    assert waiting == [(place, WAITING) for place in range(1, 198)]
