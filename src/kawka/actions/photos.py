"""The photo on a card and that of the door: one file each, named after what is in it."""

import hashlib
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from kawka.models import Card, Group, Person


@transaction.atomic
def set_photo(*, person: Person, content: bytes, by: Person | None, now: datetime) -> Card:
    """Give the card this photo, a WebP; the file of the earlier one goes once nothing can be undone.

    The name of the file is made of its content, so a browser may keep it for ever.
    """
    card = Card.objects.select_for_update().get(person=person)
    name = f"{person.code}-{hashlib.sha256(content).hexdigest()[:16]}.webp"
    if card.photo_name == name:
        return card
    forget_file(card)
    card.photo.save(name, ContentFile(content), save=False)
    card.updated_at = now
    card.save(update_fields=["photo", "updated_at"])
    return card


@transaction.atomic
def remove_photo(*, person: Person, by: Person | None, now: datetime) -> Card:
    """Take the photo off the card, and its file away."""
    card = Card.objects.select_for_update().get(person=person)
    forget_file(card)
    card.photo, card.updated_at = "", now
    card.save(update_fields=["photo", "updated_at"])
    return card


def forget_file(card: Card) -> None:
    """Delete the file of the card's photo when the change is kept."""
    if card.photo and card.photo.name:
        transaction.on_commit(partial(default_storage.delete, card.photo.name))


@transaction.atomic
def set_door_photo(*, group: Group, content: bytes, by: Person | None, now: datetime) -> Group:
    """Show this photo, a WebP, to whoever looks for the door; the earlier one goes."""
    group = Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    forget_door(group)
    name = f"{group.code}-{hashlib.sha256(content).hexdigest()[:16]}.webp"
    group.door_photo.save(name, ContentFile(content), save=False)
    group.save(update_fields=["door_photo"])
    group.touch_page()
    return group


@transaction.atomic
def remove_door_photo(*, group: Group, by: Person | None, now: datetime) -> Group:
    """Show no photo of the door any more, and delete its file."""
    group = Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    forget_door(group)
    group.door_photo = ""
    group.save(update_fields=["door_photo"])
    group.touch_page()
    return group


def forget_door(group: Group) -> None:
    """Delete the file of the door's photo when the change is kept."""
    if group.door_photo and group.door_photo.name:
        transaction.on_commit(partial(default_storage.delete, group.door_photo.name))
