"""What comes in from the remote and from the phones of a running meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

TAP_PARTS = 3


class PressForm(forms.Form):
    """One press: a verb, or a person to move up, or a part to jump to; and the version that was seen."""

    verb = forms.CharField(max_length=20, required=False)
    move_up = forms.CharField(max_length=10, required=False)
    jump = forms.IntegerField(min_value=0, max_value=200, required=False)
    seen = forms.IntegerField(min_value=0)

    def clean(self) -> dict[str, Any]:
        """Make one press of whichever button was sent."""
        data = super().clean() or {}
        person, segment = data.pop("move_up", "") or None, data.pop("jump", None)
        verb = "move_up" if person else "jump" if segment is not None else data.get("verb", "")
        if not verb or (verb == "move_up" and person is None) or (verb == "jump" and segment is None):
            raise forms.ValidationError(_("Choose what to do."))
        return {"verb": verb, "person": person, "segment": segment, "seen": data.get("seen")}


class TapForm(forms.Form):
    """A quiet hand, raised or lowered: what kind, for whom, for which of their asks; and its key.

    Without a script the button itself is named "tap" or "lowered".
    """

    tap = forms.CharField(max_length=40, required=False)
    lowered = forms.CharField(max_length=40, required=False)
    key = forms.CharField(max_length=40, required=False)
    lower = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """The kind, the asker's code and the ask's code (which may be empty), and whether it is lowered."""
        data = super().clean() or {}
        parts = (data.get("tap") or data.get("lowered") or "").split(".")
        if len(parts) != TAP_PARTS:
            raise forms.ValidationError(_("This tap does not fit anymore. Open the page again."))
        lower = bool(data.get("lower") or data.get("lowered"))
        return {"tap": tuple(parts), "key": data.get("key", ""), "lower": lower}


class StrangerForm(forms.Form):
    """Somebody who came in from the street and is not on the list."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    trade = forms.CharField(label=_("What you do, in a word or two"), max_length=80, required=False)

    def clean_name(self) -> str:
        """The name with single spaces."""
        return " ".join(self.cleaned_data["name"].split())
