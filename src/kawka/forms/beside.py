"""A second rhythm in the same community: a group of its own beside the one there is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawka.forms.setup import Cards, RhythmFields
from kawka.models import Group


class BesideForm(RhythmFields):
    """What differs from the group it stands beside; everything else is taken over from it."""

    name = forms.CharField(
        label=_("Name of the group"),
        max_length=80,
        help_text=_("As people say it aloud, for example: Open Coffee."),
        error_messages={"required": _("Give the group a name. It can be changed later.")},
    )
    formula = forms.ChoiceField(
        label=_("How does a meeting run?"),
        initial="open_coffee",
        choices=[("open_coffee", _("Open coffee")), ("breakfast", _("Business breakfast"))],
        widget=Cards(
            {
                "open_coffee": _("Coffee and talks, without the round: come when you like."),
                "breakfast": _("Coffee, the 60-second round, talks and a presentation."),
            }
        ),
    )
    place_name = forms.CharField(
        label=_("Place"),
        max_length=120,
        error_messages={"required": _("Say where people should come.")},
    )
    place_address = forms.CharField(label=_("Address"), max_length=200, required=False)
    field_order = ("name", "formula")


def beside_fields(group: Group, starts_on: str) -> dict[str, Any]:
    """The form as it is proposed beside a group: a coffee every two weeks in the same place."""
    return {
        "name": "Open Coffee" if group.language == "en" else _("Open Coffee %(town)s") % {"town": group.town},
        "rhythm": "weeks_2",
        "starts_at": "17:00",
        "starts_on": starts_on,
        "place_name": group.place_name,
        "place_address": group.place_address,
    }
