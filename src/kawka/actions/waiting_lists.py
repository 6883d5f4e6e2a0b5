"""The waiting list goes on to the next date, for whoever still wants to come."""

from datetime import datetime, timedelta

from django.db import transaction

from kawka.actions.answers import next_dates
from kawka.actions.links import link_for
from kawka.mail import answers as mail
from kawka.models import Answer, Group, Meeting, OutgoingMail, Person, PersonalLink

NEWS_FOR = timedelta(days=2)


def move_lists_due(*, now: datetime) -> int:
    """Ask those who waited for a meeting that has begun about the next date; how many. Run every minute.

    Nothing is answered for them: whoever presses the button stands before those who did not wait.
    """
    begun = Meeting.objects.filter(starts_at__lte=now, starts_at__gt=now - NEWS_FOR)
    held = begun.exclude(state=Meeting.State.CALLED_OFF)
    waited = Answer.objects.filter(choice=Answer.Choice.WAITING, meeting__in=held).exclude(person__email="")
    waited = waited.exclude(person__in=Person.objects.unproven())
    rows = waited.select_related("person", "meeting__group__community").order_by("waiting_since", "pk")
    asked = OutgoingMail.objects.filter(kind="list_moved", created_at__gt=now - NEWS_FOR)
    keys = set(asked.values_list("key", flat=True))
    following: dict[int, Meeting | None] = {}
    moved = 0
    for answer in rows:
        if mail.list_moved_key(answer) in keys:
            continue
        meeting = answer.meeting
        if meeting.pk not in following:
            following[meeting.pk] = date_after(meeting.group, meeting, now)
        moved += ask_about(answer, following[meeting.pk], now)
    return moved


def date_after(group: Group, meeting: Meeting, now: datetime) -> Meeting | None:
    """The next date after this one."""
    return next(iter(next_dates(group, now=now, after=meeting, limit=1)), None)


@transaction.atomic
def ask_about(answer: Answer, following: Meeting | None, now: datetime) -> int:
    """Write to one who waited, unless they were asked already or have said something about the next date."""
    if following is None or Answer.objects.filter(meeting=following, person=answer.person).exists():
        return 0
    link = link_for(
        person=answer.person, scope=PersonalLink.Scope.ANSWER, group=answer.meeting.group, now=now
    )
    return int(mail.list_moved(answer, next_meeting=following, link=link, now=now) is not None)
