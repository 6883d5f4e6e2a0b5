"""Cards: looking at one, changing it, its photo, its file for the address book."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kawka import access
from kawka.actions.cards import Line, SeenCard, close_ask, last_met, save_card
from kawka.actions.coach import hints_for
from kawka.actions.not_with_me import is_kept_apart
from kawka.actions.notes import write_note
from kawka.actions.photos import remove_photo, set_photo
from kawka.calendars.vcard import card_file
from kawka.forms.card import CardForm, NoteForm, RowsForm, initial_of
from kawka.forms.photo import PhotoForm, as_jpeg
from kawka.models import Ask, Card, Note, Person, Refused

FOR_EVER = 365 * 24 * 3600
VIEWS = {"stranger": access.STRANGER, "member": access.FELLOW, "met": access.MET}


@require_safe
def card(request: HttpRequest, code: str) -> HttpResponse:
    person = access.get_person(request.user, code)
    reader = access.person_in(request.user, person.community)
    own = reader == person
    note = Note.objects.filter(owner=reader, about=person).first() if reader and not own else None
    met = last_met(reader, person)
    other = reader if reader and not own else None
    seen = SeenCard(person, access.fields_for(request.user, person))
    shown = {
        "person": person,
        "card": seen,
        "own": own,
        "hints": hints_for(person, seen.asks, today=timezone.localdate()) if own else [],
        "may_edit": own or access.runs_a_group_of(request.user, person),
        "met": met,
        "note": NoteForm(initial={"text": note.text if note else ""}) if other else None,
        "reader": other,
        "is_apart": is_kept_apart(other, person) if other else False,
        "closed": [ask for ask in person.asks.all() if ask.closed_at] if own else [],
    }
    return render(request, "cards/card.html", shown)


def card_edit(request: HttpRequest, code: str) -> HttpResponse:
    person = access.get_editable_person(request.user, code)
    pressed = request.POST.get("rows", "")
    form, offers, asks = forms_of(request, person, bound=request.method == "POST")
    if pressed:
        for rows in filter(None, (offers, asks)):
            rows.press(pressed)
    elif request.method == "POST" and all_valid(form, offers, asks):
        try:
            keep(request, person, form, offers, asks)
        except Refused as refusal:
            form.add_error("email" if "email" in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("card", code=code)
    shown = {"person": person, "form": form, "offers": offers, "asks": asks, "photo_form": PhotoForm()}
    shown["own"] = access.is_self(request.user, person)
    shown["may_photo"] = "photo" in access.fields_for(request.user, person)
    wrong = request.method == "POST" and not pressed
    return render(request, "cards/edit.html", shown, status=422 if wrong else 200)


def forms_of(
    request: HttpRequest, person: Person, *, bound: bool
) -> tuple[CardForm, RowsForm | None, RowsForm | None]:
    """The parts of the form the visitor may change: all of their own card, of another what they see of it."""
    own = access.is_self(request.user, person)
    fields = access.fields_for(request.user, person)
    withheld = set(Card.FIELDS) - fields
    if person.account_id is not None:
        withheld.add("email")
    data = request.POST if bound else None
    form = CardForm(data, withheld=withheld, seen=own, initial=initial_of(person))
    offers = RowsForm("offer", data, list(person.offers.all())) if "offers" in fields else None
    asks = RowsForm("ask", data, list(person.asks.open())) if "asks" in fields else None
    return form, offers, asks


def all_valid(form: CardForm, *parts: RowsForm | None) -> bool:
    """Whether nothing is wrong anywhere; everything is looked at, so that all errors show at once."""
    return all([form.is_valid(), *(part.is_valid() for part in parts if part)])


def keep(
    request: HttpRequest, person: Person, form: CardForm, offers: RowsForm | None, asks: RowsForm | None
) -> None:
    """Save the card as it was typed."""
    lines = [
        [Line(row.text, row.kind, row.code) for row in part.filled] if part else None
        for part in (offers, asks)
    ]
    save_card(
        person=person,
        fields=form.texts(),
        offers=lines[0],
        asks=lines[1],
        seen_by=form.seen_by(),
        by=access.person_in(request.user, person.community),
        now=timezone.now(),
    )


@require_POST
def card_photo_change(request: HttpRequest, code: str) -> HttpResponse:
    person = access.get_editable_person(request.user, code)
    changed: dict[str, Any] = {"by": access.person_in(request.user, person.community), "now": timezone.now()}
    if "remove" in request.POST:
        remove_photo(person=person, **changed)
        return redirect("card-edit", code=code)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        set_photo(person=person, content=form.cleaned_data["photo"], **changed)
        messages.success(request, _("The photo is on the card."))
    else:
        messages.warning(request, " ".join(str(error) for error in form.errors["photo"]))
    return redirect("card-edit", code=code)


@require_safe
def card_photo(request: HttpRequest, code: str, name: str) -> HttpResponse:
    shown = access.get_photo(request.user, code, name)
    etag = f'"{name}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = HttpResponse(photo_of(shown), content_type="image/webp", headers={"ETag": etag})
    patch_cache_control(response, private=True, max_age=FOR_EVER, immutable=True)
    return response


def photo_of(shown: Card) -> bytes:
    """The file of the card's photo."""
    with shown.photo.open() as file:
        return file.read()


@require_safe
def card_preview(request: HttpRequest, code: str) -> HttpResponse:
    person = access.get_own_person(request.user, code)
    seen_as = request.GET.get("as", "")
    seen_as = seen_as if seen_as in VIEWS else "member"
    fields = access.visible_fields(person.card, VIEWS[seen_as])
    return render(
        request, "cards/preview.html", {"person": person, "as": seen_as, "card": SeenCard(person, fields)}
    )


@require_safe
@never_cache
def card_vcard(request: HttpRequest, code: str) -> HttpResponse:
    person = access.get_person(request.user, code)
    fields = access.fields_for(request.user, person)
    version = "4.0" if request.GET.get("v") == "4" else "3.0"
    met = last_met(access.person_in(request.user, person.community), person)
    photo = as_jpeg(photo_of(person.card)) if "photo" in fields and person.card.photo else b""
    where = f"{met.group.name}, {met.local_date:%d.%m.%Y}" if met else ""
    content = card_file(person, fields, version=version, met=where, photo=photo)
    name = f'attachment; filename="{person.code}.vcf"'
    return HttpResponse(
        content, content_type="text/vcard; charset=utf-8", headers={"Content-Disposition": name}
    )


@require_POST
def card_note(request: HttpRequest, code: str) -> HttpResponse:
    person = access.get_person(request.user, code)
    owner = access.get_person_in(request.user, person.community)
    form = NoteForm(request.POST)
    try:
        if form.is_valid():
            write_note(owner=owner, about=person, text=form.cleaned_data["text"], now=timezone.now())
            messages.success(request, _("Noted, for you alone."))
        else:
            messages.warning(request, " ".join(str(error) for error in form.errors["text"]))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("card", code=code)


@require_POST
def ask_close(request: HttpRequest, code: str, ask: str) -> HttpResponse:
    person = access.get_editable_person(request.user, code)
    found = access.get_ask(request.user, person, ask)
    outcome = request.POST.get("outcome", "")
    if outcome in {"", *Ask.Outcome.values}:
        by = access.person_in(request.user, person.community)
        close_ask(ask=found, outcome=outcome, by=by, now=timezone.now())
    return redirect("card", code=code)
