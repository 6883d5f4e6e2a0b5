"""What is being typed when the coach is asked."""

from django import forms

from kawka.models import HelpKind


class CoachForm(forms.Form):
    """An ask or offer as far as it is typed, with what the page says of the client; nothing of it is kept."""

    part = forms.ChoiceField(choices=[("ask", "ask"), ("offer", "offer")])
    text = forms.CharField(max_length=600, required=False)
    client = forms.CharField(max_length=400, required=False)
    kind = forms.ChoiceField(choices=HelpKind.choices, required=False)
