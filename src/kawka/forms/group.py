"""What a host changes: what the group says of itself and how it runs."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kawka.forms.setup import Cards, ZoneSelect
from kawka.models import Group


class GroupForm(forms.ModelForm):
    """Everything the public page tells, and who may see it."""

    class Meta:
        model = Group
        fields = (
            "name",
            "town",
            "about",
            "purpose",
            "type",
            "profile",
            "price",
            "house_rules",
            "place_name",
            "place_address",
            "place_hint",
            "venue_email",
            "venue_phone",
            "timezone",
            "size_min",
            "size_max",
            "language",
            "is_listed",
        )
        widgets: ClassVar[dict[str, type[forms.Widget]]] = {
            "purpose": Cards,
            "type": Cards,
            "timezone": ZoneSelect,
        }
        help_texts = {
            "about": _("The first thing a stranger reads: what it is like, and what for."),
            "profile": _("For a profiled group, for example: graphic designers."),
            "price": _("For example: coffee 14 zł, no fees."),
            "venue_email": _("The number of people goes there the afternoon before, without names."),
            "venue_phone": _("For the host, when mail does not get through."),
            "place_hint": _("What somebody sees who comes for the first time."),
            "language": _("The language of mails to people who have not chosen one."),
            "is_listed": _("Otherwise its page opens only for those who belong to it."),
        }

    def clean(self) -> dict[str, Any]:
        """A profiled group says what its profile is."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("type") == Group.Type.PROFILED and not cleaned.get("profile"):
            self.add_error("profile", _("Say which trade or topic, so that the right people find you."))
        if "size_max" in cleaned and cleaned["size_max"] <= self.instance.held_seats:
            self.add_error("size_max", _("Leave at least one seat that is not held for members."))
        return cleaned


class JoiningForm(forms.ModelForm):
    """Seats held for members, and how one becomes one."""

    class Meta:
        model = Group
        fields = ("joining", "has_one_seat_per_trade", "held_seats")
        widgets: ClassVar[dict[str, type[forms.Widget]]] = {"joining": Cards}
        help_texts = {
            "has_one_seat_per_trade": _(
                "Before another one of a trade becomes a member, whoever has its seat is asked if that is "
                "all right. You read the answer and decide; nobody is refused by itself."
            ),
            "held_seats": _(
                "So many seats at every date are for members until two days before, then for everybody."
            ),
        }

    def clean_held_seats(self) -> int:
        """Fewer than there are."""
        held: int = self.cleaned_data["held_seats"]
        if held >= self.instance.size_max:
            raise forms.ValidationError(_("Leave at least one seat that is not held for members."))
        return held


class PaceForm(forms.Form):
    """How long everybody speaks, and how many talks there are."""

    pitch_seconds = forms.IntegerField(
        label=_("Seconds to speak in the round"),
        min_value=15,
        max_value=300,
        error_messages={"required": _("Give everybody between 15 and 300 seconds.")},
    )
    talk_rounds = forms.IntegerField(
        label=_("Talks one after another"),
        min_value=1,
        max_value=12,
        error_messages={"required": _("Say how many talks, for example 3.")},
    )
    talk_minutes = forms.IntegerField(
        label=_("Minutes a talk"),
        min_value=2,
        max_value=60,
        error_messages={"required": _("Say how many minutes, for example 8.")},
    )
