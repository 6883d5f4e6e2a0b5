"""Seats: who has one, who waits, and to whom a free one is offered. Decided under the meeting's lock."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from kawka.actions.links import link_for
from kawka.mail import answers as mail
from kawka.models import Answer, Meeting, Membership, Person, PersonalLink, PlusOne, SeatOffer, Standing

HELD_UNTIL = timedelta(hours=48)  # before the start; from then on a seat held for members is anybody's
HOLDERS = (Standing.MEMBER, Standing.HOST)
LAST_DAY, LAST_HOURS = timedelta(hours=24), timedelta(hours=3)
KEPT, KEPT_ON_LAST_DAY, KEPT_IN_LAST_HOURS = timedelta(hours=24), timedelta(hours=2), timedelta(minutes=30)


@dataclass
class Seats:
    """How full a meeting is: `taken` with those people bring along and with seats kept for whoever waits."""

    capacity: int
    taken: int
    held: int

    def free_for(self, *, is_holder: bool) -> int:
        """How many seats somebody may take, of those held for members only a member."""
        return max(0, self.capacity - self.taken - (0 if is_holder else self.held))

    def take(self, *, is_holder: bool) -> None:
        """One seat fewer; a member's comes out of those held for members."""
        self.taken += 1
        self.held -= 1 if is_holder and self.held else 0


def seats_of(meetings: Iterable[Meeting], now: datetime) -> dict[int, Seats]:
    """How full each meeting is, by its row. At most four queries, however many meetings and people."""
    found = {meeting.pk: meeting for meeting in meetings}
    coming = Answer.objects.coming().filter(meeting__in=found)
    seated = list(coming.values_list("meeting_id", "person_id"))
    offers = SeatOffer.objects.open().filter(answer__meeting__in=found)
    seated += offers.values_list("answer__meeting_id", "answer__person_id")
    taken = Counter(meeting for meeting, _person in seated)
    brought = PlusOne.objects.filter(answer__in=coming).order_by().values("answer__meeting")
    taken.update(dict(brought.annotate(many=Count("pk")).values_list("answer__meeting", "many")))
    held = held_seats(found, seated, now)
    return {pk: Seats(meeting.capacity, taken[pk], held.get(pk, 0)) for pk, meeting in found.items()}


def held_seats(meetings: dict[int, Meeting], seated: list[tuple[int, int]], now: datetime) -> dict[int, int]:
    """How many seats each meeting still holds for members; those members have already taken are not held."""
    holding = {
        pk: meeting for pk, meeting in meetings.items() if meeting.group.held_seats and is_held(meeting, now)
    }
    if not holding:
        return {}
    pairs = {(holding[meeting].group_id, person) for meeting, person in seated if meeting in holding}
    members = Membership.objects.filter(person__in={person for _group, person in pairs}, standing__in=HOLDERS)
    theirs = pairs & set(members.order_by().values_list("group_id", "person_id"))
    used = Counter(
        meeting
        for meeting, person in seated
        if meeting in holding and (holding[meeting].group_id, person) in theirs
    )
    return {pk: max(0, meeting.group.held_seats - used[pk]) for pk, meeting in holding.items()}


def is_held(meeting: Meeting, now: datetime) -> bool:
    """Whether seats are still held for members."""
    return now < meeting.starts_at - HELD_UNTIL


def is_holder(person: Person | int, group: int) -> bool:
    """Whether seats are held for this person in the group: a member or a host."""
    return Membership.objects.filter(group=group, person=person, standing__in=HOLDERS).exists()


def locked(meeting: Meeting) -> Meeting:
    """The meeting, nobody else deciding about its seats until the transaction ends."""
    meetings = Meeting.objects.select_for_update(of=("self",)).select_related("group__community")
    return meetings.get(pk=meeting.pk)


def take_seat(meeting: Meeting, given: Answer | None, person: Person, now: datetime) -> Answer.Choice:
    """A seat for somebody who wants to come, or a place on the list. The meeting must be locked.

    A seat that was offered to them is theirs; otherwise those who wait are asked first.
    """
    if given is not None and given.choice == Answer.Choice.COMING:
        return Answer.Choice.COMING
    offer_free_seats(meeting, now)
    if given is not None and end_offers(given, SeatOffer.Outcome.TAKEN, now):
        return Answer.Choice.COMING
    free = seats_of([meeting], now)[meeting.pk].free_for(is_holder=is_holder(person, meeting.group_id))
    return Answer.Choice.COMING if free else Answer.Choice.WAITING


def end_offers(answer: Answer, outcome: SeatOffer.Outcome, now: datetime) -> bool:
    """End the seat that is being offered for this answer; False when none is."""
    return SeatOffer.objects.open().filter(answer=answer).update(outcome=outcome, ended_at=now) == 1


def waits_since(meeting: Meeting, person: Person, now: datetime) -> datetime:
    """Since when somebody waits: who waited in vain for the date before stands before those who did not."""
    before = meeting.group.meetings.filter(starts_at__lte=now, starts_at__lt=meeting.starts_at)
    last = before.exclude(state=Meeting.State.CALLED_OFF).order_by("-starts_at").first()
    vain = Answer.objects.filter(meeting=last, person=person, choice=Answer.Choice.WAITING).first()
    return vain.waiting_since if vain and vain.waiting_since else now


def claim_until(meeting: Meeting, now: datetime) -> datetime:
    """Until when a seat offered now is kept: a day, two hours on the last day, half an hour at the end.

    One offered shortly before the last day is kept into it for two hours only, so that the next has time.
    """
    starts_at, ahead = meeting.starts_at, meeting.starts_at - now
    if ahead <= LAST_HOURS:
        until = now + KEPT_IN_LAST_HOURS
    elif ahead <= LAST_DAY:
        until = max(now + KEPT_IN_LAST_HOURS, min(now + KEPT_ON_LAST_DAY, starts_at - LAST_HOURS))
    else:
        until = max(now + KEPT_ON_LAST_DAY, min(now + KEPT, starts_at - LAST_DAY))
    return min(until, starts_at)


def next_in_line(meeting: Meeting) -> list[Answer]:
    """Those a free seat can be offered to, in order.

    Left out: who is being offered one already, who let one run out and has not pressed since, and who has
    not shown that the address is theirs, for nothing is written there.
    """
    let_go = Q(seat_offers__outcome=SeatOffer.Outcome.RAN_OUT, seat_offers__ended_at__gt=F("answered_at"))
    skipped = Answer.objects.filter(Q(seat_offers__outcome="") | let_go, meeting=meeting)
    waiting = waiting_for(meeting).exclude(pk__in=skipped.values("pk"))
    waiting = waiting.exclude(person__in=Person.objects.unproven())
    return list(waiting.select_related("person"))


def waiting_for(meeting: Meeting) -> QuerySet[Answer]:
    """Who waits for a seat, in order."""
    return meeting.answers.filter(choice=Answer.Choice.WAITING).order_by("waiting_since", "pk")


def places_in_line(meetings: Iterable[Meeting]) -> dict[tuple[int, int], int]:
    """The place on the waiting list of each meeting, counted from one, by meeting and person. One query."""
    waiting = Answer.objects.filter(meeting__in=list(meetings), choice=Answer.Choice.WAITING)
    places: dict[tuple[int, int], int] = {}
    before: Counter[int] = Counter()
    for meeting, person in waiting.order_by("waiting_since", "pk").values_list("meeting_id", "person_id"):
        before[meeting] += 1
        places[meeting, person] = before[meeting]
    return places


def place_of(answer: Answer) -> int:
    """The place of one who waits, counted from one."""
    return places_in_line([answer.meeting]).get((answer.meeting_id, answer.person_id), 0)


def offer_free_seats(meeting: Meeting, now: datetime) -> int:
    """Offer what is free to those who wait longest; how many were asked. The meeting must be locked."""
    end_run_out(meeting, now)
    if meeting.state != Meeting.State.PLANNED or meeting.starts_at <= now:
        return 0
    seats = seats_of([meeting], now)[meeting.pk]
    if not seats.free_for(is_holder=True):
        return 0
    asked, waiting = 0, next_in_line(meeting)
    members = Membership.objects.filter(
        group=meeting.group_id, standing__in=HOLDERS, person__in=[answer.person_id for answer in waiting]
    )
    holders = set(members.order_by().values_list("person_id", flat=True)) if waiting else set()
    for answer in waiting:
        holds = answer.person_id in holders
        if seats.free_for(is_holder=holds):
            seats.take(is_holder=holds)
            offer(answer, meeting, now)
            asked += 1
    return asked


def offer(answer: Answer, meeting: Meeting, now: datetime) -> None:
    """Keep a seat for somebody who waits, and write to them at once."""
    answer.meeting = meeting
    kept = SeatOffer.objects.create(answer=answer, offered_at=now, expires_at=claim_until(meeting, now))
    link = link_for(person=answer.person, scope=PersonalLink.Scope.ANSWER, group=meeting.group, now=now)
    mail.seat_offered(kept, link=link, now=now)


def end_run_out(meeting: Meeting, now: datetime) -> None:
    """Let offers end whose time is over; whoever they were for goes to the end of the list."""
    over = SeatOffer.objects.run_out(now).filter(answer__meeting=meeting)
    answers = list(over.values_list("answer_id", flat=True))
    if answers:
        over.update(outcome=SeatOffer.Outcome.RAN_OUT, ended_at=now)
        Answer.objects.filter(pk__in=answers, choice=Answer.Choice.WAITING).update(waiting_since=now)


def offer_seats_due(*, now: datetime) -> int:
    """Give on what ran out and offer what became free; how many were asked. Run every minute.

    Looks only at meetings somebody waits for: a seat becomes free in many ways (more seats, a person taken
    out, the hour from which nothing is held for members), and all of them end here.
    """
    waiting = Answer.objects.filter(choice=Answer.Choice.WAITING).values("meeting")
    meetings = Meeting.objects.upcoming(now).filter(state=Meeting.State.PLANNED, pk__in=waiting)
    return sum(offer_seats(meeting=meeting, now=now) for meeting in meetings)


@transaction.atomic
def offer_seats(*, meeting: Meeting, now: datetime) -> int:
    """Offer what is free at one meeting to those who wait for it, and say how many were asked."""
    return offer_free_seats(locked(meeting), now)


@transaction.atomic
def change_seats(*, meeting: Meeting, seats: int | None, by: Person | None, now: datetime) -> int:
    """How many may come this time, None for as many as usual; how many were offered one of the new seats.

    With fewer seats nobody loses theirs; only nobody new gets one.
    """
    meeting = locked(meeting)
    meeting.seats = seats
    meeting.save(update_fields=["seats"])
    meeting.group.touch_page()
    return offer_free_seats(meeting, now)
