"""Waking up a browser: the worker that shows notes, the manifest phones need, and two presses."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kawka.actions.push import subscribe, unsubscribe
from kawka.models import Account, Refused


class BrowserForm(forms.Form):
    """What a browser says of itself when it subscribes."""

    endpoint = forms.CharField(max_length=700)
    p256dh = forms.CharField(max_length=120)
    auth = forms.CharField(max_length=40)


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    return render(request, "push/worker.js", content_type="text/javascript")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    drawn = {"src": static("icons/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}
    sizes = [(f"icons/icon-{width}.png", f"{width}x{width}") for width in (192, 512)]
    icons = [{"src": static(file), "sizes": size, "type": "image/png"} for file, size in sizes]
    words = {"name": "Kawka", "short_name": "Kawka", "start_url": "/", "display": "standalone"}
    colours = {"background_color": "#f5f0e7", "theme_color": "#1f465c"}
    return JsonResponse(
        {**words, **colours, "icons": [drawn, *icons]}, content_type="application/manifest+json"
    )


@require_POST
@login_required
def push_on(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Account)
    form = BrowserForm(request.POST)
    if form.is_valid():
        try:
            subscribe(account=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("This device now tells you what cannot wait."))
    return redirect("my_account")


@require_POST
@login_required
def push_off(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Account)
    if unsubscribe(account=request.user, code=request.POST.get("device", "")):
        messages.success(request, _("This device is left in peace. Mail keeps coming."))
    return redirect("my_account")
