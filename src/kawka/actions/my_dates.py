"""Dates as one person sees them: what they said, whether a seat is kept for them, how full it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from kawka.actions.seats import HOLDERS, places_in_line, seats_of
from kawka.models import Answer, Meeting, Membership, Person, PlusOne, SeatOffer, Turn

FEW = 5  # so few free seats are told, for they make waverers decide


@dataclass(frozen=True, slots=True)
class MyDate:
    """One date with what the person said of it.

    `place`: which one on the waiting list, 0 for whoever does not wait. `free`: how many seats they may take.
    `turns`: what they were to do there, though they said that they do not come.
    """

    meeting: Meeting
    answer: Answer | None
    place: int
    free: int
    turns: Sequence[Turn] = ()

    @property
    def choice(self) -> str:
        """What they said, nothing for who has not."""
        return self.answer.choice if self.answer else ""

    @property
    def is_coming(self) -> bool:
        """Whether they have a seat."""
        return self.choice == Answer.Choice.COMING

    @property
    def is_standing(self) -> bool:
        """Whether their standing answer said so."""
        return self.answer is not None and self.answer.is_standing

    @property
    def offer(self) -> SeatOffer | None:
        """The seat that is kept for them now."""
        return next(iter(self.answer.seat_offers.all()), None) if self.answer else None

    @property
    def kept_until(self) -> datetime | None:
        """Until when it is kept, as clocks in the group's town show it."""
        return self.offer.expires_at.astimezone(self.meeting.group.zone) if self.offer else None

    @property
    def companions(self) -> Sequence[PlusOne]:
        """Whom they bring."""
        return list(self.answer.plus_ones.all()) if self.answer else []

    @property
    def is_full(self) -> bool:
        """Whether a new answer goes on the waiting list."""
        return self.free == 0

    @property
    def few(self) -> int:
        """How many seats are free, when they are few."""
        return self.free if self.free <= FEW else 0


def my_dates(people: Iterable[Person], meetings: Sequence[Meeting], *, now: datetime) -> list[MyDate]:
    """The dates for one visitor, who may be another person in each community, or nobody yet."""
    mine = list(people)
    kept = Prefetch("seat_offers", SeatOffer.objects.open().filter(expires_at__gt=now))
    given = Answer.objects.filter(meeting__in=meetings, person__in=mine).prefetch_related("plus_ones", kept)
    answers = {answer.meeting_id: answer for answer in given} if mine else {}
    waits = any(answer.choice == Answer.Choice.WAITING for answer in answers.values())
    places = places_in_line(meetings) if waits else {}
    held = Membership.objects.filter(person__in=mine, standing__in=HOLDERS).order_by()
    holders = set(held.values_list("group_id", flat=True)) if mine else set()
    seats, turns = seats_of(meetings, now), turns_left_behind(answers.values())
    return [
        MyDate(
            meeting=meeting,
            answer=answers.get(meeting.pk),
            place=places.get((meeting.pk, answers[meeting.pk].person_id), 0) if meeting.pk in answers else 0,
            free=seats[meeting.pk].free_for(is_holder=meeting.group_id in holders),
            turns=turns.get(meeting.pk, ()),
        )
        for meeting in meetings
    ]


def turns_left_behind(answers: Iterable[Answer]) -> dict[int, list[Turn]]:
    """The turns of people at dates they said no to, by meeting. One query, and none without a no."""
    pairs = {(one.meeting_id, one.person_id) for one in answers if one.choice == Answer.Choice.NOT_THIS_TIME}
    found: dict[int, list[Turn]] = {}
    if pairs:
        turns = Turn.objects.filter(meeting__in={meeting for meeting, _person in pairs})
        for turn in turns.filter(person__in={person for _meeting, person in pairs}).select_related("role"):
            if (turn.meeting_id, turn.person_id) in pairs:
                found.setdefault(turn.meeting_id, []).append(turn)
    return found
