"""What a host says about a series: its rhythm and place, a pause, how far ahead dates are made."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawka.forms.setup import DayField, RhythmFields, rhythm_fields
from kawka.models import Meeting, Series


def day_field(label: Any, **kwargs: Any) -> DayField:
    """A day picked from a calendar."""
    return DayField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the day."),
            "invalid": _("Choose a day from the calendar."),
        },
        **kwargs,
    )


class SeriesForm(RhythmFields):
    """A rhythm, and its own place when it is another one than the group's."""

    place_name = forms.CharField(label=_("Another place than the group's"), max_length=120, required=False)
    place_address = forms.CharField(label=_("Its address"), max_length=200, required=False)

    def series(self) -> Series:
        """The valid rhythm as a series that is not saved and has no group yet."""
        series = super().series()
        series.place_name = self.cleaned_data["place_name"]
        series.place_address = self.cleaned_data["place_address"]
        return series


def series_fields(series: Series) -> dict[str, Any]:
    """A series as the form shows it."""
    place = {"place_name": series.place_name, "place_address": series.place_address}
    return {**rhythm_fields(series), **place}


class CallOffSome(forms.Form):
    """Which of some dates are called off, by their codes; none unless the host says so."""

    call_off = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, dates: list[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["call_off"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(date.code, date.code) for date in dates]


class PauseForm(forms.Form):
    """From when to when there are no meetings, and why."""

    first = day_field(_("First day without a meeting"))
    last = day_field(_("Last day without a meeting"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=160,
        help_text=_("It stands on the public page, for example: summer holidays."),
        error_messages={"required": _("Say why in a word or two, so that nobody wonders.")},
    )

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day comes after the first one."))
        return cleaned


class WeeksForm(forms.Form):
    """How far ahead dates are made."""

    weeks_ahead = forms.IntegerField(
        label=_("Weeks of dates ahead"),
        min_value=2,
        max_value=26,
        help_text=_("So far ahead people can answer and invite. Usual: 8."),
        error_messages={
            "required": _("Dates are made between 2 and 26 weeks ahead."),
            "min_value": _("Dates are made between 2 and 26 weeks ahead."),
            "max_value": _("Dates are made between 2 and 26 weeks ahead."),
        },
    )
