"""Who speaks when in the round: proposed gently, from who is here and what they wish."""

from collections.abc import Sequence

from kawka.engine.order import propose_order, slot_in
from kawka.engine.types import Speaker
from kawka.models import Attendance, LiveChange, Meeting, Standing

MEETINGS_REMEMBERED = 26


def speakers_of(meeting: Meeting, here: Sequence[Attendance]) -> list[Speaker]:
    """Those who are here as the engine sees them. Three queries, however many people.

    At the first meeting of a group everybody is there for the first time; then the guests count as new.
    """
    people = [one.person_id for one in here]
    earlier = Attendance.objects.came().filter(
        person__in=people, meeting__group=meeting.group_id, meeting__starts_at__lt=meeting.starts_at
    )
    seasoned = set(earlier.values_list("person_id", flat=True))
    places = meeting.group.memberships.filter(person__in=people)
    standing = dict(places.values_list("person_id", "standing"))
    guests = {person for person in people if standing.get(person, Standing.GUEST) == Standing.GUEST}
    new = set(people) - seasoned if seasoned else guests
    opened = openers(meeting)
    return [
        Speaker(
            code=one.person.code,
            first_time=one.person_id in new,
            wish=one.wish,
            arrived_at_order=number,
            opened_last=opened.get(one.person.code),
            is_host=standing.get(one.person_id) == Standing.HOST,
        )
        for number, one in enumerate(here)
    ]


def openers(meeting: Meeting) -> dict[str, int]:
    """Who opened the round at which of the last meetings of the group, counted so that it grows with time."""
    begun = LiveChange.objects.filter(
        kind="begin", meeting__group=meeting.group_id, meeting__starts_at__lt=meeting.starts_at
    ).order_by("-meeting__starts_at")
    orders = list(begun.values_list("detail__people", flat=True)[:MEETINGS_REMEMBERED])
    return {people[0]: number for number, people in enumerate(reversed(orders)) if people}


def order_for(meeting: Meeting, here: Sequence[Attendance], *, chosen: Sequence[str] = ()) -> list[str]:
    """The codes of those who speak, in order; with `chosen`, that order without those who are not here.

    Whoever is here but not in `chosen` takes a place in it as a late-comer does. Asked again with the same
    people it proposes the same.
    """
    speakers = speakers_of(meeting, here)
    codes = {speaker.code for speaker in speakers if speaker.wish != Attendance.Wish.PASS}
    order = [code for code in chosen if code in codes]
    if not order:
        return propose_order(speakers, seed=meeting.pk)
    for speaker in speakers:
        order = slot_in(order, (), speaker.code, speakers)
    return order


def passing(here: Sequence[Attendance]) -> list[str]:
    """The codes of those who are here and let the round pass."""
    return [one.person.code for one in here if one.wish == Attendance.Wish.PASS]


def slot_for(
    meeting: Meeting, here: Sequence[Attendance], person: str, *, order: Sequence[str], spoken: Sequence[str]
) -> str | None:
    """Before whom a late-comer gets a place in a running order; None stands for its end."""
    slotted = slot_in(order, spoken, person, speakers_of(meeting, here))
    following = slotted[slotted.index(person) + 1 :] if person in slotted else []
    return following[0] if following else None
