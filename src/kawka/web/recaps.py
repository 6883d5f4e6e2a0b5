"""What a meeting leaves behind, for who was there: signed in, or by the link in the mail.

Every page and button exists twice, once by the meeting's code and once by a personal link; both lead to the
same few lines.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kawka import access
from kawka.actions import recaps
from kawka.actions.accounts import prove_address
from kawka.actions.notes import write_note
from kawka.calendars.vcard import card_file
from kawka.forms.recaps import AgainForm, NoteForm, TalkForm
from kawka.models import Meeting, Person, Refused
from kawka.web.answers import record
from kawka.web.not_with_me import keep_wish
from kawka.web.ratelimits import rate_limited

BUTTONS = ("talk", "again", "note", "apart", "answer", "contacts")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads which recap, and by which door; `person` is None for a host's overview."""

    meeting: Meeting
    person: Person | None
    token: str
    now: datetime

    def address(self, page: str) -> str:
        """The address of this recap, or of one of its buttons, by the same door."""
        if self.token:
            return reverse(f"{page.replace('-', '_')}_by_link", args=[self.token])
        return reverse(f"meeting-{page}", args=[self.meeting.code])


def reader_of(request: HttpRequest, code: str, token: str) -> Reader:
    """Who asks for a recap: by their link, or by their account. 404 for who was not there."""
    now = timezone.now()
    if token:
        return Reader(*access.get_linked_recap(token, now), token, now)
    return Reader(*access.get_recap(request.user, code), "", now)


def participant_of(request: HttpRequest, code: str, token: str) -> tuple[Reader, Person]:
    """The same for buttons, which only a participant presses; pressing one by a link proves the address."""
    reader = reader_of(request, code, token)
    person = access.only_participant(reader.person)
    if token:
        prove_address(person=person, now=reader.now)
    return reader, person


@require_safe
@never_cache
def recap(request: HttpRequest, code: str = "", token: str = "") -> HttpResponse:
    reader = reader_of(request, code, token)
    buttons = {
        name: reader.address(f"recap-{name}")
        for name in ("talk", "again", "note", "apart", "answer", "contacts")
    }
    context = {
        "recap": recaps.recap_of(reader.meeting, person=reader.person, now=reader.now),
        "meeting": reader.meeting,
        "group": reader.meeting.group,
        "person": reader.person,
        "buttons": buttons,
    }
    return render(request, "recaps/recap.html", context)


@require_POST
@rate_limited("recaps", "600/hour")
def talk(request: HttpRequest, code: str = "", token: str = "") -> HttpResponse:
    return said_of_talk(request, code, token, TalkForm, "happened", recaps.say_talk)


@require_POST
@rate_limited("recaps", "600/hour")
def again(request: HttpRequest, code: str = "", token: str = "") -> HttpResponse:
    return said_of_talk(request, code, token, AgainForm, "again", recaps.say_again)


def said_of_talk(
    request: HttpRequest, code: str, token: str, form_class: type[Form], field: str, say: Callable[..., None]
) -> HttpResponse:
    """Keep one thing the participant says of the talk in one round, and show their talks again."""
    reader, person = participant_of(request, code, token)
    form = form_class(request.POST)
    if form.is_valid():
        about = {"meeting": reader.meeting, "person": person, "number": form.cleaned_data["round"]}
        try:
            say(**about, **{field: form.cleaned_data[field]}, now=reader.now)
        except Refused as refusal:
            messages.warning(request, str(refusal))
    return redirect(reader.address("recap") + "#talks")


@require_POST
@rate_limited("recaps", "600/hour")
def apart(request: HttpRequest, code: str = "", token: str = "") -> HttpResponse:
    reader, person = participant_of(request, code, token)
    came = Person.objects.filter(pk__in=reader.meeting.attendances.came().values("person"))
    other = keep_wish(request, person, came, reader.now)
    return redirect(reader.address("recap") + (f"#p-{other.code}" if other else ""))


@require_POST
@rate_limited("recaps", "600/hour")
def note(request: HttpRequest, code: str = "", token: str = "") -> HttpResponse:
    reader, person = participant_of(request, code, token)
    form = NoteForm(request.POST, meeting=reader.meeting)
    try:
        if not form.is_valid():
            raise Refused(str(next(iter(form.errors.values()))[0]))
        about = form.cleaned_data["about"]
        write_note(owner=person, about=about, text=form.cleaned_data["text"], now=reader.now)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(reader.address("recap"))
    messages.success(request, _("Noted. Only you can see it."))
    return redirect(f"{reader.address('recap')}#p-{about.code}")


@require_POST
@rate_limited("recaps", "600/hour")
def answer(request: HttpRequest, code: str = "", token: str = "") -> HttpResponse:
    reader, person = participant_of(request, code, token)
    record(request, reader.meeting.group, person, reader.now)
    return redirect(reader.address("recap") + "#next")


@require_safe
@never_cache
def contacts(request: HttpRequest, code: str = "", token: str = "") -> HttpResponse:
    reader = reader_of(request, code, token)
    access.only_participant(reader.person)
    meeting = reader.meeting
    seen = recaps.recap_of(meeting, person=reader.person, now=reader.now).contacts
    wanted = request.GET.get("person", "")
    met = f"{meeting.group.name}, {meeting.local_start:%d.%m.%Y}"
    cards = [card_file(one.person, one.fields, met=met) for one in seen if wanted in ("", one.person.code)]
    response = HttpResponse(b"".join(cards), content_type="text/vcard; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{meeting.group.slug}-{meeting.local_date}.vcf"'
    return response
