"""My 60 seconds: writing them, saving by itself while typing, earlier texts, rehearsing aloud."""

from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kawka import access
from kawka.actions.coach import hint_for_pitch
from kawka.actions.pitches import earlier_texts, place_to_speak, restore_version, write_pitch
from kawka.forms.pitch import PitchForm, initial_of_card, initial_of_pitch, way_of
from kawka.models import Person, Pitch
from kawka.web.ratelimits import rate_limited

SAVING = "600/minute"  # a room full of people, each pausing every other second


@login_required
def pitch(request: HttpRequest, code: str) -> HttpResponse:
    person = access.get_own_person(request.user, code)
    kept = Pitch.objects.filter(person=person).first() or Pitch(person=person)
    way = way_of(request.POST or request.GET, kept)
    from_card = "card" in request.GET and not kept.text
    initial = initial_of_card(way, person) if from_card else initial_of_pitch(way, kept)
    form = PitchForm(request.POST or None, way=way, initial=initial)
    if request.method == "POST" and form.is_valid():
        return saved(request, person, form)
    place = place_to_speak(person, now=timezone.now())
    shown = {
        "person": person,
        "form": form,
        "is_empty": not kept.text and not from_card,
        "hint": hint_for_pitch(kept.text, kept.parts, given=place.seconds),
        "versions": earlier_texts(kept, place),
    }
    return render(request, "pitches/pitch.html", shown, status=422 if form.errors else 200)


def saved(request: HttpRequest, person: Person, form: PitchForm) -> HttpResponse:
    """Keep what was typed on purpose, and go on to where the pressed button leads."""
    write_pitch(person=person, seen=form.cleaned_data["seen"], keep=True, now=timezone.now(), **form.said())
    if request.POST.get("then") == "rehearse":
        return redirect("rehearsal", code=person.code)
    messages.success(request, _("Saved, for you alone."))
    return redirect("pitch", code=person.code)


@require_POST
@rate_limited("pitch", SAVING)
def pitch_draft(request: HttpRequest, code: str) -> HttpResponse:
    person = access.get_own_person(request.user, code)
    now = timezone.now()
    form = PitchForm(request.POST, way=way_of(request.POST, Pitch()))
    if not form.is_valid():
        problems = [str(problem) for listed in form.errors.values() for problem in listed]
        return JsonResponse({"problem": " ".join(problems)}, status=422)
    kept = write_pitch(person=person, seen=form.cleaned_data["seen"], now=now, **form.said())
    hint = hint_for_pitch(kept.text, kept.parts, given=place_to_speak(person, now=now).seconds)
    return JsonResponse({**asdict(hint), "seen": kept.updated_at.isoformat()})


@require_POST
def pitch_restore(request: HttpRequest, code: str, version: str) -> HttpResponse:
    person = access.get_own_person(request.user, code)
    restore_version(version=access.get_pitch_version(person, version), now=timezone.now())
    messages.success(request, _("This text is back. The other one waits among the earlier ones."))
    return redirect("pitch", code=code)


@login_required
@require_safe
def rehearsal(request: HttpRequest, code: str) -> HttpResponse:
    person = access.get_own_person(request.user, code)
    kept = Pitch.objects.filter(person=person).first()
    shown = {"person": person, "pitch": kept, "seconds": place_to_speak(person, now=timezone.now()).seconds}
    return render(request, "pitches/rehearsal.html", shown)
