"""What a participant says after a meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawka.forms.day import UNKNOWN_PERSON
from kawka.models import Meeting, Person, TalkSeat


class TalkForm(forms.Form):
    """Whether the talk of one round took place; empty takes back what was said."""

    round = forms.IntegerField(min_value=1)
    happened = forms.TypedChoiceField(
        choices=[("yes", _("we talked")), ("no", _("not this time"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
    )


class AgainForm(forms.Form):
    """Whether another talk with the same people would be good; empty takes back what was said."""

    round = forms.IntegerField(min_value=1)
    again = forms.ChoiceField(choices=TalkSeat.Again, required=False)


class NoteForm(forms.Form):
    """A private note on somebody who was there."""

    about = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        to_field_name="code",
        error_messages={"invalid_choice": UNKNOWN_PERSON, "required": UNKNOWN_PERSON},
    )
    text = forms.CharField(
        max_length=2000,
        required=False,
        error_messages={"max_length": _("A note has room for 2,000 characters.")},
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["about"]
        assert isinstance(field, forms.ModelChoiceField)
        came = meeting.attendances.came().values("person")
        field.queryset = Person.objects.filter(pk__in=came)
