"""My 60 seconds as they are typed: in four parts or as one text."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from kawka.models import Person, Pitch

MOST = 2000
LABELS = {
    "text": (_("What I say"), _("Who you are, whom you work for, one example, and one precise ask.")),
    "does": (_("What I do"), _("So that a child would understand it.")),
    "client": (_("My client"), _("So that everybody can picture them.")),
    "experience": (_("My experience"), _("One example says more than a list.")),
    "ask": (_("I am looking for"), _("One person or one thing: who, how big, where, by when.")),
}
WAYS = {"parts": Pitch.PARTS, "text": ("text",)}


class PitchForm(forms.Form):
    """What a person prepares to say, in one of two ways; `seen` is when the text on the page is from."""

    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, way: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.way = way
        for name in WAYS[way]:
            label, help_text = LABELS[name]
            area = forms.Textarea(attrs={"rows": 9 if name == "text" else 2, "maxlength": MOST})
            self.fields[name] = forms.CharField(
                label=label, help_text=help_text, max_length=MOST, required=False, widget=area
            )

    @property
    def typed(self) -> list[BoundField]:
        """The fields one types into."""
        return [self[name] for name in WAYS[self.way]]

    def clean(self) -> dict[str, Any]:
        """All parts together are no longer than one text."""
        typed = [self.cleaned_data.get(name, "") for name in WAYS[self.way]]
        if sum(map(len, typed)) + len(typed) > MOST:
            raise forms.ValidationError(_("This is more than 2000 letters. Shorten it a little."))
        return self.cleaned_data

    def clean_seen(self) -> datetime | None:
        """The moment, or nothing where there was no text or the moment cannot be read."""
        try:
            return parse_datetime(self.cleaned_data["seen"])
        except ValueError:
            return None

    def said(self) -> dict[str, Any]:
        """What is typed, as the action takes it."""
        typed = {name: self.cleaned_data[name] for name in WAYS[self.way]}
        return {"parts": typed} if self.way == "parts" else typed


def way_of(data: Mapping[str, Any], pitch: Pitch) -> str:
    """How it is typed: as the visitor asks, else as it was last time, and in parts at the very first."""
    asked = data.get("as") or ("text" if "text" in data else "")
    if asked in WAYS:
        return str(asked)
    return "text" if pitch.text and not pitch.parts else "parts"


def initial_of_pitch(way: str, pitch: Pitch) -> dict[str, str]:
    """What stands there at first; a text that was written whole begins as the first part."""
    if pitch.pk is None:
        return {}
    seen = {"seen": pitch.updated_at.isoformat()}
    if way == "text":
        return seen | {"text": pitch.text}
    return seen | (pitch.parts or parts_of(pitch.text))


def parts_of(text: str) -> dict[str, str]:
    """A text as parts: four lines are the four parts, anything else begins as the first."""
    lines = [line for line in text.splitlines() if line.strip()]
    return dict(zip(Pitch.PARTS, lines if len(lines) == len(Pitch.PARTS) else [text], strict=False))


def initial_of_card(way: str, person: Person) -> dict[str, str]:
    """What the card says already, to begin with."""
    ask = person.asks.open().first()
    card = person.card
    parts = {name: getattr(card, name) for name in Pitch.PARTS if name != "ask"}
    parts["ask"] = ask.text if ask else ""
    return {"text": "\n".join(filter(None, parts.values()))} if way == "text" else parts
