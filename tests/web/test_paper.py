"""The list and the run sheet on paper."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kawka.models import Answer, Greeting, PlusOne, Spotlight
from tests.factories import (
    NOON,
    WEDNESDAY,
    make_answer,
    make_attendance,
    make_meeting,
    make_member,
    make_person,
    make_role,
    make_turn,
)

pytestmark = pytest.mark.django_db
EVENING = WEDNESDAY - timedelta(hours=12, minutes=30)  # Tuesday, 20:00 in Warsaw
MINUTE, WEEK = timedelta(minutes=1), timedelta(weeks=1)


def names(rows):
    return [one.row.person.name for one in rows]


def test_the_list_tells_trades_roles_and_who_meets_each_guest(as_, group, ada, ben, cleo, time_machine):
    time_machine.move_to(NOON, tick=False)
    meeting = make_meeting(group)
    make_attendance(make_meeting(group, starts_at=WEDNESDAY - WEEK, state="closed"), ben)
    brought = make_answer(meeting, ben)
    make_answer(meeting, cleo)
    PlusOne.objects.create(answer=brought, name="Kuzyn Bena")
    make_turn(meeting, make_role(group, name="Minutnik"), ben)
    make_turn(meeting, make_role(group, name="Notatki"))
    Greeting.objects.create(meeting=meeting, guest=cleo, greeter=ben)
    Spotlight.objects.create(meeting=meeting, person=ben, kind="project", title="Dach z mchu")

    page = as_(ada).get(reverse("meeting-paper", args=[meeting.code]))

    paper, text = page.context["paper"], page.content.decode()
    told = [(one.row.person, one.roles, one.greeter, one.is_guest) for one in paper.coming]
    assert told == [(ben, ["Minutnik"], "", False), (cleo, [], ben.name, True)]
    assert (paper.people, paper.guests, paper.is_made) == (3, 1, False)
    assert names(paper.others) == [ada.name]
    for word in (ben.card.trade, "Kuzyn Bena", "Notatki", "Dach z mchu", f"gość, wita: {ben.name}", "8:30"):
        assert word in text


def test_what_changed_after_the_evening_before_is_marked(as_, group, ada, ben, cleo, time_machine):
    meeting = make_meeting(group)
    dora = make_person(group.community, "Dora Wcześniej")
    for person, choice, moment in (
        (ada, "coming", EVENING - MINUTE),
        (ben, "coming", EVENING + MINUTE),
        (cleo, "no", EVENING + MINUTE),
        (dora, "no", EVENING - MINUTE),
    ):
        make_answer(meeting, person, choice)
        Answer.objects.filter(meeting=meeting, person=person).update(answered_at=moment)
    time_machine.move_to(EVENING + 2 * MINUTE, tick=False)

    paper = as_(ada).get(reverse("meeting-paper", args=[meeting.code])).context["paper"]

    assert paper.is_made is True
    assert [(one.row.person, one.is_news) for one in paper.coming] == [(ada, False), (ben, True)]
    assert names(paper.gone) == [cleo.name]


def test_the_week_leads_to_the_list(as_, group, ada, time_machine):
    time_machine.move_to(NOON, tick=False)
    meeting = make_meeting(group)

    page = as_(ada).get(reverse("group-week", args=[group.slug]))

    paper = reverse("meeting-paper", args=[meeting.code])
    assert [step.url for step in page.context["ahead"] if step.url] == [paper]
    assert page.content.decode().count(f'href="{paper}"') == 2


def test_an_outsider_has_no_list(as_, group, dan):
    meeting = make_meeting(group)

    assert as_(dan).get(reverse("meeting-paper", args=[meeting.code])).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_for_any_number_of_people(as_, group, ada, rows, django_assert_num_queries):
    meeting = make_meeting(group)
    for _ in range(rows):
        person = make_person(group.community)
        make_member(group, person, "guest")
        PlusOne.objects.create(answer=make_answer(meeting, person), name="Ktoś")
        make_turn(meeting, make_role(group), person)
        Greeting.objects.create(meeting=meeting, guest=person, greeter=ada)
    browser = as_(ada)

    with django_assert_num_queries(15):
        browser.get(reverse("meeting-paper", args=[meeting.code]))
