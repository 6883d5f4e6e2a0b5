"""Asking when people can, and saying it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from kawka.forms.setup import DayField
from kawka.models import DatePoll

PROPOSALS = 5


class ProposalForm(forms.Form):
    """One proposed moment; left empty it proposes nothing."""

    on = DayField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Choose a day from the calendar.")},
    )
    at = forms.TimeField(
        label=_("Hour"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Type the hour like 8:30.")},
    )

    def clean(self) -> dict[str, Any]:
        """A day has its hour."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("on") and not cleaned.get("at"):
            self.add_error("at", _("Type the hour it starts, for example 8:30."))
        return cleaned


Proposals = formset_factory(
    ProposalForm, extra=0, min_num=PROPOSALS, max_num=PROPOSALS, absolute_max=PROPOSALS
)


def days_and_hours(rows: BaseFormSet[Any]) -> list[tuple[Any, Any]]:
    """The valid proposals as days and hours."""
    given = [form.cleaned_data for form in rows.forms if form.is_valid()]
    return [(one["on"], one["at"]) for one in given if one.get("on") and one.get("at")]


def proposed(moments: list[datetime], zone: ZoneInfo) -> list[dict[str, Any]]:
    """Moments as the rows show them."""
    local = [moment.astimezone(zone) for moment in moments]
    rows: list[dict[str, Any]] = [{"on": one.date(), "at": one.time()} for one in local]
    return rows + [{"at": local[0].time()} if local else {}] * (PROPOSALS - len(rows))


class CanForm(forms.Form):
    """Which of a poll's dates somebody can."""

    can = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, poll: DatePoll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["can"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(one.code, one.code) for one in poll.proposals.all()]


class VoteForm(CanForm):
    """The same with a name, from somebody who has not signed in."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your name, so that the host knows who can.")},
    )
    email = forms.EmailField(
        label=_("E-mail, if you want to be told which date it is"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "invalid": _("This address does not look right. An e-mail looks like name@example.com.")
        },
    )
    press = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def clean_name(self) -> str:
        """The name with single spaces."""
        return " ".join(self.cleaned_data["name"].split())
