"""Signing in without a password: by mailed code or link, by passkey; and the page about one's own account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from kawka.actions.accounts import account_by_link, account_to_sign_in
from kawka.actions.feeds import my_calendars
from kawka.forms.mail_wishes import MailWishes
from kawka.mail.messages import sign_in_unknown
from kawka.mail.web_push import public_key
from kawka.models import Account, Membership, Person
from kawka.web.adapter import SIGNED_IN_AT
from kawka.web.mail import may_look
from kawka.web.ratelimits import rate_limited

FRESH_FOR = 15 * 60
View = Callable[..., HttpResponseBase]


def freshly_signed_in(view: View) -> View:
    """Let in whoever signed in on this browser in the last quarter of an hour; others sign in again."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if timezone.now().timestamp() - request.session.get(SIGNED_IN_AT, 0) > FRESH_FOR:
            here = request.get_full_path()
            return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': here})}")
        return view(request, *args, **kwargs)

    return checked


def has_a_name(request: HttpRequest) -> bool:
    """Whether the site was opened by a name: browsers make no passkeys for addresses made of numbers."""
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    return ":" not in host and not host.replace(".", "").isdigit()


@method_decorator(rate_limited("sign-in", "100/hour"), name="dispatch")
class SignInView(RequestLoginCodeView):
    """Asks for an address and mails it a code and a link; the same words whoever the address belongs to."""

    template_name = "account/sign_in.html"

    def form_valid(self, form: Any) -> HttpResponse:
        now, email = timezone.now(), form.cleaned_data["email"]
        form._user = account_to_sign_in(email=email, now=now)
        if form._user is None:
            sign_in_unknown(email, language=get_language() or "pl", now=now)
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"passkeys_work": has_a_name(self.request)}


@method_decorator(rate_limited("codes", "200/hour"), name="dispatch")
class CodeView(ConfirmLoginCodeView):
    """Takes the six digits; on a machine without a mail server it says where to look for them."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"mail_is_here": may_look(self.request)}


@never_cache
@rate_limited("sign-in-link", "100/hour")
def sign_in_by_link(request: HttpRequest, code: str, token: str) -> HttpResponse:
    account = account_by_link(code=code, token=token)
    if account is None:
        return render(request, "account/link_is_over.html", status=410)
    if request.method == "POST":
        if request.user.is_authenticated and request.user.pk != account.pk:
            get_adapter().logout(request)
        return perform_login(request, account, email=account.email)
    shown = {"account": account, "next": get_next_redirect_url(request) or ""}
    return render(request, "account/sign_in_by_link.html", shown)


@login_required
def my_account(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Account)
    passkeys = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    memberships = Membership.objects.current().filter(person__account=request.user)
    shown = {
        "passkeys": passkeys.order_by("created_at"),
        "wishes": [
            MailWishes(membership)
            for membership in memberships.select_related("group", "person").order_by("group__name")
        ],
        "passkeys_work": has_a_name(request),
        "calendars": my_calendars(list(Person.objects.of_account(request.user).select_related("community"))),
        "push_key": public_key(),
        "push_devices": request.user.push_subscriptions.order_by("created_at"),
    }
    return render(request, "account/my_account.html", shown)


@login_required
def sign_in_again(request: HttpRequest) -> HttpResponse:
    then = get_next_redirect_url(request) or reverse("my_account")
    if request.method == "POST":
        get_adapter().logout(request)
        return redirect(f"{reverse('account_login')}?{urlencode({'next': then})}")
    return render(request, "account/sign_in_again.html", {"next": then})


@method_decorator([login_required, freshly_signed_in], name="dispatch")
class AddPasskeyView(AddWebAuthnView):
    """Makes a passkey that this device can sign in with, without typing an address."""

    template_name = "mfa/add_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = super().get_context_data(**kwargs)
        shown["options"] = webauthn.begin_registration(self.request.user, True)
        return shown | {"passkeys_work": has_a_name(self.request)}

    def get_success_url(self) -> str:
        return reverse("my_account")


@method_decorator([login_required, freshly_signed_in], name="dispatch")
class RemovePasskeyView(RemoveWebAuthnView):
    """Forgets one passkey of one's own; the device keeps a key that opens nothing."""

    template_name = "mfa/remove_passkey.html"
    success_url = reverse_lazy("my_account")
