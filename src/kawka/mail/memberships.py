"""Mail on the way to membership: an invitation, a question, a welcome; and the seat of a trade."""

from collections.abc import Callable
from datetime import datetime
from typing import TypedDict

from django.utils import translation
from django.utils.translation import gettext as _

from kawka.mail.addresses import address_of, link_address
from kawka.mail.messages import language_of, rendered, to_person
from kawka.mail.outbox import write
from kawka.models import Group, Membership, OutgoingMail, Person, PersonalLink, SeatQuestion


class Letter(TypedDict):
    """A short mail: its subject, what it says, somebody's own words, and where its one button leads."""

    subject: str
    body: str
    words: str
    label: str
    link: str


def membership_asked(host: Membership, asker: Membership, *, now: datetime) -> OutgoingMail | None:
    """To a host: somebody would like to become a member."""
    group, name = asker.group, asker.person.name

    def say() -> Letter:
        about = {"name": name, "group": group.name}
        return {
            "subject": _("%(name)s would like to become a member") % about,
            "body": _("%(name)s has come several times and would like to become a member of %(group)s.")
            % about,
            "words": "",
            "label": _("Answer"),
            "link": address_of("people-place", slug=group.slug, code=asker.person.code),
        }

    key = f"membership-asked:{group.code}:{asker.person.code}:{host.person.code}:{now:%Y%m%d}"
    return letter(host.person, group, key=key, kind="membership_asked", say=say, now=now)


def membership_offered(invited: Membership, *, link: PersonalLink, now: datetime) -> OutgoingMail | None:
    """To whoever a host invites to become a member."""
    group = invited.group

    def say() -> Letter:
        return {
            "subject": _("Would you like to become a member? %(group)s") % {"group": group.name},
            "body": _(
                "we would be glad to have you as a member of %(group)s: somebody we count on. "
                "If you would rather come as you do now, that is fine too."
            )
            % {"group": group.name},
            "words": "",
            "label": _("Say yes, or not now"),
            "link": link_address(link),
        }

    key = f"membership-offered:{group.code}:{invited.person.code}:{now:%Y%m%d}"
    return letter(invited.person, group, key=key, kind="membership_offered", say=say, now=now)


def membership_accepted(host: Membership, member: Membership, *, now: datetime) -> OutgoingMail | None:
    """To a host: whoever was invited said yes."""
    group = member.group

    def say() -> Letter:
        about = {"name": member.person.name, "group": group.name}
        return {
            "subject": _("%(name)s is a member now") % about,
            "body": _("%(name)s said yes and is a member of %(group)s from today.") % about,
            "words": "",
            "label": _("See people"),
            "link": address_of("people", slug=group.slug),
        }

    key = f"membership-accepted:{group.code}:{member.person.code}:{host.person.code}:{now:%Y%m%d}"
    return letter(host.person, group, key=key, kind="membership_accepted", say=say, now=now)


def membership_welcomed(member: Membership, *, link: PersonalLink, now: datetime) -> OutgoingMail | None:
    """To whoever asked: welcome."""
    group = member.group

    def say() -> Letter:
        return {
            "subject": _("Welcome! %(group)s") % {"group": group.name},
            "body": _(
                "you are a member of %(group)s from today. Good to have you. On your page you can say for "
                "all dates at once that you come."
            )
            % {"group": group.name},
            "words": "",
            "label": _("To my dates"),
            "link": link_address(link),
        }

    key = f"membership-welcomed:{group.code}:{member.person.code}:{now:%Y%m%d}"
    return letter(member.person, group, key=key, kind="membership_welcomed", say=say, now=now)


def membership_not_now(
    asker: Membership, *, words: str, by: Person | None, now: datetime
) -> OutgoingMail | None:
    """To whoever asked: not now, in a host's own words."""
    group = asker.group

    def say() -> Letter:
        return {
            "subject": _("About your question: %(group)s") % {"group": group.name},
            "body": _("thank you for asking. Not just now; you are as welcome at every date as before."),
            "words": f"{words}\n– {by.name}" if by else words,
            "label": _("The next dates"),
            "link": address_of("group", slug=group.slug),
        }

    key = f"membership-not-now:{group.code}:{asker.person.code}:{now.isoformat()}"
    return letter(asker.person, group, key=key, kind="membership_not_now", say=say, now=now)


def seat_question(question: SeatQuestion, *, link: PersonalLink, now: datetime) -> OutgoingMail | None:
    """To the member who has the seat of a trade: would it be all right to have another one?"""
    holder, candidate = question.holder.person, question.candidate.person
    group = question.candidate.group

    def say() -> Letter:
        about = {"name": candidate.name, "trade": candidate.card.trade, "group": group.name}
        return {
            "subject": _("Would it be all right? %(name)s, %(group)s") % about,
            "body": _(
                "%(name)s (%(trade)s) may become a member of %(group)s. The seat for your trade is yours, so "
                "you are asked first: would it be all right? The hosts read your answer, nobody else."
            )
            % about,
            "words": "",
            "label": _("Answer"),
            "link": link_address(link),
        }

    key = f"seat-question:{group.code}:{candidate.code}:{holder.code}"
    return letter(holder, group, key=key, kind="seat_question", say=say, now=now)


def seat_question_answered(host: Membership, question: SeatQuestion, *, now: datetime) -> OutgoingMail | None:
    """To a host: what the seat's holder says."""
    holder, candidate = question.holder.person, question.candidate.person
    group = question.candidate.group

    def say() -> Letter:
        about = {"holder": holder.name, "name": candidate.name, "answer": question.get_answer_display()}
        return {
            "subject": _("%(holder)s has answered about %(name)s") % about,
            "body": _("%(holder)s says about %(name)s: %(answer)s.") % about,
            "words": "",
            "label": _("Go on"),
            "link": address_of("people-place", slug=group.slug, code=candidate.code),
        }

    key = f"seat-answer:{group.code}:{candidate.code}:{holder.code}:{host.person.code}:{question.answer}"
    return letter(host.person, group, key=key, kind="seat_question_answered", say=say, now=now)


def letter(
    person: Person, group: Group, *, key: str, kind: str, say: Callable[[], Letter], now: datetime
) -> OutgoingMail | None:
    """One short mail with one button, in the language of whoever receives it."""
    language = language_of(person, group)
    with translation.override(language):
        shown = {**say(), "person": person, "group": group}
    return write(
        key=key, kind=kind, now=now, **to_person(person, group), **rendered("letter", language, shown)
    )
