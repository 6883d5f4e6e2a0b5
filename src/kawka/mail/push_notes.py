"""Push notes beside three kinds of mail; mail stays the base, and nothing depends on a note."""

import json
from datetime import datetime

from django.utils import translation
from django.utils.dateformat import format as told
from django.utils.translation import gettext_lazy as _

from kawka.mail.addresses import address_of
from kawka.models import Meeting, Person, PushNote, PushSubscription

SAYS = {
    PushNote.Kind.TURN_CALL: _("A stand-in is needed: %(day)s"),
    PushNote.Kind.CALLED_OFF: _("Called off: %(day)s"),
    PushNote.Kind.SEAT_OFFERED: _("A seat is free for you: %(day)s"),
}


def write_notes(*, key: str, kind: str, person: Person, meeting: Meeting, now: datetime) -> int:
    """Note for each browser of this person that there is something to look at; how many browsers."""
    if kind not in SAYS or person.account_id is None:
        return 0
    browsers = PushSubscription.objects.filter(account=person.account_id)
    notes = [
        PushNote(
            key=f"{key}:{browser.code}",
            kind=kind,
            subscription=browser,
            meeting=meeting,
            created_at=now,
            due_at=now,
        )
        for browser in browsers
    ]
    PushNote.objects.bulk_create(notes, ignore_conflicts=True)
    return len(notes)


def words_of(note: PushNote) -> bytes:
    """What the browser shows: the day, and nothing about anybody."""
    language = note.subscription.account.language or note.meeting.group.language
    with translation.override(language):
        body = SAYS[PushNote.Kind(note.kind)] % {"day": told(note.meeting.local_start, "l")}
    address = address_of("meeting", code=note.meeting.code)
    return json.dumps({"title": "Kawka", "body": body, "url": address, "tag": note.meeting.code}).encode()
