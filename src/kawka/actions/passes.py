"""A pass goes with its guest from date to date, and rests after the third move."""

from datetime import datetime

from django.db import transaction

from kawka.mail import invitations as mails
from kawka.models import Answer, Attendance, Invitation, Meeting

MOVES_BEFORE_REST = 3


def settle(invitation: Invitation, meeting: Meeting, now: datetime) -> None:
    """The pass is for this date now; choosing another one counts as a move, and the third lets it rest."""
    if invitation.meeting_id not in (None, meeting.pk):
        invitation.moves += 1
    if invitation.moves >= MOVES_BEFORE_REST and invitation.rested_at is None:
        invitation.rested_at = now
    invitation.meeting = meeting
    invitation.accepted_at = invitation.accepted_at or now
    invitation.save(update_fields=["guest", "meeting", "moves", "rested_at", "accepted_at"])


@transaction.atomic
def follow(*, answer: Answer, now: datetime) -> None:
    """A guest with a pass chose another date by themselves: the pass goes with them, the inviter is told."""
    if answer.choice != Answer.Choice.COMING:
        return
    passes = Invitation.objects.select_for_update(of=("self",)).select_related("group", "inviter", "guest")
    own = passes.filter(guest=answer.person_id, group=answer.meeting.group_id).first()
    if own is None or own.meeting_id == answer.meeting_id or has_come(own):
        return
    settle(own, answer.meeting, now)
    mails.guest_chose(own, meeting=answer.meeting, now=now)


def has_come(invitation: Invitation) -> bool:
    """Whether the guest has been to a meeting of the group, so that the pass has done its work."""
    came = Attendance.objects.came().filter(person=invitation.guest_id)
    return came.filter(meeting__group=invitation.group_id).exists()
