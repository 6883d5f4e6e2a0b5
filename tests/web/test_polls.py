"""A poll on pages: asked by a host, answered by anybody with the link, closed with a date."""

import re

import pytest
from django.urls import reverse

from kawka.models import DatePoll, Voter
from tests.factories import NOON, make_meeting, make_person

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def poll(as_, group, ada) -> DatePoll:
    days = [("2026-10-20", "17:00"), ("2026-10-22", "17:00"), ("2026-10-27", "18:00"), ("", ""), ("", "")]
    typed = {"form-TOTAL_FORMS": "5", "form-INITIAL_FORMS": "5"}
    for number, (on, at) in enumerate(days):
        typed |= {f"form-{number}-on": on, f"form-{number}-at": at}
    as_(ada).post(reverse("poll-ask", args=[group.slug]), typed)
    return DatePoll.objects.get()


def page(name, poll) -> str:
    return reverse(name, args=[poll.group.slug, poll.code] if name == "poll-close" else [poll.code])


def fields(browser, poll) -> dict[str, str]:
    shown = browser.get(page("poll", poll))
    return {
        "form_token": TOKEN.search(shown.content.decode())[1],
        "press": shown.context["form"]["press"].value(),
    }


def code(poll, number) -> str:
    return list(poll.proposals.all())[number].code


def test_the_host_is_proposed_the_usual_day(as_, group, ada):
    make_meeting(group)

    rows = as_(ada).get(reverse("poll-ask", args=[group.slug])).context["rows"]

    shown = [str(form["on"].value() or "") for form in rows]
    assert shown == ["2026-10-21", "2026-10-28", "2026-11-04", "", ""]


def test_two_dates_are_too_few(as_, group, ada):
    typed = {"form-TOTAL_FORMS": "5", "form-INITIAL_FORMS": "5"}
    typed |= {"form-0-on": "2026-10-20", "form-0-at": "17:00"}

    answer = as_(ada).post(reverse("poll-ask", args=[group.slug]), typed)

    assert (answer.status_code, bool(answer.context["refusal"])) == (422, True)
    assert not DatePoll.objects.exists()


def test_anybody_with_the_link_votes_with_a_name_and_changes_their_mind(as_, poll):
    browser = as_(None)
    sent = {**fields(browser, poll), "name": "Ola  Nowak", "can": [code(poll, 0), code(poll, 2)]}

    first = browser.post(page("poll-vote", poll), sent)
    again = browser.post(page("poll-vote", poll), sent)
    mine = browser.get(first.url)
    changed = browser.post(first.url, {"can": [code(poll, 1)]})

    voter = Voter.objects.get()
    assert (first.url, voter.name) == (again.url, "Ola Nowak")
    assert [row.is_mine for row in mine.context["rows"]] == [True, False, True]
    assert changed.url == first.url
    assert [one.starts_at.day for one in voter.can.all()] == [22]


def test_looking_at_ones_own_link_changes_nothing(as_, poll):
    browser = as_(None)
    link = browser.post(
        page("poll-vote", poll), {**fields(browser, poll), "name": "Ola", "can": [code(poll, 0)]}
    ).url

    for _number in range(10):
        as_(None).get(link)

    assert Voter.objects.get().can.count() == 1


def test_a_vote_without_a_name_or_without_the_token_is_not_taken(as_, poll):
    browser = as_(None)

    nameless = browser.post(page("poll-vote", poll), {**fields(browser, poll), "name": " "})
    forged = browser.post(page("poll-vote", poll), {"name": "Ola", "press": "x"})

    assert (nameless.status_code, forged.status_code) == (422, 403)
    assert not Voter.objects.exists()


def test_names_are_for_those_who_take_part(as_, poll, ben):
    browser = as_(None)
    browser.post(page("poll-vote", poll), {**fields(browser, poll), "name": "Ola Nowak", "can": []})
    browser.post(page("poll-vote", poll), {**fields(browser, poll), "name": "Zenon", "can": [code(poll, 0)]})

    stranger = as_(None).get(page("poll", poll)).content.decode()
    member = as_(ben).get(page("poll", poll)).content.decode()

    assert ("Zenon" in stranger, "Zenon" in member) == (False, True)


def test_who_is_signed_in_votes_as_themselves(as_, poll, ben):
    browser = as_(ben)

    browser.post(page("poll-vote-me", poll), {"can": [code(poll, 1)]})

    assert Voter.objects.get().person == ben
    assert browser.get(page("poll", poll)).context["mine"].name == "Ben Członek"


def test_the_host_chooses_and_the_date_is_there(as_, group, ada, ben, poll):
    refused = as_(ben).post(page("poll-close", poll), {"proposal": code(poll, 0)})
    as_(ada).post(page("poll-close", poll), {"proposal": code(poll, 0)})
    twice = as_(ada).post(page("poll-close", poll), {"proposal": code(poll, 1)})

    assert refused.status_code == 403
    assert [meeting.local_date.isoformat() for meeting in group.meetings.all()] == ["2026-10-20"]
    assert twice.url == page("poll", poll)
    assert as_(None).get(page("poll", poll)).context["poll"].meeting == group.meetings.get()


def test_an_open_poll_stands_on_the_hosts_page(as_, group, ada, poll):
    assert page("poll", poll) in as_(ada).get(reverse("group-host", args=[group.slug])).content.decode()


@pytest.mark.parametrize("many", [1, 30])
def test_thirty_voters_cost_what_one_costs(as_, poll, ada, many, django_assert_num_queries):
    for number in range(many):
        voter = Voter.objects.create(poll=poll, name="Ola", press=str(number), voted_at=NOON)
        voter.can.add(poll.proposals.first())
        make_person(poll.group.community)
    browser = as_(ada)

    with django_assert_num_queries(10):
        browser.get(page("poll", poll))
