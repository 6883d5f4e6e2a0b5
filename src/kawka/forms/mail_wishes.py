"""Which kinds of mail of a group somebody wants."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawka.models import Membership
from kawka.models.membership import ASKS, DATES, NEWS, ROLES, WEEKLY

IN_WORDS: Mapping[str, Any] = {
    DATES: (_("Coming dates"), _("who comes, what changes")),
    ROLES: (_("Roles"), _("turns, stand-ins, presentations")),
    ASKS: (_("What people look for"), _("when you can help, or somebody can help you")),
    WEEKLY: (
        _("Your ask on Sunday"),
        _("one question at 18:00 when you come that week; off until you want it"),
    ),
    NEWS: (_("After meetings"), _("who was there, hands raised for you")),
}


class MailWishes(forms.Form):
    """A switch for each kind; `membership` is whose, and what is switched on now."""

    def __init__(self, membership: Membership, data: Any = None) -> None:
        super().__init__(data, auto_id=f"id_{membership.group.code}_%s")
        self.membership = membership
        for switch, (label, help_text) in IN_WORDS.items():
            on = membership.wants(switch)
            self.fields[switch] = forms.BooleanField(
                label=label, help_text=help_text, required=False, initial=on
            )

    @property
    def wanted(self) -> dict[str, bool]:
        """What was chosen, by name of the switch; of a valid form."""
        return dict(self.cleaned_data)
