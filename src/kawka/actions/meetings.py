"""The end of a meeting."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kawka.actions.regulars import raise_regulars
from kawka.actions.talk_words import forget_words
from kawka.models import Meeting, Person, Refused


class NothingToClose(Refused):
    """A date that did not take place cannot be closed."""

    message = _("This meeting has been called off, so there is nothing to close.")


class NotYetBegun(Refused):
    """A date that lies ahead cannot be closed."""

    message = _("This meeting is still ahead. It can be closed once it has begun.")


def may_close(meeting: Meeting, now: datetime) -> bool:
    """Whether there is something to close: a meeting that runs, or one whose hour has come."""
    if meeting.state == Meeting.State.PLANNED:
        return now >= meeting.starts_at
    return meeting.state == Meeting.State.LIVE


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: Person | None, now: datetime) -> Meeting:
    """The meeting is over: from now on its recap can be read, and attendance corrected for a day.

    Closing what is closed changes nothing. Raises NothingToClose or NotYetBegun.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
    if meeting.state == Meeting.State.CLOSED:
        return meeting
    if meeting.state == Meeting.State.CALLED_OFF:
        raise NothingToClose
    if not may_close(meeting, now):
        raise NotYetBegun
    meeting.state, meeting.closed_at = Meeting.State.CLOSED, now
    meeting.save(update_fields=["state", "closed_at"])
    raise_regulars(meeting=meeting)
    forget_words(meeting.talks.all())
    meeting.group.touch_page()
    return meeting
