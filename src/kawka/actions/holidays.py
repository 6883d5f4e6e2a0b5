"""Public holidays: which date falls on one, and hosts asked three weeks ahead what to do about it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files

from django.db import transaction
from holidays import country_holidays, list_supported_countries

from kawka.mail import dates as mails
from kawka.models import Group, Meeting, Membership, OutgoingMail, Person

WARNED, DAY = timedelta(weeks=3), timedelta(days=1)
SATURDAY = 5
LANGUAGES = {"pl": "pl", "en": "en_US"}


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """The country of each time zone, by the list that comes with the zones themselves."""
    lines = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines()
    parts = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {part[2]: part[0] for part in parts}


def country_of(group: Group) -> str:
    """The country whose holidays count for a group: that of its zone; nothing when it is not known."""
    return countries().get(group.timezone, "")


@lru_cache(maxsize=256)
def holidays_of(country: str, year: int, language: str) -> dict[date, str]:
    """The public holidays of a country in a year, named in a language when the country has it."""
    if country not in list_supported_countries():
        return {}
    found = country_holidays(country, years=year)
    if language in found.supported_languages:
        found = country_holidays(country, years=year, language=language)
    return dict(found.items())


def holiday_of(group: Group, on: date, *, language: str = "") -> str:
    """The name of the public holiday this day is where the group meets; empty on all other days."""
    told = LANGUAGES.get(language or group.language, "")
    return holidays_of(country_of(group), on.year, told).get(on, "")


def bridge_of(group: Group, on: date, *, language: str = "") -> str:
    """The name of the holiday this working day makes a long weekend with: days off lie on both its sides.

    Empty on all other days, holidays themselves included.
    """
    if is_off(group, on):
        return ""
    before, after = on - DAY, on + DAY
    if not (is_off(group, before) and is_off(group, after)):
        return ""
    return holiday_of(group, before, language=language) or holiday_of(group, after, language=language)


def is_off(group: Group, on: date) -> bool:
    """Whether most people do not work on this day there."""
    return on.weekday() >= SATURDAY or bool(holiday_of(group, on))


def soon(group: Group, meetings: Iterable[Meeting], now: datetime) -> list[Meeting]:
    """The dates within three weeks that a host has not decided to keep."""
    until = now.astimezone(group.zone).date() + WARNED
    planned = (one for one in meetings if one.state == Meeting.State.PLANNED)
    return [one for one in planned if one.kept_at is None and one.local_date <= until]


def undecided(
    group: Group, meetings: Iterable[Meeting], *, now: datetime, language: str = ""
) -> list[tuple[Meeting, str]]:
    """The dates within three weeks that fall on a holiday, with its name, unless a host keeps them."""
    dates = soon(group, meetings, now)
    named = [(one, holiday_of(group, one.local_date, language=language)) for one in dates]
    return [(one, name) for one, name in named if name]


def undecided_bridges(
    group: Group, meetings: Iterable[Meeting], *, now: datetime, language: str = ""
) -> list[tuple[Meeting, str]]:
    """The same for dates that fall into a long weekend, with the name of its holiday."""
    dates = soon(group, meetings, now)
    named = [(one, bridge_of(group, one.local_date, language=language)) for one in dates]
    return [(one, name) for one, name in named if name]


@transaction.atomic
def keep(*, meeting: Meeting, by: Person | None, now: datetime) -> None:
    """The date takes place although it falls on a holiday: nobody asks again."""
    Meeting.objects.filter(pk=meeting.pk, kept_at__isnull=True).update(kept_at=now)


def warn_of_holidays(*, now: datetime) -> int:
    """Ask hosts about dates on a holiday or in a long weekend in the next three weeks, once. Daily."""
    coming = Meeting.objects.filter(
        state=Meeting.State.PLANNED,
        kept_at__isnull=True,
        starts_at__gt=now,
        starts_at__lt=now + WARNED + timedelta(days=2),
    )
    by_group: dict[Group, list[Meeting]] = {}
    for meeting in coming.select_related("group__community").order_by("starts_at"):
        by_group.setdefault(meeting.group, []).append(meeting)
    asked = [pair for group, dates in by_group.items() for pair in undecided(group, dates, now=now)]
    bridges = [one for group, dates in by_group.items() for one in undecided_bridges(group, dates, now=now)]
    bridged = {one for one, _name in bridges}
    asked += bridges
    hosts = Membership.objects.hosts().filter(group__in=list({one.group_id for one, _name in asked}))
    people: dict[int, list[Person]] = {}
    for membership in hosts.exclude(person__email="").select_related("person"):
        people.setdefault(membership.group_id, []).append(membership.person)
    pairs = [(one, name, person) for one, name in asked for person in people.get(one.group_id, [])]
    keys = [mails.holiday_key(one, person) for one, _name, person in pairs]
    written = set(OutgoingMail.objects.filter(key__in=keys).values_list("key", flat=True))
    told = [
        mails.holiday_ahead(one, person, holiday=name, is_bridge=one in bridged, now=now)
        for (one, name, person), key in zip(pairs, keys, strict=True)
        if key not in written
    ]
    return sum(mail is not None for mail in told)
