"""Sending what lies in the outbox: each mail once, again later when the way is blocked."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q

from kawka.models import OutgoingMail

LOG = logging.getLogger(__name__)
BATCH = 50
TRIES_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 10, 60, 360))
CLAIM_LASTS = timedelta(minutes=10)
WORTH_SENDING_FOR = timedelta(days=3)
SIGN_IN_WORTH_SENDING_FOR = timedelta(minutes=15)
WORDS_KEPT_FOR = timedelta(days=90)


def send_due(*, now: datetime) -> int:
    """Send the mail that is due, oldest first, and say how many went out.

    A row is claimed before it is sent and never sent by two at once; one claimed by a process that died is
    released after ten minutes. Without a mail server nothing is sent: the rows are shown on a page instead.
    """
    if settings.MAIL_IS_SHOWN_HERE:
        return 0
    release_stale(now=now)
    give_up_on_old(now=now)
    due = list(OutgoingMail.objects.due(now).order_by("due_at", "pk").values_list("pk", flat=True)[:BATCH])
    if not due:
        return 0
    connection = get_connection()
    try:
        return sum(send_one(number, connection, now) for number in due)
    finally:
        connection.close()


def send_one(number: int, connection: BaseEmailBackend, now: datetime) -> bool:
    """Claim and send one mail; False when another process has it or it did not go out."""
    if not OutgoingMail.objects.waiting().filter(pk=number).update(claimed_at=now):
        return False
    mail = OutgoingMail.objects.get(pk=number)
    try:
        as_message(mail, connection).send()
    except Exception as error:
        put_off(mail, error, now)
        return False
    mail.sent_at, mail.claimed_at, mail.error = now, None, ""
    mail.attempts += 1
    mail.save(update_fields=["sent_at", "claimed_at", "error", "attempts"])
    return True


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
    for file in mail.attachments:
        message.attach(file["name"], file["text"], file["type"])
    return message


def put_off(mail: OutgoingMail, error: Exception, now: datetime) -> None:
    """Try again later, each time after a longer while; after the last try leave it for people to see."""
    LOG.warning("mail %s did not go out: %s", mail.pk, type(error).__name__)
    mail.claimed_at, mail.error = None, f"{type(error).__name__}: {error}"
    if mail.attempts < len(TRIES_AFTER):
        mail.due_at = now + TRIES_AFTER[mail.attempts]
    else:
        mail.failed_at = now
    mail.attempts += 1
    mail.save(update_fields=["claimed_at", "error", "due_at", "failed_at", "attempts"])


def release_stale(*, now: datetime) -> int:
    """Give back mail claimed by a process that died, and say how many there were."""
    stale = OutgoingMail.objects.filter(sent_at__isnull=True, claimed_at__lt=now - CLAIM_LASTS)
    return stale.update(claimed_at=None)


def give_up_on_old(*, now: datetime) -> int:
    """Mark mail that comes too late to be of use, such as what piled up before a mail server was set."""
    old = Q(created_at__lt=now - WORTH_SENDING_FOR)
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
