"""A year of two groups that share people, by chance from a seed: all that happens, and what was found."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

import time_machine

from kawka.actions.meetings import close_meeting
from kawka.models import Group, Meeting, Ownership, Person
from tests.factories import make_community, make_group, make_member, make_person, make_series
from tests.simulation.clock import Clock, mail_goes_out
from tests.simulation.habits import Habits
from tests.simulation.watch import Watch

WARSAW = ZoneInfo("Europe/Warsaw")
STEP = timedelta(hours=3)
DAY = timedelta(days=1)
MOMENTS = time(7, 40), time(12, 15), time(17, 50), time(21, 20)
DAWN = time(5, 0)
AFTER = timedelta(minutes=10)


class Year:
    """Thirty people: a breakfast every Wednesday and an evening every third Monday, six of them in both."""

    def __init__(self, begins: date, *, weeks: int = 52, guests: int = 200, seed: int = 1) -> None:
        self.begins, self.ends = self.local(begins, time()), self.local(begins + weeks * 7 * DAY, time())
        self.chance, self.watch = Random(seed), Watch()
        self.habits = Habits(self.chance)
        self.clock = Clock(self.begins)
        with time_machine.travel(self.begins, tick=False):
            self.people = self.make_people()
            self.breakfast, self.evening = self.make_groups(begins)
        self.plan(guests)

    @staticmethod
    def local(on: date, at: time) -> datetime:
        """The moment clocks in Warsaw show this."""
        return datetime.combine(on, at, tzinfo=WARSAW).astimezone(UTC)

    def make_people(self) -> list[Person]:
        """Thirty people of one community."""
        community = make_community()
        named = [(f"Osoba {n:02}", f"osoba{n:02}@example.net") for n in range(30)]
        return [make_person(community, name, email=email, card={"trade": name}) for name, email in named]

    def make_groups(self, begins: date) -> tuple[Group, Group]:
        """Both groups with their dates' rhythm, their people, and two hosts each; two owners of all."""
        community = self.people[0].community
        breakfast = make_group(
            community, slug="rano", size_max=12, held_seats=8, venue_email="rano@example.com"
        )
        evening = make_group(community, slug="wieczor", size_max=9, guest_months=4)
        for group, members in ((breakfast, self.people[:20]), (evening, self.people[14:])):
            for number, person in enumerate(members):
                make_member(group, person, "host" if number < 2 else "member")
        for owner in (self.people[0], self.people[29]):
            Ownership.objects.create(community=community, person=owner)
        make_series(breakfast, starts_on=begins)
        first = begins + timedelta(weeks=3)
        make_series(evening, kind="every_n_weeks", interval=3, weekday=0, starts_at="18:00", starts_on=first)
        return breakfast, evening

    def plan(self, guests: int) -> None:
        """Enter into the calendar when people look up from their work, and when a guest is invited."""
        for number in range((self.ends - self.begins) // DAY + 1):
            on = self.begins.astimezone(WARSAW).date() + number * DAY
            self.clock.at(self.local(on, DAWN), self.expect_meetings)
            for at in MOMENTS:
                self.clock.at(self.local(on, at), self.habits.live)
        for _guest in range(guests):
            moment = self.begins + self.chance.random() * (self.ends - self.begins)
            group = self.chance.choice([self.breakfast, self.evening])
            self.clock.at(moment, partial(self.habits.invite_somebody, group))

    def expect_meetings(self, now: datetime) -> None:
        """People come to today's meetings; two in three are closed by a host, the others by the clock."""
        today = now.astimezone(WARSAW).date()
        for meeting in Meeting.objects.filter(local_date=today, state="planned").select_related("group"):
            self.clock.at(meeting.starts_at, partial(self.habits.hold, meeting))
            if self.habits.happens(2 / 3):
                self.clock.at(meeting.ends_at + AFTER, partial(self.close, meeting))

    def close(self, meeting: Meeting, now: datetime) -> None:
        """A host closes a meeting that took place."""
        self.habits.do(close_meeting, meeting=meeting, by=None, now=now)

    def run(self) -> list[str]:
        """Let all of it happen; what was found, nothing when all is well."""
        with mail_goes_out():
            self.clock.after = self.watch.look
            self.clock.run_to(self.ends, step=STEP)
        self.watch.close()
        return self.watch.findings
