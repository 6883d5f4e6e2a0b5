"""What is typed to sign in: an address, six digits, a name for a passkey."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(RequestLoginCodeForm):
    """The address a code and a link are mailed to."""

    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "username webauthn", "autofocus": True}),
        error_messages={
            "required": _("Type the e-mail address you are known by here."),
            "invalid": _("This does not look like an e-mail address, for example ania@example.org."),
        },
    )


class CodeForm(ConfirmLoginCodeForm):
    """The six digits from the mail; spaces and dashes do not matter."""

    code = forms.CharField(
        label=_("Code from the mail"),
        widget=forms.TextInput(
            attrs={
                "class": "code-input",
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "maxlength": 9,
                "autofocus": True,
            }
        ),
        error_messages={"required": _("Type the six digits from the mail.")},
    )


class PasskeyForm(AddWebAuthnForm):
    """A new passkey: what the browser made of it, and a name to tell it from others."""

    name = forms.CharField(label=_("Name of this device"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless")
        self.fields["credential"].error_messages["required"] = _("The browser made no passkey. Try again.")
