"""The next-one pass: given by a member, taken up for any coming date, moved, resting, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from kawka.actions.accounts import prove_address
from kawka.actions.answers import answer, confirm, next_dates
from kawka.actions.passes import settle
from kawka.actions.people import remember, tidy_email, tidy_name
from kawka.mail import invitations as mails
from kawka.models import (
    Answer,
    Attendance,
    Group,
    Invitation,
    Meeting,
    Membership,
    Person,
    Refused,
    Standing,
)

LASTS = timedelta(days=183)
MAILED_A_DAY = 20
SHOWN_AT_MOST = 50


class AlreadyInside(Refused):
    """Whoever has this address is in the group already."""

    def __init__(self, person: Person) -> None:
        super().__init__(_("%(name)s is in the group already.") % {"name": person.name})


class EnoughForToday(Refused):
    """So many invitations by mail went out today that mail servers would take more for advertising."""

    message = _("That is enough mail for one day. A link or a card still works, and tomorrow mail does too.")


class ForSomebodyElse(Refused):
    """The inviter tries to use the pass themselves."""

    message = _("This is your own invitation. Pass it on to somebody.")


@transaction.atomic
def invite(*, group: Group, name: str, email: str, words: str, by: Person, now: datetime) -> Invitation:
    """A pass from `by` to somebody, good for six months; with an address it is mailed at once.

    The same address invited by the same person gets no second mail: that invitation is returned, with the
    newer words. Raises AlreadyInside or EnoughForToday, and writes nothing then.
    """
    email = tidy_email(email)
    if email:
        refuse_inside(group, email)
    same = Invitation.objects.good(now).filter(group=group, inviter=by, email=email, way=Invitation.Way.MAIL)
    known = same.select_for_update().first() if email else None
    if known is not None:
        return known
    today = Invitation.objects.filter(
        inviter=by, way=Invitation.Way.MAIL, created_at__gt=now - timedelta(days=1)
    )
    if email and today.count() >= MAILED_A_DAY:
        raise EnoughForToday
    invitation = Invitation.objects.create(
        group=group,
        inviter=by,
        way=Invitation.Way.MAIL if email else Invitation.Way.LINK,
        name=tidy_name(name),
        email=email,
        words=words.strip(),
        created_at=now,
        expires_at=now + LASTS,
    )
    if email:
        mails.invitation(invitation, dates=next_dates(group, now=now), now=now)
    return invitation


def refuse_inside(group: Group, email: str) -> None:
    """Raise AlreadyInside when a regular, member or host of the group has this address."""
    inside = group.memberships.current().exclude(standing=Standing.GUEST)
    place = inside.filter(person__email__iexact=email).select_related("person").first()
    if place is not None:
        raise AlreadyInside(place.person)


@transaction.atomic
def card_of(*, group: Group, by: Person, now: datetime) -> Invitation:
    """The card this person hands out to anybody, made when there is none; its address lasts."""
    cards = Invitation.objects.filter(group=group, inviter=by, way=Invitation.Way.CARD, revoked_at=None)
    card = cards.first()
    if card is None:
        try:
            with transaction.atomic():
                return Invitation.objects.create(
                    group=group, inviter=by, way=Invitation.Way.CARD, created_at=now, expires_at=now + LASTS
                )
        except IntegrityError:
            return cards.get()
    if card.expires_at < now + LASTS / 2:
        card.expires_at = now + LASTS
        card.save(update_fields=["expires_at"])
    return card


def revoke(*, invitation: Invitation, by: Person, now: datetime) -> None:
    """The pass opens no door any more; a date the guest has chosen stays theirs."""
    Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=now)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking up a pass: the guest's own pass, and their answer."""

    invitation: Invitation
    answer: Answer


@transaction.atomic
def take_up(
    *, invitation: Invitation, meeting: Meeting, name: str, email: str, is_addressee: bool, now: datetime
) -> Taken:
    """The guest says who they are and chooses a date; the inviter is told which.

    `is_addressee`: the visitor is whom a mailed pass was sent to, so the address is known and proven. A pass
    somebody else has taken up, and a card, make the visitor a pass of their own. Raises ForSomebodyElse, and
    what `answers.answer` raises; nothing is changed then.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("group", "inviter")
        .get(pk=invitation.pk)
    )
    mailed = is_addressee and may_be_addressee(invitation)
    guest = guest_of(invitation, name, invitation.email if mailed else email, mailed, now)
    own = own_pass(invitation, guest, name, now)
    given = Answer.objects.filter(meeting=meeting, person=guest).first()
    if given is None or mailed or not given.person.email:
        given = answer(meeting=meeting, person=guest, choice=Answer.Choice.COMING, by=guest, now=now)
    settle(own, meeting, now)
    confirm(given, now=now)
    mails.guest_chose(own, meeting=meeting, now=now)
    return Taken(own, given)


def may_be_addressee(invitation: Invitation) -> bool:
    """Whether the pass was mailed and nobody has taken it up yet."""
    return invitation.way == Invitation.Way.MAIL and invitation.guest_id is None


def guest_of(invitation: Invitation, name: str, email: str, mailed: bool, now: datetime) -> Person:
    """Who takes the pass up: remembered by their address, and proven by the mail that brought them."""
    by = invitation.inviter if mailed else None
    guest = remember(group=invitation.group, name=name, email=email, by=by, now=now)
    if guest.pk == invitation.inviter_id:
        raise ForSomebodyElse
    if mailed:
        prove_address(person=guest, now=now)
    return guest


def own_pass(invitation: Invitation, guest: Person, name: str, now: datetime) -> Invitation:
    """The pass itself when it is the guest's or nobody's yet; else a new one from the same inviter."""
    if invitation.way != Invitation.Way.CARD and invitation.guest_id in (None, guest.pk):
        invitation.guest = guest
        return invitation
    theirs = Invitation.objects.filter(
        group=invitation.group, inviter=invitation.inviter, guest=guest
    ).first()
    return theirs or Invitation.objects.create(
        group=invitation.group,
        inviter=invitation.inviter,
        way=Invitation.Way.LINK,
        name=tidy_name(name),
        guest=guest,
        created_at=now,
        expires_at=now + LASTS,
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """One invitation as its inviter alone sees it."""

    invitation: Invitation
    came: int
    joined: bool

    @property
    def stage(self) -> str:
        """How far it got: "joined", "again", "came", "date", "rests", "over" or "open"."""
        invitation = self.invitation
        if self.joined:
            return "joined"
        if self.came:
            return "again" if self.came > 1 else "came"
        if invitation.revoked_at is not None:
            return "over"
        if invitation.rested_at is not None:
            return "rests"
        return "date" if invitation.meeting_id else "open"


def sent_by(person: Person, group: Group) -> Sequence[Sent]:
    """This person's invitations to the group, latest first, with what came of each. Two queries."""
    came = Q(guest__attendances__state__in=Attendance.CAME, guest__attendances__meeting__group=group)
    sent = Invitation.objects.filter(inviter=person, group=group).exclude(way=Invitation.Way.CARD)
    rows = list(
        sent.select_related("guest", "meeting")
        .annotate(came=Count("guest__attendances", filter=came, distinct=True))
        .order_by("-created_at", "-pk")[:SHOWN_AT_MOST]
    )
    inner = (Standing.MEMBER, Standing.HOST)
    joined = set(
        Membership.objects.filter(
            group=group, person__in=[row.guest_id for row in rows if row.guest_id], standing__in=inner
        ).values_list("person_id", flat=True)
    )
    for row in rows:
        if row.meeting is not None:
            row.meeting.group = group
    return [Sent(row, row.came, row.guest_id in joined) for row in rows]
