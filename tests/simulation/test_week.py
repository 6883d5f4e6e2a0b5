"""One week of a breakfast, from Thursday to Thursday, held against the organiser's table line by line."""

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from kawka.actions.answers import answer
from kawka.actions.attendance import Mark, note
from kawka.actions.invitations import invite, take_up
from kawka.actions.meetings import close_meeting
from kawka.actions.rota import accept, give_back
from kawka.actions.take_overs import say_yes
from kawka.models import Meeting, Membership, OutgoingMail, Person, Role, TakeOver, Turn
from tests.factories import make_member, make_person, make_series
from tests.simulation.clock import Clock, mail_goes_out

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOUR = timedelta(hours=1)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of October 2026 by the clock of the group's town."""
    return datetime(2026, 10, day, hour, minute, tzinfo=WARSAW)


@pytest.fixture
def members(group, ada, ben) -> list[Person]:
    """Ada, who hosts, Ben and eight more."""
    people = [make_person(group.community, f"Członek {n}", email=f"m{n}@example.org") for n in range(8)]
    for person in people:
        make_member(group, person)
    return [ada, ben, *people]


@pytest.fixture
def clock(group, members) -> Clock:
    """Every Wednesday at 8:30; the clock stands on the Tuesday before the first."""
    group.venue_email = "lokal@example.org"
    group.save(update_fields=["venue_email"])
    make_series(group, starts_on=local(7, 0).date())
    clock = Clock(local(6, 12))
    with mail_goes_out():
        clock.run_to(local(6, 13), step=HOUR)
    return clock


def hold(meeting: Meeting, people: list[Person], now: datetime) -> None:
    """These people are there."""
    for person in people:
        note(meeting=meeting, person=person, mark=Mark.HERE, by=None, now=now)


def say(meeting: Meeting, people: list[Person], choice: str, now: datetime) -> None:
    """These people answer."""
    for person in people:
        answer(meeting=meeting, person=person, choice=choice, by=person, now=now)


def bring_anna(meeting: Meeting, inviter: Person, now: datetime) -> None:
    """Anna is invited by mail and chooses this date."""
    about = {"name": "Anna", "email": "anna@example.org", "words": ""}
    given = invite(group=meeting.group, by=inviter, now=now, **about)
    take_up(invitation=given, meeting=meeting, name="Anna", email="", is_addressee=True, now=now)


def take_turns(meeting: Meeting, now: datetime) -> None:
    """Everybody accepts the turn proposed to them, but the timekeeper cannot."""
    for turn in Turn.objects.filter(meeting=meeting, state="proposed").select_related("role", "person"):
        do = give_back if turn.role.kind == Role.Kind.TIMEKEEPER else accept
        do(turn=turn, by=turn.person, now=now)


def declines(meeting: Meeting, people: list[Person], now: datetime) -> None:
    """The first of these who holds no turn at the meeting says no."""
    held = set(meeting.turns.values_list("person_id", flat=True))
    say(meeting, [person for person in people if person.pk not in held][:1], "no", now)


def first_asked_says_yes(now: datetime) -> None:
    """The first of those asked takes the turn over."""
    take_over = TakeOver.objects.get(outcome="")
    first = take_over.asks.order_by("pk").first()
    assert say_yes(take_over=take_over, by=first.person, now=now)


def close(meeting: Meeting, by: Person, now: datetime) -> None:
    close_meeting(meeting=meeting, by=by, now=now)


def sent(after: datetime) -> list[str]:
    """Every mail as "day hour kind: who", in the order they went out; of roles, how many."""
    told: dict[str, list[str]] = {}
    went = OutgoingMail.objects.filter(sent_at__gte=after).order_by("sent_at", "kind", "to")
    for mail in went:
        moment = mail.sent_at.astimezone(WARSAW)
        line = f"{DAYS[moment.weekday()]} {moment.day} {moment:%H:%M} {mail.kind}"
        told.setdefault(line, []).append(mail.to.partition("@")[0])
    return [f"{line}: {len(who) if 'turn' in line else ' '.join(who)}" for line, who in told.items()]


def test_the_week_runs_by_itself_as_the_table_says(group, members, clock):
    ada, ben = members[:2]
    last, meeting = group.meetings.order_by("starts_at")[:2]
    coming = members[:6]
    Membership.objects.filter(person__in=[ben, members[9]]).update(wants_weekly_ask=True)
    clock.at(local(7, 8, 25), partial(hold, last, members))
    clock.at(local(7, 10, 5), partial(close, last, ada))
    clock.at(local(8, 18), partial(take_turns, meeting))
    clock.at(local(8, 19), first_asked_says_yes)
    clock.at(local(9, 10), partial(say, meeting, coming, "coming"))
    clock.at(local(9, 11), partial(declines, meeting, members[6:]))
    clock.at(local(9, 12), partial(bring_anna, meeting, ben))
    clock.at(local(14, 8, 25), lambda now: hold(meeting, [*coming, Person.objects.get(name="Anna")], now))
    clock.at(local(14, 10, 5), partial(close, meeting, ada))
    clock.at(local(14, 10, 36), lambda now: None)  # a look half an hour after the end

    with mail_goes_out():
        clock.run_to(local(15, 18), step=HOUR)

    answered = set(meeting.answers.values_list("person_id", flat=True))
    silent = [person.email.partition("@")[0] for person in members if person.pk not in answered]
    assert len(silent) == 3
    holders = set(meeting.turns.filter(state="accepted").values_list("person__email", flat=True))
    briefed = OutgoingMail.objects.filter(kind="role_brief", sent_at__gte=local(13, 0))
    assert holders - set(briefed.values_list("to", flat=True)) == set()
    assert [line for line in sent(local(8, 9)) if "role_brief" not in line] == [
        "Thu 8 09:10 turns_proposed: 4",
        "Thu 8 18:00 turn_call: 3",  # the timekeeper cannot; the first of three says yes
        "Thu 8 19:00 turn_taken: 3",
        "Fri 9 08:00 wrap_up: ada",  # Ada has had her recap on Thursday, and one mail a day is enough
        "Fri 9 12:00 answer_confirmed: anna",
        "Fri 9 12:00 invitation: anna",
        "Fri 9 12:10 guest_chose: ben",
        "Sun 11 18:00 weekly_ask: ben",  # who wanted it and comes; nobody else hears at a weekend
        f"Mon 12 09:10 reminder: {' '.join(silent)}",  # neither those who come nor who said no
        "Mon 12 09:10 week_ahead: ada",
        "Tue 13 15:10 guest_question: anna",
        "Tue 13 15:10 headcount: lokal",
        "Wed 14 10:46 recap: ada anna ben m0 m1 m2 m3",
        "Thu 15 09:10 turns_proposed: 4",
        "Thu 15 09:10 wrap_up: ada",
        "Thu 15 17:10 first_thanks: anna",
    ]
