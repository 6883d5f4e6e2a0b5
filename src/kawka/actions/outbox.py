"""Sending what lies in the outbox: each mail once, by day, later when the way is blocked."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

from anymail.exceptions import AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q

from kawka.actions.mail_reasons import why_not
from kawka.mail.digest import gathered
from kawka.mail.quiet import midnight, next_allowed, next_morning
from kawka.mail.reply_boxes import is_there
from kawka.mail.rules import IMMEDIATE, RULES
from kawka.models import OutgoingMail, Person

LOG = logging.getLogger(__name__)
BATCH = 50
TRIES_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 10, 60, 360))
CLAIM_LASTS = timedelta(minutes=10)
WORTH_SENDING_FOR = timedelta(days=3)
SIGN_IN_WORTH_SENDING_FOR = timedelta(minutes=15)
WORDS_KEPT_FOR = timedelta(days=90)
PERMANENT = 500


def send_due(*, now: datetime) -> int:
    """Send the mail that is due, oldest first, and say how many went out.

    What is urgent or was asked for goes at once; of all else at most one mail a day goes to an address, by
    day and on working days, with everything in it that was due. A row is claimed before it is sent and never
    sent by two at once; one claimed by a process that died is released after ten minutes. Without a mail
    server nothing is sent: the rows are shown on a page instead.
    """
    if settings.MAIL_IS_SHOWN_HERE:
        return 0
    release_stale(now=now)
    give_up_on_old(now=now)
    due = list(OutgoingMail.objects.due(now).order_by("due_at", "pk").select_related("group")[:BATCH])
    if not due:
        return 0
    connection = get_connection()
    try:
        return sum(send_one([mail.pk], connection, now) for mail in due if is_immediate(mail)) + sum(
            send_day(address, connection, now) for address in addresses(due)
        )
    finally:
        connection.close()


def is_immediate(mail: OutgoingMail) -> bool:
    """Whether it waits neither for the morning nor for other mail."""
    return mail.kind in IMMEDIATE or mail.group is None


def addresses(due: Sequence[OutgoingMail]) -> list[str]:
    """To whom mail goes that may wait, each once."""
    return list({mail.to.lower(): mail.to for mail in due if not is_immediate(mail)}.values())


def send_day(address: str, connection: BaseEmailBackend, now: datetime) -> int:
    """Send all that is due to one address as one mail, or put it off to when it may go."""
    due = OutgoingMail.objects.due(now).filter(to__iexact=address, group__isnull=False)
    mails = list(due.exclude(kind__in=IMMEDIATE).order_by("due_at", "pk").select_related("group", "meeting"))
    if not mails:
        return 0
    later = postponed_to(mails, now)
    if later > now and not any(is_pressing(mail, later) for mail in mails):
        waiting = OutgoingMail.objects.waiting().filter(pk__in=[mail.pk for mail in mails])
        waiting.update(due_at=later)
        return 0
    return send_one([mail.pk for mail in mails], connection, now)


def postponed_to(mails: Sequence[OutgoingMail], now: datetime) -> datetime:
    """When these may go: now, or the next morning on which the address has had no other mail."""
    group = mails[0].group
    assert group is not None
    allowed = next_allowed(now, group.zone)
    if allowed > now:
        return allowed
    today = OutgoingMail.objects.filter(to__iexact=mails[0].to, sent_at__gte=midnight(now, group.zone))
    had_mail = today.filter(group__isnull=False).exclude(kind__in=IMMEDIATE).exists()
    return next_morning(now, group.zone) if had_mail else now


def is_pressing(mail: OutgoingMail, later: datetime) -> bool:
    """Whether the mail would come too late then: after the beginning of what it is about."""
    return RULES[mail.kind].before and mail.meeting is not None and mail.meeting.starts_at <= later


def send_one(numbers: Sequence[int], connection: BaseEmailBackend, now: datetime) -> int:
    """Claim these mails and send what is still worth it as one; how many of them went out."""
    mails = [mail for mail in claim(numbers, now) if not dropped(mail, now)]
    if not mails:
        return 0
    letter = mails[0] if len(mails) == 1 else gathered(mails)
    try:
        as_message(letter, connection).send()
    except Exception as error:
        for mail in mails:
            put_off(mail, error, now)
        return 0
    for mail in mails:
        mail.headers = {**mail.headers, "Message-ID": letter.headers.get("Message-ID", "")}
        mail.sent_at, mail.claimed_at, mail.error = now, None, ""
        mail.attempts += 1
    OutgoingMail.objects.bulk_update(mails, ["headers", "sent_at", "claimed_at", "error", "attempts"])
    return len(mails)


def claim(numbers: Sequence[int], now: datetime) -> list[OutgoingMail]:
    """Those of the mails that are now this process's alone to send, in their order.

    All in one statement, so that two processes never share the mail of one day between them.
    """
    ours = OutgoingMail.objects.waiting().filter(pk__in=numbers).update(claimed_at=now)
    if not ours:
        return []
    rows = OutgoingMail.objects.filter(pk__in=numbers, claimed_at=now, sent_at__isnull=True)
    mails = list(rows.select_related("person", "group", "meeting").order_by("due_at", "pk"))
    return mails if len(mails) == ours else []


def dropped(mail: OutgoingMail, now: datetime) -> bool:
    """Leave a claimed mail unsent for good when its reason is gone."""
    reason = why_not(mail, now=now)
    if reason:
        mail.claimed_at, mail.dropped_at, mail.error = None, now, reason
        mail.save(update_fields=["claimed_at", "dropped_at", "error"])
    return bool(reason)


def as_message(mail: OutgoingMail, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    """The mail as Django sends it."""
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=mail.headers,
        connection=connection,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    invites = [file for file in mail.attachments if "method=" in file["type"]]
    if len(invites) == 1 and is_there():
        message.attach_alternative(invites[0]["text"], invites[0]["type"])
    for file in mail.attachments:
        message.attach(file["name"], file["text"], file["type"])
    return message


def put_off(mail: OutgoingMail, error: Exception, now: datetime) -> None:
    """Try again later, each time after a longer while; after the last try leave it for people to see.

    An address the server says nobody has is paused, and not tried again until a host says so.
    """
    LOG.warning("mail %s did not go out: %s", mail.pk, type(error).__name__)
    mail.claimed_at, mail.error = None, f"{type(error).__name__}: {error}"
    trouble = refusal(error, mail.to)
    if trouble:
        pause(address=mail.to, trouble=trouble, now=now)
    if mail.attempts < len(TRIES_AFTER) and not trouble:
        mail.due_at = now + TRIES_AFTER[mail.attempts]
    else:
        mail.failed_at = now
    mail.attempts += 1
    mail.save(update_fields=["claimed_at", "error", "due_at", "failed_at", "attempts"])


def refusal(error: Exception, address: str) -> str:
    """What the mail server said when it refused this address for good; nothing for any other trouble."""
    if isinstance(error, AnymailRecipientsRefused):
        return str(error).splitlines()[0]
    if not isinstance(error, SMTPRecipientsRefused):
        return ""
    code, words = error.recipients.get(address, (0, b""))
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return f"{code} {' '.join(said.split())}" if code >= PERMANENT else ""


def pause(*, address: str, trouble: str, now: datetime) -> int:
    """Send nothing more to this address, and keep in words why; how many people have it.

    A place has no person: the mail that told it a number is kept as failed, and its host sees that.
    """
    OutgoingMail.objects.filter(kind="headcount", to__iexact=address).filter(
        created_at__gt=now - WORTH_SENDING_FOR, failed_at__isnull=True
    ).update(failed_at=now, error=trouble[:250])
    people = Person.objects.with_email(address).filter(mail_paused_at__isnull=True)
    return people.update(mail_paused_at=now, mail_trouble=trouble[:250])


def try_again(*, person: Person, by: Person | None, now: datetime) -> int:
    """Write to a paused address again, with what failed in the last days; how many mails those are."""
    Person.objects.filter(pk=person.pk).update(mail_paused_at=None, mail_trouble="")
    recent = OutgoingMail.objects.failed().filter(person=person, created_at__gt=now - WORTH_SENDING_FOR)
    return send_again(mails=list(recent), now=now)


def release_stale(*, now: datetime) -> int:
    """Give back mail claimed by a process that died, and say how many there were."""
    stale = OutgoingMail.objects.filter(sent_at__isnull=True, claimed_at__lt=now - CLAIM_LASTS)
    return stale.update(claimed_at=None)


def give_up_on_old(*, now: datetime) -> int:
    """Mark mail that comes too late to be of use, such as what piled up before a mail server was set."""
    old = Q(due_at__lt=now - WORTH_SENDING_FOR)
    old |= Q(created_at__lt=now - SIGN_IN_WORTH_SENDING_FOR, kind="sign_in_code")
    return OutgoingMail.objects.waiting().filter(old).update(failed_at=now, error="too late to be of use")


def send_again(*, mails: "list[OutgoingMail]", now: datetime) -> int:
    """Put mail that failed back into the outbox with all its tries, and say how many there were."""
    failed = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails], failed_at__isnull=False)
    return failed.update(failed_at=None, attempts=0, error="", due_at=now, created_at=now)


def forget_words(*, now: datetime) -> int:
    """Empty what was sent long ago: the row stays, so that it is not sent twice, its words go."""
    old = OutgoingMail.objects.filter(created_at__lt=now - WORDS_KEPT_FOR).exclude(text="")
    return old.update(text="", html="", subject=F("kind"), attachments=[])
