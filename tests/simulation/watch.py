"""What must never happen, looked at whenever the clock stands still."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta

from django.core import mail
from django.db.models import Count, Exists, F, OuterRef, Q

from kawka.actions.outbox import is_pressing
from kawka.mail.quiet import next_morning
from kawka.mail.rules import IMMEDIATE, RULES
from kawka.models import Answer, Meeting, Membership, OutgoingMail, SeatOffer, Turn

GRACE = timedelta(minutes=15)  # whoever says no has a moment to give the turn back in their own words
MORNING, EVENING, SATURDAY = 8, 20, 5
# Kinds whose reader said no to the date and hears of it all the same: because they asked, or run the group.
IN_SPITE_OF_NO = {"answer_confirmed", "called_off", "guest_chose", "holiday_ahead", "turns_left"}
IN_SPITE_OF_NO |= {"campaign_ready", "week_ahead", "wrap_up"}
# Kinds that go once for a date and person; each of the others goes once for something smaller, by its key.
ONCE_A_DATE = {
    "called_off",
    "campaign_ready",
    "guest_question",
    "headcount",
    "holiday_ahead",
    "list_moved",
    "recap",
}
ONCE_A_DATE |= {"reminder", "reminder_small_round", "role_brief", "week_ahead", "wrap_up"}
# Kinds that are not for those who are away on the day.
FOR_WHO_IS_HERE = {"reminder", "reminder_small_round", "role_brief", "turn_call"}


class Watch:
    """Everything found, in words, and how many mails of each kind went out.

    `beside`: how many went beside the mail of the day or at rest, as the next morning were too late.
    """

    def __init__(self) -> None:
        self.findings: list[str] = []
        self.mails: Counter[str] = Counter()
        self.letters: Counter[str] = Counter()
        self.days: dict[tuple[str, object], dict[str, list[str]]] = defaultdict(dict)
        self.pressing: set[str] = set()
        self.beside = 0
        self.once: Counter[tuple[str, str, int]] = Counter()

    def found(self, what: str) -> None:
        """Note a finding, once."""
        if what not in self.findings:
            self.findings.append(what)

    def look(self, now: datetime) -> None:
        """Look at what has just been done."""
        self.letters_of(now)
        self.turns(now)
        self.seats(now)

    def letters_of(self, now: datetime) -> None:
        """The mail that went out at this moment."""
        if not mail.outbox:
            return
        for letter in mail.outbox:
            self.letters[letter.extra_headers["Message-ID"]] += 1
        mail.outbox.clear()
        sent = OutgoingMail.objects.filter(sent_at=now).select_related("group", "meeting", "person")
        no = Answer.objects.filter(
            meeting=OuterRef("meeting"), person=OuterRef("person"), choice=Answer.Choice.NOT_THIS_TIME
        )
        left = Membership.objects.filter(
            group=OuterRef("group"), person=OuterRef("person"), standing="alumnus"
        )
        found = list(sent.annotate(said_no=Exists(no), has_left=Exists(left)))
        for one in sorted(found, key=lambda one: not RULES[one.kind].before):
            self.mails[one.kind] += 1
            self.one_mail(one, now)

    def one_mail(self, one: OutgoingMail, now: datetime) -> None:
        """Whether this mail may go to this person at this moment."""
        told = f"{now:%Y-%m-%d %H:%M} {one.kind} to {one.to} about {one.meeting and one.meeting.local_date}"
        if one.said_no and one.kind not in IN_SPITE_OF_NO:
            self.found(f"after a no: {told}")
        until = one.person and one.person.away_until
        if one.kind in FOR_WHO_IS_HERE and until and one.meeting and until >= one.meeting.local_date:
            self.found(f"away: {told}")
        if one.has_left and RULES[one.kind].switch != "always":
            self.found(f"after leaving: {told}")
        if one.kind in ONCE_A_DATE and one.meeting is not None:
            about = (one.kind, one.to, one.meeting.pk)
            self.once[about] += 1
            if self.once[about] > 1:
                self.found(f"twice: {told}")
        if one.group is not None and one.kind not in IMMEDIATE:
            self.ordinary(one, told, now)

    def ordinary(self, one: OutgoingMail, told: str, now: datetime) -> None:
        """Mail that can wait goes by day, on working days, and one a day, unless then were too late."""
        assert one.group is not None
        local, letter = now.astimezone(one.group.zone), one.headers["Message-ID"]
        if is_pressing(one, next_morning(now, one.group.zone)):
            self.pressing.add(letter)
        at_rest = local.weekday() >= SATURDAY or not MORNING <= local.hour < EVENING
        letters = self.days[one.to.lower(), local.date()]
        letters.setdefault(letter, []).append(f"{local:%H:%M} {one.kind}")
        if letter in self.pressing:
            self.beside += at_rest or len(letters) > 1
        elif at_rest:
            self.found(f"at rest: {told}")
        elif len(letters) > 1:
            self.found(f"second of a day: {told}; {list(letters.values())}")

    def turns(self, now: datetime) -> None:
        """Nobody who said no or is away then holds a turn."""
        said = Answer.objects.filter(meeting=OuterRef("meeting"), person=OuterRef("person"))
        said = said.exclude(choice=Answer.Choice.COMING).filter(answered_at__lte=now - GRACE)
        held = Turn.objects.filter(meeting__state=Meeting.State.PLANNED, meeting__starts_at__gt=now)
        held = held.filter(Exists(said) | Q(person__away_until__gte=F("meeting__local_date")))
        for turn in held.filter(person__isnull=False).select_related("person", "meeting", "role"):
            self.found(f"turn: {turn.role.kind} of {turn.meeting.local_date} with {turn.person.email}")

    def seats(self, now: datetime) -> None:
        """Nobody has a seat that is not there."""
        ahead = Meeting.objects.filter(state=Meeting.State.PLANNED, ends_at__gt=now).select_related("group")
        offered = Counter(SeatOffer.objects.open().values_list("answer__meeting", flat=True))
        coming = Q(answers__choice=Answer.Choice.COMING)
        counted = ahead.annotate(
            people=Count("answers", filter=coming, distinct=True),
            brought=Count("answers__plus_ones", filter=coming, distinct=True),
        )
        for one in counted:
            taken = one.people + one.brought + offered[one.pk]
            if taken > one.capacity:
                self.found(f"seats: {taken} of {one.capacity} on {one.local_date} ({now:%Y-%m-%d %H:%M})")

    def close(self) -> None:
        """What shows only at the end: mail sent twice, and mail that was lost."""
        for number, times in self.letters.items():
            if times > 1:
                self.found(f"the same letter {times} times: {number}")
        for one in OutgoingMail.objects.filter(failed_at__isnull=False):
            self.found(f"lost: {one.kind} to {one.to}, written {one.created_at:%Y-%m-%d %H:%M}: {one.error}")
