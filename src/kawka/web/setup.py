"""Starting an instance and setting up a group in six steps."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kawka.actions import setup
from kawka.actions.sample import is_sample_account
from kawka.forms import run_sheet
from kawka.forms.setup import STEPS, KeyForm, StartForm
from kawka.models import Account, Refused
from kawka.web.ratelimits import rate_limited
from kawka.web.setup_steps import Draft
from kawka.web.trust import MAY_SET_UP, may_set_up

NAMES = list(STEPS)


@rate_limited("start", "30/hour")
def start(request: HttpRequest) -> HttpResponse:
    if not setup.is_fresh():
        return redirect("setup-step", step=NAMES[0])
    if not may_set_up(request):
        return ask_key(request)
    form = StartForm(request.POST or None)
    if not form.is_valid():
        return render(request, "setup/start.html", {"form": form}, status=422 if form.is_bound else 200)
    try:
        account = setup.make_first_account(
            **form.cleaned_data, language=get_language() or "", now=timezone.now()
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("home")
    if request.user.is_authenticated:
        get_adapter().logout(request)
    return perform_login(
        request, account, email=account.email, redirect_url=reverse("setup-step", args=NAMES[:1])
    )


def ask_key(request: HttpRequest) -> HttpResponse:
    """Ask for the setup key, and remember in this browser that it was right."""
    form = KeyForm(request.POST or None)
    if form.is_valid():
        if setup.is_setup_key(form.cleaned_data["key"]):
            request.session[MAY_SET_UP] = True
            return redirect("start")
        form.add_error("key", _("This is not the key. Look again where Kawka was started."))
    return render(request, "setup/key.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
def setup_step(request: HttpRequest, step: str) -> HttpResponse:
    assert isinstance(request.user, Account)
    if step not in STEPS:
        raise Http404
    if is_sample_account(request.user):
        messages.info(request, str(setup.SampleStaysApart.message))
        return redirect("start" if setup.is_fresh() else "home")
    if request.method == "POST":
        return take(request, request.user, step)
    draft = Draft.of(request.user)
    return show(request, step, draft, draft.form(step, look="look" in request.GET))


def show(request: HttpRequest, step: str, draft: Draft, form: Any, status: int = 200) -> HttpResponse:
    """One step as a page, with what was typed before."""
    number = NAMES.index(step) + 1
    shown = {
        "step": step,
        "form": form,
        "number": number,
        "of": len(NAMES),
        "back": NAMES[number - 2] if number > 1 else "",
        "address": draft.address(),
        "rows": draft.sheet(look=form.is_bound) if step == "formula" else None,
        "summary": draft.summary() if step == NAMES[-1] else None,
        "dates": draft.dates() if step == NAMES[-1] else None,
    }
    return render(request, f"setup/{step}.html", shown, status=status)


def take(request: HttpRequest, account: Account, step: str) -> HttpResponse:
    """Keep what was typed; go on, back, or stay where something is missing."""
    button = request.POST.get("do", "next")
    known = Draft.of(account)
    was_own = known.is_own
    typed = known.typed(step, request.POST)
    if "rows" in typed and button not in {"next", "back"}:
        typed["rows"] = run_sheet.after(typed["rows"], button)
    draft = Draft.of(account, setup.save_step(account=account, step=step, data=typed, now=timezone.now()))
    if button == "back":
        return redirect("setup-step", step=NAMES[max(NAMES.index(step) - 1, 0)])
    if step == "formula" and (button != "next" or (draft.is_own and not was_own)):
        return redirect(reverse("setup-step", args=[step]) + "#rows")
    if not draft.is_right(step):
        return show(request, step, draft, draft.form(step, look=True), status=422)
    if step != NAMES[-1]:
        return redirect("setup-step", step=NAMES[NAMES.index(step) + 1])
    return finish(request, account, draft)


def finish(request: HttpRequest, account: Account, draft: Draft) -> HttpResponse:
    """Create the group, or go to the first step that still needs something."""
    missing, now = draft.first_wrong(), timezone.now()
    pressed_again = not set(draft.answers) - set(NAMES[-1:])
    made = setup.just_made(by=account, now=now) if pressed_again else None
    if made is not None:
        return redirect("group-host", slug=made.slug)
    if missing:
        messages.info(request, _("Almost there. This step still needs a word."))
        return redirect(reverse("setup-step", args=[missing]) + "?look=1")
    try:
        group = setup.create_group(plan=draft.plan(), by=account, now=now)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(reverse("setup-step", args=["rhythm"]))
    messages.success(request, _("%(group)s is ready.") % {"group": group.name})
    return redirect("group-host", slug=group.slug)
