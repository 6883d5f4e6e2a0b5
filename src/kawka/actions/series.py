"""Series: the rules that make dates, several to a group; begun, changed, paused, taken up again, ended."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kawka.actions.date_news import concerned_dates, tell_left_out
from kawka.actions.dates import add_date, call_off
from kawka.actions.formulas import meeting_length
from kawka.actions.standing_answers import fill_dates
from kawka.engine.rhythm import dates, moment
from kawka.engine.types import Rhythm
from kawka.models import Group, Meeting, Person, Refused, Series

MONTH = timedelta(weeks=5)
ONE_DAY = timedelta(days=1)


class PauseIsOver(Refused):
    """The pause lies in the past."""

    message = _("The last day of the pause has passed. Choose one that is still to come.")


def rhythm_of(series: Series) -> Rhythm:
    """The rule of a series, as the engine knows it."""
    return Rhythm(series.kind, series.interval, series.weekday, series.nth, series.starts_on)


@transaction.atomic
def make_dates(*, series: Series, now: datetime) -> list[Meeting]:
    """The meetings added so that the series has all its dates for the weeks ahead; none the second time.

    Local time first: 8:30 stays 8:30 across the change of clocks. A date that was left out, called off or
    moved is not made again. Nobody is told: dates come silently.
    """
    group, series = locked(series)
    if series.ended_on is not None:
        return []
    today = now.astimezone(group.zone).date()
    longest = MONTH if series.kind == Series.Kind.MONTHLY_NTH else timedelta(weeks=series.interval)
    ahead = max(timedelta(weeks=group.weeks_ahead), longest)
    until = max(today + ahead, series.starts_on + longest)
    after = max(today - ONE_DAY, series.made_until or date.min)
    added = add_rows(group, series, after=after, until=until, now=now)
    Series.objects.filter(pk=series.pk).update(made_until=max(until, series.made_until or until))
    return added


def locked(series: Series) -> tuple[Group, Series]:
    """The group and the series, locked in this order."""
    group = Group.objects.select_for_update().get(pk=series.group_id)
    return group, Series.objects.select_for_update().get(pk=series.pk)


def add_rows(group: Group, series: Series, *, after: date, until: date, now: datetime) -> list[Meeting]:
    """Make the rows of a series later than `after` up to `until` that are missing, without its pause."""
    taken = set(series.meetings.values_list("local_date", flat=True))
    found = dates(rhythm_of(series), after=after, until=until)
    days = [on for on in found if on not in taken and not series.pauses(on)]
    starts = {on: moment(on, series.starts_at, group.timezone) for on in days}
    at_once = group.meetings.filter(starts_at__in=starts.values()).values_list("starts_at", flat=True)
    by_others = set(at_once)
    length = meeting_length(group)
    added = Meeting.objects.bulk_create(
        Meeting(
            group=group,
            series=series,
            local_date=on,
            starts_at=starts_at,
            ends_at=starts_at + length,
            place_name=series.place_name,
            place_address=series.place_address,
            created_at=now,
            changed_at=now,
        )
        for on, starts_at in starts.items()
        if starts_at > now and starts_at not in by_others
    )
    fill_dates(meetings=added, now=now)
    if added:
        group.touch_page()
    return added


def first_dates(series: Series, *, now: datetime, zone: str) -> list[datetime]:
    """The first four moments of a series, saved or not, as clocks in `zone` show them."""
    today = now.astimezone(ZoneInfo(zone)).date()
    if series.kind == Series.Kind.BY_HAND:
        found = [series.starts_on]
    else:
        until = max(today, series.starts_on) + timedelta(weeks=20)
        found = dates(rhythm_of(series), after=today - ONE_DAY, until=until)
    moments = [moment(on, series.starts_at, zone) for on in found if not series.pauses(on)]
    return [at.astimezone(ZoneInfo(zone)) for at in moments if at > now][:4]


def make_all_dates(now: datetime) -> int:
    """Make the dates of every series that still runs; how many were added. Run daily."""
    running = Series.objects.running().exclude(kind=Series.Kind.BY_HAND)
    return sum(len(make_dates(series=series, now=now)) for series in running)


@transaction.atomic
def add_series(*, group: Group, rhythm: Series, by: Person | None, now: datetime) -> Series:
    """One rhythm more beside those the group has; `rhythm` is a Series that is not saved yet.

    By hand means one date now. Pressed twice it is one. Raises DateHasPassed or DateIsTaken.
    """
    group = Group.objects.select_for_update().get(pk=group.pk)
    twin = next((one for one in group.series.running() if is_same(one, rhythm)), None)
    if twin is not None:
        return twin
    rhythm.group = group
    rhythm.save(force_insert=True)
    if rhythm.kind == Series.Kind.BY_HAND:
        place = {"place_name": rhythm.place_name, "place_address": rhythm.place_address}
        add_date(group=group, on=rhythm.starts_on, at=rhythm.starts_at, **place, by=by, now=now)
    make_dates(series=rhythm, now=now)
    group.touch_page()
    return rhythm


@transaction.atomic
def change_weeks(*, group: Group, weeks: int, by: Person | None, now: datetime) -> int:
    """Let dates exist this many weeks ahead; how many were added. Dates that are there stay."""
    Group.objects.filter(pk=group.pk).update(weeks_ahead=weeks)
    running = group.series.running().exclude(kind=Series.Kind.BY_HAND)
    return sum(len(make_dates(series=series, now=now)) for series in running)


@transaction.atomic
def change_rhythm(*, series: Series, rhythm: Series, by: Person | None, now: datetime) -> Series:
    """Other days from now on; `rhythm` is a Series that is not saved yet and takes the place of the old one.

    Dates to come that nobody has touched go, the others stay until the host moves them or calls them off.
    Who would have come to those that go, as always, is told.
    """
    group, series = locked(series)
    expected = take_out(group, in_days(series, date.min, date.max, now), now)
    Series.objects.filter(pk=series.pk).update(ended_on=now.astimezone(group.zone).date())
    rhythm.group = group
    rhythm.save(force_insert=True)
    series.meetings.filter(starts_at__gt=now).update(series=rhythm)
    make_dates(series=rhythm, now=now)
    tell_left_out(expected, group=group, reason="", now=now)
    group.touch_page()
    return rhythm


def same_days(one: Series, other: Series) -> bool:
    """Whether two series fall on the same days, whatever their hour."""
    fields = {"weekly": ("weekday",), "every_n_weeks": ("weekday", "interval", "starts_on")}
    fields |= {"monthly_nth": ("weekday", "nth"), "by_hand": ()}
    return one.kind == other.kind and all(getattr(one, f) == getattr(other, f) for f in fields[one.kind])


def is_same(one: Series, other: Series) -> bool:
    """Whether two series make the same dates."""
    return same_days(one, other) and one.starts_at == other.starts_at and one.starts_on == other.starts_on


@transaction.atomic
def pause(
    *,
    series: Series,
    first: date,
    last: date,
    reason: str,
    codes: Collection[str] = (),
    by: Person | None,
    now: datetime,
) -> int:
    """No dates of this series from `first` to `last`; how many people are told.

    Dates in the pause that nobody has touched go, and only who comes as always is told. The others stay, but
    those whose `codes` the host named are called off for the same reason. An earlier pause gives way. Raises
    PauseIsOver.
    """
    group, series = locked(series)
    if last < now.astimezone(group.zone).date():
        raise PauseIsOver
    was = (series.paused_from, series.paused_until)
    series.paused_from, series.paused_until = first, last
    series.pause_reason = " ".join(reason.split())
    series.save(update_fields=["paused_from", "paused_until", "pause_reason"])
    told = clear(group, in_days(series, first, last, now), codes, series.pause_reason, by, now)
    fill(group, series, *was, now)
    group.touch_page()
    return told


@transaction.atomic
def resume(*, series: Series, by: Person | None, now: datetime) -> int:
    """The pause is over: the dates it left out are made; how many."""
    group, series = locked(series)
    was = (series.paused_from, series.paused_until)
    series.paused_from = series.paused_until = None
    series.pause_reason = ""
    series.save(update_fields=["paused_from", "paused_until", "pause_reason"])
    added = fill(group, series, *was, now)
    group.touch_page()
    return added


@transaction.atomic
def end(
    *, series: Series, codes: Collection[str] = (), reason: str = "", by: Person | None, now: datetime
) -> int:
    """No further dates of this series; how many people are told of dates called off.

    Dates to come that nobody has touched go, the others stay but for those named by `codes`.
    """
    group, series = locked(series)
    if series.ended_on is None:
        Series.objects.filter(pk=series.pk).update(ended_on=now.astimezone(group.zone).date())
    told = clear(group, in_days(series, date.min, date.max, now), codes, reason, by, now)
    group.touch_page()
    return told


def in_days(series: Series, first: date, last: date, now: datetime) -> list[Meeting]:
    """The planned dates of a series still to come within these days."""
    coming = series.meetings.filter(starts_at__gt=now, state=Meeting.State.PLANNED)
    return list(coming.filter(local_date__range=(first, last)).order_by("starts_at"))


def touched_in(series: Series, first: date, last: date, now: datetime) -> list[Meeting]:
    """Those of them that people have answered, or hold something for."""
    found = in_days(series, first, last, now)
    numbers = [one.pk for one in found]
    free = set(Meeting.objects.untouched().filter(pk__in=numbers).values_list("pk", flat=True))
    kept = [one for one in found if one.pk not in free]
    for one in kept:
        one.group = series.group
    return kept


def clear(
    group: Group,
    found: list[Meeting],
    codes: Collection[str],
    reason: str,
    by: Person | None,
    now: datetime,
) -> int:
    """Take out the untouched of these dates and call off the named ones; how many people are told."""
    named = [one for one in found if one.code in codes]
    expected = take_out(group, [one for one in found if one not in named], now)
    told = sum(call_off(meeting=one, reason=reason, by=by, now=now) for one in named)
    return told + tell_left_out(expected, group=group, reason=reason, now=now)


def take_out(group: Group, found: list[Meeting], now: datetime) -> dict[Person, list[Meeting]]:
    """Delete the untouched of these dates; who would have come to which, as they always do."""
    numbers = [one.pk for one in found]
    gone = list(Meeting.objects.filter(pk__in=numbers).untouched().order_by("starts_at"))
    expected = concerned_dates(gone, group=group, now=now)
    Meeting.objects.filter(pk__in=[one.pk for one in gone]).delete()
    return expected


def fill(group: Group, series: Series, first: date | None, last: date | None, now: datetime) -> int:
    """Make the dates of an earlier pause that the series was to have by now; how many."""
    if first is None or last is None or series.made_until is None or series.kind == Series.Kind.BY_HAND:
        return 0
    today = now.astimezone(group.zone).date()
    after, until = max(first, today) - ONE_DAY, min(last, series.made_until)
    return len(add_rows(group, series, after=after, until=until, now=now))
