"""`kawka check`: one line for each thing an instance needs, and how to put it right."""

import tempfile
from collections.abc import Callable
from imaplib import IMAP4
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks, mail
from django.core.exceptions import ImproperlyConfigured
from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from kawka.actions.inbox import mailbox
from kawka.actions.meaning import embedder
from kawka.mail.sender import Unanswered, domain_of_sender, vouched_for


class Wrong(Exception):
    """What is wrong and what to do."""


class Command(BaseCommand):
    """Looks at everything and changes nothing."""

    help = "Look at settings, database, folders and mail."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for name, look in LOOKS.items():
            try:
                self.stdout.write(f"ok     {name}: {look()}")
            except Wrong as trouble:
                wrong += 1
                self.stdout.write(f"wrong  {name}: {trouble}")
        if wrong:
            raise CommandError(f"{wrong} of {len(LOOKS)} need a look.", returncode=1)


def look_at_settings() -> str:
    serious = [message for message in checks.run_checks() if message.is_serious()]
    if serious:
        raise Wrong("; ".join(str(message.msg) for message in serious))
    return f"the address is {settings.SITE_URL}"


def look_at_database() -> str:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        raise Wrong(f"it does not answer: {str(error).strip().splitlines()[0]}") from error
    return f"{connection.display_name} answers"


def look_at_migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        raise Wrong("the database does not answer") from error
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        raise Wrong(f"{len(pending)} migrations are waiting; `kawka serve` applies them")
    return "the tables are up to date"


def look_at_folders() -> str:
    for folder in (settings.DATA, settings.MEDIA_ROOT):
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
        except OSError as error:
            raise Wrong(f"{folder} cannot be written to: {error.strerror}") from error
    return f"{settings.DATA} can be written to"


def look_at_mail() -> str:
    if settings.MAIL_IS_SHOWN_HERE:
        return "not sent, shown at /dev/mail; set EMAIL_URL to send it"
    if settings.ANYMAIL:
        service = settings.EMAIL_BACKEND.split(".")[2]
        return f"goes through {service}, which reports bounces to {events_address()}"
    try:
        with mail.get_connection():
            return f"{settings.EMAIL_HOST} takes mail"
    except OSError as error:
        raise Wrong(f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} does not take mail: {error}") from error


def events_address() -> str:
    """The address, with its password, that a mail service tells what came back."""
    scheme, host = settings.SITE_URL.split("://", 1)
    return f"{scheme}://{settings.ANYMAIL['WEBHOOK_SECRET']}@{host}{reverse('mail-events')}"


def look_at_sender() -> str:
    domain = domain_of_sender()
    if not domain:
        return "no domain has to vouch for mail yet"
    try:
        found = vouched_for(domain)
    except Unanswered as silence:
        raise Wrong(f"{silence} Try again later") from silence
    told = ", ".join(f"{one.name} {one.state.name.lower()}" for one in found)
    if any(one.state in ("missing", "double") for one in found):
        raise Wrong(f"{domain} does not vouch for our mail ({told}); /operator/ says what to do")
    return f"{domain} vouches for our mail ({told})"


def look_at_mailbox() -> str:
    if settings.INBOX is None:
        return "none is read; with INBOX_URL calendars can answer invitations"
    try:
        with mailbox():
            return f"{settings.INBOX.address} can be read"
    except (OSError, IMAP4.error) as error:
        raise Wrong(
            f"{settings.INBOX.host}:{settings.INBOX.port} does not let us read: {told(error)}"
        ) from error


def look_at_meaning() -> str:
    try:
        return "a model is read" if embedder() else "no model is used, and none is needed"
    except ImproperlyConfigured as error:
        raise Wrong(str(error)) from error


def told(error: Exception) -> str:
    """What a server said, which may be bytes."""
    said = error.args[0] if error.args else error
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(error)


LOOKS: dict[str, Callable[[], str]] = {
    "settings": look_at_settings,
    "database": look_at_database,
    "migrations": look_at_migrations,
    "folders": look_at_folders,
    "mail": look_at_mail,
    "sender": look_at_sender,
    "mailbox": look_at_mailbox,
    "meaning": look_at_meaning,
}
