"""Refusals in the words of the person who meets them."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Something that was asked for cannot be done; `message` says why and what to do instead."""

    message = _("This cannot be done right now.")

    def __init__(self, message: object = None) -> None:
        if message is not None:
            self.message = message  # type: ignore[assignment]
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)
