"""My 60 seconds: writing them so that nothing is lost, bringing an earlier text back, where they are said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from django.db import transaction

from kawka.models import Group, Meeting, Membership, Person, Pitch, PitchVersion, Standing

SITTING = timedelta(minutes=30)  # a text that was left alone for so long is done
MOST_VERSIONS = 20


@dataclass(frozen=True, slots=True)
class Place:
    """How long everybody may speak there, and by whose clock."""

    seconds: int = 60
    zone: tzinfo = UTC


@transaction.atomic
def write_pitch(
    *,
    person: Person,
    text: str = "",
    parts: Mapping[str, str] | None = None,
    seen: datetime | None = None,
    keep: bool = False,
    now: datetime,
) -> Pitch:
    """Keep what the person prepares to say, as one text or in parts; nobody else sees it.

    The text before stays as a version when it was kept on purpose (`keep`), when it was left alone for half
    an hour, or when it is not the one that was `seen` by who writes: then it came from another device.
    """
    said = {name: (parts or {}).get(name, "").strip() for name in Pitch.PARTS} if parts else {}
    text = "\n".join(filter(None, said.values())) if parts else text.strip()
    pitch = lock(person, now)
    if (text, said) != (pitch.text, pitch.parts):
        if pitch.is_kept or now - pitch.updated_at > SITTING or pitch.updated_at != seen:
            keep_version(pitch)
        pitch.text, pitch.parts, pitch.is_kept, pitch.updated_at = text, said, False, now
    pitch.is_kept = pitch.is_kept or keep
    pitch.save(update_fields=["text", "parts", "is_kept", "updated_at"])
    return pitch


@transaction.atomic
def restore_version(*, version: PitchVersion, now: datetime) -> Pitch:
    """Say an earlier text again; the one of today takes its place among the earlier ones."""
    pitch = lock(version.pitch.person, now)
    keep_version(pitch)
    PitchVersion.objects.filter(pk=version.pk).delete()
    pitch.text, pitch.parts, pitch.is_kept, pitch.updated_at = version.text, version.parts, True, now
    pitch.save(update_fields=["text", "parts", "is_kept", "updated_at"])
    return pitch


def lock(person: Person, now: datetime) -> Pitch:
    """The person's pitch, empty at first, for this transaction alone."""
    Pitch.objects.get_or_create(person=person, defaults={"updated_at": now})
    return Pitch.objects.select_for_update().get(person=person)


def keep_version(pitch: Pitch) -> None:
    """Put the text as it is among the earlier ones, once; the oldest go when there are many."""
    newest = pitch.versions.first()
    if not pitch.text or (newest is not None and newest.text == pitch.text):
        return
    pitch.versions.create(text=pitch.text, parts=pitch.parts, written_at=pitch.updated_at)
    old = list(pitch.versions.values_list("pk", flat=True)[MOST_VERSIONS:])
    pitch.versions.filter(pk__in=old).delete()


def place_to_speak(person: Person, *, now: datetime) -> Place:
    """Where the person speaks next: at their next meeting, without a date in their group."""
    mine = Group.objects.filter(
        memberships__in=Membership.objects.filter(person=person).exclude(standing=Standing.ALUMNUS)
    )
    soonest = Meeting.objects.upcoming(now).filter(group__in=mine).select_related("group").first()
    if soonest is not None:
        return Place(soonest.speaking_seconds, soonest.group.zone)
    group = mine.order_by("pk").first()
    return Place(group.pitch_seconds, group.zone) if group else Place()


def earlier_texts(pitch: Pitch, place: Place) -> list[tuple[PitchVersion, datetime]]:
    """What was said before, each with when it was written, by the clock of the place; newest first."""
    versions = pitch.versions.all() if pitch.pk else PitchVersion.objects.none()
    return [(version, version.written_at.astimezone(place.zone)) for version in versions]
