"""With whom somebody would rather not be seated: said, taken back, and used for nothing but the tables."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kawka.engine.types import Pair
from kawka.models import NotWithMe, Person, Refused


class NotAboutYourself(Refused):
    """One always sits with oneself."""

    message = _("Choose somebody else than yourself.")


def keep_apart(*, owner: Person, other: Person, by: Person, now: datetime) -> None:
    """Seat these two at different tables from now on; saying it twice changes nothing."""
    if owner == other or owner.community_id != other.community_id:
        raise NotAboutYourself
    NotWithMe.objects.get_or_create(owner=owner, other=other, defaults={"said_at": now})


def take_back(*, owner: Person, other: Person, by: Person, now: datetime) -> None:
    """Seat these two as everybody else."""
    NotWithMe.objects.filter(owner=owner, other=other).delete()


def is_kept_apart(owner: Person, other: Person) -> bool:
    """Whether `owner` said so; what `other` said stays with `other`."""
    return NotWithMe.objects.filter(owner=owner, other=other).exists()


def kept_apart(owner: Person) -> list[Person]:
    """Whom the owner named, by name."""
    named = NotWithMe.objects.filter(owner=owner).values("other")
    return list(Person.objects.filter(pk__in=named).select_related("card"))


def pairs_kept_apart(codes: Iterable[str]) -> frozenset[Pair]:
    """Those two by two among these people of whom one or both said so. One query."""
    people = list(codes)
    said = NotWithMe.objects.filter(owner__code__in=people, other__code__in=people).order_by()
    return frozenset(frozenset(pair) for pair in said.values_list("owner__code", "other__code"))


def kept_apart_from(person: Person) -> set[int]:
    """The rows of those who are not seated with this person, whoever of the two said so. One query."""
    said = NotWithMe.objects.filter(Q(owner=person) | Q(other=person)).order_by()
    return {row for pair in said.values_list("owner", "other") for row in pair} - {person.pk}
