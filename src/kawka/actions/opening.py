"""Opening a meeting: the tables are dealt, then the first part begins."""

from datetime import datetime

from django.db import transaction

from kawka.actions import live, talks
from kawka.engine.progress import State
from kawka.models import Meeting, Person, SegmentKind
from kawka.models.formula import segments_of


@transaction.atomic
def open_meeting(*, meeting: Meeting, by: Person | None, now: datetime) -> State:
    """Start the meeting; if its run sheet has talks and nobody dealt the tables, deal them first.

    Starting what has started already changes nothing. Raises what `live.begin` raises.
    """
    meeting = live.lock(meeting)
    wants_talks = any(segment.kind == SegmentKind.TALKS for segment in segments_of(meeting))
    is_new = meeting.state == Meeting.State.PLANNED
    if is_new and wants_talks and not meeting.talks.exists() and meeting.attendances.in_room().count() > 1:
        talks.deal(meeting=meeting, by=by, now=now)
    return live.begin(meeting=meeting, by=by, now=now)
