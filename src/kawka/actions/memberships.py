"""Becoming a member: by a host's invitation or by asking, and never a refusal by a rule."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kawka.actions.day_list import folded
from kawka.actions.links import link_for
from kawka.mail import memberships as mail
from kawka.models import (
    Group,
    Membership,
    Person,
    PersonalLink,
    Refused,
    SeatQuestion,
    Standing,
)

MEMBERS = (Standing.MEMBER, Standing.HOST)


class NotYetRegular(Refused):
    """Who has come less often is asked by a host, or comes once more."""

    message = _("Whoever has come three times may ask. Until then you are welcome as a guest at every date.")


class IsMemberAlready(Refused):
    """Nothing more to ask."""

    message = _("This person is a member already.")


class NothingAsked(Refused):
    """The question was answered meanwhile."""

    message = _("This has been answered already.")


def may_apply(membership: Membership) -> bool:
    """Whether this person may ask to become a member."""
    by_asking = membership.group.joining == Group.Joining.APPLYING
    return by_asking and membership.standing == Standing.REGULAR and membership.applied_at is None


@transaction.atomic
def apply(*, membership: Membership, now: datetime) -> None:
    """Ask to become a member; hosts are told, and who holds the seat of the trade is asked. Twice is once.

    Raises NotYetRegular.
    """
    if membership.applied_at is not None:
        return
    if not may_apply(membership):
        raise NotYetRegular
    waiting = Membership.objects.filter(pk=membership.pk, applied_at__isnull=True)
    if waiting.update(applied_at=now):
        ask_holders(membership, now)
        for host in hosts_of(membership.group):
            mail.membership_asked(host, membership, now=now)


@transaction.atomic
def invite(*, membership: Membership, by: Person | None, now: datetime) -> bool:
    """A host invites somebody to become a member. False when somebody of the same trade is asked first.

    Pressed again the invitation goes out, whatever was answered. Raises IsMemberAlready.
    """
    if membership.standing in MEMBERS:
        raise IsMemberAlready
    if ask_holders(membership, now):
        return False
    membership.invited_at, membership.invited_by = now, by
    membership.save(update_fields=["invited_at", "invited_by"])
    mail.membership_offered(membership, link=answer_link(membership.person, membership.group, now), now=now)
    return True


@transaction.atomic
def welcome(*, membership: Membership, by: Person | None, now: datetime) -> None:
    """Take in who asked; they are told at once. Raises NothingAsked when it was answered meanwhile."""
    asked = Membership.objects.filter(pk=membership.pk, applied_at__isnull=False)
    if not asked.update(applied_at=None, invited_at=None, standing=Standing.MEMBER):
        raise NothingAsked
    mail.membership_welcomed(membership, link=answer_link(membership.person, membership.group, now), now=now)


@transaction.atomic
def say_not_now(*, membership: Membership, words: str, by: Person | None, now: datetime) -> None:
    """Not now, in words of the host's own; they stay a regular. Raises NothingAsked."""
    asked = Membership.objects.filter(pk=membership.pk, applied_at__isnull=False)
    if not asked.update(applied_at=None):
        raise NothingAsked
    mail.membership_not_now(membership, words=words, by=by, now=now)


@transaction.atomic
def accept(*, membership: Membership, now: datetime) -> None:
    """Say yes to a host's invitation. Raises NothingAsked when there is none any more."""
    asked = Membership.objects.filter(pk=membership.pk, invited_at__isnull=False)
    asked = asked.exclude(standing__in=[*MEMBERS, Standing.ALUMNUS])
    if not asked.update(invited_at=None, applied_at=None, standing=Standing.MEMBER):
        raise NothingAsked
    for host in hosts_of(membership.group):
        mail.membership_accepted(host, membership, now=now)


def decline(*, membership: Membership, now: datetime) -> None:
    """Rather stay as one is; nobody asks why. Raises NothingAsked."""
    asked = Membership.objects.filter(pk=membership.pk, invited_at__isnull=False)
    if not asked.update(invited_at=None, invited_by=None):
        raise NothingAsked


def seat_holders(membership: Membership) -> Sequence[Membership]:
    """The members of the same trade, where a group has one seat for each."""
    trade = folded(membership.person.card.trade)
    if not membership.group.has_one_seat_per_trade or not trade:
        return []
    members = Membership.objects.filter(group=membership.group, standing__in=MEMBERS)
    others = members.exclude(pk=membership.pk).select_related("person__card").order_by("joined_at", "pk")
    return [member for member in others if folded(member.person.card.trade) == trade]


def ask_holders(membership: Membership, now: datetime) -> int:
    """Ask who holds the seat whether it would be all right; how many were asked for the first time."""
    asked = 0
    for holder in seat_holders(membership):
        question, made = SeatQuestion.objects.get_or_create(
            candidate=membership, holder=holder, defaults={"asked_at": now}
        )
        if made:
            question.candidate, question.holder = membership, holder
            mail.seat_question(question, link=answer_link(holder.person, membership.group, now), now=now)
            asked += 1
    return asked


@transaction.atomic
def answer_seat_question(
    *, question: SeatQuestion, answer: SeatQuestion.Answer, by: Person, now: datetime
) -> None:
    """What the seat's holder says; the hosts read it and decide themselves. A later answer replaces it."""
    question.answer, question.answered_at = answer, now
    question.save(update_fields=["answer", "answered_at"])
    for host in hosts_of(question.candidate.group):
        if host.person_id != by.pk:
            mail.seat_question_answered(host, question, now=now)


def hosts_of(group: Group) -> list[Membership]:
    """Who runs the group, those with an address."""
    return list(group.memberships.hosts().exclude(person__email="").select_related("person", "group"))


def answer_link(person: Person, group: Group, now: datetime) -> PersonalLink:
    """The link that opens the person's own page of the group."""
    return link_for(person=person, scope=PersonalLink.Scope.ANSWER, group=group, now=now)
