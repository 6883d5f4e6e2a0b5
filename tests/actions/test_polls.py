"""Quick polls about a date: asked, voted in, closed; and hosts reminded when there is none."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from kawka.actions import polls
from kawka.actions.polls import PollIsClosed, TooFewProposals, remind_of_dates
from kawka.models import DatePoll, OutgoingMail, Voter
from tests.factories import NOON, WEDNESDAY, make_meeting, make_series

FIVE = time(17)
DAYS = [(date(2026, 10, day), FIVE) for day in (20, 22, 27)]
MONTH = timedelta(days=30)


def ask(group, days=DAYS) -> DatePoll:
    return polls.ask(group=group, days=days, by=None, now=NOON)


def codes(poll: DatePoll, *numbers: int) -> list[str]:
    found = list(poll.proposals.all())
    return [found[number].code for number in numbers]


def vote(poll: DatePoll, *numbers: int, **who: object) -> Voter:
    given = {"press": str(who.get("name", "x")), **who}
    return polls.vote(poll=poll, codes=codes(poll, *numbers), now=NOON, **given)


def can(voter: Voter) -> list[int]:
    return [one.starts_at.day for one in voter.can.all()]


def test_a_poll_proposes_moments_of_the_groups_own_clock(group):
    poll = ask(group)

    assert [one.starts_at.hour for one in poll.proposals.all()] == [15, 15, 16]


@pytest.mark.parametrize("days", [DAYS[:2], [DAYS[0]] * 3, [*DAYS[:2], (date(2026, 10, 1), FIVE)]])
def test_a_poll_needs_three_different_dates_to_come(group, days):
    with pytest.raises(TooFewProposals):
        ask(group, days)


def test_the_same_poll_asked_twice_is_one(group):
    assert ask(group) == ask(group)


def test_a_form_sent_twice_is_one_voter_and_two_namesakes_are_two(group):
    poll = ask(group)

    vote(poll, 0, name="Ola", press="a")
    vote(poll, 0, 1, name="Ola", press="a")
    vote(poll, 2, name="Ola", press="b")

    assert [can(voter) for voter in poll.voters.all()] == [[20, 22], [27]]


def test_a_person_votes_once_and_may_change_their_mind(group, ben):
    poll = ask(group)

    vote(poll, 0, person=ben)
    voter = vote(poll, 1, 2, person=ben)

    assert (poll.voters.count(), voter.name, can(voter)) == (1, "Ben Członek", [22, 27])


def test_somebody_without_an_account_changes_their_mind(group):
    voter = vote(ask(group), 0, name="Ola")

    polls.change_vote(voter=voter, codes=codes(voter.poll, 1), now=NOON)

    assert can(voter) == [22]


def test_a_vote_counts_only_for_dates_of_its_own_poll(group):
    poll, other = ask(group), ask(group, [(date(2026, 11, day), FIVE) for day in (3, 4, 5)])

    voter = polls.vote(poll=poll, codes=codes(other, 0), name="Ola", press="a", now=NOON)

    assert can(voter) == []


def test_the_chosen_date_is_made_and_told_to_who_left_an_address(group, ada, ben):
    poll = ask(group)
    vote(poll, 0, person=ben)
    vote(poll, 1, name="Ola", email=" Ola@Example.org ")
    vote(poll, 1, name="Piotr")

    meeting = polls.close(poll=poll, proposal=poll.proposals.first(), by=ada, now=NOON)

    assert meeting.local_start.strftime("%m-%d %H:%M") == "10-20 17:00"
    told = sorted(OutgoingMail.objects.values_list("to", "kind"))
    assert told == [("ben@example.org", "poll_decided"), ("ola@example.org", "poll_decided")]
    assert meeting.answers.count() == 0


def test_a_closed_poll_takes_neither_votes_nor_another_date(group, ada):
    poll = ask(group)
    voter = vote(poll, 0, name="Ola")
    polls.close(poll=poll, proposal=None, by=ada, now=NOON)

    for late in (
        lambda: vote(poll, 1, name="Piotr"),
        lambda: polls.change_vote(voter=voter, codes=[], now=NOON),
        lambda: polls.close(poll=poll, proposal=poll.proposals.first(), by=ada, now=NOON),
    ):
        with pytest.raises(PollIsClosed):
            late()
    assert group.meetings.count() == 0


def test_moments_are_suggested_on_the_usual_day_without_holidays(group):
    make_meeting(group, starts_at=datetime(2026, 9, 30, 6, 30, tzinfo=UTC))

    found = polls.suggested(group, now=datetime(2026, 10, 29, 10, tzinfo=UTC))

    local = [one.astimezone(group.zone).strftime("%m-%d %H:%M") for one in found]
    assert local == ["11-18 08:30", "11-25 08:30", "12-02 08:30"]


@pytest.fixture
def loose(group, ada):
    group.created_at = NOON - 3 * MONTH
    group.save(update_fields=["created_at"])
    make_series(group, kind="by_hand")
    return group


def test_after_three_weeks_without_a_date_hosts_are_asked_once(loose):
    make_meeting(loose, starts_at=WEDNESDAY - timedelta(weeks=4))

    told = [remind_of_dates(now=NOON + timedelta(days=day)) for day in range(3)]

    mail = OutgoingMail.objects.get()
    assert (told, mail.to, mail.kind) == ([1, 0, 0], "ada@example.org", "date_wanted")
    assert "21 października" in mail.text


@pytest.mark.parametrize("days", [-14, 14])
def test_a_group_with_a_recent_or_coming_date_is_left_in_peace(loose, days):
    make_meeting(loose, starts_at=NOON + timedelta(days=days))

    assert remind_of_dates(now=NOON) == 0


def test_a_group_that_asks_already_or_has_a_rhythm_is_left_in_peace(loose):
    poll = ask(loose)
    while_open = remind_of_dates(now=NOON)
    polls.close(poll=poll, proposal=None, by=None, now=NOON)
    make_series(loose)

    assert (while_open, remind_of_dates(now=NOON)) == (0, 0)
