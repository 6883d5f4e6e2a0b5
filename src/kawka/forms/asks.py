"""What people press and write on the ask board."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawka.models import Ask, Hand, HelpKind

KINDS = [(kind.value, kind.label) for kind in (Hand.Kind.CAN, Hand.Kind.KNOW)]


class AskForm(forms.Form):
    """One more thing somebody is looking for."""

    text = forms.CharField(
        label=_("I am looking for"),
        max_length=Ask._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write in a sentence whom or what you are looking for.")},
    )
    kind = forms.ChoiceField(
        label=_("Is it work or private?"),
        choices=HelpKind,
        initial=HelpKind.WORK,
        widget=forms.RadioSelect,
    )


class HandForm(forms.Form):
    """A hand for somebody's ask (`up`) and a word with it, or one to take back (`down`)."""

    up = forms.ChoiceField(choices=KINDS, required=False)
    down = forms.ChoiceField(choices=KINDS, required=False)
    word = forms.CharField(max_length=200, required=False)


class HelpedForm(forms.Form):
    """Who helped, of those whose hands are up, and thanks in words."""

    helper = forms.ChoiceField(label=_("Who helped?"), required=False, widget=forms.RadioSelect)
    thanks = forms.CharField(
        label=_("Thank you, in your words"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only who helped reads it."),
    )

    def __init__(self, *args: Any, hands: list[Hand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hands = {hand.key: hand for hand in hands}
        named = [(hand.key, hand.person.name) for hand in hands]
        field = self.fields["helper"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*named, ("", _("somebody else"))]
        if len(hands) == 1:
            self.initial.setdefault("helper", hands[0].key)

    def clean_helper(self) -> Hand | None:
        """The hand that was chosen."""
        return self.hands.get(self.cleaned_data["helper"])
