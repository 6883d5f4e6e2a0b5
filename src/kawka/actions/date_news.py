"""Whom a date concerns, and how they learn that it does not take place or has moved."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from kawka.actions import calendar_files
from kawka.actions.links import link_for
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
TELL_AFTER = timedelta(minutes=30)
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


def concerned_dates(
    meetings: Iterable[Meeting], *, group: Group, now: datetime
) -> dict[Person, list[Meeting]]:
    """The same turned round: which of these dates of a group concern each person."""
    dates = list(meetings)
    found = concerned(dates, now=now)
    mine: dict[Person, list[Meeting]] = {}
    for one in dates:
        one.group = group
        for person in found[one.pk]:
            mine.setdefault(person, []).append(one)
    return mine


def next_ones(group: Group, now: datetime) -> Sequence[Meeting]:
    """The next dates of the group that take place."""
    following = list(group.meetings.upcoming(now)[:PROPOSED_DATES])
    for date in following:
        date.group = group
    return following


def answer_link(person: Person, group: Group, now: datetime) -> PersonalLink:
    """The page where this person says whether they come."""
    return link_for(person=person, scope=PersonalLink.Scope.ANSWER, group=group, now=now)


def named_guests(meeting: Meeting, *, now: datetime) -> dict[Person, list[str]]:
    """Guests invited for this date of whom only the name is known, by who invited them and can reach them."""
    passes = Invitation.objects.good(now).filter(meeting=meeting, guest__isnull=True).exclude(name="")
    found: dict[Person, list[str]] = {}
    for one in passes.select_related("inviter").order_by("name", "pk"):
        found.setdefault(one.inviter, []).append(one.name)
    return found


def told_of_call_off(meeting: Meeting, *, now: datetime) -> list[Person]:
    """Whom a call-off is news for: whom the date concerns, and who invited somebody known only by name."""
    people = dict.fromkeys([*concerned([meeting], now=now)[meeting.pk], *named_guests(meeting, now=now)])
    return sorted(people, key=lambda one: one.sort_name)


def tell_called_off(meeting: Meeting, *, now: datetime) -> list[OutgoingMail]:
    """Tell everybody the date concerns that it does not take place, with the next dates to choose from."""
    people = [person for person in told_of_call_off(meeting, now=now) if person.email]
    guests = named_guests(meeting, now=now)
    if not people:
        return []
    later = next_ones(meeting.group, now)
    with translation.override(meeting.group.language):
        files = calendar_files.called_off(meeting, people, now=now)
    told = [
        mails.called_off(
            meeting,
            person,
            link=answer_link(person, meeting.group, now),
            later=later,
            file=files[person.pk],
            guests=guests.get(person, []),
            now=now,
        )
        for person in people
    ]
    return [mail for mail in told if mail is not None]


def heard_of_call_off(meeting: Meeting) -> list[Person]:
    """Who was told that this date does not take place, in the order of their names."""
    told = OutgoingMail.objects.filter(kind="called_off", meeting=meeting).values("person")
    return list(Person.objects.filter(pk__in=told).order_by("sort_name", "pk"))


def tell_taken_back(meeting: Meeting, *, now: datetime) -> list[OutgoingMail]:
    """Tell everybody who heard that the date is off that it takes place, and what they had said about it."""
    people = heard_of_call_off(meeting)
    said = dict(meeting.answers.filter(person__in=people).values_list("person_id", "choice"))
    guests = named_guests(meeting, now=now)
    told = []
    for person in people:
        with translation.override(meeting.group.language):
            files = calendar_files.moved([meeting], person, now=now)
        mail = mails.taken_back(
            meeting,
            person,
            choice=said.get(person.pk, ""),
            guests=guests.get(person, []),
            link=answer_link(person, meeting.group, now),
            files=files,
            now=now,
        )
        told.append(mail)
    return [mail for mail in told if mail is not None]


def known_of(meeting: Meeting) -> dict[str, str]:
    """The moment and place of a date as those who come know it: what they were told last."""
    if meeting.moved_from is not None:
        return dict(meeting.moved_from)
    return {
        "starts_at": meeting.starts_at.isoformat(),
        "where": meeting.where,
        "address": meeting.where_address,
    }


def tell_later(meeting: Meeting, *, before: dict[str, str], people: Sequence[Person], now: datetime) -> None:
    """Note on a row that was just changed what people know of it, to tell them half an hour from now.

    A date that is back where they know it to be is nothing to tell. The caller saves the row.
    """
    meeting.moved_from = None
    is_back = known_of(meeting) == before
    is_news = not is_back and (bool(people) or meeting.tell_change_at is not None)
    meeting.moved_from = before if is_news else None
    meeting.tell_change_at = now + TELL_AFTER if is_news else None


def put_off_telling(group: Group, now: datetime) -> None:
    """Let all changes of a group that are still to be told wait for the last of them: one mail for all."""
    group.meetings.filter(tell_change_at__isnull=False).update(tell_change_at=now + TELL_AFTER)


def tell_moves_due(*, now: datetime) -> int:
    """Tell of the dates that were moved half an hour ago, one mail to a person; how many mails. Run often."""
    due = Meeting.objects.filter(tell_change_at__lte=now).values("group")
    groups = Group.objects.filter(pk__in=due).select_related("community")
    return sum(tell_moves(group, now) for group in groups)


@transaction.atomic
def tell_moves(group: Group, now: datetime) -> int:
    """Tell everybody in a group of all their dates that moved; a date told of is told of once."""
    rows = Meeting.objects.select_for_update(of=("self",)).filter(group=group, tell_change_at__lte=now)
    moved = list(rows.order_by("starts_at"))
    Meeting.objects.filter(pk__in=[one.pk for one in moved]).update(tell_change_at=None, moved_from=None)
    news = [one for one in moved if one.state == Meeting.State.PLANNED and one.starts_at > now]
    mine = concerned_dates(news, group=group, now=now)
    told = [tell_moved(person, dates, group, now) for person, dates in mine.items() if person.email]
    return sum(mail is not None for mail in told)


def tell_moved(person: Person, dates: list[Meeting], group: Group, now: datetime) -> OutgoingMail | None:
    """Tell one person of all their dates that moved."""
    with translation.override(group.language):
        files = calendar_files.moved(dates, person, now=now)
    moves = [(one, known_start(one), one.moved_from or {}) for one in dates]
    link = answer_link(person, group, now)
    return mails.moved(group, person, moves=moves, link=link, files=files, now=now)


def known_start(meeting: Meeting) -> datetime:
    """The start that was told last, as a clock in the group's town shows it."""
    return datetime.fromisoformat(known_of(meeting)["starts_at"]).astimezone(meeting.group.zone)


def tell_left_out(expected: dict[Person, list[Meeting]], *, group: Group, reason: str, now: datetime) -> int:
    """Tell who comes as always that some dates are gone, with the next ones; how many mails."""
    if not expected:
        return 0
    later = next_ones(group, now)
    told = [
        mails.left_out(
            group,
            person,
            dates=dates,
            reason=reason,
            later=later,
            link=answer_link(person, group, now),
            now=now,
        )
        for person, dates in expected.items()
        if person.email
    ]
    return sum(mail is not None for mail in told)
