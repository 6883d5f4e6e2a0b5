"""Looks once a day whether the sender's domain vouches for our mail, and keeps what it found."""

from datetime import datetime

from django.db import transaction

from kawka.mail.sender import domain_of_sender, vouched_for
from kawka.models import SenderRecord


def look_at_sender(*, now: datetime) -> None:
    """Keep what is found; what was found of another domain, or before mail was only shown, is forgotten.

    Raises Unanswered when the name servers are silent; what was found before then stays.
    """
    domain = domain_of_sender()
    found = vouched_for(domain) if domain else []
    with transaction.atomic():
        SenderRecord.objects.exclude(name__in=[one.name for one in found]).delete()
        for one in found:
            SenderRecord.objects.update_or_create(
                name=one.name,
                defaults={"domain": domain, "state": one.state, "text": one.text, "looked_at": now},
            )
