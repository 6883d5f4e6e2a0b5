"""Quiet hands raised for what people ask."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kawka.models import Ask, Attendance, Hand, Meeting, Person, Refused


class NotForThisAsk(Refused):
    """The tap does not fit: the ask is somebody else's, one's own, or of somebody who was not there."""

    message = _("This tap does not fit anymore. Open the page again.")


class MeetingIsNotOn(Refused):
    """Hands are raised at meetings."""

    message = _("Hands can be raised when the meeting is on.")


def raise_hand(
    *, meeting: Meeting, person: Person, asker: Person, ask: Ask | None, kind: str, key: str, now: datetime
) -> Hand:
    """Raise a hand for what `asker` asks, exactly once: the same key or the same tap is the same hand.

    A tap that was kept on the phone may still come in after the end. Raises MeetingIsNotOn or NotForThisAsk.
    """
    if meeting.state not in {Meeting.State.LIVE, Meeting.State.CLOSED}:
        raise MeetingIsNotOn
    if kind not in Hand.Kind.values or asker == person or (ask is not None and ask.person_id != asker.pk):
        raise NotForThisAsk
    if len(Attendance.objects.came().filter(meeting=meeting, person__in=[asker, person])) != 2:
        raise NotForThisAsk
    tap = {"meeting": meeting, "asker": asker, "ask": ask, "person": person, "kind": kind}
    try:
        with transaction.atomic():
            return Hand.objects.create(**tap, key=key, raised_at=now)
    except IntegrityError:
        same = Hand.objects.filter(**tap).first()
        if same is None:
            raise NotForThisAsk from None
        return same


def lower_hand(*, meeting: Meeting, person: Person, asker: Person, ask: Ask | None, kind: str) -> None:
    """Take a hand down again; nothing happens if it was not raised."""
    Hand.objects.filter(meeting=meeting, person=person, asker=asker, ask=ask, kind=kind).delete()
