"""Whether a mail is still worth sending when its moment comes: a reason that is gone sends nothing."""

from collections.abc import Callable, Mapping
from datetime import datetime

from kawka.actions.rota_facts import is_away
from kawka.mail.outbox import is_wanted
from kawka.mail.quiet import midnight
from kawka.mail.rules import ALWAYS, RULES
from kawka.models import Answer, Hand, Meeting, Membership, OutgoingMail, SeatOffer, TakeOver, Turn

Check = Callable[[OutgoingMail, datetime], bool]


def why_not(mail: OutgoingMail, *, now: datetime) -> str:
    """Why this mail has no reason any more; nothing when it has."""
    rule, meeting = RULES.get(mail.kind), mail.meeting
    if rule is None:
        return ""
    if rule.switch != ALWAYS and mail.person and mail.group:
        place = Membership.objects.filter(person=mail.person, group=mail.group).first()
        if place is None or not is_wanted(place, mail.kind):
            return "its reader wants no such mail any more"
    if rule.before and meeting is not None:
        if meeting.state == Meeting.State.CALLED_OFF:
            return "the meeting has been called off"
        if meeting.starts_at <= now:
            return "the meeting has begun"
    if mail.kind in FOR_WHO_COMES and has_declined(mail):
        return "its reader has said no to the date"
    if mail.kind in FOR_WHO_IS_HERE and mail.person and meeting and is_away(mail.person, meeting):
        return "its reader is away on that day"
    check = CHECKS.get(mail.kind)
    return "" if check is None or check(mail, now) else "what it asks or tells has been settled"


def is_silent(mail: OutgoingMail, now: datetime) -> bool:
    """Whether somebody has neither answered a date nor is away then."""
    meeting, person = mail.meeting, mail.person
    if meeting is None or person is None:
        return True
    return not is_away(person, meeting) and not Answer.objects.filter(meeting=meeting, person=person).exists()


def still_comes(mail: OutgoingMail, now: datetime) -> bool:
    """Whether they still say that they come."""
    if mail.meeting is None:
        return True
    return Answer.objects.coming().filter(meeting=mail.meeting, person=mail.person).exists()


def has_declined(mail: OutgoingMail) -> bool:
    """Whether they have said no to the one date it is about."""
    if sum(file["text"].count("BEGIN:VEVENT") for file in mail.attachments) > 1:
        return False
    said_no = Answer.objects.filter(choice=Answer.Choice.NOT_THIS_TIME, person=mail.person)
    return mail.meeting is not None and said_no.filter(meeting=mail.meeting).exists()


def is_offered(mail: OutgoingMail, now: datetime) -> bool:
    """Whether a seat is still kept for them."""
    offers = SeatOffer.objects.open().filter(answer__person=mail.person, expires_at__gt=now)
    return mail.meeting is None or offers.filter(answer__meeting=mail.meeting).exists()


def is_looked_for(mail: OutgoingMail, now: datetime) -> bool:
    """Whether the turn a stand-in is looked for is still open; the search is named in the key."""
    return TakeOver.objects.filter(code=mail.key.split(":")[1], outcome="").exists()


def is_proposed(mail: OutgoingMail, now: datetime) -> bool:
    """Whether a turn is still proposed to them."""
    turns = Turn.objects.filter(person=mail.person, state=Turn.State.PROPOSED, meeting__starts_at__gt=now)
    return turns.filter(meeting__group=mail.group).exists()


def is_still_that_day(mail: OutgoingMail, now: datetime) -> bool:
    """Whether it is the day on which it was written: an offer of help is not worth a mail on another one."""
    return mail.group is None or midnight(mail.created_at, mail.group.zone) == midnight(now, mail.group.zone)


def is_raised(mail: OutgoingMail, now: datetime) -> bool:
    """Whether the hand is still up and what it was raised for still wanted; the hand is named in the key."""
    return Hand.objects.filter(key=mail.key.partition(":")[2], ask__closed_at__isnull=True).exists()


FOR_WHO_COMES = frozenset({"guest_to_greet", "list_moved", "moved", "role_brief", "spotlight_booked"}) | {
    "spotlight_reminder",
    "turn_call",
    "turn_taken",
    "turns_fell",
}
FOR_WHO_IS_HERE = frozenset({"guest_to_greet", "role_brief", "spotlight_reminder", "turn_call", "turns_fell"})
CHECKS: Mapping[str, Check] = {
    "campaign_ready": is_still_that_day,
    "reminder": is_silent,
    "reminder_small_round": is_silent,
    "guest_question": still_comes,
    "weekly_ask": still_comes,
    "tomorrow": still_comes,
    "seat_offered": is_offered,
    "turn_call": is_looked_for,
    "turns_proposed": is_proposed,
    "ask_hand": is_raised,
}
