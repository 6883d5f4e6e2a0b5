"""When people are written to: by day and on working days, as clocks in the group's town show it."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING, EVENING = time(8), time(20)
SATURDAY = 5
DAY = timedelta(days=1)


def next_allowed(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment itself by day on a working day, else the next working morning at eight."""
    local = moment.astimezone(zone)
    if local.weekday() < SATURDAY and MORNING <= local.time() < EVENING:
        return moment
    day = local.date() if local.time() < MORNING else local.date() + DAY
    while day.weekday() >= SATURDAY:
        day += DAY
    return datetime.combine(day, MORNING, tzinfo=zone).astimezone(UTC)


def next_morning(moment: datetime, zone: ZoneInfo) -> datetime:
    """Eight in the morning of the next working day."""
    evening = datetime.combine(moment.astimezone(zone).date(), EVENING, tzinfo=zone)
    return next_allowed(evening, zone)


def midnight(moment: datetime, zone: ZoneInfo) -> datetime:
    """When the day of this moment began there."""
    return datetime.combine(moment.astimezone(zone).date(), time(), tzinfo=zone).astimezone(UTC)
