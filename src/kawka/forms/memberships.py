"""The way to membership: one's own buttons, and the host's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawka.models import SeatQuestion


class MyMembershipForm(forms.Form):
    """Ask to be a member, say yes or not now to an invitation, or answer about the seat of one's trade."""

    do = forms.ChoiceField(choices=[(name, name) for name in ("apply", "accept", "decline", "answer")])
    question = forms.ModelChoiceField(
        queryset=SeatQuestion.objects.none(), to_field_name="code", required=False
    )
    answer = forms.ChoiceField(choices=SeatQuestion.Answer.choices, required=False)

    def __init__(self, *args: Any, holder: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["question"]
        assert isinstance(field, forms.ModelChoiceField)
        mine = SeatQuestion.objects.filter(holder=holder)
        field.queryset = mine.select_related("candidate__group", "candidate__person", "holder__person")

    def clean(self) -> dict[str, Any]:
        """An answer belongs to a question."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("do") == "answer" and not (cleaned.get("question") and cleaned.get("answer")):
            raise forms.ValidationError(_("This has been answered already."))
        return cleaned


class PlaceForm(forms.Form):
    """The host's answer to who asked, or an invitation."""

    do = forms.ChoiceField(choices=[(name, name) for name in ("welcome", "not-now", "invite")])
    words = forms.CharField(
        label=_("In your own words"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Not now is said in words."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("do") == "not-now" and not cleaned.get("words", "").strip():
            self.add_error("words", _("Write a sentence or two: it reads better than a bare no."))
        return cleaned
