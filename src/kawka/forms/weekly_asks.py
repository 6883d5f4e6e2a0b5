"""One box for what somebody looks for this week."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kawka.models import Ask


class WeeklyAskForm(forms.Form):
    """The sentence, as long as an ask may be."""

    text = forms.CharField(
        label=_("I am looking for"),
        max_length=Ask._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One person or one thing, as precisely as you can: which trade, how big, where, by when."
        ),
        error_messages={"required": _("Write whom or what you are looking for, in one sentence.")},
    )
