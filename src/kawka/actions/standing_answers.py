"""Standing answers: always, ask me, only coffees; kept as answers to dates, which any word outweighs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from kawka.actions.seats import HOLDERS, offer_free_seats, seats_of
from kawka.models import Answer, Group, Meeting, Membership, Person, StandingAnswer

Choice = StandingAnswer.Choice


@transaction.atomic
def set_standing_answer(
    *, membership: Membership, choice: StandingAnswer.Choice, by: Person, now: datetime
) -> None:
    """What somebody says about all dates of a group at once; the planned dates follow."""
    if standing_answer_of(membership) != choice:
        StandingAnswer.objects.update_or_create(
            membership=membership, defaults={"choice": choice, "since": now}
        )
    follow(person=membership.person, now=now)


@transaction.atomic
def be_away(*, person: Person, until: date | None, by: Person, now: datetime) -> None:
    """Away up to and including a day: standing answers leave those dates out, and nobody asks about them.

    What was said about a single date stays. None: here again.
    """
    person.away_until = until
    person.save(update_fields=["away_until"])
    follow(person=person, now=now)


def standing_answer_of(membership: Membership) -> str:
    """What somebody says about all dates; without a row it is "ask me"."""
    standing = StandingAnswer.objects.filter(membership=membership).first()
    return standing.choice if standing else Choice.ASK_ME


def follow(*, person: Person, now: datetime) -> None:
    """Make the answers to planned dates fit what the person says about all of them."""
    mine = standing_of(person.community_id, [person.pk])
    groups = [standing.membership.group_id for standing in mine]
    written = Q(answers__person=person, answers__is_standing=True)
    about = Q(group__in=groups) | Q(group__community=person.community_id, is_loose=True) | written
    planned = Meeting.objects.filter(about, state=Meeting.State.PLANNED, starts_at__gt=now).distinct()
    write_standing(planned_in_order(planned), mine, [person.pk], now)


def fill_dates(*, meetings: Sequence[Meeting], now: datetime) -> None:
    """Write the standing answers to dates of one community that were just made. A fixed number of queries."""
    if not meetings:
        return
    community = Group.objects.filter(pk=meetings[0].group_id).values_list("community", flat=True).get()
    planned = planned_in_order(Meeting.objects.filter(pk__in=[meeting.pk for meeting in meetings]))
    write_standing(planned, standing_of(community), None, now)


def standing_of(community: int, people: Iterable[int] | None = None) -> list[StandingAnswer]:
    """The standing answers in a community, longest standing first; those of people who left are not asked."""
    found = StandingAnswer.objects.filter(membership__group__community=community)
    found = found.filter(membership__in=Membership.objects.current().order_by().values("pk"))
    if people is not None:
        found = found.filter(membership__person__in=people)
    return list(found.select_related("membership__person").order_by("since", "pk"))


def planned_in_order(meetings: Iterable[Meeting]) -> list[Meeting]:
    """The meetings under their locks, always taken in the same order."""
    pks = [meeting.pk for meeting in meetings]
    rows = Meeting.objects.filter(pk__in=pks).select_for_update(of=("self",)).select_related("group")
    return list(rows.order_by("pk"))


def wish(meeting: Meeting, said: dict[int, StandingAnswer]) -> str:
    """What a person's standing answers, by group, say about one date; nothing when it is to be asked.

    "Always" and "only coffees" of the meeting's own group go first; "only coffees" of another one says yes to
    loose dates everywhere in the community.
    """
    person = next(iter(said.values())).membership.person
    if person.away_until is not None and meeting.local_date <= person.away_until:
        return ""
    own = said.get(meeting.group_id)
    if own is not None and own.choice == Choice.ALWAYS:
        return Answer.Choice.COMING
    coffees = any(standing.choice == Choice.ONLY_COFFEES for standing in said.values())
    if meeting.is_loose:
        return Answer.Choice.COMING if coffees else ""
    is_left_out = own is not None and own.choice == Choice.ONLY_COFFEES
    return Answer.Choice.NOT_THIS_TIME if is_left_out else ""


@dataclass
class Change:
    """What the standing answers change: rows to add, to take back, and meetings that have a seat more."""

    added: list[Answer] = field(default_factory=list)
    gone: list[Answer] = field(default_factory=list)


def write_standing(
    meetings: Sequence[Meeting], standing: Sequence[StandingAnswer], people: list[int] | None, now: datetime
) -> None:
    """Bring the answers to these meetings, of these people or of everybody, in line with what they said."""
    said: dict[int, dict[int, StandingAnswer]] = {person: {} for person in people or []}
    for one in standing:
        said.setdefault(one.membership.person_id, {})[one.membership.group_id] = one
    given = Answer.objects.filter(meeting__in=meetings, person__in=said)
    answers = {(answer.meeting_id, answer.person_id): answer for answer in given}
    change = Change()
    for meeting in meetings:
        for person, theirs in said.items():
            kept = answers.get((meeting.pk, person))
            wanted = wish(meeting, theirs) if theirs else ""
            compare(meeting, person, kept, wanted, change, now)
    apply(meetings, change, now)


def compare(
    meeting: Meeting, person: int, kept: Answer | None, wanted: str, change: Change, now: datetime
) -> None:
    """Note what is to change for one person and date; a word of their own stays."""
    if kept is not None and not kept.is_standing:
        return
    stands = "" if kept is None else kept.choice
    stands = Answer.Choice.COMING if stands == Answer.Choice.WAITING else stands
    if stands == wanted:
        return
    if kept is not None:
        change.gone.append(kept)
    if wanted:
        row = Answer(meeting=meeting, person_id=person, choice=wanted, answered_by_id=person)
        row.answered_at, row.is_standing = now, True
        change.added.append(row)


def apply(meetings: Sequence[Meeting], change: Change, now: datetime) -> None:
    """Write the changes; seats go in the order of the list, and what became free is offered to who waits."""
    if not change.gone and not change.added:
        return
    Answer.objects.filter(pk__in=[answer.pk for answer in change.gone]).delete()
    seat(meetings, change.added, now)
    Answer.objects.bulk_create(change.added)
    freed = {answer.meeting_id for answer in change.gone if answer.choice == Answer.Choice.COMING}
    for meeting in meetings:
        if meeting.pk in freed:
            offer_free_seats(meeting, now)
    for group in {meeting.group for meeting in meetings}:
        group.touch_page()


def seat(meetings: Sequence[Meeting], added: Sequence[Answer], now: datetime) -> None:
    """Say who of those who always come has a seat, and who waits for one."""
    seats = seats_of(meetings, now)
    people = {answer.person_id for answer in added}
    members = Membership.objects.filter(person__in=people, standing__in=HOLDERS)
    pairs = set(members.order_by().values_list("group_id", "person_id"))
    queued = set(
        Answer.objects.filter(meeting__in=meetings, choice=Answer.Choice.WAITING)
        .order_by()
        .values_list("meeting_id", flat=True)
    )
    for answer in added:
        if answer.choice != Answer.Choice.COMING:
            continue
        holds = (answer.meeting.group_id, answer.person_id) in pairs
        free = seats[answer.meeting_id]
        if answer.meeting_id not in queued and free.free_for(is_holder=holds):
            free.take(is_holder=holds)
        else:
            answer.choice, answer.waiting_since = Answer.Choice.WAITING, now
