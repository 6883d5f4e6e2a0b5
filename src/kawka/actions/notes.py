"""Private notes on people, seen by their owner alone."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kawka.models import Note, Person, Refused


class NotAboutYourself(Refused):
    """Notes are about others."""

    message = _("A note is about somebody else.")


def write_note(*, owner: Person, about: Person, text: str, now: datetime) -> Note | None:
    """What `owner` wants to remember about somebody, instead of what they wrote before; empty forgets it."""
    if owner == about:
        raise NotAboutYourself
    if not text.strip():
        Note.objects.filter(owner=owner, about=about).delete()
        return None
    note, _made = Note.objects.update_or_create(
        owner=owner, about=about, defaults={"text": text.strip(), "updated_at": now}
    )
    return note
