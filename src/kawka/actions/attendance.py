"""Who is in the room: a fact of its own, correctable for a day after the meeting."""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from kawka.actions import recaps, talks
from kawka.actions.live import roster_changed
from kawka.actions.people import admit, remember
from kawka.models import Attendance, Meeting, Person, PlusOne, Refused

CORRECTABLE = timedelta(hours=24)


class Mark(models.TextChoices):
    """What a host notes of somebody: a state to be in, so noting it twice is noting it once."""

    HERE = "here", _("is here")
    LATE = "late", _("came late")
    LEFT = "left", _("has left")
    EXCUSED = "excused", _("excused")
    AWAY = "away", _("not here")


class TooLateToCorrect(Refused):
    """Attendance is final a day after the meeting was closed."""

    message = _("Attendance can be corrected for 24 hours after a meeting is closed. It is final now.")


class NotTakingPlace(Refused):
    """Nobody comes to a date that was called off."""

    message = _("This meeting has been called off, so nobody can be checked in.")


class NotExpectedAnyMore(Refused):
    """Whoever wanted to bring them has changed their mind."""

    message = _("This companion is no longer on the list. Check them in below as somebody unexpected.")


def is_correctable(meeting: Meeting, now: datetime) -> bool:
    """Whether attendance may still be changed."""
    if meeting.state == Meeting.State.CLOSED:
        return meeting.closed_at is not None and now <= meeting.closed_at + CORRECTABLE
    return meeting.state != Meeting.State.CALLED_OFF


@transaction.atomic
def note(
    *, meeting: Meeting, person: Person, mark: Mark, by: Person | None, now: datetime
) -> Attendance | None:
    """Note that somebody is here, came late, has left, is excused or is not here; None when nothing is left.

    Whoever comes while the talks are being held slots into the rounds that have not begun, whoever goes
    frees their partners; everybody who follows the meeting hears of it. Raises NotTakingPlace or
    TooLateToCorrect.
    """
    meeting = open_for_notes(meeting, now)
    before = Attendance.objects.filter(meeting=meeting, person=person).first()
    after = written(meeting, person, before, mark, now)
    talks.follow_room(meeting=meeting)
    if after is not None and meeting.recapped_at:
        recaps.send_one(attendance=after, now=now)
    roster_changed(meeting=meeting, by=by, now=now)
    return after


def open_for_notes(meeting: Meeting, now: datetime) -> Meeting:
    """The meeting under a lock, if attendance may be changed; says why not otherwise."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
    if meeting.state == Meeting.State.CALLED_OFF:
        raise NotTakingPlace
    if not is_correctable(meeting, now):
        raise TooLateToCorrect
    return meeting


def written(
    meeting: Meeting, person: Person, before: Attendance | None, mark: Mark, now: datetime
) -> Attendance | None:
    """The attendance row after the mark: made, changed or taken away."""
    if mark == Mark.AWAY or (mark == Mark.LEFT and before is None):
        if before is not None:
            before.delete()
        return None
    row = before or Attendance(meeting=meeting, person=person)
    if mark == Mark.LEFT:
        row.left_at = row.left_at or now
    elif mark == Mark.EXCUSED:
        row.state, row.arrived_at, row.left_at = Attendance.State.EXCUSED, None, None
    else:
        row.state = Attendance.State.LATE if mark == Mark.LATE else Attendance.State.PRESENT
        row.arrived_at, row.left_at = row.arrived_at or now, None
    if row.pk is None:
        row.save()
    else:
        row.save(update_fields=["state", "arrived_at", "left_at"])
    return row


@transaction.atomic
def walk_in(
    *, meeting: Meeting, name: str, trade: str, email: str, by: Person | None, now: datetime
) -> Attendance | None:
    """Somebody came in from the street: remember and check them in. The same e-mail is the same person."""
    person = remember(group=meeting.group, name=name, email=email, trade=trade, by=by, now=now)
    return note(meeting=meeting, person=person, mark=Mark.HERE, by=by, now=now)


@transaction.atomic
def companion_came(*, meeting: Meeting, code: str, by: Person | None, now: datetime) -> Attendance | None:
    """Somebody came with whoever brings them: from now on they are a person of the group. Twice is once.

    Raises NotExpectedAnyMore when they were left out meanwhile.
    """
    meeting = open_for_notes(meeting, now)
    expected = PlusOne.objects.filter(answer__meeting=meeting, code=code).select_related("person").first()
    if expected is None:
        raise NotExpectedAnyMore
    if expected.person is None:
        expected.person = admit(meeting.group, expected.name, "", "", vouched=True, now=now)
        expected.save(update_fields=["person"])
    return note(meeting=meeting, person=expected.person, mark=Mark.HERE, by=by, now=now)


@transaction.atomic
def wish(
    *, meeting: Meeting, person: Person, place: Attendance.Wish, by: Person | None, now: datetime
) -> None:
    """Where in the round somebody likes to speak, or that they let it pass today; only for those here."""
    meeting = open_for_notes(meeting, now)
    changed = Attendance.objects.came().filter(meeting=meeting, person=person).update(wish=place)
    if changed:
        roster_changed(meeting=meeting, by=by, now=now)
