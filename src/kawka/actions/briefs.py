"""The day before: everybody with a role hears what they do, when to be there, and which guests they meet."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kawka import access
from kawka.actions.cards import SeenCard
from kawka.actions.greetings import assign_greeters, greetings_of, not_coming
from kawka.actions.rota_facts import can_be_asked
from kawka.actions.take_overs import role_link
from kawka.engine.week import moment_of
from kawka.mail import briefs as mail
from kawka.models import Greeting, Meeting, Membership, OutgoingMail, Person, Turn

LOOKED_AHEAD = timedelta(days=5)


@dataclass(slots=True)
class Duty:
    """What one person has to do at one meeting."""

    person: Person
    turns: list[Turn] = field(default_factory=list)
    greetings: list[Greeting] = field(default_factory=list)


def brief_due(*, now: datetime) -> int:
    """Brief those with a role or a guest for the meetings whose eve has come; how many mails were written.

    At 15:00 on the working day before. Whoever takes a turn over later is briefed then, and whoever gets one
    more guest hears of that guest. Run every few minutes.
    """
    near = Meeting.objects.filter(
        state=Meeting.State.PLANNED,
        starts_at__range=(now, now + LOOKED_AHEAD),
        group__community__is_sample=False,
    )
    loaded = near.select_related("group__community").order_by("starts_at", "pk")
    due = [one for one in loaded if moment_of("prepare", one.local_date, one.group.timezone) <= now]
    return sum(brief(meeting, now) for meeting in due)


def brief(meeting: Meeting, now: datetime) -> int:
    """Give guests their greeters and write what has not been written yet about one meeting."""
    assign_greeters(meeting=meeting, now=now)
    out = not_coming(meeting)
    duties = {number: duty for number, duty in duties_at(meeting).items() if number not in out}
    keys = [mail.brief_key(meeting, person) for person in (duty.person for duty in duties.values())]
    told = set(OutgoingMail.objects.filter(key__in=keys).values_list("key", flat=True))
    places = meeting.group.memberships.filter(person__in=list(duties)).select_related("person__account")
    written = 0
    for place in places:
        place.group = meeting.group
        if can_be_asked(place):
            written += tell(place, meeting, duties[place.person_id], told, now)
    return written


def duties_at(meeting: Meeting) -> dict[int, Duty]:
    """What everybody has to do at a meeting, by the row of the person. Two queries."""
    found: dict[int, Duty] = {}
    turns = meeting.turns.filter(state=Turn.State.ACCEPTED, person__isnull=False)
    for turn in turns.select_related("role", "person").order_by("role__position", "pk"):
        assert turn.person is not None
        found.setdefault(turn.person.pk, Duty(turn.person)).turns.append(turn)
    for greeting in greetings_of([meeting]):
        found.setdefault(greeting.greeter_id, Duty(greeting.greeter)).greetings.append(greeting)
    return found


def tell(place: Membership, meeting: Meeting, duty: Duty, told: set[str], now: datetime) -> int:
    """The brief of one person, or after it the guests they have been given since."""
    if mail.brief_key(meeting, place.person) not in told:
        link = role_link(place.person, meeting.group, now)
        cards = [guest_card(greeting) for greeting in duty.greetings]
        made = [mail.role_brief(place, meeting, duty.turns, guests=cards, link=link, now=now)]
    else:
        new = [greeting for greeting in duty.greetings if greeting.told_at is None]
        made = [mail.guest_to_greet(place, meeting, guest_card(greeting), now=now) for greeting in new]
    Greeting.objects.filter(pk__in=[one.pk for one in duty.greetings], told_at=None).update(told_at=now)
    return sum(one is not None for one in made)


def guest_card(greeting: Greeting) -> SeenCard:
    """A guest's card as those who will be at the same meeting may see it."""
    card = greeting.guest.card
    return SeenCard(greeting.guest, access.visible_fields(card, access.MET))
