"""Several mails of one day to one address as one: the parts under each other, each with its buttons."""

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from kawka.mail.addresses import unsubscribe_address
from kawka.mail.outbox import message_id
from kawka.models import Membership, OutgoingMail

WORDS = re.compile(r"<!--words-->(.*?)<!--/words-->", re.DOTALL)
FOOT = re.compile(r"<!--foot-->(.*?)<!--/foot-->", re.DOTALL)
LINE = "\n" + "-" * 60 + "\n\n"


def gathered(mails: Sequence[OutgoingMail]) -> OutgoingMail:
    """One unsaved mail that says what all of these say; always the same for the same ones."""
    first = mails[0]
    language = first.person.language if first.person else ""
    with translation.override(language or (first.group.language if first.group else None)):
        subject = in_short(mails)
        shown = {"title": subject, "parts": [part(mail) for mail in mails], "site": settings.SITE_URL}
        html = render_to_string("mail/digest.html", shown)
    return OutgoingMail(
        to=first.to,
        reply_to=first.reply_to,
        subject=subject,
        text=LINE.join(f"{mail.subject}\n\n{mail.text}" for mail in mails),
        html=html,
        headers=headers_of(mails),
        attachments=[file for mail in mails for file in mail.attachments],
    )


def in_short(mails: Sequence[OutgoingMail]) -> str:
    """The subject of the first, and how many more there are."""
    more = len(mails) - 1
    return ngettext("%(first)s, and %(more)d more", "%(first)s, and %(more)d more", more) % {
        "first": mails[0].subject,
        "more": more,
    }


def part(mail: OutgoingMail) -> dict[str, Any]:
    """What one mail says, cut out of its page; our own HTML, escaped when it was written."""
    words, foot = WORDS.search(mail.html), FOOT.search(mail.html)
    plain = f'<p style="margin:0 0 16px;white-space:pre-line">{escape(mail.text)}</p>'
    return {
        "subject": mail.subject,
        "words": SafeString(words[1] if words else plain),
        "foot": SafeString(foot[1] if foot else ""),
    }


def headers_of(mails: Sequence[OutgoingMail]) -> dict[str, str]:
    """What all have in common, an identity of its own, and one press that stops all of it."""
    first = mails[0]
    kept = {
        name: value
        for name, value in first.headers.items()
        if all(mail.headers.get(name) == value for mail in mails)
    }
    stops = "List-Unsubscribe-Post" in kept and "List-Unsubscribe" not in kept
    if stops and first.person is not None and first.group is not None:
        place = Membership(person=first.person, group=first.group)
        kept["List-Unsubscribe"] = f"<{unsubscribe_address(place)}>"
    return {**kept, "Message-ID": message_id("+".join(sorted(mail.key for mail in mails)))}
