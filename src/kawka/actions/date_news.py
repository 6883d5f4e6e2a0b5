"""Whom a date concerns, and how they learn that it does not take place or has moved."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from kawka.actions.links import link_for
from kawka.calendars.ical import cancellation
from kawka.mail import dates as mails
from kawka.models import (
    Answer,
    Group,
    Invitation,
    Meeting,
    OutgoingMail,
    Person,
    PersonalLink,
    Spotlight,
    Turn,
)

PROPOSED_DATES = 3
EXPECTED = (Answer.Choice.COMING, Answer.Choice.WAITING)


def concerned(meetings: Iterable[Meeting], *, now: datetime) -> dict[int, list[Person]]:
    """Who is to be told of each date, by the row of the date: each once, in the order of their names.

    Those who come or wait for a seat, hold or shadow a turn, present something, or hold an invitation for it.
    Five queries, however many dates.
    """
    dates = list(meetings)
    found: dict[int, dict[int, Person]] = {date.pk: {} for date in dates}
    answers = Answer.objects.filter(meeting__in=dates, choice__in=EXPECTED)
    turns = Turn.objects.filter(meeting__in=dates).exclude(state=Turn.State.OPEN)
    invitations = Invitation.objects.good(now).filter(meeting__in=dates, guest__isnull=False)
    spotlights = Spotlight.objects.filter(meeting__in=dates)
    holders: tuple[tuple[QuerySet[Any], str], ...] = (
        (answers, "person"),
        (turns.filter(person__isnull=False), "person"),
        (turns.filter(shadow__isnull=False), "shadow"),
        (invitations, "guest"),
        (spotlights, "person"),
    )
    for rows, holder in holders:
        for row in rows.select_related(holder).order_by():
            person = getattr(row, holder)
            found[row.meeting_id].setdefault(person.pk, person)
    return {key: sorted(people.values(), key=lambda one: one.sort_name) for key, people in found.items()}


def next_ones(meeting: Meeting, now: datetime) -> Sequence[Meeting]:
    """The next dates of the group that take place, this one left out."""
    following = list(meeting.group.meetings.upcoming(now).exclude(pk=meeting.pk)[:PROPOSED_DATES])
    for date in following:
        date.group = meeting.group
    return following


def answer_link(person: Person, group: Group, now: datetime) -> PersonalLink:
    """The page where this person says whether they come."""
    return link_for(person=person, scope=PersonalLink.Scope.ANSWER, group=group, now=now)


def tell_called_off(meeting: Meeting, *, now: datetime) -> list[OutgoingMail]:
    """Tell everybody the date concerns that it does not take place, with the next dates to choose from."""
    people = [person for person in concerned([meeting], now=now)[meeting.pk] if person.email]
    if not people:
        return []
    later = next_ones(meeting, now)
    with translation.override(meeting.group.language):
        calendar = cancellation(meeting).decode()
    told = [
        mails.called_off(
            meeting,
            person,
            link=answer_link(person, meeting.group, now),
            later=later,
            calendar=calendar,
            now=now,
        )
        for person in people
    ]
    return [mail for mail in told if mail is not None]
