"""What people say of themselves, and what others see of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kawka.actions.people import tidy_email, tidy_name
from kawka.models import (
    Ask,
    Attendance,
    Group,
    Meeting,
    Offer,
    Person,
    PersonalLink,
    Refused,
    Standing,
)

ON_PERSON = frozenset({"name", "greeting", "town", "email", "language"})


class EmailIsTaken(Refused):
    """Somebody else in the community has this address."""

    message = _("Somebody with this e-mail address is already here.")


class EmailIsProven(Refused):
    """The address belongs to an account and is changed there."""

    message = _("This person signs in with their address, so only they can change it.")


@dataclass(frozen=True)
class Line:
    """An offer or ask as it was typed; `code` of the row it changes, empty for a new one."""

    text: str
    kind: str
    code: str = ""


@dataclass(frozen=True)
class SeenCard:
    """A card as somebody sees it: what they may not see is empty."""

    person: Person
    fields: frozenset[str]

    @property
    def trade(self) -> str:
        """The trade, which everybody sees who may know the person exists."""
        return self.person.card.trade

    @property
    def does(self) -> str:
        """What they do."""
        return self.person.card.does if "does" in self.fields else ""

    @property
    def client(self) -> str:
        """Their client."""
        return self.person.card.client if "client" in self.fields else ""

    @property
    def experience(self) -> str:
        """Their experience."""
        return self.person.card.experience if "experience" in self.fields else ""

    @property
    def phone(self) -> str:
        """Their phone."""
        return self.person.card.phone if "phone" in self.fields else ""

    @property
    def dialled(self) -> str:
        """Their phone as a telephone takes it: digits and a plus."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")

    @property
    def email(self) -> str:
        """Their e-mail."""
        return self.person.email if "email" in self.fields else ""

    @property
    def website(self) -> str:
        """Their website."""
        return self.person.card.website if "website" in self.fields else ""

    @property
    def photo_name(self) -> str:
        """The name of their photo's file."""
        return self.person.card.photo_name if "photo" in self.fields else ""

    @cached_property
    def offers(self) -> Sequence[Offer]:
        """What they can help with."""
        return list(self.person.offers.all()) if "offers" in self.fields else []

    @cached_property
    def asks(self) -> Sequence[Ask]:
        """What they are looking for now."""
        asks = self.person.asks.all() if "asks" in self.fields else []
        return [ask for ask in asks if ask.closed_at is None]

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing to see but name and trade."""
        return not (self.does or self.client or self.experience or self.offers or self.asks)


@transaction.atomic
def save_card(
    *,
    person: Person,
    fields: Mapping[str, str],
    offers: Sequence[Line] | None = None,
    asks: Sequence[Line] | None = None,
    seen_by: Mapping[str, str] | None = None,
    by: Person | None,
    now: datetime,
) -> Person:
    """Give the card these values; what is not among `fields`, and None, stays as it is.

    An offer that is not among `offers` goes; an ask that is not among `asks` counts as withdrawn. Another
    e-mail is not proven yet, and links that were mailed to the old one stop working. Raises EmailIsTaken or
    EmailIsProven, and changes nothing then.
    """
    person = Person.objects.select_for_update(of=("self",)).select_related("card").get(pk=person.pk)
    save_person(person, {name: text for name, text in fields.items() if name in ON_PERSON}, now)
    card, on_card = person.card, [name for name in fields if name not in ON_PERSON]
    for name in on_card:
        setattr(card, name, fields[name].strip())
    if seen_by is not None:
        card.seen_by = {**card.seen_by, **seen_by}
    card.updated_at = now
    card.save(update_fields=[*on_card, "seen_by", "updated_at"])
    if offers is not None:
        save_offers(person, offers)
    if asks is not None:
        save_asks(person, asks, now)
    for group in Group.objects.filter(memberships__person=person, memberships__standing=Standing.HOST):
        group.touch_page()
    return person


def save_person(person: Person, fields: dict[str, str], now: datetime) -> None:
    """The fields of a card that stand with the person; the e-mail with what hangs on it."""
    if "email" in fields:
        fields["email"] = tidy_email(fields["email"])
        if fields["email"] != person.email.lower():
            change_email(person, fields, now)
        else:
            del fields["email"]
    if "name" in fields:
        fields["name"] = tidy_name(fields["name"])
    for name, text in fields.items():
        setattr(person, name, text.strip())
    try:
        with transaction.atomic():
            person.save(update_fields=[*fields, "email_proven_at", "mail_paused_at", "mail_trouble"])
    except IntegrityError as error:
        raise EmailIsTaken from error


def change_email(person: Person, fields: dict[str, str], now: datetime) -> None:
    """Another address: nobody has proven it, and links mailed to the old one end."""
    if person.account_id is not None:
        raise EmailIsProven
    person.email_proven_at, person.mail_paused_at, person.mail_trouble = None, None, ""
    PersonalLink.objects.filter(person=person, revoked_at=None).update(revoked_at=now)


def save_offers(person: Person, lines: Iterable[Line]) -> None:
    """Make the person's offers what the lines say, in their order."""
    there = {offer.code: offer for offer in person.offers.all()}
    for position, line in enumerate(lines):
        offer = there.pop(line.code, None) or Offer(person=person)
        offer.text, offer.kind, offer.position = line.text, line.kind, position
        offer.save()
    Offer.objects.filter(pk__in=[offer.pk for offer in there.values()]).delete()


def save_asks(person: Person, lines: Iterable[Line], now: datetime) -> None:
    """Make the person's open asks what the lines say, in their order."""
    there = {ask.code: ask for ask in person.asks.open()}
    for position, line in enumerate(lines):
        ask = there.pop(line.code, None) or Ask(person=person, created_at=now)
        ask.text, ask.kind, ask.position = line.text, line.kind, position
        ask.save()
    gone = Ask.objects.filter(pk__in=[ask.pk for ask in there.values()])
    gone.update(closed_at=now, outcome=Ask.Outcome.WITHDRAWN)


@transaction.atomic
def close_ask(*, ask: Ask, outcome: str, by: Person | None, now: datetime) -> Ask:
    """Say that an ask was helped or withdrawn; with no outcome it is open again. The first word stands."""
    if outcome:
        Ask.objects.open().filter(pk=ask.pk).update(closed_at=now, outcome=Ask.Outcome(outcome))
    else:
        Ask.objects.filter(pk=ask.pk).update(closed_at=None, outcome="")
    ask.refresh_from_db()
    return ask


def last_met(reader: Person | None, person: Person) -> Meeting | None:
    """The last meeting both came to."""
    if reader is None or reader == person:
        return None
    shared = Meeting.objects.filter(attendances__in=Attendance.objects.came().filter(person=reader))
    shared = shared.filter(pk__in=Attendance.objects.came().filter(person=person).values("meeting"))
    return shared.select_related("group").order_by("-starts_at").first()
