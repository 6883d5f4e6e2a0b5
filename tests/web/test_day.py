from datetime import timedelta

import pytest

from kawka.actions import live
from kawka.models import Attendance, Greeting, LiveChange, Meeting, OutgoingMail, Person, Spotlight
from tests.factories import (
    NOON,
    WEDNESDAY,
    make_answer,
    make_attendance,
    make_group,
    make_meeting,
    make_member,
    make_person,
)

AT = WEDNESDAY + timedelta(minutes=5)


@pytest.fixture
def meeting(group):
    return make_meeting(group)


def url(meeting, tail="day/"):
    return f"/m/{meeting.code}/{tail}"


def test_a_tap_checks_in_and_another_takes_it_back(meeting, ada, ben, as_, time_machine):
    time_machine.move_to(AT, tick=False)
    browser = as_(ada)

    here = browser.post(url(meeting, "day/mark/"), {"person": ben.code, "mark": "here"})
    after = list(meeting.attendances.values_list("person", "state", "arrived_at"))
    browser.post(url(meeting, "day/mark/"), {"person": ben.code, "mark": "away"})

    assert (here.status_code, here["Location"]) == (302, f"{url(meeting)}#p-{ben.code}")
    assert after == [(ben.pk, "present", AT)]
    assert not Attendance.objects.exists()


def test_a_script_gets_the_row_and_the_counts(meeting, ada, ben, as_, time_machine):
    time_machine.move_to(AT)

    answer = as_(ada).post(
        url(meeting, "day/mark/"),
        {"person": ben.code, "mark": "here"},
        headers={"x-kawka-part": "row", "accept-language": "en"},
    )

    text = answer.content.decode()
    assert f'id="p-{ben.code}"' in text
    assert 'aria-pressed="true"' in text
    assert "1 person here" in text


def test_a_script_hears_why_not(meeting, ada, ben, as_, time_machine):
    time_machine.move_to(AT)
    Meeting.objects.update(state=Meeting.State.CALLED_OFF)

    answer = as_(ada).post(
        url(meeting, "day/mark/"),
        {"person": ben.code, "mark": "here"},
        headers={"x-kawka-part": "row", "accept-language": "en"},
    )

    assert answer.status_code == 409
    assert answer.content.decode() == "This meeting has been called off, so nobody can be checked in."


def test_somebody_of_another_community_is_not_checked_in(meeting, ada, dan, as_):
    answer = as_(ada).post(url(meeting, "day/mark/"), {"person": dan.code, "mark": "here"}, follow=True)

    assert answer.status_code == 200
    assert not Attendance.objects.exists()


def test_a_day_after_closing_attendance_is_final_and_says_so(meeting, ada, ben, as_, time_machine):
    time_machine.move_to(AT + timedelta(hours=25))
    Meeting.objects.update(state=Meeting.State.CLOSED, closed_at=AT)

    answer = as_(ada).post(
        url(meeting, "day/mark/"),
        {"person": ben.code, "mark": "here"},
        headers={"accept-language": "en"},
    )

    assert answer.status_code == 403
    assert "corrected for 24 hours" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_a_walk_in_is_checked_in_with_a_name_alone(meeting, ada, as_, time_machine):
    time_machine.move_to(AT)

    answer = as_(ada).post(url(meeting, "day/walk-in/"), {"name": " Jan  Nowy ", "trade": "szewc"})

    assert answer.status_code == 302
    assert list(meeting.attendances.values_list("person__name", "person__card__trade")) == [
        ("Jan Nowy", "szewc")
    ]


def test_the_same_name_is_asked_about_before_there_are_two(meeting, ada, ben, as_, time_machine):
    time_machine.move_to(AT)
    browser = as_(ada)
    typed = {"name": "ben czlonek", "trade": "stolarz", "email": ""}

    asked = browser.post(url(meeting, "day/walk-in/"), typed, headers={"accept-language": "en"})
    count = Person.objects.count()
    browser.post(url(meeting, "day/walk-in/"), {**typed, "another": "1"})

    assert asked.status_code == 422
    assert "Did you mean somebody who is here already?" in asked.content.decode()
    assert 'value="stolarz"' in asked.content.decode()
    assert Person.objects.count() == count + 1


def test_what_was_typed_wrong_comes_back_with_words(meeting, ada, as_):
    answer = as_(ada).post(
        url(meeting, "day/walk-in/"),
        {"name": "", "trade": "szewc", "email": "to-nie-adres"},
        headers={"accept-language": "en"},
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Type the name" in text
    assert "does not look right" in text
    assert 'value="szewc"' in text


def test_the_list_is_searched_without_scripts(meeting, ada, ben, cleo, as_):
    text = as_(ada).get(url(meeting), {"q": "GOSC"}).content.decode()

    assert f'id="p-{cleo.code}"' in text
    assert f'id="p-{ben.code}"' not in text


def test_a_wish_is_noted(meeting, ada, ben, as_, time_machine):
    time_machine.move_to(AT)
    make_attendance(meeting, ben)

    as_(ada).post(url(meeting, "day/wish/"), {"person": ben.code, "wish": "middle"})

    assert Attendance.objects.get().wish == "middle"


@pytest.mark.parametrize("page", ["day/", "plan/"])
def test_pages_of_the_day_cost_the_same_for_one_and_for_thirty(
    group, ada, as_, page, django_assert_num_queries
):
    browser = as_(ada)
    counts = []
    for size in (1, 30):
        meeting = make_meeting(group, starts_at=WEDNESDAY + timedelta(days=7 * size))
        for _number in range(size):
            person = make_person(group.community)
            make_member(group, person)
            make_answer(meeting, person)
            make_attendance(meeting, person)
        browser.get(url(meeting, page))
        with django_assert_num_queries(22, exact=False) as asked:
            browser.get(url(meeting, page))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_round_is_moved_by_hand_but_a_first_visit_does_not_open_it(
    group, ada, ben, cleo, as_, time_machine
):
    time_machine.move_to(AT)
    before, meeting = make_meeting(group, starts_at=WEDNESDAY - timedelta(days=7)), make_meeting(group)
    make_attendance(before, ada)
    make_attendance(before, ben)
    for number, person in enumerate((ada, ben, cleo)):
        make_attendance(meeting, person, arrived_at=AT + timedelta(minutes=number))
    browser = as_(ada)

    browser.post(url(meeting, "plan/order/"), {"person": cleo.code, "step": "-1"})
    browser.post(url(meeting, "plan/order/"), {"person": cleo.code, "step": "1"})
    order = LiveChange.objects.filter(kind="order").last().detail["people"]
    last = browser.get(url(meeting, "plan/")).context["order"]

    assert order[-1] == cleo.code
    assert [row.person.code for row in last] == order


def test_what_does_not_fit_is_said_with_buttons_that_help(community, ada, as_, time_machine):
    time_machine.move_to(NOON)
    group = make_group(community, segments=[("coffee", 20), ("round", 20), ("notices", 5)])
    make_member(group, ada, "host")
    meeting = make_meeting(group, minutes=45)
    for _number in range(25):
        make_answer(meeting, make_person(community))
    browser = as_(ada)

    text = browser.get(url(meeting), headers={"accept-language": "en"}).content.decode()
    browser.post(url(meeting, "plan/fit/"), {"seconds": "40"})

    assert "25 people for 60 s each take 28 min, and the round has 20." in " ".join(text.split())
    assert 'name="seconds" value="40"' in text
    assert 'name="minutes" value="10"' in text
    assert browser.get(url(meeting)).context["over"] is None


def test_a_presentation_is_booked_and_freed(meeting, ada, ben, as_):
    browser = as_(ada)

    browser.post(url(meeting, "plan/spotlight/"), {"person": ben.code, "kind": "topic", "title": "Miód"})
    booked = list(Spotlight.objects.values_list("person", "kind", "title"))
    browser.post(url(meeting, "plan/spotlight/"), {"free": "1"})

    assert booked == [(ben.pk, "topic", "Miód")]
    assert not Spotlight.objects.exists()


def test_closing_and_sending_the_recap_now(meeting, ada, ben, as_, time_machine):
    time_machine.move_to(AT, tick=False)
    make_attendance(meeting, ben)
    browser = as_(ada)

    browser.post(url(meeting, "plan/close/"))
    for _press in range(2):
        browser.post(url(meeting, "plan/recap/"))

    meeting.refresh_from_db()
    assert (meeting.state, meeting.closed_at, meeting.recapped_at) == (Meeting.State.CLOSED, AT, AT)
    assert list(OutgoingMail.objects.values_list("to", "kind")) == [(ben.email, "recap")]


def test_a_running_meeting_is_closed_from_the_run_sheet_even_before_its_hour(
    meeting, ada, ben, as_, time_machine
):
    time_machine.move_to(WEDNESDAY - timedelta(minutes=10), tick=False)
    make_attendance(meeting, ben)
    browser = as_(ada)
    live.begin(meeting=meeting, by=ada, now=WEDNESDAY - timedelta(minutes=10))

    shown = browser.get(url(meeting, "plan/")).context["may_close"]
    browser.post(url(meeting, "plan/close/"))

    meeting.refresh_from_db()
    assert shown
    assert meeting.state == Meeting.State.CLOSED
    assert LiveChange.objects.last().kind == "end"


def test_the_host_chooses_who_greets_a_guest(meeting, ada, ben, cleo, as_, time_machine):
    time_machine.move_to(NOON, tick=False)
    make_answer(meeting, cleo)
    browser = as_(ada)

    page = browser.get(url(meeting, "plan/")).text
    browser.post(url(meeting, "plan/greeter/"), {"guest": cleo.code, "greeter": ben.code})

    assert "Kto kogo wita" in page
    assert Greeting.objects.values_list("guest", "greeter").get() == (cleo.pk, ben.pk)
