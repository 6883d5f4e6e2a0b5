"""Adding one person by hand, and saying how somebody stands in the group."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kawka.models import Standing


class PersonForm(forms.Form):
    """Name, trade, and an e-mail if it is known."""

    name = forms.CharField(
        label=_("First and last name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type a name, so that you know who it is.")},
    )
    trade = forms.CharField(
        label=_("Trade, in a word or two"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("The recap goes there after each meeting. The same e-mail is the same person."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
        error_messages={
            "invalid": _("This address does not look right. An e-mail looks like name@example.com.")
        },
    )


class StandingForm(forms.Form):
    """Guest, regular, member or host."""

    standing = forms.ChoiceField(
        label=_("Standing"),
        choices=[(value, label) for value, label in Standing.choices if value != Standing.ALUMNUS],
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )
