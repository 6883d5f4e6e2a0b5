"""The people of a group: remembered by their e-mail, never twice, and never forgotten with their history."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kawka.models import Answer, Card, Group, Membership, Person, Refused, Standing, StandingAnswer


class AlreadyHere(Refused):
    """The person is in the group already; nothing was changed."""

    def __init__(self, person: Person) -> None:
        self.person = person
        super().__init__(_("%(name)s is already in this group with that e-mail.") % {"name": person.name})


class NamesakeHere(Refused):
    """Somebody of this name is in the group, and nothing tells the two apart; nothing was changed."""

    def __init__(self, person: Person) -> None:
        super().__init__(
            _("%(name)s is already in this group. If this is somebody else, an e-mail tells the two apart.")
            % {"name": person.name}
        )


class LastHost(Refused):
    """The group would be left without a host."""

    message = _("A group needs a host. Make somebody else a host first.")


def tidy_name(name: str) -> str:
    """The name with single spaces."""
    return " ".join(name.split())


def tidy_email(email: str) -> str:
    """The address as it is kept: no spaces around it, small letters."""
    return email.strip().lower()


def remember(
    *, group: Group, name: str, email: str, trade: str = "", by: Person | None, now: datetime
) -> Person:
    """The person with this address in the group's community, made if nobody has it, and in the group.

    The same e-mail is the same person, whatever its letter case; of two requests at once one makes the row
    and the other finds it. Somebody who is here keeps their name and what their card says; an empty trade is
    filled only when `by` somebody who is here. Without `by` the person typed themselves in on a public page
    and nobody vouches for the address; who left the group then stays out of it. An empty e-mail makes a new
    person each time.
    """
    return admit(group, name, email, trade, vouched=by is not None, now=now)


def admit(group: Group, name: str, email: str, trade: str, *, vouched: bool, now: datetime) -> Person:
    """`remember`, saying outright whether somebody vouches for the address."""
    email, trade = tidy_email(email), trade.strip()
    person = found(group, email) or made(group, tidy_name(name), email, trade, vouched, now)
    membership, _made = Membership.objects.get_or_create(
        group=group, person=person, defaults={"joined_at": now}
    )
    if vouched and person.is_self_entered:
        person.is_self_entered = False
        person.save(update_fields=["is_self_entered"])
    if vouched and trade:
        Card.objects.filter(person=person, trade="").update(trade=trade, updated_at=now)
    if vouched and membership.standing == Standing.ALUMNUS:
        Membership.objects.filter(pk=membership.pk).update(standing=Standing.GUEST)
    return person


def join_as_guest(*, group: Group, person: Person, now: datetime) -> None:
    """Somebody of the community is a guest of one of its groups from their first answer there."""
    Membership.objects.get_or_create(group=group, person=person, defaults={"joined_at": now})


def found(group: Group, email: str) -> Person | None:
    """Who has this address in the group's community."""
    people = Person.objects.filter(community_id=group.community_id).with_email(email)
    return people.select_related("community", "card").first() if email else None


def made(group: Group, name: str, email: str, trade: str, vouched: bool, now: datetime) -> Person:
    """A new person with a card; when somebody else made them meanwhile, that one."""
    try:
        with transaction.atomic():
            person = Person.objects.create(
                community_id=group.community_id,
                name=name,
                email=email,
                is_self_entered=not vouched,
                created_at=now,
            )
            Card.objects.create(person=person, trade=trade, updated_at=now)
    except IntegrityError:
        there = found(group, email)
        if there is None:
            raise
        return there
    return person


@transaction.atomic
def add(*, group: Group, name: str, trade: str, email: str, by: Person | None, now: datetime) -> Person:
    """Take one person into the group.

    Raises AlreadyHere, changing nothing, when that address is in it, and NamesakeHere for a name in it that
    comes without an address: pressing twice makes nobody twice.
    """
    Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    current = Membership.objects.current().filter(group=group).select_related("person")
    person = found(group, tidy_email(email))
    if person is not None and current.filter(person=person).exists():
        raise AlreadyHere(person)
    namesake = current.filter(person__name__iexact=tidy_name(name)).first() if not email.strip() else None
    if namesake is not None:
        raise NamesakeHere(namesake.person)
    return admit(group, name, email, trade, vouched=True, now=now)


@transaction.atomic
def set_standing(
    *, membership: Membership, standing: Standing, by: Person | None, now: datetime
) -> Membership:
    """Say how somebody stands in the group. Raises LastHost, changing nothing, when no host would be left."""
    group = Group.objects.select_for_update(of=("self",)).get(pk=membership.group_id)
    stood = Membership.objects.get(pk=membership.pk).standing
    others = Membership.objects.hosts().filter(group=group).exclude(pk=membership.pk)
    if stood == Standing.HOST != standing and not others.exists():
        raise LastHost
    membership.standing = standing
    membership.save(update_fields=["standing"])
    if Standing.HOST in {stood, standing}:
        group.touch_page()
    return membership


@transaction.atomic
def remove(*, membership: Membership, by: Person | None, now: datetime) -> Membership:
    """Let somebody go: an alumnus with all their history, no longer expected at dates to come."""
    membership = set_standing(membership=membership, standing=Standing.ALUMNUS, by=by, now=now)
    StandingAnswer.objects.filter(membership=membership).delete()
    expected = Answer.objects.filter(
        person_id=membership.person_id, meeting__group_id=membership.group_id, meeting__starts_at__gt=now
    )
    if expected.delete()[0]:
        membership.group.touch_page()
    return membership
