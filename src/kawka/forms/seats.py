"""How many seats there are this time, and who of those who wait gets one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawka.models import Answer, Meeting, Person


class SeatsForm(forms.Form):
    """Seats for one date; empty for as many as usual."""

    seats = forms.IntegerField(
        label=_("Seats this time"),
        min_value=2,
        max_value=1000,
        required=False,
        error_messages={"invalid": _("Type a number, for example 20.")},
    )


class WhoWaitsForm(forms.Form):
    """Somebody who waits for a seat at a meeting."""

    person = forms.ModelChoiceField(queryset=Person.objects.none(), to_field_name="code")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        waiting = Answer.objects.filter(meeting=meeting, choice=Answer.Choice.WAITING)
        field.queryset = Person.objects.filter(pk__in=waiting.values("person"))
