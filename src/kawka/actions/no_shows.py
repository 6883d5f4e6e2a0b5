"""Who wanted to come and was not there: a fact for hosts alone, and the beginning of a question."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kawka.models import Answer, Meeting, Membership

LOOKED_BACK = timedelta(days=180)
AT_MOST = 3


def missed_dates(membership: Membership, *, now: datetime) -> Sequence[Meeting]:
    """The last dates somebody said they come to and nobody noted anything of them, latest first.

    Excused or represented is not missed; nor is anybody at a meeting whose attendance nobody noted.
    """
    group, person = membership.group, membership.person
    said = Answer.objects.coming().filter(person=person, is_standing=False).values("meeting")
    noted = person.attendances.values("meeting")
    held = group.meetings.filter(state=Meeting.State.CLOSED, starts_at__gt=now - LOOKED_BACK)
    missed = held.filter(pk__in=said, attendances__isnull=False).exclude(pk__in=noted).distinct()
    return list(missed.order_by("-starts_at")[:AT_MOST])
