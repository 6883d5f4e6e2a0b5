"""What people write on the list of tasks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawka.forms.roles import people_of
from kawka.forms.setup import DayField
from kawka.models import Group, Person


class TaskForm(forms.Form):
    """Something to do, by whom, until when."""

    text = forms.CharField(
        label=_("What is to be done"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write in a few words what is to be done.")},
    )
    owner = forms.ModelChoiceField(
        label=_("Who takes it on"),
        queryset=Person.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("whoever likes to"),
    )
    due_on = DayField(
        label=_("Until when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Choose a day from the calendar.")},
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people_of(group)
