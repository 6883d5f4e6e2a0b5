"""What people do in a year, by chance: each function is one kind of thing done at one moment of a day."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

from kawka.actions import companions, date_moves, dates, first_visits, memberships, people, rota, spotlights
from kawka.actions.answers import answer, next_dates
from kawka.actions.attendance import Mark, companion_came, note, walk_in
from kawka.actions.holidays import keep, undecided
from kawka.actions.invitations import invite, take_up
from kawka.actions.standing_answers import be_away, set_standing_answer
from kawka.actions.take_overs import say_no, say_yes
from kawka.models import (
    Answer,
    Attendance,
    Group,
    Invitation,
    Meeting,
    Membership,
    Person,
    PlusOne,
    Refused,
    StandingAnswer,
    TakeOverAsk,
    Turn,
)

SOON = timedelta(days=9)
Choice = Answer.Choice


class Habits:
    """People with habits; `chance` decides, and a refusal of Kawka is taken as people take it."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.guests = 0

    def happens(self, share: float) -> bool:
        """Whether something that happens this often happens now."""
        return self.chance.random() < share

    def do(self, act: Callable[..., object], **what: object) -> None:
        """Do it, or be told in words why not."""
        with suppress(Refused):
            act(**what)

    def live(self, now: datetime) -> None:
        """One moment of a day in the life of everybody."""
        self.answer(now)
        self.look_after_turns(now)
        self.answer_calls(now)
        self.plan(now)
        self.present(now)
        self.guests_choose(now)
        self.guests_come_back(now)
        self.become_members(now)
        self.decide_holidays(now)
        self.call_off(now)

    def dates(self, now: datetime) -> list[Meeting]:
        """The dates people think about."""
        near = Meeting.objects.upcoming(now).filter(starts_at__range=(now, now + SOON))
        return list(near.select_related("group"))

    def answer(self, now: datetime) -> None:
        """Members answer, change their minds, and now and then bring somebody."""
        for meeting in self.dates(now):
            given = dict(meeting.answers.values_list("person_id", "choice"))
            places = meeting.group.memberships.current().exclude(standing="guest").order_by("pk")
            for place in places.select_related("person"):
                if not self.happens(0.02 if place.person_id in given else 0.08):
                    continue
                choice = Choice.COMING if self.happens(0.7) else Choice.NOT_THIS_TIME
                self.do(answer, meeting=meeting, person=place.person, choice=choice, by=place.person, now=now)
                if choice == Choice.COMING and self.happens(0.08):
                    who = {"person": place.person, "by": place.person}
                    self.do(companions.bring, meeting=meeting, name="Kolega Marek", now=now, **who)

    def look_after_turns(self, now: datetime) -> None:
        """Turns are accepted, given back at once, or given back after all."""
        held = Turn.objects.filter(meeting__starts_at__gt=now, meeting__state="planned", person__isnull=False)
        for turn in held.select_related("person").order_by("pk"):
            if turn.state == Turn.State.PROPOSED and self.happens(0.15):
                do = rota.accept if self.happens(0.7) else rota.give_back
                self.do(do, turn=turn, by=turn.person, now=now)
            elif turn.state == Turn.State.ACCEPTED and self.happens(0.008):
                self.do(rota.give_back, turn=turn, by=turn.person, now=now)

    def answer_calls(self, now: datetime) -> None:
        """Those asked to stand in say yes, no, or nothing."""
        open_ones = TakeOverAsk.objects.filter(reply="", take_over__turn__meeting__starts_at__gt=now)
        for ask in open_ones.select_related("take_over__turn", "person").order_by("pk"):
            if self.happens(0.2):
                do = say_yes if self.happens(0.5) else say_no
                self.do(do, take_over=ask.take_over, by=ask.person, now=now)

    def plan(self, now: datetime) -> None:
        """Somebody goes away or is back earlier, says what they do about all dates, or leaves a group."""
        places = list(
            Membership.objects.current().exclude(standing="guest").order_by("pk").select_related("person")
        )
        if self.happens(0.06):
            until = now.date() + timedelta(days=self.chance.randint(3, 20))
            person = self.chance.choice(places).person
            be_away(person=person, until=None if person.away_until else until, by=person, now=now)
        if self.happens(0.03):
            place = self.chance.choice(places)
            choice = self.chance.choice(StandingAnswer.Choice.values)
            set_standing_answer(membership=place, choice=choice, by=place.person, now=now)
        if self.happens(0.003):
            self.do(people.remove, membership=self.chance.choice(places), by=None, now=now)

    def present(self, now: datetime) -> None:
        """Somebody would like to present something, and is booked for a free date."""
        inside = Membership.objects.filter(standing__in=["member", "host"]).order_by("pk")
        if not self.happens(0.04):
            return
        place = self.chance.choice(list(inside.select_related("group", "person")))
        about = {"kind": "project", "title": "Mój projekt", "minutes": 5, "about": ""}
        spotlights.propose(by=place, fields=about, now=now)
        for proposal, meeting in zip(
            spotlights.queue_of(place.group), spotlights.free_dates(place.group, now), strict=False
        ):
            self.do(spotlights.book, proposal=proposal, meeting=meeting, by=None, now=now)

    def invite_somebody(self, group: Group, now: datetime) -> None:
        """A member or host thinks of somebody; one in ten gets a link for a messenger."""
        inside = group.memberships.filter(standing__in=["member", "host"]).order_by("pk")
        by = self.chance.choice(list(inside.select_related("person"))).person
        self.guests += 1
        email = "" if self.happens(0.1) else f"gosc{self.guests}@example.org"
        self.do(invite, group=group, name=f"Gość {self.guests}", email=email, words="", by=by, now=now)

    def guests_choose(self, now: datetime) -> None:
        """Invited people choose one of the next dates."""
        open_ones = Invitation.objects.good(now).filter(guest=None).select_related("group")
        for one in open_ones.order_by("pk"):
            if not self.happens(0.03):
                continue
            near = next_dates(one.group, now=now)
            if near:
                mailed = one.way == Invitation.Way.MAIL
                who = {"name": one.name, "email": "" if mailed else f"{one.code}@example.org"}
                meeting = self.chance.choice(near)
                self.do(take_up, invitation=one, meeting=meeting, is_addressee=mailed, now=now, **who)

    def guests_come_back(self, now: datetime) -> None:
        """Guests who were there come again, want to hear later, or have seen enough; others change dates."""
        came = Attendance.objects.came().values("person")
        guests = Membership.objects.filter(standing="guest").select_related("person", "group").order_by("pk")
        for place in guests.filter(person__in=came):
            if self.happens(0.015):
                for meeting in next_dates(place.group, now=now, limit=1):
                    self.say(meeting, place.person, Choice.COMING, now)
            elif self.happens(0.002):
                first_visits.ask_again_later(membership=place, by=place.person, now=now)
            elif self.happens(0.002):
                self.do(first_visits.not_for_me, membership=place, by=place.person, now=now)
        coming = Answer.objects.coming().filter(
            meeting__in=self.dates(now), person__in=guests.values("person")
        )
        for given in coming.select_related("meeting", "person").order_by("pk"):
            if self.happens(0.02):
                self.say(given.meeting, given.person, Choice.NOT_THIS_TIME, now)

    def say(self, meeting: Meeting, person: Person, choice: str, now: datetime) -> None:
        """Somebody answers for themselves."""
        self.do(answer, meeting=meeting, person=person, choice=choice, by=person, now=now)

    def become_members(self, now: datetime) -> None:
        """Hosts invite regulars, who think about it."""
        for place in Membership.objects.filter(standing="regular").order_by("pk"):
            if place.invited_at is not None and self.happens(0.1):
                self.do(memberships.accept, membership=place, now=now)
            elif self.happens(0.005):
                self.do(memberships.invite, membership=place, by=None, now=now)

    def decide_holidays(self, now: datetime) -> None:
        """Hosts leave a date on a holiday out, move it by a day, or keep it."""
        for group in Group.objects.order_by("pk"):
            ahead = group.meetings.filter(starts_at__gt=now).order_by("starts_at")
            for meeting, name in undecided(group, ahead, now=now):
                if self.happens(0.1):
                    self.chance.choice([self.leave_out, self.move, self.keep])(meeting, name, now)

    def leave_out(self, meeting: Meeting, name: str, now: datetime) -> None:
        """Nobody meets on that holiday."""
        if not dates.skip(meeting=meeting, by=None, now=now):
            dates.call_off(meeting=meeting, reason=name, by=None, now=now)

    def move(self, meeting: Meeting, name: str, now: datetime) -> None:
        """A day later instead."""
        wanted = date_moves.Wanted(meeting.local_date + timedelta(days=1), meeting.local_start.time())
        with suppress(Refused):
            plan = date_moves.plan(meeting=meeting, wanted=wanted, reach="one", now=now)
            date_moves.change(meeting=meeting, wanted=wanted, reach="one", seen=plan.seen, by=None, now=now)

    def keep(self, meeting: Meeting, name: str, now: datetime) -> None:
        """All the same."""
        keep(meeting=meeting, by=None, now=now)

    def call_off(self, now: datetime) -> None:
        """Now and then there is too much snow, or the place has a pipe burst and the date moves."""
        for meeting in self.dates(now):
            if self.happens(0.001):
                self.do(dates.call_off, meeting=meeting, reason="Śnieg", by=None, now=now)
            elif self.happens(0.001):
                self.move(meeting, "", now)

    def hold(self, meeting: Meeting, now: datetime) -> None:
        """Most of those who said so come, with whom they bring; some others too."""
        meeting.refresh_from_db()
        if meeting.state != Meeting.State.PLANNED or meeting.starts_at > now:
            return
        for person in self.who_comes(meeting):
            mark = Mark.LATE if self.happens(0.1) else Mark.HERE
            self.do(note, meeting=meeting, person=person, mark=mark, by=None, now=now)
        for brought in PlusOne.objects.filter(answer__meeting=meeting):
            self.do(companion_came, meeting=meeting, code=brought.code, by=None, now=now)
        if self.happens(0.2):
            street = {"name": "Ktoś z ulicy", "trade": "fotograf", "email": ""}
            self.do(walk_in, meeting=meeting, by=None, now=now, **street)

    def who_comes(self, meeting: Meeting) -> Iterator[Person]:
        """Nine of ten who said so, and one of ten of those who said nothing."""
        said = dict(meeting.answers.values_list("person_id", "choice"))
        places = meeting.group.memberships.current().order_by("pk").select_related("person")
        for place in places:
            word = said.get(place.person_id, "")
            silent = 0.1 if place.standing != "guest" and not word else 0
            if self.happens(0.9 if word == Choice.COMING else silent):
                yield place.person
