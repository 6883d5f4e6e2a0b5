"""A clock that travels: everything the schedule says is done at its moment, as workers would do it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import time_machine
from django.conf import settings
from django.core import mail
from django.test.utils import override_settings

from kawka.jobs.schedule import SCHEDULE
from kawka.models import OutgoingMail

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"
Event = Callable[[datetime], object]


@contextmanager
def mail_goes_out() -> Iterator[None]:
    """A mail server that takes everything, in memory."""
    with override_settings(MAIL_IS_SHOWN_HERE=False, EMAIL_BACKEND=LOCMEM):
        mail.outbox = []
        yield
    assert settings.MAIL_IS_SHOWN_HERE


class Clock:
    """Runs due jobs at each step, and what people do at their moments in between."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.due = {job.name: now for job in SCHEDULE}
        self.events: list[tuple[datetime, Event]] = []
        self.after: Event = bool

    def at(self, moment: datetime, event: Event) -> None:
        """Let somebody do something at a moment to come."""
        self.events.append((moment, event))
        self.events.sort(key=lambda one: one[0])

    def run_to(self, until: datetime, *, step: timedelta) -> None:
        """Go on to a moment: a look at the schedule at every whole step, and when a person or mail is due."""
        while self.now < until:
            ahead = self.now + step - (self.now - datetime.min.replace(tzinfo=UTC)) % step
            stops = [moment for moment, _event in self.events[:1]] + self.mail_due()
            self.now = max(self.now, min([ahead, until, *stops]))
            with time_machine.travel(self.now, tick=False):
                self.tick()
                self.after(self.now)

    def mail_due(self) -> list[datetime]:
        """When the next mail is to go out, as a list of one or none."""
        coming = OutgoingMail.objects.waiting().filter(due_at__gt=self.now)
        return list(coming.order_by("due_at").values_list("due_at", flat=True)[:1])

    def tick(self) -> None:
        """What is done at this very moment: people first, then the jobs that are due."""
        while self.events and self.events[0][0] <= self.now:
            self.events.pop(0)[1](self.now)
        for job in SCHEDULE:
            if self.due[job.name] <= self.now:
                job.action(self.now)
                self.due[job.name] = job.next_after(self.now)
        for job in SCHEDULE:
            if job.claims_rows:
                job.action(self.now)  # what was just written goes out a few seconds later
