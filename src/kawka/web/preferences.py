"""Language and light: two small choices anybody can make, on every page."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from kawka.actions.accounts import choose_language
from kawka.models import Account
from kawka.web.ready import THEME_COOKIE
from kawka.web.signed_forms import signed_form

LASTS = 60 * 60 * 24 * 365


class LanguageForm(forms.Form):
    """One of the languages Kawka speaks."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)


class ThemeForm(forms.Form):
    """Light, dark, or whatever the device is set to."""

    theme = forms.ChoiceField(choices=[("auto", ""), ("light", ""), ("dark", "")])


def back(request: HttpRequest) -> HttpResponse:
    """To the page the choice was made on; to the first page when that was not one of ours."""
    here = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(here, {request.get_host()}, require_https=request.is_secure())
    return redirect(here if safe else "home")


def remember(response: HttpResponse, cookie: str, value: str) -> None:
    """Keep a choice in this browser for a year; only pages read it."""
    response.set_cookie(
        cookie, value, LASTS, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


@require_POST
@signed_form
def language(request: HttpRequest) -> HttpResponse:
    form, response = LanguageForm(request.POST), back(request)
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        remember(response, settings.LANGUAGE_COOKIE_NAME, chosen)
        if isinstance(request.user, Account):
            choose_language(account=request.user, language=chosen)
    return response


@require_POST
@signed_form
def theme(request: HttpRequest) -> HttpResponse:
    form, response = ThemeForm(request.POST), back(request)
    if form.is_valid() and form.cleaned_data["theme"] == "auto":
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    elif form.is_valid():
        remember(response, THEME_COOKIE, form.cleaned_data["theme"])
    return response
