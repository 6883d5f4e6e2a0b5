"""What a host types and taps on the day of a meeting."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kawka.models import Attendance, Meeting, Person, Spotlight

UNKNOWN_PERSON = _("This person is not on today's list. Open the page again.")


def people_of_day(meeting: Meeting) -> QuerySet[Person]:
    """Everybody a host may tick off at this meeting: of the group, who answered, or who came."""
    members = Q(pk__in=meeting.group.memberships.order_by().values("person"))
    answered, came = (
        Q(pk__in=rows.order_by().values("person")) for rows in (meeting.answers, meeting.attendances)
    )
    return Person.objects.filter(members | answered | came, community=meeting.group.community_id)


class PersonForm(forms.Form):
    """Somebody on today's list, by their code."""

    person = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        to_field_name="code",
        error_messages={"invalid_choice": UNKNOWN_PERSON, "required": UNKNOWN_PERSON},
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people_of_day(meeting)


class MarkForm(PersonForm):
    """What is noted of somebody; `marks` are the choices there are."""

    mark = forms.ChoiceField(error_messages={"required": _("Choose what to note.")})

    def __init__(self, *args: Any, marks: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mark"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = marks


class WishForm(PersonForm):
    """Where in the round somebody likes to speak."""

    wish = forms.ChoiceField(
        choices=Attendance.Wish.choices, error_messages={"required": _("Choose a place in the round.")}
    )


class MoveForm(PersonForm):
    """One place up or down in the order of the round."""

    step = forms.TypedChoiceField(
        choices=[("-1", _("up")), ("1", _("down"))],
        coerce=int,
        error_messages={"required": _("Choose up or down.")},
    )


class WalkInForm(forms.Form):
    """Somebody nobody expected: a name is enough."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
        error_messages={"required": _("Type the name: it is what people will call out.")},
    )
    trade = forms.CharField(
        label=_("Trade"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("With it the recap arrives; the same address is the same person."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
        error_messages={
            "invalid": _("This address does not look right. An e-mail looks like name@example.com.")
        },
    )

    def clean_name(self) -> str:
        """The name with single spaces."""
        return " ".join(self.cleaned_data["name"].split())


class FitForm(forms.Form):
    """What makes the meeting fit: shorter speaking times or an earlier start."""

    seconds = forms.IntegerField(required=False, min_value=15, max_value=300)
    minutes = forms.IntegerField(required=False, min_value=5, max_value=120)


class SpotlightForm(forms.Form):
    """Who presents what."""

    person = forms.ModelChoiceField(
        label=_("Who presents"),
        queryset=Person.objects.none(),
        to_field_name="code",
        empty_label=_("Choose somebody"),
        error_messages={"required": _("Choose who presents.")},
    )
    kind = forms.ChoiceField(label=_("What"), choices=Spotlight.Kind.choices, initial=Spotlight.Kind.COMPANY)
    title = forms.CharField(
        label=_("Title"),
        max_length=160,
        error_messages={"required": _("Type a title, so that people know what to look forward to.")},
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people_of_day(meeting).only("code", "name").order_by("sort_name")


class GreeterForm(forms.Form):
    """Who meets which guest."""

    guest = forms.ModelChoiceField(
        queryset=Person.objects.none(), to_field_name="code", error_messages={"required": UNKNOWN_PERSON}
    )
    greeter = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        to_field_name="code",
        error_messages={"required": _("Choose who meets the guest.")},
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("guest", "greeter"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = people_of_day(meeting)


class SwapForm(forms.Form):
    """Two people and the round in which they change seats."""

    round = forms.IntegerField(min_value=1)
    one = forms.CharField(max_length=10)
    other = forms.CharField(max_length=10)


class KeepForm(forms.Form):
    """A table of one round, and whether its people are kept together."""

    round = forms.IntegerField(min_value=1)
    table = forms.IntegerField(min_value=1)
    kept = forms.BooleanField(required=False)
