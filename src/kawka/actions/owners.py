"""Two owners always: who could be the second, and who takes over where all owners have fallen silent."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, Max
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kawka.actions.roles import CARRY
from kawka.actions.take_overs import role_link
from kawka.mail import owners as mail
from kawka.models import (
    Answer,
    Attendance,
    Community,
    Group,
    LiveChange,
    Membership,
    OwnerAsk,
    Ownership,
    Person,
    Refused,
    Task,
)

SILENT_FOR = timedelta(days=60)
TIME_TO_ANSWER = timedelta(days=7)


class CannotOwn(Refused):
    """Somebody without an address cannot sign in, so they cannot look after anything."""

    message = gettext_lazy("An owner signs in by e-mail. Add their address first.")


class NotAskedToOwn(Refused):
    """Somebody answered a question they were not asked."""

    message = gettext_lazy("This question has been answered in the meantime. Thank you!")


def owners_of(community: Community) -> list[Person]:
    """Those who look after a community."""
    rows = Ownership.objects.filter(community=community).select_related("person__card").order_by("pk")
    return [row.person for row in rows]


def could_own(community: Community) -> list[Person]:
    """Members who can be reached and look after nothing yet, those longest in the community first."""
    places = Membership.objects.filter(group__community=community, standing__in=CARRY)
    places = places.exclude(person__email="").filter(person__ownership__isnull=True)
    found: dict[int, Person] = {}
    for place in places.select_related("person").order_by("joined_at", "pk"):
        found.setdefault(place.person_id, place.person)
    return list(found.values())


@transaction.atomic
def make_owner(*, community: Community, person: Person, by: Person | None, now: datetime) -> Ownership:
    """One more owner; the question who could be the second is answered with it. Raises CannotOwn."""
    if not (person.email or person.account_id) or person.community_id != community.pk:
        raise CannotOwn
    try:
        with transaction.atomic():
            ownership, _made = Ownership.objects.get_or_create(community=community, person=person)
    except IntegrityError:
        raise CannotOwn from None
    Task.objects.open().filter(key=task_key(community)).update(done_at=now, done_by=by)
    return ownership


def task_key(community: Community) -> str:
    """The key of the task that asks for a second owner."""
    return f"second-owner:{community.code}"


def look_after_owners(*, now: datetime) -> int:
    """Ask for a second owner, and where all are silent ask the next who could take over. Run daily."""
    real = Community.objects.filter(is_sample=False).annotate(owners=Count("ownerships"))
    alone = list(real.filter(owners=1, groups__isnull=False).distinct())
    return sum(ask_for_second(one, now) for one in alone) + ask_where_silent(now)


def ask_for_second(community: Community, now: datetime) -> bool:
    """Put the question on the list of the community's first group, once and for all."""
    group = community.groups.order_by("created_at", "pk").first()
    if group is None or not could_own(community):
        return False
    with translation.override(group.language):
        text = _("Choose a second owner, so that the group never hangs on one person")
    owner = Ownership.objects.filter(community=community).values_list("person", flat=True).first()
    _task, made = Task.objects.get_or_create(
        key=task_key(community),
        defaults={"group": group, "text": text, "owner_id": owner, "created_at": now},
    )
    return made


def ask_where_silent(now: datetime) -> int:
    """Write to the next member of each community whose owners have all been silent for 60 days."""
    seen = last_seen(now)
    silent = [number for number, at in seen.items() if at <= now - SILENT_FOR]
    return sum(ask_next(one, now) for one in Community.objects.filter(pk__in=silent).order_by("pk"))


def last_seen(now: datetime) -> dict[int, datetime]:
    """When any owner of each real community last did something: signed in, answered, came or led.

    What the clock does for them, such as a standing answer or a turn that fell to them, does not count.
    """
    rows = Ownership.objects.filter(community__is_sample=False).select_related("community", "person__account")
    owners = list(rows)
    people = [row.person_id for row in owners]
    did: dict[int, list[datetime]] = defaultdict(list)
    said = Answer.objects.filter(answered_by__in=people, is_standing=False).order_by()
    came = Attendance.objects.filter(person__in=people, arrived_at__isnull=False).order_by()
    led = LiveChange.objects.filter(made_by__in=people).order_by()
    for found in (
        said.values("answered_by").annotate(last=Max("answered_at")).values_list("answered_by", "last"),
        came.values("person").annotate(last=Max("arrived_at")).values_list("person", "last"),
        led.values("made_by").annotate(last=Max("made_at")).values_list("made_by", "last"),
    ):
        for person, at in found:
            did[person].append(at)
    seen: dict[int, datetime] = {}
    for row in owners:
        account = row.person.account
        moments = [row.community.created_at, row.person.created_at, *did[row.person_id]]
        moments += [account.last_login] if account and account.last_login else []
        seen[row.community_id] = max(seen.get(row.community_id, moments[0]), *moments)
    return seen


@transaction.atomic
def ask_next(community: Community, now: datetime) -> bool:
    """Ask the longest-serving active member who was not asked yet; nobody while somebody still thinks."""
    community = Community.objects.select_for_update().get(pk=community.pk)
    asks = list(OwnerAsk.objects.filter(community=community))
    if any(ask.reply == "" and ask.asked_at > now - TIME_TO_ANSWER for ask in asks):
        return False
    asked = {ask.person_id for ask in asks}
    active = active_in(community, now)
    person = next((one for one in could_own(community) if one.pk in active and one.pk not in asked), None)
    group = Group.objects.filter(memberships__person=person).order_by("pk").first() if person else None
    if person is None or group is None:
        return False
    OwnerAsk.objects.create(community=community, person=person, asked_at=now)
    group.community = community
    mail.owner_ask(person, group, link=role_link(person, group, now), now=now)
    return True


def active_in(community: Community, now: datetime) -> set[int]:
    """Who came or said they come within the last 60 days."""
    since = now - SILENT_FOR
    came = Attendance.objects.came().filter(meeting__group__community=community, meeting__starts_at__gt=since)
    coming = Answer.objects.coming().filter(meeting__group__community=community, answered_at__gt=since)
    return set(came.values_list("person_id", flat=True)) | set(coming.values_list("person_id", flat=True))


def open_ask(person: Person) -> OwnerAsk | None:
    """The question somebody has not answered yet."""
    return OwnerAsk.objects.filter(person=person, reply="").select_related("community").first()


@transaction.atomic
def answer_ask(*, person: Person, yes: bool, now: datetime) -> None:
    """Take over, or not me: then the next is asked at once. Raises NotAskedToOwn."""
    said = OwnerAsk.Reply.YES if yes else OwnerAsk.Reply.NO
    ask = open_ask(person)
    if ask is None or not OwnerAsk.objects.filter(pk=ask.pk, reply="").update(reply=said, replied_at=now):
        raise NotAskedToOwn
    if yes:
        make_owner(community=ask.community, person=person, by=person, now=now)
        make_host(person)
    else:
        ask_next(ask.community, now)


def make_host(person: Person) -> None:
    """Whoever takes a community over runs its groups' meetings too."""
    places: Sequence[Membership] = list(person.memberships.filter(standing__in=CARRY))
    Membership.objects.filter(pk__in=[place.pk for place in places]).update(standing="host")
