"""Inviting somebody, taking up a pass, and what a guest says after the first visit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawka.forms.answer import ChoiceForm, GuestAnswerForm
from kawka.models import Card


class InviteForm(forms.Form):
    """Whom, in whose words, and where to when by mail."""

    name = forms.CharField(
        label=_("Whom would you like to invite?"),
        max_length=120,
        help_text=_("First name and surname, or as you call them."),
        error_messages={"required": _("Type a name, so that the invitation is for somebody.")},
    )
    words = forms.CharField(
        label=_("A sentence from you"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Why you think of them. For example: you asked for clients among dentists, two of them come."
        ),
    )
    email = forms.EmailField(
        label=_("Their e-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
        help_text=_("Leave it empty to get a link for a messenger, or a QR code to show."),
        error_messages={
            "invalid": _("This address does not look right. An e-mail looks like name@example.com.")
        },
    )

    def clean_name(self) -> str:
        """The name with single spaces."""
        return " ".join(self.cleaned_data["name"].split())


class PassForm(GuestAnswerForm):
    """A guest takes up a pass: who they are and for which date."""

    def __init__(self, *args: Any, needs_email: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["choice"]
        if not needs_email:
            del self.fields["email"]


class VisitForm(ChoiceForm):
    """A guest keeps the seat, takes another date, or does not come this time."""


class AfterForm(forms.Form):
    """What a guest wants after the first visit, and which parts of the card others may see."""

    WANTS = ("agree", "later", "not_for_me")
    want = forms.ChoiceField(
        choices=[(want, want) for want in WANTS],
        error_messages={
            "required": _("Choose one of the buttons."),
            "invalid_choice": _("Choose one of the buttons."),
        },
    )
    fields_shown = forms.MultipleChoiceField(
        label=_("Members of the group may see"),
        required=False,
        choices=[
            ("does", _("what I do")),
            ("client", _("my client")),
            ("offers", _("what I can help with")),
            ("asks", _("what I look for")),
            ("photo", _("my photo")),
            ("email", _("my e-mail")),
            ("phone", _("my phone")),
            ("website", _("my website")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_fields_shown(self) -> list[str]:
        """Names of fields of a card."""
        return [name for name in self.cleaned_data["fields_shown"] if name in Card.FIELDS]
