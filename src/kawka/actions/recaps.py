"""What a meeting leaves behind: for each participant their own, by mail and on a page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from kawka.access import MET, SELF, visible_fields
from kawka.actions.answers import next_dates
from kawka.actions.links import link_for
from kawka.actions.my_dates import MyDate, my_dates
from kawka.actions.not_with_me import kept_apart
from kawka.mail import messages
from kawka.models import (
    Ask,
    Attendance,
    Hand,
    Meeting,
    Membership,
    Note,
    OutgoingMail,
    Person,
    PersonalLink,
    Refused,
    Talk,
    TalkSeat,
)

WAIT = timedelta(minutes=30)
NEWS_FOR = timedelta(days=2)


class NotClosedYet(Refused):
    """A recap is made of a meeting that is over."""

    message = _("Close the meeting first: the recap is made of who was there and what was asked.")


class NotYourTalk(Refused):
    """Only who sat at a table says whether its talk took place."""

    message = _("This talk was planned for somebody else.")


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody who was there, with as much of their card as they show to people they met."""

    person: Person
    fields: frozenset[str]
    note: str = ""
    is_me: bool = False
    is_apart: bool = False

    @property
    def ways(self) -> list[str]:
        """How to reach them, as far as they show it."""
        person, card = self.person, self.person.card
        known = {"email": person.email, "phone": card.phone, "website": card.website}
        return [way for field, way in known.items() if way and field in self.fields]

    @property
    def agrees(self) -> bool:
        """Whether there is a contact to save."""
        return bool(self.ways)


@dataclass(frozen=True, slots=True)
class AskedThere:
    """An ask of somebody who was there; `hands` counts people. `raised` is filled for the asker alone."""

    asker: Person
    ask: Ask | None
    hands: int
    raised: Sequence[tuple[Hand, Seen]] = ()


@dataclass(frozen=True, slots=True)
class MyTalk:
    """A talk planned for the reader: with whom, and what the reader said of it."""

    code: str
    round: int
    partners: Sequence[Person]
    happened: bool | None
    again: str = ""


@dataclass(frozen=True, slots=True)
class Recap:
    """What one meeting leaves: with `person` theirs; without, an overview that holds nothing private."""

    meeting: Meeting
    person: Person | None
    people: Sequence[Seen]
    asks: Sequence[AskedThere]
    mine: Sequence[AskedThere]
    talks: Sequence[MyTalk]
    dates: Sequence[MyDate]

    @property
    def next_meeting(self) -> Meeting | None:
        """The next date of the group."""
        return self.dates[0].meeting if self.dates else None

    @property
    def next_dates(self) -> Sequence[MyDate]:
        """The next date; when the reader has said no to it, the three after it too."""
        return self.dates if self.dates and self.dates[0].choice == "no" else self.dates[:1]

    @property
    def has_hands(self) -> bool:
        """Whether anybody raised a hand for the reader."""
        return any(asked.raised for asked in self.mine)

    @property
    def still_open(self) -> list[Ask]:
        """The reader's asks nobody has raised a hand for yet."""
        return [asked.ask for asked in self.mine if asked.ask is not None and not asked.raised]

    @property
    def contacts(self) -> list[Seen]:
        """Those among the others who agree to be saved in an address book."""
        return [seen for seen in self.people if seen.agrees and not seen.is_me]


def recap_of(meeting: Meeting, *, person: Person | None, now: datetime) -> Recap:
    """The recap of a closed meeting for one participant, or the overview. A fixed number of queries."""
    people = people_seen(meeting, person)
    asks = asks_there(meeting, people, person)
    dates = next_dates(meeting.group, now=now, after=meeting, limit=4)
    return Recap(
        meeting=meeting,
        person=person,
        people=people,
        asks=[one for one in asks if one.asker != person and one.ask is not None],
        mine=[one for one in asks if one.asker == person],
        talks=talks_of(meeting, person) if person else [],
        dates=my_dates([person] if person else [], dates, now=now),
    )


def people_seen(meeting: Meeting, viewer: Person | None) -> list[Seen]:
    """Who was there, by name, with what each shows to people they met; a host's overview shows no more."""
    asks = Prefetch("person__asks", Ask.objects.open())
    rows = (
        meeting.attendances.came()
        .select_related("person__card")
        .prefetch_related(asks)
        .order_by("person__sort_name", "person_id")
    )
    for row in rows:
        row.person.community = meeting.group.community
    notes = dict(Note.objects.filter(owner=viewer).values_list("about_id", "text")) if viewer else {}
    apart = {one.pk for one in kept_apart(viewer)} if viewer else set()
    return [
        Seen(
            row.person,
            visible_fields(row.person.card, SELF if row.person == viewer else MET),
            notes.get(row.person_id, ""),
            row.person == viewer,
            row.person_id in apart,
        )
        for row in rows
    ]


def asks_there(meeting: Meeting, people: Sequence[Seen], viewer: Person | None) -> list[AskedThere]:
    """What was asked by those who were there, how many hands were raised, and the viewer's own hands."""
    raised = set(meeting.hands.order_by().values_list("asker_id", "ask_id", "person_id"))
    counted: Counter[tuple[int, int | None]] = Counter((asker, ask) for asker, ask, _person in raised)
    own = meeting.hands.filter(asker=viewer).select_related("person__card", "ask")
    hands = list(own.order_by("raised_at", "pk")) if viewer else []
    seen = {one.person.pk: one for one in people}
    found = []
    for one in people:
        asks: list[Ask | None] = list(one.person.asks.all()) if "asks" in one.fields else []
        closed = {hand.ask for hand in hands if one.is_me} - set(asks)
        for ask in [*asks, *sorted(closed, key=lambda ask: ask.pk if ask else 0)]:
            key = (one.person.pk, ask.pk if ask else None)
            mine = [hand for hand in hands if (hand.asker_id, hand.ask_id) == key] if one.is_me else []
            pairs = [(hand, seen.get(hand.person_id) or Seen(hand.person, frozenset())) for hand in mine]
            found.append(AskedThere(one.person, ask, counted[key], pairs))
    return found


def talks_of(meeting: Meeting, person: Person) -> list[MyTalk]:
    """The talks planned for one person, in order, with their partners."""
    rows = Talk.objects.filter(meeting=meeting, seats__person=person).order_by("round", "table")
    found = []
    for talk in rows.prefetch_related(Prefetch("seats", TalkSeat.objects.select_related("person__card"))):
        seats = list(talk.seats.all())
        mine = next(seat for seat in seats if seat.person_id == person.pk)
        partners = [seat.person for seat in seats if seat.person_id != person.pk]
        found.append(MyTalk(f"{talk.round}-{talk.table}", talk.round, partners, mine.happened, mine.again))
    return found


def say_talk(*, meeting: Meeting, person: Person, number: int, happened: bool | None, now: datetime) -> None:
    """What this person says of their talk in one round: it took place, it did not, or nothing (None).

    Raises NotYourTalk when nobody planned one for them.
    """
    mine = TalkSeat.objects.filter(talk__meeting=meeting, talk__round=number, person=person)
    if not mine.update(happened=happened):
        raise NotYourTalk
    if happened is False:
        mine.update(again="")


def say_again(*, meeting: Meeting, person: Person, number: int, again: str, now: datetime) -> None:
    """Whether this person would like another talk with those of one round; empty takes it back.

    For themselves alone: it weighs when tables are set. Raises NotYourTalk.
    """
    mine = TalkSeat.objects.filter(talk__meeting=meeting, talk__round=number, person=person)
    said = {"again": again, "happened": True} if again else {"again": ""}
    if not mine.update(**said):
        raise NotYourTalk


def send_recaps(*, meeting: Meeting, by: Person | None, now: datetime) -> int:
    """Write the recap to every participant with an address, once; answers with how many mails there are.

    Each is kept by itself: asked again, also after a breakdown in the middle, it sends nothing twice and
    leaves nobody out. Raises NotClosedYet.
    """
    if meeting.state != Meeting.State.CLOSED:
        raise NotClosedYet
    rows = meeting.attendances.came().select_related("person__card", "person__community")
    sent = [send_one(attendance=row, now=now) for row in rows]
    Meeting.objects.filter(pk=meeting.pk, recapped_at__isnull=True).update(recapped_at=now)
    meeting.refresh_from_db(fields=["recapped_at"])
    return sum(mail is not None for mail in sent)


@transaction.atomic
def send_one(*, attendance: Attendance, now: datetime) -> OutgoingMail | None:
    """Write the recap to one participant; None when there is nowhere to write or they were not there."""
    person, meeting = attendance.person, attendance.meeting
    if not person.email or attendance.state not in Attendance.CAME:
        return None
    membership = Membership.objects.filter(group=meeting.group_id, person=person).first()
    if membership is None:
        return None
    membership.person, membership.group = person, meeting.group
    link = link_for(
        person=person, scope=PersonalLink.Scope.RECAP, group=meeting.group, meeting=meeting, now=now
    )
    answer = link_for(person=person, scope=PersonalLink.Scope.ANSWER, group=meeting.group, now=now)
    recap = recap_of(meeting, person=person, now=now)
    return messages.recap(
        meeting,
        membership,
        link=link,
        answer_link=answer,
        present=[seen.person for seen in recap.people if not seen.is_me],
        asks=[(one.ask, one.hands) for one in recap.asks if one.ask is not None],
        hands=[(hand, seen.ways) for one in recap.mine for hand, seen in one.raised],
        talks=[(talk.round, talk.partners) for talk in recap.talks],
        next_meeting=recap.next_meeting,
        now=now,
    )


def send_due_recaps(*, now: datetime) -> int:
    """Send the recaps of meetings closed half an hour ago; answers with how many meetings there were.

    The half hour lets a host put the attendance right. What was closed more than two days ago is no news.
    """
    due = Meeting.objects.select_related("group__community").filter(
        state=Meeting.State.CLOSED,
        recapped_at__isnull=True,
        closed_at__lte=now - WAIT,
        closed_at__gt=now - NEWS_FOR,
    )
    meetings = list(due)
    for meeting in meetings:
        send_recaps(meeting=meeting, by=None, now=now)
    return len(meetings)
