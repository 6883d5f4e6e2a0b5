"""What members propose to present, and the date a host books it for."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kawka.forms.setup import Cards
from kawka.models import Meeting, SpotlightProposal


class ProposalForm(forms.ModelForm):
    """A company, a topic or a project, in five minutes or ten."""

    class Meta:
        model = SpotlightProposal
        fields = ("title", "kind", "minutes", "about")
        widgets: ClassVar[dict[str, Any]] = {
            "kind": Cards,
            "minutes": forms.RadioSelect,
            "about": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "title": _(
                "What people look forward to: “What a roof tells before winter” rather than “My company”."
            ),
        }
        error_messages = {
            "title": {"required": _("Type a title, so that people know what to look forward to.")}
        }


class BookForm(forms.Form):
    """One of the group's next dates without a presentation."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), to_field_name="code", error_messages={"required": _("Choose a date.")}
    )

    def __init__(self, *args: Any, dates: Sequence[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Meeting.objects.filter(pk__in=[date.pk for date in dates])
