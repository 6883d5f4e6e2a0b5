"""Personal links: made when somebody is to be let in without an account, reused, taken back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from kawka.models import Group, Meeting, Person, PersonalLink
from kawka.models.codes import new_secret

ANSWER_LASTS = timedelta(days=400)
LIVE_LASTS_AFTER_MEETING = timedelta(hours=24)
RECAP_LASTS = timedelta(days=180)
WORTH_EXTENDING = timedelta(days=1)


def last_moment(scope: str, meeting: Meeting | None, now: datetime) -> datetime:
    """Until when a link made or asked for now lets its person in."""
    if scope == PersonalLink.Scope.LIVE and meeting is not None:
        return max(meeting.ends_at, now) + LIVE_LASTS_AFTER_MEETING
    return now + (RECAP_LASTS if scope == PersonalLink.Scope.RECAP else ANSWER_LASTS)


@transaction.atomic
def link_for(
    *, person: Person, scope: str, group: Group, meeting: Meeting | None = None, now: datetime
) -> PersonalLink:
    """The link by which `person` does this one kind of thing: the one they have, else a new one.

    A link that was asked for again lives on from now; one that has run out or was taken back never comes to
    life again, its successor has another secret.
    """
    until = last_moment(scope, meeting, now)
    link, made = PersonalLink.objects.select_for_update(of=("self",)).get_or_create(
        person=person,
        scope=scope,
        group=group,
        meeting=meeting,
        revoked_at=None,
        defaults={"created_at": now, "expires_at": until},
    )
    if made:
        return link
    if link.expires_at <= now:
        link.secret, link.created_at, link.expires_at = new_secret(), now, until
        link.save(update_fields=["secret", "created_at", "expires_at"])
    elif until - link.expires_at > WORTH_EXTENDING:
        link.expires_at = until
        link.save(update_fields=["expires_at"])
    return link


@transaction.atomic
def links_for(*, people: Sequence[Person], group: Group, now: datetime) -> dict[int, PersonalLink]:
    """The answering links of many people of a group, as `link_for` gives each, by the row of the person.

    A fixed number of queries, but for links that have to be renewed.
    """
    scope = PersonalLink.Scope.ANSWER
    about = {"scope": scope, "group": group, "meeting": None, "revoked_at": None}
    have = set(PersonalLink.objects.filter(person__in=people, **about).values_list("person_id", flat=True))
    until = last_moment(scope, None, now)
    PersonalLink.objects.bulk_create(
        [
            PersonalLink(person=person, scope=scope, group=group, created_at=now, expires_at=until)
            for person in people
            if person.pk not in have
        ],
        ignore_conflicts=True,
    )
    found = {link.person_id: link for link in PersonalLink.objects.filter(person__in=people, **about)}
    for person in people:
        if until - found[person.pk].expires_at > WORTH_EXTENDING:
            found[person.pk] = link_for(person=person, scope=scope, group=group, now=now)
    return found


def revoke(*, link: PersonalLink, now: datetime) -> None:
    """Take a link back for good; taking it back again changes nothing."""
    if PersonalLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=now):
        link.revoked_at = now
