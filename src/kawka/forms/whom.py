"""One person out of those somebody may name, and whether it is taken back."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kawka.forms.day import UNKNOWN_PERSON
from kawka.models import Person


class WhomForm(forms.Form):
    """One of the people in `known`; `back` takes back what was said of them."""

    other = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=_("Whom?"),
        to_field_name="code",
        empty_label=_("Choose a person"),
        error_messages={"invalid_choice": UNKNOWN_PERSON, "required": _("Choose a person.")},
    )
    back = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, known: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = known
