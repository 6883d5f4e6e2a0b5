"""How many will come to a date, from what each person said and how their past dates went."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kawka.engine.forecast import Forecast, Habit, Word, forecast
from kawka.models import Answer, Attendance, Meeting, Membership, Person, PlusOne, Standing

LOOKED_BACK = timedelta(days=400)
DATES_AT_MOST = 26
USUALLY = 0.5
WORDS: Mapping[str, Word] = {
    Answer.Choice.COMING: "coming",
    Answer.Choice.NOT_THIS_TIME: "no",
    Answer.Choice.WAITING: "silent",
}


@dataclass
class Past:
    """The last dates of a group, latest first: who said what and who came. `known` are those it can ask."""

    meetings: list[Meeting]
    known: set[int]
    said: dict[tuple[int, int], str] = field(default_factory=dict)
    came: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def habit(self, place: Membership, word: Word) -> Habit:
        """How dates went on which this person had said the same as now."""
        person, dates, came = place.person_id, 0, 0
        for meeting in self.meetings:
            there = person in self.came[meeting.pk]
            if not there and meeting.starts_at < place.joined_at:
                continue
            if WORDS.get(self.said.get((meeting.pk, person), ""), "silent") == word:
                dates, came = dates + 1, came + there
        return Habit(word, came, dates)

    def share(self, place: Membership) -> float:
        """On which part of the dates since they joined this person was there."""
        dates = [
            m for m in self.meetings if m.starts_at >= place.joined_at or place.person_id in self.came[m.pk]
        ]
        return sum(place.person_id in self.came[m.pk] for m in dates) / len(dates) if dates else 0.0

    def unexpected(self) -> list[int]:
        """How many came to each of the last eight dates who had not said so."""
        return [
            sum(
                WORDS.get(self.said.get((meeting.pk, person), ""), "silent") == "silent"
                and person not in self.known
                for person in self.came[meeting.pk]
            )
            for meeting in self.meetings[:8]
        ]


def past_of(meeting: Meeting, places: Iterable[Membership]) -> Past:
    """The dates before this one, closed and latest first. Three queries."""
    closed = Meeting.objects.filter(group=meeting.group_id, state=Meeting.State.CLOSED)
    recent = closed.filter(starts_at__lt=meeting.starts_at, starts_at__gt=meeting.starts_at - LOOKED_BACK)
    past = Past(list(recent.order_by("-starts_at")[:DATES_AT_MOST]), {place.person_id for place in places})
    for number, person, choice in Answer.objects.filter(meeting__in=past.meetings).values_list(
        "meeting_id", "person_id", "choice"
    ):
        past.said[number, person] = choice
    came = Attendance.objects.came().filter(meeting__in=past.meetings)
    for number, person in came.values_list("meeting_id", "person_id"):
        past.came[number].add(person)
    return past


@dataclass(frozen=True, slots=True)
class Outlook:
    """A date as it looks now. `silent` have not answered; `usual` are those of them who usually come."""

    coming: list[Person]
    guests: list[Person]
    silent: list[Person]
    usual: list[Person]
    said_no: int
    waiting: int
    companions: int
    forecast: Forecast


def outlook(meeting: Meeting, *, now: datetime) -> Outlook:
    """What is said about a date and how many will come. Six queries, however many people.

    Guests who have not answered are not silent: nobody expects a word of them. Nor are those who are away.
    """
    places = list(
        Membership.objects.current()
        .filter(group=meeting.group_id)
        .select_related("person")
        .order_by("person__sort_name")
    )
    given = dict(meeting.answers.values_list("person_id", "choice"))
    companions = PlusOne.objects.filter(answer__meeting=meeting, answer__choice=Answer.Choice.COMING).count()
    past, habits = past_of(meeting, places), []
    found: dict[str, list[Membership]] = defaultdict(list)
    for place in places:
        word = given.get(place.person_id, "")
        if not word and (place.standing == Standing.GUEST or is_away(place.person, meeting)):
            continue
        found[word].append(place)
        habits.append(past.habit(place, WORDS.get(word, "silent")))
    coming, silent = found[Answer.Choice.COMING], found[""]
    return Outlook(
        coming=[place.person for place in coming],
        guests=[place.person for place in coming if place.standing == Standing.GUEST],
        silent=[place.person for place in silent],
        usual=[place.person for place in silent if past.share(place) >= USUALLY],
        said_no=len(found[Answer.Choice.NOT_THIS_TIME]),
        waiting=len(found[Answer.Choice.WAITING]),
        companions=companions,
        forecast=forecast(habits, unexpected=past.unexpected(), extra=companions),
    )


def is_away(person: Person, meeting: Meeting) -> bool:
    """Whether this person said to be away on the day of the meeting."""
    return person.away_until is not None and person.away_until >= meeting.local_date
