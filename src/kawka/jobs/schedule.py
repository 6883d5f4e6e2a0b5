"""Everything that happens by the clock, on one screen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from kawka.actions.briefs import brief_due
from kawka.actions.campaign import campaigns_due
from kawka.actions.date_news import tell_moves_due
from kawka.actions.first_visits import ask_again_due, question_guests_due, thank_guests_due
from kawka.actions.forgetting import forget_idle_guests
from kawka.actions.health import health_due
from kawka.actions.holidays import warn_of_holidays
from kawka.actions.inbox import read_inbox
from kawka.actions.outbox import send_due
from kawka.actions.owners import look_after_owners
from kawka.actions.polls import remind_of_dates
from kawka.actions.purge import forget_finished_work, purge
from kawka.actions.push import send_pushes
from kawka.actions.recaps import send_due_recaps
from kawka.actions.reminders import headcount_due, remind_due, wrap_up_due
from kawka.actions.rota import propose_due
from kawka.actions.seats import offer_seats_due
from kawka.actions.sender import look_at_sender
from kawka.actions.series import make_all_dates
from kawka.actions.spotlights import spotlights_due
from kawka.actions.stand_ins import find_stand_ins
from kawka.actions.tomorrow import tomorrow_due
from kawka.actions.waiting_lists import move_lists_due
from kawka.actions.weekly_asks import weekly_asks_due


@dataclass(frozen=True, slots=True)
class Job:
    """What is done, and how often: `every` so often, or each day `at` an hour (UTC).

    Jobs go through the queue, where each waits its turn and is seen. One that `claims_rows` is itself the
    worker of a queue of rows, looked at every few seconds by any number of workers at once. Whatever a job
    does is keyed by what it is about, so that doing it again changes nothing.
    """

    name: str
    action: Callable[[datetime], object]
    every: timedelta | None = None
    at: time | None = None
    claims_rows: bool = False

    def next_after(self, now: datetime) -> datetime:
        """When the job is due after it was due or run now."""
        if self.at is None:
            return now + (self.every or timedelta())
        today = datetime.combine(now.date(), self.at, tzinfo=now.tzinfo)
        return today if today > now else today + timedelta(days=1)


SCHEDULE = (
    Job("send mail", lambda now: send_due(now=now), every=timedelta(seconds=5), claims_rows=True),
    Job("wake devices", lambda now: send_pushes(now=now), every=timedelta(seconds=5), claims_rows=True),
    Job("send recaps", lambda now: send_due_recaps(now=now), every=timedelta(minutes=1)),
    Job("ask who comes", lambda now: remind_due(now=now), every=timedelta(minutes=5)),
    Job("tell of campaigns", lambda now: campaigns_due(now=now), every=timedelta(minutes=5)),
    Job("ask for asks", lambda now: weekly_asks_due(now=now), every=timedelta(minutes=5)),
    Job("tell the place", lambda now: headcount_due(now=now), every=timedelta(minutes=5)),
    Job("ask guests", lambda now: question_guests_due(now=now), every=timedelta(minutes=5)),
    Job("thank guests", lambda now: thank_guests_due(now=now), every=timedelta(minutes=5)),
    Job("ask again", lambda now: ask_again_due(now=now), at=time(7, 30)),
    Job("forget guests", lambda now: forget_idle_guests(now=now), at=time(8, 30)),
    Job("wrap up", lambda now: wrap_up_due(now=now), every=timedelta(minutes=5)),
    Job("propose turns", lambda now: propose_due(now=now), every=timedelta(minutes=5)),
    Job("brief", lambda now: brief_due(now=now), every=timedelta(minutes=5)),
    Job("tell whom to meet", lambda now: tomorrow_due(now=now), every=timedelta(minutes=5)),
    Job("remind presenters", lambda now: spotlights_due(now=now), every=timedelta(minutes=10)),
    Job("find stand-ins", lambda now: find_stand_ins(now=now), every=timedelta(minutes=1)),
    Job("offer free seats", lambda now: offer_seats_due(now=now), every=timedelta(minutes=1)),
    Job("move waiting lists on", lambda now: move_lists_due(now=now), every=timedelta(minutes=1)),
    Job("tell of moved dates", lambda now: tell_moves_due(now=now), every=timedelta(minutes=1)),
    Job("look after owners", lambda now: look_after_owners(now=now), at=time(8, 20)),
    Job("tell how the month was", lambda now: health_due(now=now), every=timedelta(hours=1)),
    Job("warn of holidays", lambda now: warn_of_holidays(now=now), at=time(8, 20)),
    Job("ask for a date", lambda now: remind_of_dates(now=now), at=time(8, 30)),
    Job("read the mailbox", lambda now: read_inbox(now=now), every=timedelta(minutes=1)),
    Job("make dates", make_all_dates, at=time(3, 10)),
    Job("look at the sender", lambda now: look_at_sender(now=now), at=time(4, 10)),
    Job("purge", lambda now: purge(now=now), at=time(3, 40)),
    Job("tidy the queue", lambda now: forget_finished_work(now=now), every=timedelta(hours=1)),
)
