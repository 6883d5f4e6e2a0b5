"""The sample group: a whole life of a group to look around in, never mixed with real data."""

import json
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kawka.actions.accounts import prove_account
from kawka.actions.formulas import BREAKFAST, meeting_length, set_segments
from kawka.actions.sample_roles import add_list, add_roles
from kawka.actions.sample_rows import Cast, add_next, add_notes, add_past, add_people, add_today
from kawka.actions.series import make_dates
from kawka.engine.rhythm import moment
from kawka.models import (
    Account,
    Community,
    Group,
    Meeting,
    Ownership,
    Person,
    Refused,
    Series,
    Standing,
)

ZONE = "Europe/Warsaw"
KNOWN_BEFORE = timedelta(weeks=8)
WEDNESDAY, HALF_PAST_EIGHT = 2, time(8, 30)


class SampleAddressTaken(Refused):
    """A real account has the address of one of the sample's hosts."""

    message = _("An account here has the e-mail of one of the sample's hosts, so it cannot be added.")


class NotYours(Refused):
    """Somebody other than the sample's hosts or the instance's admin asked."""

    message = _("Only somebody who looks after this instance can remove the sample.")


def sample_accounts() -> QuerySet[Account]:
    """The accounts that are somebody in the sample and nowhere else; admins are never among them."""
    real = Person.objects.filter(account__isnull=False, community__is_sample=False)
    inside = Account.objects.filter(persons__community__is_sample=True, is_superuser=False)
    return inside.exclude(pk__in=real.values("account"))


def sample_hosts() -> QuerySet[Account]:
    """The accounts that run the sample's meetings."""
    return sample_accounts().filter(persons__memberships__standing=Standing.HOST).order_by("pk")


def is_sample_account(account: Account) -> bool:
    """Whether this account is somebody in the sample alone."""
    return sample_accounts().filter(pk=account.pk).exists()


def read() -> dict[str, Any]:
    """The sample as it is written down."""
    text = files("kawka.actions").joinpath("sample_group.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


@transaction.atomic
def create_sample(*, now: datetime) -> Account:
    """The account of the sample's first host; makes the sample first when it is not there.

    24 people, six past meetings, one about to begin and the dates of the next 8 weeks, with who carries them,
    all in a community of their own. Raises SampleAddressTaken.
    """
    known = sample_hosts().first()
    if known is not None:
        return known
    content = read()
    community = Community.objects.create(name=content["group"]["name"], is_sample=True, created_at=now)
    group, series = add_group(community, content["group"], now)
    cast = add_people(community, group, content["people"], now)
    accounts = [add_account(person, now) for person in hosts_of(cast, content)]
    Ownership.objects.create(community=community, person=cast.people[0])
    today = local_day(now)
    past, meeting = add_past_dates(series, today), add_date_now(series, now)
    add_past(cast, past, content["meetings"])
    add_today(cast, meeting, content["today"], now)
    make_dates(series=series, now=now)
    later = group.meetings.filter(local_date__gt=today).order_by("starts_at")
    add_next(cast, list(later), content["today"]["present_expected"], now)
    add_notes(cast, content["notes"], now)
    add_roles(cast, group, content["roles"], past, meeting, now)
    add_list(cast, group, content, now)
    return accounts[0]


def add_group(community: Community, entry: dict[str, Any], now: datetime) -> tuple[Group, Series]:
    """The group with its run sheet and its Wednesdays."""
    copied = ("name", "slug", "town", "place_name", "place_address", "place_hint", "about", "price")
    fields: dict[str, Any] = {field: entry[field] for field in copied}
    if Group.objects.filter(slug=fields["slug"]).exists():
        fields["slug"] += "-przyklad"
    group = Group.objects.create(
        community=community,
        purpose=Group.Purpose.BOTH,
        type=Group.Type.GENERAL,
        house_rules="\n".join(entry["house_rules"]),
        timezone=ZONE,
        created_at=now - timedelta(weeks=10),
        **fields,
    )
    set_segments(group, BREAKFAST)
    series = Series.objects.create(
        group=group,
        kind=Series.Kind.WEEKLY,
        weekday=WEDNESDAY,
        starts_at=HALF_PAST_EIGHT,
        starts_on=local_day(now) - timedelta(weeks=10),
    )
    return group, series


def hosts_of(cast: Cast, content: dict[str, Any]) -> list[Person]:
    """Those who run the sample's meetings."""
    pairs = zip(cast.people, content["people"], strict=True)
    return [person for person, entry in pairs if entry["standing"] == Standing.HOST]


def add_account(person: Person, now: datetime) -> Account:
    """An account that is this person and nobody else. Raises SampleAddressTaken."""
    if Account.objects.filter(email=person.email).exists():
        raise SampleAddressTaken
    account = Account.objects.create_user(person.email, joined_at=now)
    person.account = account
    person.save(update_fields=["account"])
    prove_account(account=account, now=now)
    return account


def local_day(now: datetime) -> date:
    """The day it is in the sample's town."""
    return now.astimezone(ZoneInfo(ZONE)).date()


def date_row(group: Group, on: date, starts_at: datetime, series: Series | None, known: datetime) -> Meeting:
    """A meeting of the sample, in its calendar since `known`, that is not saved yet."""
    return Meeting(
        group=group,
        series=series,
        local_date=on,
        starts_at=starts_at,
        ends_at=starts_at + meeting_length(group),
        created_at=known,
        changed_at=known,
    )


def add_past_dates(series: Series, today: date) -> list[Meeting]:
    """The six Wednesdays before today, earliest first, as closed meetings."""
    last = today - timedelta(days=(today.weekday() - WEDNESDAY - 1) % 7 + 1)
    rows = []
    for weeks in range(5, -1, -1):
        on = last - timedelta(weeks=weeks)
        starts_at = moment(on, series.starts_at, ZONE)
        row = date_row(series.group, on, starts_at, series, starts_at - KNOWN_BEFORE)
        row.state, row.opened_at, row.closed_at = Meeting.State.CLOSED, row.starts_at, row.ends_at
        rows.append(row)
    return Meeting.objects.bulk_create(rows)


def add_date_now(series: Series, now: datetime) -> Meeting:
    """Today's meeting: begins at the next full or half hour, or has just begun when midnight is near.

    On a Wednesday it is the date of the series, moved; on other days one date more.
    """
    slot = timedelta(minutes=30)
    half = 0 if now.minute < 30 else 30
    begun = now.astimezone(ZoneInfo(ZONE)).replace(minute=half, second=0, microsecond=0)
    starts_at = begun if local_day(now + slot) != begun.date() else begun + slot
    on = begun.date()
    own = series if on.weekday() == series.weekday else None
    row = date_row(series.group, on, starts_at, own, now - KNOWN_BEFORE)
    row.save(force_insert=True)
    return row


@transaction.atomic
def remove_sample(*, by: Account, now: datetime) -> None:
    """Remove the sample with all that was done in it and the accounts that are somebody nowhere else.

    Allowed to the sample's hosts and to the instance's admin. Raises NotYours.
    """
    if not (by.is_superuser or sample_hosts().filter(pk=by.pk).exists()):
        raise NotYours
    accounts = list(sample_accounts().values_list("pk", flat=True))
    Community.objects.filter(is_sample=True).delete()
    Account.objects.filter(pk__in=accounts).delete()
