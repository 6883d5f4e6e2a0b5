"""What arrives in the mailbox Kawka reads: answers pressed in a calendar, what came back, “no more mail”."""

import imaplib
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses

from django.conf import settings
from icalendar import Calendar, Component

from kawka.actions.accounts import choose_mail
from kawka.actions.answers import answer
from kawka.actions.outbox import pause
from kawka.mail.reply_boxes import tags, whose_answer, whose_stop
from kawka.models import Answer, Meeting, Membership, OutgoingMail, Person, Refused
from kawka.models.membership import MAIL_SWITCHES

LOG = logging.getLogger(__name__)
AT_ONCE = 100
SECONDS = 20
COMES_BACK_WITHIN = timedelta(days=14)
RECIPIENTS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
CHOICES = {"ACCEPTED": Answer.Choice.COMING, "DECLINED": Answer.Choice.NOT_THIS_TIME}


def read_inbox(*, now: datetime) -> Counter[str]:
    """Do what the unread messages say, mark them as read, and count what they were. Run often.

    A message that is read twice, because a process died in between, changes nothing the second time.
    """
    found: Counter[str] = Counter()
    if settings.INBOX is None:
        return found
    with mailbox() as box:
        for number in unread(box):
            _state, parts = box.uid("FETCH", number, "(BODY.PEEK[])")
            raw = next((part[1] for part in parts if isinstance(part, tuple)), b"")
            found[taken(raw, now=now)] += 1
            box.uid("STORE", number, "+FLAGS", "(\\Seen)")
    if found["unknown"]:
        LOG.warning("%s messages in the mailbox say nothing Kawka understands", found["unknown"])
    return found


@contextmanager
def mailbox() -> Iterator[imaplib.IMAP4]:
    """The folder that is read, opened."""
    at = settings.INBOX
    assert at is not None
    secure = at.scheme == "imaps"
    box = (imaplib.IMAP4_SSL if secure else imaplib.IMAP4)(at.host, at.port, timeout=SECONDS)
    with box:
        if at.scheme == "imap+tls":
            box.starttls()
        box.login(at.user, at.password)
        box.select(f'"{at.folder}"')
        yield box


def unread(box: imaplib.IMAP4) -> list[str]:
    """The first messages nobody has read."""
    _state, [numbers] = box.uid("SEARCH", "UNSEEN")
    return (numbers or b"").decode().split()[:AT_ONCE]


def taken(raw: bytes, *, now: datetime) -> str:
    """Do what one message says, and say what it was: answer, refused, bounce, stop or unknown."""
    try:
        message = message_from_bytes(raw, policy=policy.default)
        return take_answer(message, now) or take_bounce(message, now) or take_stop(message) or "unknown"
    except (ValueError, LookupError, TypeError, AttributeError) as error:  # whatever a stranger may send
        LOG.warning("a message in the mailbox cannot be read: %s", type(error).__name__)
        return "unknown"


def sent_to(message: EmailMessage) -> list[str]:
    """The tags of our own addresses a message was sent to."""
    lines = [str(line) for name in RECIPIENTS for line in message.get_all(name, [])]
    return tags(address for _name, address in getaddresses(lines))


def take_answer(message: EmailMessage, now: datetime) -> str:
    """An answer pressed in a calendar: matched by the identity of the date and the tag of the mailbox."""
    for part in message.walk():
        if part.get_content_type() != "text/calendar":
            continue
        calendar = Calendar.from_ical(inside(part))
        if str(calendar.get("method", "")).upper() != "REPLY":
            continue
        for event in calendar.walk("VEVENT"):
            said = keep_answer(str(event["uid"]), partstat(event), sent_to(message), now)
            if said:
                return said
    return ""


def partstat(event: Component) -> str:
    """What the attendee chose."""
    attendee = event.get("attendee", "")
    one = attendee[0] if isinstance(attendee, list) else attendee
    return str(one.params.get("PARTSTAT", "")).upper() if one else ""


def keep_answer(uid: str, said: str, found: list[str], now: datetime) -> str:
    """Let one person answer one date; “perhaps” leaves what they said before."""
    code = next((code for tag in found if (code := whose_answer(tag, uid))), "")
    meeting = Meeting.objects.select_related("group__community").filter(calendar_uid=uid).first()
    person = Person.objects.filter(code=code).first() if code else None
    if meeting is None or person is None:
        return ""
    if said not in CHOICES:
        return "perhaps"
    try:
        answer(meeting=meeting, person=person, choice=CHOICES[said], by=person, now=now, from_calendar=True)
    except Refused:
        return "refused"
    return "answer"


def take_bounce(message: EmailMessage, now: datetime) -> str:
    """A report that a mail of ours came back for good (RFC 3464): its address is paused."""
    if message.get_content_type() != "multipart/report":
        return ""
    inner = [part for part in message.walk() if part is not message and part["message-id"]]
    identities = {str(part["message-id"]).strip() for part in inner} | identities_in_headers(message)
    for fields in message.walk():
        address = last_word(fields.get("final-recipient"))
        if last_word(fields.get("status")).startswith("5") and was_ours(address, identities, now):
            trouble = last_word(fields.get("diagnostic-code")) or last_word(fields.get("status"))
            pause(address=address, trouble=trouble, now=now)
            return "bounce"
    return ""


def last_word(field: object) -> str:
    """What stands behind the type of a field of a report: `rfc822; ben@example.org`."""
    return " ".join(str(field or "").rpartition(";")[2].split())


def inside(part: Message) -> bytes:
    """What a part holds, decoded."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def identities_in_headers(message: EmailMessage) -> set[str]:
    """The Message-ID of mail that came back as headers only."""
    parts = [part for part in message.walk() if part.get_content_type() == "text/rfc822-headers"]
    inner = [message_from_bytes(inside(part), policy=policy.default) for part in parts]
    return {str(one["message-id"]).strip() for one in inner if one["message-id"]}


def was_ours(address: str, identities: set[str], now: datetime) -> bool:
    """Whether we lately sent the mail that came back to that address; a forged report pauses nobody."""
    sent = OutgoingMail.objects.filter(to__iexact=address, sent_at__gt=now - COMES_BACK_WITHIN)
    return any(headers.get("Message-ID") in identities for headers in sent.values_list("headers", flat=True))


def take_stop(message: EmailMessage) -> str:
    """“No more mail” sent by a mail program: of the kind in the subject, else of every kind."""
    for tag in sent_to(message):
        person, group = whose_stop(tag)
        place = Membership.objects.filter(person__code=person, group__code=group).first() if person else None
        if place is not None:
            named = [one for one in MAIL_SWITCHES if one in str(message["subject"] or "").lower().split()]
            choose_mail(membership=place, wanted=dict.fromkeys(named or MAIL_SWITCHES, False))
            return "stop"
    return ""
