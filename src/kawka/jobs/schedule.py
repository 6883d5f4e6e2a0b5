"""Everything that happens by the clock, on one screen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from kawka.actions.dates import make_all_dates
from kawka.actions.outbox import send_due
from kawka.actions.purge import purge
from kawka.actions.recaps import send_due_recaps


@dataclass(frozen=True, slots=True)
class Job:
    """What is done, and how often: `every` so often, or each day `at` an hour (UTC).

    A job that `claims_rows` decides row by row who does what, so any number of workers may run it at once;
    every other job is run by one of them.
    """

    name: str
    action: Callable[[datetime], object]
    every: timedelta | None = None
    at: time | None = None
    claims_rows: bool = False

    def next_after(self, now: datetime) -> datetime:
        """When the job is due after it was started now."""
        if self.at is None:
            return now + (self.every or timedelta())
        today = datetime.combine(now.date(), self.at, tzinfo=now.tzinfo)
        return today if today > now else today + timedelta(days=1)


SCHEDULE = (
    Job("send mail", lambda now: send_due(now=now), every=timedelta(seconds=5), claims_rows=True),
    Job("send recaps", lambda now: send_due_recaps(now=now), every=timedelta(minutes=1)),
    Job("make dates", make_all_dates, at=time(3, 10)),
    Job("purge", lambda now: purge(now=now), at=time(3, 40)),
)
