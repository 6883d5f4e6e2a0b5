"""A rhythm as people say it aloud, for languages whose words bend: each phrase is whole."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

EVERY = (
    _("Every Monday"),
    _("Every Tuesday"),
    _("Every Wednesday"),
    _("Every Thursday"),
    _("Every Friday"),
    _("Every Saturday"),
    _("Every Sunday"),
)
ON = (
    _("on Monday"),
    _("on Tuesday"),
    _("on Wednesday"),
    _("on Thursday"),
    _("on Friday"),
    _("on Saturday"),
    _("on Sunday"),
)
NTH = (
    _("On the %(nth)s Monday of each month"),
    _("On the %(nth)s Tuesday of each month"),
    _("On the %(nth)s Wednesday of each month"),
    _("On the %(nth)s Thursday of each month"),
    _("On the %(nth)s Friday of each month"),
    _("On the %(nth)s Saturday of each month"),
    _("On the %(nth)s Sunday of each month"),
)
LAST = (
    _("On the last Monday of each month"),
    _("On the last Tuesday of each month"),
    _("On the last Wednesday of each month"),
    _("On the last Thursday of each month"),
    _("On the last Friday of each month"),
    _("On the last Saturday of each month"),
    _("On the last Sunday of each month"),
)
ORDINALS = {1: _("1st"), 2: _("2nd"), 3: _("3rd"), 4: _("4th")}
EVERY_FEW_WEEKS = ngettext_lazy("Every week %(on)s", "Every %(count)s weeks %(on)s", "count")
BY_HAND = _("Dates picked by hand")


def rhythm_words(kind: str, *, interval: int, weekday: int, nth: int) -> str:
    """The rhythm in words, without its hour: "Every Wednesday", "On the last Friday of each month"."""
    if kind == "by_hand":
        return str(BY_HAND)
    if kind == "every_n_weeks" and interval > 1:
        return str(EVERY_FEW_WEEKS % {"count": interval, "on": ON[weekday]})
    if kind != "monthly_nth":
        return str(EVERY[weekday])
    return str(LAST[weekday]) if nth == -1 else str(NTH[weekday] % {"nth": ORDINALS[nth]})
