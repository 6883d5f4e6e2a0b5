"""Around a first visit: the question the afternoon before, the thank-you after it, what the guest wants."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from kawka.actions.answers import answer
from kawka.actions.greetings import assign_greeters, not_coming
from kawka.actions.links import link_for
from kawka.actions.people import remove
from kawka.actions.reminders import LOOKED_AHEAD, LOOKED_BACK, due
from kawka.mail import invitations as mails
from kawka.models import (
    Answer,
    Attendance,
    Card,
    Group,
    Invitation,
    Meeting,
    Membership,
    Person,
    PersonalLink,
    SeenBy,
    Standing,
)

A_MONTH = timedelta(days=30)


def greeter_of(meeting: Meeting, guest: Person) -> Person | None:
    """Who meets this guest at the door: the one named for it, else a host who is there that day."""
    named = meeting.greetings.filter(guest=guest).select_related("greeter__card").first()
    if named is not None:
        return named.greeter
    hosts = meeting.group.memberships.hosts().exclude(person__in=not_coming(meeting))
    host = hosts.select_related("person__card").order_by("pk").first()
    return host.person if host else None


@transaction.atomic
def take_another_date(*, instead_of: Meeting, meeting: Meeting, guest: Person, now: datetime) -> Answer:
    """Rather this date than that one, whose seat is freed; while one only waits for the new, both are kept.

    Raises what `answers.answer` raises, and changes nothing then.
    """
    taken = answer(meeting=meeting, person=guest, choice=Answer.Choice.COMING, by=guest, now=now)
    if taken.choice == Answer.Choice.COMING and meeting.pk != instead_of.pk:
        answer(meeting=instead_of, person=guest, choice=Answer.Choice.NOT_THIS_TIME, by=guest, now=now)
    return taken


def newcomers(meeting: Meeting) -> QuerySet[Person]:
    """Guests who come to this date and have never been to a meeting of the group."""
    came = Attendance.objects.came().filter(person=OuterRef("pk"), meeting__group=meeting.group_id)
    guests = Membership.objects.filter(group=meeting.group_id, standing=Standing.GUEST).values("person")
    coming = Answer.objects.coming().filter(meeting=meeting).values("person")
    return Person.objects.filter(pk__in=guests).filter(pk__in=coming).exclude(Exists(came))


def question_guests_due(*, now: datetime) -> int:
    """The afternoon before each date: ask guests who come for the first time whether to keep a seat."""
    near = Meeting.objects.filter(
        state=Meeting.State.PLANNED,
        questioned_at=None,
        starts_at__gt=now,
        starts_at__lte=now + LOOKED_AHEAD,
    )
    return sum(question_guests(meeting, now) for meeting in due("prepare", near, now))


@transaction.atomic
def question_guests(meeting: Meeting, now: datetime) -> bool:
    """Ask the guests of one date; False when another process does."""
    if not Meeting.objects.filter(pk=meeting.pk, questioned_at=None).update(questioned_at=now):
        return False
    assign_greeters(meeting=meeting, now=now)
    for guest in newcomers(meeting):
        link = link_for(person=guest, scope=PersonalLink.Scope.ANSWER, group=meeting.group, now=now)
        mails.guest_question(meeting, guest, greeter=greeter_of(meeting, guest), link=link, now=now)
    return True


def thank_guests_due(*, now: datetime) -> int:
    """The afternoon after each meeting: one thank-you to everybody who was there for the first time."""
    closed = Meeting.objects.filter(
        state=Meeting.State.CLOSED, thanked_at=None, ends_at__lte=now, ends_at__gt=now - LOOKED_BACK
    )
    return sum(thank_guests(meeting, now) for meeting in due("thank", closed, now))


@transaction.atomic
def thank_guests(meeting: Meeting, now: datetime) -> bool:
    """Thank the first-timers of one meeting and ask for their consent; False when another process does."""
    if not Meeting.objects.filter(pk=meeting.pk, thanked_at=None).update(thanked_at=now):
        return False
    for place in first_timers(meeting):
        guest = place.person
        link = link_for(person=guest, scope=PersonalLink.Scope.ANSWER, group=meeting.group, now=now)
        mails.first_thanks(meeting, guest, signed_by=signer_of(meeting, guest), link=link, now=now)
        Membership.objects.filter(pk=place.pk).update(directory_asked_at=now)
    return True


def first_timers(meeting: Meeting) -> QuerySet[Membership]:
    """Guests who were there and were never asked after a visit before."""
    came = meeting.attendances.came().values("person")
    guests = meeting.group.memberships.filter(standing=Standing.GUEST, directory_asked_at=None)
    return guests.filter(person__in=came).select_related("person")


def signer_of(meeting: Meeting, guest: Person) -> Person | None:
    """Who signs the thank-you: the greeter if they were there, else a host."""
    greeter = greeter_of(meeting, guest)
    if greeter is not None and meeting.attendances.came().filter(person=greeter).exists():
        return greeter
    host = meeting.group.memberships.hosts().select_related("person").order_by("pk").first()
    return host.person if host else None


@transaction.atomic
def agree_to_directory(
    *, membership: Membership, fields: Collection[str], by: Person, now: datetime
) -> Membership:
    """Let members of the group see these fields of one's card, and find it; the others are one's own.

    With no field nothing is shown, and nobody asks again.
    """
    card = Card.objects.select_for_update().get(person=membership.person_id)
    wished = {field: SeenBy.MEMBERS if field in fields else SeenBy.ME for field in Card.FIELDS}
    kept = {f: seen for f, seen in card.seen_by.items() if seen == SeenBy.EVERYBODY and f in fields}
    card.seen_by = {**wished, **kept}
    card.save(update_fields=["seen_by"])
    membership.directory_agreed_at = now if fields else None
    membership.directory_asked_at = membership.directory_asked_at or now
    membership.save(update_fields=["directory_agreed_at", "directory_asked_at"])
    return membership


def ask_again_later(*, membership: Membership, by: Person, now: datetime) -> Membership:
    """Not now: the next dates are mailed in a month, once."""
    membership.ask_again_on = (now + A_MONTH).date()
    membership.save(update_fields=["ask_again_on"])
    return membership


@transaction.atomic
def not_for_me(*, membership: Membership, by: Person, now: datetime) -> Membership:
    """Nothing more is written to them about this group, their pass is over; they may come back."""
    Invitation.objects.filter(guest=membership.person_id, group=membership.group_id, revoked_at=None).update(
        revoked_at=now
    )
    return remove(membership=membership, by=by, now=now)


def ask_again_due(*, now: datetime) -> int:
    """Mail the next dates to guests who asked for it; how many there were."""
    groups = Group.objects.filter(memberships__ask_again_on__lte=now.date()).distinct()
    return sum(ask_again(group, now) for group in groups)


@transaction.atomic
def ask_again(group: Group, now: datetime) -> int:
    """The guests of one group whose month is over, each once."""
    due_today = group.memberships.current().filter(ask_again_on__lte=now.date())
    places = list(due_today.select_for_update(of=("self",)).select_related("person"))
    for place in places:
        link = link_for(person=place.person, scope=PersonalLink.Scope.ANSWER, group=group, now=now)
        mails.asked_again(group, place.person, link=link, on=str(place.ask_again_on), now=now)
    group.memberships.filter(ask_again_on__lte=now.date()).update(ask_again_on=None)
    return len(places)
