"""The first minutes of an instance and of a group: the first account, the draft of six steps, the group."""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kawka.actions.accounts import account_for, prove_account
from kawka.actions.dates import add_date
from kawka.actions.formulas import BREAKFAST, OPEN_COFFEE, Row, set_segments
from kawka.actions.roles import set_up_roles
from kawka.actions.sample import is_sample_account, sample_accounts
from kawka.actions.series import add_series, make_dates
from kawka.models import (
    Account,
    Card,
    Community,
    Group,
    Membership,
    Ownership,
    Person,
    Refused,
    Series,
    SetupDraft,
    Standing,
)

DOUBLE_PRESS = timedelta(minutes=10)
PLAIN_LETTERS = str.maketrans("łŁøØđĐßæÆ", "lLoOdDsaA")

COPIED = (
    *("town", "purpose", "type", "profile", "about", "house_rules", "price", "place_hint", "timezone"),
    *("language", "size_min", "size_max", "is_listed", "joining", "guest_months", "weeks_ahead"),
)


class AlreadyStarted(Refused):
    """There is an account already."""

    message = _("Kawka has been set up here already. Sign in, or ask whoever looks after this instance.")


class SampleStaysApart(Refused):
    """A host of the sample tried to start a real group."""

    message = _("The sample stays apart from real groups. Start your own with your own name and e-mail.")


@dataclass(frozen=True)
class NewGroup:
    """Everything the six steps ask for; `series` is not saved and has no group yet."""

    host_name: str
    fields: dict[str, Any]
    segments: list[Row]
    series: Series


def is_fresh() -> bool:
    """Whether nobody real has an account here yet; who is somebody in the sample alone does not count."""
    return not Account.objects.exclude(pk__in=sample_accounts().values("pk")).exists()


def setup_key() -> str:
    """The key that lets somebody set up this instance from another machine; made when it is not there.

    It stands in DATA/setup_key, readable by the instance alone, and is of no use once there is an account.
    """
    file = Path(settings.DATA) / "setup_key"
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as written:
            written.write(secrets.token_urlsafe(9))
    return file.read_text(encoding="utf-8").strip()


def is_setup_key(typed: str) -> bool:
    """Whether this is the key of this instance; an empty text never is."""
    return bool(typed) and compare_digest(typed.strip().encode(), setup_key().encode())


@transaction.atomic
def make_first_account(*, name: str, email: str, language: str, now: datetime) -> Account:
    """The account that looks after this instance, its address taken as proven. Raises AlreadyStarted."""
    if not is_fresh():
        raise AlreadyStarted
    account = account_for(email=email, now=now, language=language)
    account.is_staff = account.is_superuser = True
    account.save(update_fields=["is_staff", "is_superuser"])
    prove_account(account=account, now=now)
    save_step(account=account, step="host", data={"host_name": name}, now=now)
    return account


def draft_of(account: Account) -> dict[str, Any]:
    """What this account has said so far, by step; empty before the first."""
    draft = SetupDraft.objects.filter(account=account).first()
    return draft.answers if draft else {}


@transaction.atomic
def save_step(*, account: Account, step: str, data: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Keep what was typed at one step, right or wrong, and return the answers of all steps."""
    draft, _made = SetupDraft.objects.select_for_update().get_or_create(account=account)
    draft.answers[step] = data
    draft.updated_at = now
    draft.save(update_fields=["answers", "updated_at"])
    return draft.answers


def host_name_of(account: Account) -> str:
    """What the account's owner is called in a community where they already are; empty when nowhere."""
    return Person.objects.of_account(account).values_list("name", flat=True).first() or ""


def free_slug(name: str, town: str) -> str:
    """An address for a group, made from its name and town, that no other group has."""
    plain_name, plain_town = (slugify(text.translate(PLAIN_LETTERS)) for text in (name, town))
    parts = [plain_name] if plain_town in plain_name else [plain_name, plain_town]
    plain = "-".join(filter(None, parts))[:54].strip("-") or "group"
    taken = set(Group.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    return next(slug for slug in candidates(plain) if slug not in taken)


def candidates(plain: str) -> Iterator[str]:
    """The address itself, then with 2, 3, 4 … behind it."""
    yield plain
    yield from (f"{plain}-{number}" for number in count(2))


@transaction.atomic
def create_group(*, plan: NewGroup, by: Account, now: datetime) -> Group:
    """The group with its run sheet, rhythm and first dates; `by` is its host, and owner of its community.

    A first group makes the community; later ones of the same owner join it. The draft is gone afterwards.
    Pressed twice, also at once, it is one group: the one just made under this name is answered again.
    Raises SampleStaysApart, or DateHasPassed for a date by hand that is over.
    """
    if is_sample_account(by):
        raise SampleStaysApart
    Account.objects.select_for_update(of=("self",)).get(pk=by.pk)
    twin = just_made(by=by, now=now)
    if twin is not None and twin.name == plan.fields["name"]:
        return twin
    host = owner_of(by, plan, now)
    group = Group.objects.create(
        community=host.community,
        slug=free_slug(plan.fields["name"], plan.fields["town"]),
        created_at=now,
        **plan.fields,
    )
    Membership.objects.create(group=group, person=host, standing=Standing.HOST, joined_at=now)
    set_segments(group, plan.segments)
    set_up_roles(group=group)
    series = plan.series
    series.group = group
    series.save(force_insert=True)
    if series.kind == Series.Kind.BY_HAND:
        add_date(group=group, on=series.starts_on, at=series.starts_at, by=host, now=now)
    else:
        make_dates(series=series, now=now)
    SetupDraft.objects.filter(account=by).delete()
    return group


def just_made(*, by: Account, now: datetime) -> Group | None:
    """The group this account set up a moment ago, if any."""
    mine = Group.objects.filter(memberships__person__account=by, memberships__standing=Standing.HOST)
    return (
        mine.filter(created_at__gt=now - DOUBLE_PRESS, created_at__lte=now)
        .order_by("-created_at", "-pk")
        .first()
    )


def owner_of(account: Account, plan: NewGroup, now: datetime) -> Person:
    """The person of the community this account owns; both are made when it owns none."""
    owned = Ownership.objects.filter(person__account=account).select_related("person__community").first()
    if owned is not None:
        return owned.person
    community = Community.objects.create(name=plan.fields["name"], created_at=now)
    person = Person.objects.create(
        community=community,
        account=account,
        name=plan.host_name,
        email=account.email,
        email_proven_at=now,
        language=account.language,
        created_at=now,
    )
    Card.objects.create(person=person, updated_at=now)
    Ownership.objects.create(community=community, person=person)
    return person


@transaction.atomic
def add_beside(
    *,
    group: Group,
    name: str,
    formula: str,
    rhythm: Series,
    place_name: str,
    place_address: str,
    by: Person | None,
    now: datetime,
) -> Group:
    """A group with a rhythm of its own in the same community: the same people and cards, the same hosts.

    What a page says and who may see it is taken over. Nobody is told and nobody is in it but its hosts: a
    person of the community becomes its guest with the first answer. Pressed twice it is one group. Raises
    DateHasPassed.
    """
    Community.objects.select_for_update(of=("self",)).get(pk=group.community_id)
    recent = Group.objects.filter(community=group.community_id, created_at__gt=now - DOUBLE_PRESS)
    twin = recent.filter(name=name).exclude(pk=group.pk).first()
    if twin is not None:
        return twin
    beside = Group.objects.create(
        community_id=group.community_id,
        name=name,
        slug=free_slug(name, group.town),
        place_name=place_name,
        place_address=place_address,
        created_at=now,
        **{field: getattr(group, field) for field in COPIED},
    )
    Membership.objects.bulk_create(
        Membership(group=beside, person_id=host.person_id, standing=Standing.HOST, joined_at=now)
        for host in group.memberships.hosts()
    )
    set_segments(beside, BREAKFAST if formula == "breakfast" else OPEN_COFFEE)
    add_series(group=beside, rhythm=rhythm, by=by, now=now)
    return beside
