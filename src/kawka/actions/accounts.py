"""Accounts: made for addresses somebody is known by, linked to their persons once the address is proven."""

from collections.abc import Mapping
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.utils.http import urlencode

from kawka.mail.addresses import address_of
from kawka.models import Account, Membership, Person
from kawka.models.membership import MAIL_SWITCHES, WEEKLY


class SignInTokens(PasswordResetTokenGenerator):
    """Tokens for sign-in links: good for SIGN_IN_LINK_LASTS and until the account next signs in."""

    key_salt = "kawka.sign-in-link"


TOKENS = SignInTokens()


def sign_in_address(*, account: Account, then: str = "") -> str:
    """A link whose page signs this account in at the press of a button; `then` is the page shown next."""
    address = address_of("sign_in_by_link", code=account.code, token=TOKENS.make_token(account))
    return f"{address}?{urlencode({'next': then})}" if then else address


def account_by_link(*, code: str, token: str) -> Account | None:
    """The account a sign-in link is for; None when the link is not ours, too old or used."""
    account = Account.objects.filter(code=code, is_active=True).first()
    return account if TOKENS.check_token(account, token) else None


@transaction.atomic
def account_for(*, email: str, now: datetime, language: str = "") -> Account:
    """The account with this address, made when there is none; signing in still takes a proof of it."""
    email = email.strip().lower()
    known = Account.objects.filter(email=email).first()
    return known or Account.objects.create_user(email, joined_at=now, language=language)


@transaction.atomic
def make_admin(*, email: str, now: datetime) -> Account:
    """The account with this address, which looks after the whole instance from now on."""
    account = account_for(email=email, now=now)
    account.is_staff = account.is_superuser = account.is_active = True
    account.save(update_fields=["is_staff", "is_superuser", "is_active"])
    return account


def account_to_sign_in(*, email: str, now: datetime) -> Account | None:
    """The account a sign-in mail goes to: the one with this address, or a new one for a known person's.

    None for an address nobody here has, and for an account that was switched off.
    """
    known = Account.objects.filter(email__iexact=email.strip()).first()
    if known is not None:
        return known if known.is_active else None
    if not Person.objects.with_email(email).exists():
        return None
    return account_for(email=email, now=now)


@transaction.atomic
def prove_account(*, account: Account, now: datetime) -> None:
    """The owner of the account has shown that its address is theirs: link every person who has this address.

    A community in which the account already is somebody, or the person has another account, stays as it is.
    """
    EmailAddress.objects.update_or_create(
        user=account, email=account.email, defaults={"verified": True, "primary": True}
    )
    somebody_in = list(Person.objects.of_account(account).values_list("community", flat=True))
    found = Person.objects.with_email(account.email)
    found.filter(account__isnull=True).exclude(community__in=somebody_in).update(account=account)
    found.filter(email_proven_at__isnull=True).update(email_proven_at=now)


def prove_address(*, person: Person, now: datetime) -> None:
    """This person pressed the button behind a link mailed to them; only the first time is remembered."""
    if person.email and person.email_proven_at is None:
        Person.objects.filter(pk=person.pk, email_proven_at__isnull=True).update(email_proven_at=now)
        person.email_proven_at = now


def choose_language(*, account: Account, language: str) -> None:
    """Remember the language this account reads; mail comes in it too."""
    account.language = language
    account.save(update_fields=["language"])
    Person.objects.of_account(account).update(language=language)


def choose_mail(*, membership: Membership, wanted: Mapping[str, bool]) -> None:
    """Which kinds of mail of a group come, by name of the switch; the others stay as they are.

    What somebody asks for, and that a date is called off, is always mailed.
    """
    changed = {MAIL_SWITCHES[switch]: on for switch, on in wanted.items()}
    anew = {"weekly_ignored": 0} if WEEKLY in wanted else {}
    Membership.objects.filter(pk=membership.pk).update(**changed, **anew)
    for field, on in changed.items():
        setattr(membership, field, on)
