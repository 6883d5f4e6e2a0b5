"""The doors by which somebody answers: the public page, the meeting's page, the link, the recap."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core import serializers
from django.urls import reverse

from kawka.actions.answers import answer
from kawka.forms.tokens import new_token
from kawka.models import (
    Answer,
    Attendance,
    Meeting,
    Membership,
    Person,
    PlusOne,
    Role,
    SeatOffer,
    StandingAnswer,
    Turn,
)
from tests.factories import (
    NOON,
    WEDNESDAY,
    make_answer,
    make_attendance,
    make_link,
    make_meeting,
    make_member,
    make_person,
)

COMING, NO = Answer.Choice.COMING, Answer.Choice.NOT_THIS_TIME
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def monday_noon(time_machine) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def dates(group) -> list[Meeting]:
    return [make_meeting(group, starts_at=WEDNESDAY + number * WEEK) for number in range(6)]


def fill(meeting: Meeting, seats: int = 1) -> list[Person]:
    """All seats taken, by people of no further interest."""
    Meeting.objects.filter(pk=meeting.pk).update(seats=seats)
    meeting.refresh_from_db()
    people = [make_person(meeting.group.community) for _seat in range(seats)]
    for person in people:
        make_answer(meeting, person)
    return people


def address(person: Person, group, name: str = "answer_by_link") -> str:
    links = person.links.filter(group=group, scope="answer")
    return reverse(name, args=[(links.first() or make_link(person, group, "answer")).token])


def everything() -> str:
    """Every row of every table of Kawka's."""
    models = apps.get_app_config("kawka").get_models()
    return "".join(serializers.serialize("json", model.objects.order_by("pk")) for model in models)


def public(client, group, meeting: Meeting, choice: str = "coming", **fields: str):
    typed = {"name": "Ewa Mak", "email": "ewa@example.org", **fields}
    data = {"form_token": new_token(), "meeting": meeting.code, "choice": choice, **typed}
    return client.post(reverse("group-answer", args=[group.slug]), data)


def place_told(page) -> int:
    """The place as the page tells it; the mail rendered before it tells its own."""
    return next(context["place"] for context in reversed(page.context) if "place" in context)


def test_a_guest_who_comes_too_late_sees_the_place_and_the_next_dates(client, group, dates):
    fill(dates[0])

    page = public(client, group, dates[0], name="Ola Lis", email="ola@example.org")
    second = public(client, group, dates[0])

    assert (place_told(page), place_told(second)) == (1, 2)
    assert second.context["later"] == dates[1:4]


def test_a_stranger_with_somebodys_address_learns_nothing_of_their_answer(client, group, dates, ben):
    make_answer(dates[0], ben)
    fill(dates[0], seats=2)
    Answer.objects.update(answered_at=NOON - WEEK)

    page = public(client, group, dates[0], email=ben.email)

    assert place_told(page) == 1
    assert dates[0].answers.filter(choice="waiting").count() == 0


@pytest.mark.parametrize(("seats", "told"), [(30, 0), (6, 5), (4, 3)])
def test_the_public_page_tells_free_seats_when_they_are_few(client, group, dates, seats, told):
    fill(dates[0])
    Meeting.objects.filter(pk=dates[0].pk).update(seats=seats)

    page = client.get(reverse("group", args=[group.slug]))

    assert (page.context["seats"].few, page.context["seats"].is_full) == (told, False)


def test_no_on_the_link_leaves_three_dates_after_it(client, group, dates, ben):
    for meeting in dates[:2]:
        client.post(address(ben, group), {"meeting": meeting.code, "choice": "no"})

    page = client.get(address(ben, group))

    assert [(shown.meeting, shown.choice) for shown in page.context["dates"]] == [
        (dates[0], "no"),
        (dates[1], "no"),
        *[(meeting, "") for meeting in dates[2:5]],
    ]


def test_no_on_the_recap_offers_the_three_dates_after_it(as_, group, dates, ben):
    closed = make_meeting(group, starts_at=WEDNESDAY - WEEK, state="closed", closed_at=WEDNESDAY - WEEK)
    make_attendance(closed, ben)
    make_answer(dates[0], ben, "no")

    page = as_(ben).get(reverse("meeting-recap", args=[closed.code]))

    assert [shown.meeting for shown in page.context["recap"].next_dates] == dates[:4]


def test_no_on_the_page_of_a_date_offers_the_three_after_it(as_, group, dates, ben):
    page = as_(ben).get(reverse("meeting", args=[dates[0].code]))

    assert [shown.meeting for shown in page.context["later"]] == dates[1:4]


def test_an_offered_seat_is_one_big_button_away(client, group, dates, ben):
    [seated] = fill(dates[0])
    answer(meeting=dates[0], person=ben, choice=COMING, by=ben, now=NOON)
    answer(meeting=dates[0], person=seated, choice=NO, by=seated, now=NOON)

    page = client.get(address(ben, group))
    taken = client.post(address(ben, group), {"meeting": dates[0].code, "choice": "coming"}, follow=True)

    assert [shown.meeting for shown in page.context["kept"]] == [dates[0]]
    assert "btn-big" in page.content.decode()
    assert taken.context["kept"] == []
    assert dates[0].answers.get(person=ben).choice == COMING


def test_companions_come_and_go_by_the_link_and_by_the_account(client, as_, group, dates, ben):
    make_answer(dates[0], ben)

    client.post(address(ben, group, "companion_by_link"), {"meeting": dates[0].code, "name": "Ewa Mak"})
    signed_in = reverse("meeting-companion", args=[dates[0].code])
    as_(ben).post(signed_in, {"meeting": dates[0].code, "name": "Jan Kos"})
    ewa, jan = dates[0].answers.get().plus_ones.all()
    client.post(address(ben, group, "companion_by_link"), {"meeting": dates[0].code, "leave": jan.code})

    assert [one.name for one in dates[0].answers.get().plus_ones.all()] == [ewa.name] == ["Ewa Mak"]


def test_the_standing_answer_is_said_by_the_link_and_by_the_account(client, as_, group, dates, ben):
    client.post(address(ben, group, "standing_answer_by_link"), {"choice": "always"})
    always = ben.answers.filter(choice=COMING).count()
    as_(ben).post(reverse("standing-answer", args=[group.slug]), {"choice": "ask_me"})

    assert (always, ben.answers.count()) == (6, 0)
    assert StandingAnswer.objects.get().choice == "ask_me"


def test_away_is_said_by_the_link_and_by_the_account(client, as_, group, dates, ben):
    client.post(address(ben, group, "away_by_link"), {"until": "2026-11-30"})
    ben.refresh_from_db()
    away = ben.away_until
    as_(ben).post(reverse("away", args=[group.slug]), {"until": ""})
    ben.refresh_from_db()

    assert (away, ben.away_until) == (date(2026, 11, 30), None)


def test_whoever_left_the_group_says_nothing_about_all_dates(client, group, dates, ben):
    Membership.objects.filter(person=ben).update(standing="alumnus")

    response = client.post(address(ben, group, "standing_answer_by_link"), {"choice": "always"})

    assert (response.status_code, StandingAnswer.objects.count()) == (404, 0)


def test_a_mailed_link_looked_at_ten_times_changes_nothing(client, group, dates, ben):
    [seated] = fill(dates[0])
    answer(meeting=dates[0], person=ben, choice=COMING, by=ben, now=NOON)
    answer(meeting=dates[0], person=seated, choice=NO, by=seated, now=NOON)
    Person.objects.filter(pk=ben.pk).update(is_self_entered=True)
    page = address(ben, group)
    posts = [address(ben, group, f"{name}_by_link") for name in ("companion", "standing_answer", "away")]
    before = everything()

    looked = {client.get(page).status_code for _look in range(10)}
    looked |= {client.head(page).status_code for _look in range(10)}
    refused = {client.get(address).status_code for address in posts for _look in range(10)}

    assert (looked, refused) == ({200}, {405})
    assert everything() == before
    assert SeatOffer.objects.open().count() == 1


def test_no_answer_is_nowhere_counted_as_no(as_, group, dates, ada, ben, cleo):
    make_answer(dates[0], cleo)

    page = as_(ada).get(reverse("group-host", args=[group.slug]))

    assert page.context["answers"]["no"] == []
    assert not Attendance.objects.exists()


def test_the_host_sees_who_waits_in_order(as_, group, dates, ada):
    fill(dates[0])
    people = [make_person(group.community, name) for name in ("Żaneta", "Adam")]
    for minute, person in enumerate(people):
        now = NOON + timedelta(minutes=minute)
        answer(meeting=dates[0], person=person, choice=COMING, by=person, now=now)

    page = as_(ada).get(reverse("group-host", args=[group.slug]))

    assert [given.person for given in page.context["answers"]["waiting"]] == people


@pytest.mark.parametrize("size", [1, 30])
def test_the_link_costs_the_same_for_one_and_for_thirty(
    client, group, dates, ben, size, django_assert_num_queries
):
    for _number in range(size):
        person = make_person(group.community)
        make_member(group, person)
        for meeting in dates:
            make_answer(meeting, person, "waiting" if meeting == dates[0] else "coming")
    make_answer(dates[0], ben, "waiting")
    page = address(ben, group)

    with django_assert_num_queries(13):
        client.get(page)


def test_no_to_a_date_offers_to_give_the_turn_back_at_once(client, group, dates, ben):
    role = Role.objects.create(group=group, kind="greeter", name="Powitanie")
    turn = Turn.objects.create(meeting=dates[0], role=role, person=ben, state="accepted", accepted_at=NOON)
    page = address(ben, group)

    before = client.get(page).context["dates"][0].turns
    client.post(page, {"meeting": dates[0].code, "choice": "no"})
    offered = client.get(page).context["dates"][0].turns
    client.post(page, {"turn": turn.code})
    turn.refresh_from_db()

    assert (list(before), list(offered)) == ([], [turn])
    assert (turn.state, turn.person) == ("open", None)


def test_nobody_gives_back_the_turn_of_somebody_else(client, group, dates, ben, cleo):
    role = Role.objects.create(group=group, kind="greeter", name="Powitanie")
    turn = Turn.objects.create(meeting=dates[0], role=role, person=ben, state="accepted", accepted_at=NOON)

    answered = client.post(address(cleo, group), {"turn": turn.code})
    turn.refresh_from_db()

    assert (answered.status_code, turn.person) == (404, ben)


def test_a_no_show_is_a_question_for_hosts_alone(as_, group, dates, ada, ben, cleo):
    closed = make_meeting(group, starts_at=WEDNESDAY - WEEK, state="closed", closed_at=WEDNESDAY - WEEK)
    make_attendance(closed, ada)
    make_answer(closed, ben)
    make_answer(closed, cleo, "no")
    bens, cleos = (reverse("people-place", args=[group.slug, person.code]) for person in (ben, cleo))

    seen, nothing = as_(ada).get(bens), as_(ada).get(cleos)

    assert seen.context["missed"] == [closed]
    assert seen.context["mailto"].startswith("mailto:ben%40example.org?subject=")
    assert nothing.context["missed"] == []
    assert as_(cleo).get(bens).status_code == 403


def test_companions_are_counted_where_people_are(client, as_, group, dates, ada, ben, cleo):
    answered = make_answer(dates[0], ben)
    for name in ("Ewa", "Jan"):
        PlusOne.objects.create(answer=answered, name=name)

    public_page = client.get(reverse("group", args=[group.slug]))
    date_page = as_(ben).get(reverse("meeting", args=[dates[0].code]))
    make_answer(dates[0], cleo, "waiting")
    host_page = as_(ada).get(reverse("group-host", args=[group.slug]))

    assert (public_page.context["coming"], date_page.context["count"]) == (3, 3)
    assert (host_page.context["next"].coming, host_page.context["next"].waiting) == (3, 1)
    assert "+2" in date_page.content.decode()
