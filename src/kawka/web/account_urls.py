"""What is used of allauth, and nothing else of it: no passwords, no sign-up form."""

from allauth.account import views as allauth
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import RedirectView

from kawka.web import accounts

TO_MY_ACCOUNT = RedirectView.as_view(pattern_name="my_account")
TO_SIGN_IN = login_not_required(RedirectView.as_view(pattern_name="account_login", query_string=True))

urlpatterns = [
    path("login/", accounts.SignInView.as_view(), name="account_login"),
    path("login/again/", TO_SIGN_IN, name="account_request_login_code"),
    path("login/code/", accounts.CodeView.as_view(), name="account_confirm_login_code"),
    path("login/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("sign-in-again/", accounts.sign_in_again, name="account_reauthenticate"),
    path("passkeys/", TO_MY_ACCOUNT, name="mfa_index"),
    path("passkeys/list/", TO_MY_ACCOUNT, name="mfa_list_webauthn"),
    path("passkeys/add/", accounts.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", accounts.RemovePasskeyView.as_view(), name="mfa_remove_webauthn"),
]
