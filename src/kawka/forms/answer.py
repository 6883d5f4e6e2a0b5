"""Answering a date."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawka.models import Answer, Group, Meeting


class ChoiceForm(forms.Form):
    """Coming, or not this time, to one date; `meeting` must be a date of the group one can still come to."""

    meeting = forms.ModelChoiceField(
        queryset=Meeting.objects.none(),
        to_field_name="code",
        error_messages={
            "invalid_choice": _("This date has passed or was called off. Choose one of the next dates.")
        },
    )
    choice = forms.ChoiceField(
        choices=[
            (Answer.Choice.COMING, Answer.Choice.COMING.label),
            (Answer.Choice.NOT_THIS_TIME, Answer.Choice.NOT_THIS_TIME.label),
        ],
        error_messages={"invalid_choice": _("Choose coming or not this time.")},
    )

    def __init__(self, *args: Any, group: Group, now: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = group.meetings.upcoming(now)


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
