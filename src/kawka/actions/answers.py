"""Saying whether one comes: an answer to one date, and to no other."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kawka.actions.calendar_files import invitation, last_invite, withdrawal
from kawka.actions.links import link_for
from kawka.actions.passes import follow
from kawka.actions.people import remember
from kawka.actions.seats import end_offers, locked, offer_free_seats, place_of, take_seat, waits_since
from kawka.mail import messages
from kawka.models import Answer, Group, Meeting, Person, PersonalLink, Refused, SeatOffer


class MeetingIsOver(Refused):
    """The date has passed."""

    message = _("This meeting is over. Choose one of the next dates.")


class MeetingIsCalledOff(Refused):
    """The date does not take place."""

    message = _("This meeting has been called off. Choose one of the next dates.")


def next_dates(
    group: Group, *, now: datetime, after: Meeting | None = None, limit: int = 3
) -> Sequence[Meeting]:
    """The next dates of the group one can come to, soonest first; with `after`, those later than it."""
    dates = group.meetings.upcoming(now)
    if after is not None:
        dates = dates.filter(starts_at__gt=after.starts_at)
    return list(dates[:limit])


@transaction.atomic
def answer(
    *,
    meeting: Meeting,
    person: Person,
    choice: Answer.Choice,
    by: Person,
    now: datetime,
    from_calendar: bool = False,
) -> Answer:
    """Record whether `person` comes to `meeting`; a later answer replaces an earlier one.

    Whoever wants to come gets a seat or, when all are taken, a place on the waiting list; whoever says no
    frees theirs, and those of the people they would have brought, for who waits longest. `from_calendar`: it
    was pressed in the person's calendar, which need not hear of it. Raises MeetingIsOver or
    MeetingIsCalledOff, and changes nothing then.
    """
    meeting = open_for_answers(meeting, now)
    given = Answer.objects.filter(meeting=meeting, person=person).first()
    decided = Answer.Choice.NOT_THIS_TIME
    if choice != Answer.Choice.NOT_THIS_TIME:
        decided = take_seat(meeting, given, person, now)
    kept = write_answer(meeting, person, decided, by, now)
    if decided == Answer.Choice.NOT_THIS_TIME and given is not None:
        end_offers(kept, SeatOffer.Outcome.DECLINED, now)
        kept.plus_ones.all().delete()
        offer_free_seats(meeting, now)
    elif decided == Answer.Choice.COMING and given is not None and given.choice == Answer.Choice.WAITING:
        confirm(kept, now=now)
    if not from_calendar:
        tell_calendar(kept, now=now)
    follow(answer=kept, now=now)
    meeting.group.touch_page()
    return kept


def open_for_answers(meeting: Meeting, now: datetime) -> Meeting:
    """The meeting under its lock. Raises MeetingIsCalledOff or MeetingIsOver."""
    meeting = locked(meeting)
    if meeting.state == Meeting.State.CALLED_OFF:
        raise MeetingIsCalledOff
    if meeting.state == Meeting.State.CLOSED or meeting.ends_at <= now:
        raise MeetingIsOver
    return meeting


def write_answer(
    meeting: Meeting, person: Person, choice: Answer.Choice, by: Person, now: datetime
) -> Answer:
    """The person's own word as a row; a place on the waiting list is kept, however often it is pressed."""
    since = None
    if choice == Answer.Choice.WAITING:
        before = Answer.objects.filter(meeting=meeting, person=person).values_list("waiting_since", flat=True)
        since = before.first() or waits_since(meeting, person, now)
    kept, _made = Answer.objects.update_or_create(
        meeting=meeting,
        person=person,
        defaults={
            "choice": choice,
            "answered_by": by,
            "answered_at": now,
            "is_standing": False,
            "waiting_since": since,
        },
    )
    kept.meeting, kept.person = meeting, person
    return kept


@transaction.atomic
def answer_as_guest(
    *, meeting: Meeting, name: str, email: str, choice: Answer.Choice, now: datetime
) -> Answer:
    """Answer with a name and an address only; a mail goes there with a personal link to change one's mind.

    Somebody who already has this address here is that person: their name stays, and what they have
    answered themselves stays too, for anybody can type an address; the mailed link changes it. The mail
    goes once for each date, so pressing twice sends one.
    """
    person = remember(group=meeting.group, name=name, email=email, by=None, now=now)
    given = Answer.objects.filter(meeting=meeting, person=person).first()
    if given is None:
        given = answer(meeting=meeting, person=person, choice=choice, by=person, now=now)
    confirm(given, now=now)
    return given


def confirm(given: Answer, *, now: datetime) -> None:
    """Write to the person what was answered, once for each date and answer."""
    write_confirmation(given, again=0, now=now)


def tell_calendar(given: Answer, *, now: datetime) -> None:
    """Tell the calendar of somebody who was invited by mail that they changed their mind here."""
    method, mails = last_invite(given.meeting, given.person)
    wanted = "REQUEST" if given.choice == Answer.Choice.COMING else "CANCEL"
    if method and method != wanted:
        write_confirmation(given, again=mails, now=now)


def write_confirmation(given: Answer, *, again: int, now: datetime) -> None:
    """The mail, with what the calendar is to do."""
    meeting, person = given.meeting, given.person
    link = link_for(person=person, scope=PersonalLink.Scope.ANSWER, group=meeting.group, now=now)
    place = place_of(given) if given.choice == Answer.Choice.WAITING else 0
    file = None
    if given.choice == Answer.Choice.COMING:
        file = invitation(meeting, person, now=now)
    elif again:
        file = withdrawal(meeting, person, now=now)
    messages.answer_confirmed(given, place=place, link=link, file=file, again=again, now=now)


@transaction.atomic
def move_answer(*, meeting: Meeting, to: Meeting, person: Person, by: Person, now: datetime) -> Answer:
    """Not this time but on another date: an answer for each of the two. Both dates belong to one group."""
    if to.group_id != meeting.group_id:
        raise Refused(_("That date belongs to another group."))
    answer(meeting=meeting, person=person, choice=Answer.Choice.NOT_THIS_TIME, by=by, now=now)
    return answer(meeting=to, person=person, choice=Answer.Choice.COMING, by=by, now=now)


@transaction.atomic
def give_seat(*, meeting: Meeting, person: Person, by: Person | None, now: datetime) -> Answer | None:
    """The host finds a seat for somebody who waits, whatever the list says; None for who does not wait.

    They are told at once. Raises MeetingIsOver or MeetingIsCalledOff.
    """
    meeting = open_for_answers(meeting, now)
    given = Answer.objects.filter(meeting=meeting, person=person, choice=Answer.Choice.WAITING).first()
    if given is None:
        return None
    end_offers(given, SeatOffer.Outcome.TAKEN, now)
    kept = write_answer(meeting, person, Answer.Choice.COMING, by or person, now)
    confirm(kept, now=now)
    meeting.group.touch_page()
    return kept
