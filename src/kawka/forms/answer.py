"""Answering a date."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawka.models import Answer, Group, Meeting, StandingAnswer


class OfDate(forms.Form):
    """Something about one date; `meeting` must be a date of the group one can still come to."""

    meeting = forms.ModelChoiceField(
        queryset=Meeting.objects.none(),
        to_field_name="code",
        error_messages={
            "invalid_choice": _("This date has passed or was called off. Choose one of the next dates.")
        },
    )

    def __init__(self, *args: Any, group: Group, now: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = group.meetings.upcoming(now)


class ChoiceForm(OfDate):
    """Coming, or not this time, to one date."""

    choice = forms.ChoiceField(
        choices=[
            (Answer.Choice.COMING, Answer.Choice.COMING.label),
            (Answer.Choice.NOT_THIS_TIME, Answer.Choice.NOT_THIS_TIME.label),
        ],
        error_messages={"invalid_choice": _("Choose coming or not this time.")},
    )


class CompanionForm(OfDate):
    """Whom one brings along, by name; or the code of a companion who does not come after all."""

    name = forms.CharField(max_length=120, required=False)
    leave = forms.CharField(max_length=10, required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("name") and not cleaned.get("leave"):
            self.add_error("name", _("Type the name of whoever comes with you."))
        return cleaned


class StandingAnswerForm(forms.Form):
    """What somebody says about all dates."""

    choice = forms.ChoiceField(choices=StandingAnswer.Choice.choices)


class AwayForm(forms.Form):
    """The last day one is away; empty for somebody who is here."""

    until = forms.DateField(
        label=_("Away up to and including"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Choose a day from the calendar.")},
    )


class GuestAnswerForm(ChoiceForm):
    """The same from somebody without an account: name and e-mail, nothing else."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your name, so that the host can greet you.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Type your e-mail: the confirmation and a link to change your mind go there."),
            "invalid": _("This address does not look right. An e-mail looks like name@example.com."),
        },
    )

    def clean_name(self) -> str:
        """The name with single spaces."""
        return " ".join(self.cleaned_data["name"].split())
