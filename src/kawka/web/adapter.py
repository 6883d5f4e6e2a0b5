"""How allauth's signing in fits Kawka: mail by the outbox, our own words, passkeys instead of codes."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kawka.actions.accounts import prove_account, sign_in_address
from kawka.actions.sample import sample_hosts
from kawka.mail.messages import sign_in_code
from kawka.models import Account
from kawka.web.preferences import remember

SIGNED_IN_AT = "signed_in_at"
LOOKS_AROUND = "looks_around"


class AccountAdapter(DefaultAccountAdapter):
    """Writes the sign-in mail into the outbox and links an account to its persons once it has signed in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("This is not the code from the last mail. Look again, or have a new one sent."),
        "too_many_login_attempts": _("That was a lot of tries. Wait a few minutes and start again."),
        "rate_limited": _("That was quick. Wait a minute before asking again."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The only mail allauth is asked for: the code, to which the link is added."""
        account = Account.objects.get(email__iexact=email)
        then = get_next_redirect_url(context["request"]) or ""
        sign_in_code(
            account,
            code=context["code"],
            link=sign_in_address(account=account, then=then),
            language=get_language() or "pl",
            now=timezone.now(),
        )

    def get_login_stages(self) -> list[str]:
        """A passkey stands in for the mailed code; it is never asked for on top of it."""
        return ["allauth.account.stages.LoginByCodeStage"]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Never: pages that need a fresh proof ask for it by `web.accounts.freshly_signed_in`."""
        return False

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Remember when this browser proved who it is; a code or a link proved the address as well."""
        now = timezone.now()
        request.session[SIGNED_IN_AT] = now.timestamp()
        request.session[LOOKS_AROUND] = sample_hosts().filter(pk=user.pk).exists()
        if isinstance(user, Account) and kwargs["email"]:
            prove_account(account=user, now=now)
        response = super().post_login(request, user, **kwargs)
        if isinstance(user, Account) and user.language:
            remember(response, settings.LANGUAGE_COOKIE_NAME, user.language)
        return response


class PasskeyAdapter(DefaultMFAAdapter):
    """Passkeys in the words of this site."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The passkey was not recognised. Try again, or sign in with a code by mail."),
    }

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        """No name is made up: the page asks for one and shows the date otherwise."""
        return str(_("Passkey"))

    def _get_site_name(self) -> str:
        return "Kawka"
