"""Coming in from the street: by one's own phone, or by the host's."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kawka.actions import attendance, phones
from kawka.actions.day_list import namesakes
from kawka.actions.live import lock
from kawka.actions.people import NamesakeHere
from kawka.models import Attendance, Meeting, Person, Refused

DOORS_OPEN = timedelta(hours=3)


class DoorsAreClosed(Refused):
    """The meeting is not today."""

    message = _("This meeting has not opened its doors yet. Come back shortly before it starts.")


@transaction.atomic
def come_in(*, meeting: Meeting, name: str, trade: str, now: datetime) -> Attendance:
    """Check in somebody who is not on the list and take part on this phone.

    Whoever types the name of somebody who is here without a phone is that person, so pressing twice makes
    nobody twice. Raises DoorsAreClosed, or OnAnotherPhone for a name that is taken.
    """
    if now < meeting.starts_at - DOORS_OPEN:
        raise DoorsAreClosed
    meeting = lock(meeting)
    here = meeting.attendances.in_room().filter(person__name__iexact=name).select_related("person").first()
    if here is None:
        here = attendance.walk_in(meeting=meeting, name=name, trade=trade, email="", by=None, now=now)
    if here is None:
        raise phones.NotHere
    return phones.claim(meeting=meeting, person=here.person, now=now)


@transaction.atomic
def take_in(
    *, meeting: Meeting, name: str, trade: str, email: str, another: bool, by: Person | None, now: datetime
) -> Attendance | None:
    """The host checks in somebody nobody expected.

    Raises NamesakeHere, of two presses at once for the second, when the group has somebody of this name, no
    e-mail tells them apart, and the host did not say that this is `another`.
    """
    meeting = lock(meeting)
    same = [] if another or email else namesakes(meeting, name)
    if same:
        raise NamesakeHere(same[0])
    return attendance.walk_in(meeting=meeting, name=name, trade=trade, email=email, by=by, now=now)
