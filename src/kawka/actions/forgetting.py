"""Forgetting people: guests when their time is over, and anybody who asks for it. Counts stay, names go."""

from datetime import datetime, timedelta
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _
from django.utils.translation import override

from kawka.actions.links import link_for
from kawka.actions.talk_words import forget_words
from kawka.mail import invitations as mails
from kawka.models import (
    Attendance,
    Card,
    Group,
    Hand,
    Membership,
    Note,
    NotWithMe,
    OutgoingMail,
    Person,
    PersonalLink,
    Pitch,
    SeatWish,
    Standing,
    Talk,
)

NOTICE = timedelta(days=14)


@transaction.atomic
def forget(*, person: Person, by: Person | None, now: datetime) -> None:
    """What was known of this person is gone, for good; that somebody was there stays, without a name.

    Their card, photo, asks, offers, pitch, notes, hands, wishes about seats, links and mail go; their
    attendances and talks stay with a former guest, so that what others remember of a meeting stays true.
    """
    group = Group.objects.filter(memberships__person=person).order_by("pk").first()
    with override(group.language if group else "pl"):
        name = _("Former guest")
    photo = Card.objects.filter(person=person).exclude(photo="").values_list("photo", flat=True).first()
    if photo:
        transaction.on_commit(partial(default_storage.delete, photo))
    for rows in (person.offers, person.asks, person.links, person.invitations_sent, person.tasks):
        rows.all().delete()
    Pitch.objects.filter(person=person).delete()
    Hand.objects.filter(Q(person=person) | Q(asker=person)).delete()
    Note.objects.filter(Q(owner=person) | Q(about=person)).delete()
    NotWithMe.objects.filter(Q(owner=person) | Q(other=person)).delete()
    SeatWish.objects.filter(Q(owner=person) | Q(other=person)).delete()
    person.talk_seats.update(again="")
    forget_words(Talk.objects.filter(seats__person=person), person=person)
    person.invitations_received.update(guest=None, name=name, email="", way="link", words="")
    OutgoingMail.objects.filter(person=person).update(
        to="", reply_to="", subject="", text="", html="", attachments=[], person=None
    )
    Card.objects.filter(person=person).update(**empty_card())
    type(person).objects.filter(pk=person.pk).update(
        name=name, greeting="", email="", town="", account=None, email_proven_at=None, is_self_entered=False
    )
    Membership.objects.filter(person=person).update(standing=Standing.ALUMNUS, ask_again_on=None)


def empty_card() -> dict[str, object]:
    """A card with nothing on it."""
    words = dict.fromkeys(("trade", "does", "client", "experience", "phone", "website", "photo"), "")
    return {**words, "seen_by": {}, "updated_at": None}


def idle_guests(group: Group, before: datetime) -> QuerySet[Person]:
    """Guests of the group, and nowhere more than that, of whom nothing was heard since that moment."""
    more = Membership.objects.filter(person=OuterRef("pk")).exclude(
        standing__in=[Standing.GUEST, Standing.ALUMNUS]
    )
    came = Max("attendances__meeting__starts_at", filter=Q(attendances__state__in=Attendance.CAME))
    people = Person.objects.filter(memberships__group=group, memberships__standing=Standing.GUEST)
    return (
        people.filter(account__isnull=True, ownership__isnull=True)
        .exclude(Exists(more))
        .annotate(
            heard_at=Greatest(
                "created_at",
                Coalesce("stay_asked_at", "created_at"),
                Coalesce(came, "created_at"),
                Coalesce(Max("answers__answered_at"), "created_at"),
            )
        )
        .filter(heard_at__lt=before)
    )


def forget_idle_guests(*, now: datetime) -> int:
    """Tell idle guests two weeks ahead that they will be forgotten, then forget them; how many were.

    Any answer, visit or press of "stay" in between keeps them. Guests without an address are forgotten
    without a word, for there is nowhere to send one.
    """
    return sum(forget_guests_of(group, now) for group in Group.objects.select_related("community"))


@transaction.atomic
def forget_guests_of(group: Group, now: datetime) -> int:
    """The guests of one group: first told, two weeks later forgotten."""
    over = now - timedelta(days=30 * group.guest_months)
    for guest in idle_guests(group, over + NOTICE).filter(expiry_told_at=None).exclude(email=""):
        link = link_for(person=guest, scope=PersonalLink.Scope.ANSWER, group=group, now=now)
        mails.soon_forgotten(group, guest, link=link, on=now + NOTICE, now=now)
        Person.objects.filter(pk=guest.pk).update(expiry_told_at=now)
    was_told = Q(expiry_told_at__lte=now - NOTICE) | Q(email="")
    gone = list(idle_guests(group, over).filter(was_told))
    for guest in gone:
        forget(person=guest, by=None, now=now)
    return len(gone)


def stay(*, person: Person, by: Person, now: datetime) -> None:
    """This guest wants to be remembered: their time begins anew."""
    Person.objects.filter(pk=person.pk).update(expiry_told_at=None, stay_asked_at=now)
