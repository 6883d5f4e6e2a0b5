"""What a host says about one date: when and where it is, or that it does not take place."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawka.forms.setup import DayField
from kawka.models import Meeting


class DateForm(forms.Form):
    """One date: day, hour, and a place when it is another one than usual."""

    on = DayField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the day."),
            "invalid": _("Choose a day from the calendar."),
        },
    )
    at = forms.TimeField(
        label=_("Hour"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Type the hour it starts, for example 8:30."),
            "invalid": _("Type the hour like 8:30."),
        },
    )
    place_name = forms.CharField(label=_("Another place this time"), max_length=120, required=False)
    place_address = forms.CharField(label=_("Its address"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """An address stands beside the name of its place."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("place_address") and not cleaned.get("place_name"):
            self.add_error("place_name", _("Say what is at this address, for example the name of the café."))
        return cleaned


class ChangeForm(DateForm):
    """A change of a date, and how far it reaches; asked only where there is something to reach."""

    reach = forms.ChoiceField(
        label=_("Which dates?"),
        initial="one",
        required=False,
        choices=[
            ("one", _("only this one")),
            ("following", _("this one and all that follow")),
            ("all", _("all dates of this rhythm to come")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, has_series: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_series:
            del self.fields["reach"]


def date_fields(meeting: Meeting) -> dict[str, Any]:
    """A date as the form shows it."""
    local: datetime = meeting.local_start
    return {
        "on": local.date(),
        "at": local.time(),
        "place_name": meeting.place_name,
        "place_address": meeting.place_address,
    }


class CallOffForm(forms.Form):
    """Why a date does not take place."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=160,
        required=False,
        help_text=_("One sentence for those who wanted to come, for example: the café is closed that day."),
        error_messages={"max_length": _("One sentence is enough: up to 160 letters.")},
    )

    def clean_reason(self) -> str:
        """The sentence with single spaces."""
        return " ".join(self.cleaned_data["reason"].split())
