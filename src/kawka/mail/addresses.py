"""Absolute addresses for mail, calendars and QR codes, from the instance's own address, never a request's."""

from django.conf import settings
from django.urls import reverse

from kawka.models import Membership, PersonalLink

PAGES = {
    PersonalLink.Scope.ANSWER: "answer_by_link",
    PersonalLink.Scope.LIVE: "live_by_link",
    PersonalLink.Scope.RECAP: "recap_by_link",
    PersonalLink.Scope.ROLE: "role_by_link",
}


def address_of(name: str, **parts: object) -> str:
    """The absolute address of the page with this URL name."""
    return settings.SITE_URL + reverse(name, kwargs=parts)


def link_address(link: PersonalLink) -> str:
    """The absolute address a personal link is opened with."""
    return address_of(PAGES[PersonalLink.Scope(link.scope)], token=link.token)


def unsubscribe_address(membership: Membership, switch: str = "") -> str:
    """The absolute address at which one person stops the mail of one group: of one kind, else all of it."""
    if switch:
        return address_of("unsubscribe-one", token=membership.mail_token, switch=switch)
    return address_of("unsubscribe", token=membership.mail_token)
