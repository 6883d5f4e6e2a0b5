"""Taking part on one's own phone: a name is on one phone at a time."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kawka.models import Attendance, Meeting, Person, Refused


class NotHere(Refused):
    """Only those who are checked in take part."""

    message = _("This person is not checked in. Ask the host at the door.")


class OnAnotherPhone(Refused):
    """Somebody has this name on their phone already."""

    message = _("This name is already on another phone. The host can release it, or use your personal link.")


def claim(*, meeting: Meeting, person: Person, now: datetime) -> Attendance:
    """Take part as `person` on this phone. Of two phones that claim a name at once one gets it.

    Raises NotHere or OnAnotherPhone.
    """
    here = meeting.attendances.in_room().filter(person=person)
    if here.filter(phone_joined_at__isnull=True).update(phone_joined_at=now):
        return here.select_related("person").get()
    if here.exists():
        raise OnAnotherPhone
    raise NotHere


@transaction.atomic
def let_in(*, meeting: Meeting, person: Person, now: datetime) -> Attendance:
    """Take part by a personal link: the name moves to this phone, wherever it was. Raises NotHere."""
    if not meeting.attendances.in_room().filter(person=person).update(phone_joined_at=now):
        raise NotHere
    return meeting.attendances.select_related("person").get(person=person)


def release(*, meeting: Meeting, person: Person, by: Person | None, now: datetime) -> None:
    """Free a name for another phone; the phone that had it is asked for a name again."""
    meeting.attendances.filter(person=person).update(phone_joined_at=None)
