"""What people type and press about roles and turns."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kawka.models import Group, Person, Role, RoleWish, TakeOver, Turn

GONE = _("This has changed in the meantime. The page shows how it stands now.")


class RoleForm(forms.ModelForm):
    """A role's card."""

    class Meta:
        model = Role
        fields = ("name", "steps", "minutes_before", "minutes_after", "handover")
        widgets = {"steps": forms.Textarea(attrs={"rows": 6}), "handover": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "steps": _("How it is done, one step a line"),
            "minutes_before": _("Minutes before the meeting"),
            "minutes_after": _("Minutes after the meeting"),
            "handover": _("Note to whoever does it next"),
        }
        help_texts = {"handover": _("Where the bell lies, what went well, whom to ask.")}
        error_messages = {"name": {"required": _("Give the role a name, such as “Photographer”.")}}


class WishForm(forms.Form):
    """Would like to learn, would rather not, or neither."""

    wish = forms.ChoiceField(
        choices=[*RoleWish.Wish.choices, ("", _("ask me like everybody"))], required=False
    )


class NoteForm(forms.Form):
    """A note to whoever does it next."""

    handover = forms.CharField(max_length=600, required=False)


class MyTurnForm(forms.Form):
    """A press about a turn of one's own, an open one, or a call for a stand-in."""

    PRESSES = ("accept", "give-back", "take", "yes", "no", "owner-yes", "owner-no")

    do = forms.ChoiceField(choices=[(name, name) for name in PRESSES], error_messages={"required": GONE})
    turn = forms.ModelChoiceField(
        Turn.objects.none(), to_field_name="code", required=False, error_messages={"invalid_choice": GONE}
    )
    take_over = forms.ModelChoiceField(
        TakeOver.objects.none(), to_field_name="code", required=False, error_messages={"invalid_choice": GONE}
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        turns, take_overs = self.fields["turn"], self.fields["take_over"]
        assert isinstance(turns, forms.ModelChoiceField)
        assert isinstance(take_overs, forms.ModelChoiceField)
        turns.queryset = Turn.objects.filter(role__group=group)
        take_overs.queryset = TakeOver.objects.filter(turn__role__group=group).select_related("turn")

    def clean(self) -> dict[str, Any]:
        """What was pressed belongs to what it was pressed at."""
        data = super().clean() or {}
        do = data.get("do", "")
        needed = "take_over" if do in ("yes", "no") else "turn"
        if not self.errors and not do.startswith("owner-") and data.get(needed) is None:
            raise forms.ValidationError(GONE)
        return data


class AssignForm(forms.Form):
    """Who does it, as agreed by word of mouth."""

    person = forms.ModelChoiceField(
        label=_("Who does it"),
        queryset=Person.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("nobody yet"),
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people_of(group)


def people_of(group: Group) -> QuerySet[Person]:
    """Those who belong to a group, by name."""
    current = group.memberships.current().order_by().values("person")
    return Person.objects.filter(pk__in=current).only("code", "name", "sort_name")
