"""Whether the sender's domain vouches for our mail: SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489)."""

from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from dns import resolver
from dns.exception import DNSException

from kawka.models import SenderRecord

SECONDS = 5.0
SELECTORS = (
    *("default", "dkim", "mail", "key1", "s1", "k1", "selector1", "google", "pm", "mailjet", "brevo"),
    *("resend", "mlsend", "mandrill", "mx", "smtp", "scph0618", "x"),
)
State = SenderRecord.State


class Unanswered(Exception):
    """The name servers are silent or out of order."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """One of the three records: what came of looking for it, and its text."""

    name: str
    state: State
    text: str = ""


def domain_of_sender() -> str:
    """The domain whose records count; empty when mail is shown here or the sender has no public domain."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].lower()
    public = "." in domain and not domain.replace(".", "").isdigit()
    return domain if public and not settings.MAIL_IS_SHOWN_HERE else ""


def vouched_for(domain: str) -> list[Vouched]:
    """SPF, DKIM and DMARC of a domain. Asks the name servers some twenty times; Unanswered if they fail.

    The name of a DKIM key is known only to who signs, so it is looked for under the usual ones.
    """
    return [spf(domain), dkim(domain), dmarc(domain)]


def spf(domain: str) -> Vouched:
    """Which servers may send for a domain; of two records none counts."""
    found = sorted(text for text in texts_of(domain) if text.lower().split(" ")[0] == "v=spf1")
    if not found:
        return Vouched("SPF", State.MISSING)
    return Vouched("SPF", State.DOUBLE if len(found) > 1 else State.FINE, found[0])


def dkim(domain: str) -> Vouched:
    """The key that mail is signed with."""
    for selector in SELECTORS:
        if any("p=" in text for text in texts_of(f"{selector}._domainkey.{domain}")):
            return Vouched("DKIM", State.FINE, selector)
    return Vouched("DKIM", State.UNSEEN)


def dmarc(domain: str) -> Vouched:
    """What others do with mail nothing vouches for; the record of the domain above counts as well."""
    above = domain.partition(".")[2]
    for one in (domain, above) if "." in above else (domain,):
        for text in texts_of(f"_dmarc.{one}"):
            if text.lower().startswith("v=dmarc1"):
                return Vouched("DMARC", State.FINE, text)
    return Vouched("DMARC", State.MISSING)


def texts_of(name: str) -> list[str]:
    """The TXT records of a name."""
    try:
        answer = resolver.resolve(name, "TXT", lifetime=SECONDS)
    except (resolver.NXDOMAIN, resolver.NoAnswer):
        return []
    except DNSException as silence:
        raise Unanswered(f"The name servers did not tell of {name}.") from silence
    return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]
