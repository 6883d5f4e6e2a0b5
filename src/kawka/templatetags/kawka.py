"""How pages tell names, moments and fields.

Moments are told as they are given: pass them in the group's own zone (`meeting.local_start`), because these
filters never move a moment into another one.
"""

from datetime import date, datetime
from functools import lru_cache

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.http import HttpRequest
from django.urls import reverse
from django.utils import dateformat
from django.utils.html import urlize
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

THEMES = {"light", "dark"}
TINTS = 5
SHORT_CHOICE = 14


@register.simple_tag
@lru_cache(maxsize=4096)
def address(name: str, *given: str) -> str:
    """The address of a page, as `url` finds it, remembered; for rows of long lists."""
    return reverse(name, args=given)


@register.filter
def theme(request: HttpRequest | None) -> str:
    """The theme a visitor chose: "light", "dark", or nothing when the device decides."""
    chosen = request.COOKIES.get("kawka_theme", "") if request else ""
    return chosen if chosen in THEMES else ""


@register.filter
@lru_cache(maxsize=1024)
def linked(way: str) -> SafeString:
    """A way to reach somebody as a link where it is one, as `urlize` makes it, remembered."""
    return SafeString(urlize(way, nofollow=True, autoescape=True))


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and the last word: "Żaneta Łęcka-Pol" becomes "ŻŁ"."""
    letters = [word[0] for word in str(name).split() if word[0].isalpha()]
    return "".join(letters[:1] + letters[1:][-1:]).upper()


@register.filter
def tint(name: str) -> int:
    """A number from 0 to 4 that stays with the name, for the colour behind the initials."""
    return sum(map(ord, str(name))) % TINTS


def told(moment: date | None, pattern: str) -> str:
    """A moment in the words of the page's language; only English writes days and months with a capital."""
    if not moment:
        return ""
    told_there = moment.replace(tzinfo=None) if isinstance(moment, datetime) else moment
    return written(told_there, pattern, str(get_language()))


@lru_cache(maxsize=1024)
def written(moment: date, pattern: str, language: str) -> str:
    """The same, remembered, for the language that is active; the zone is no part of any pattern."""
    text = dateformat.format(moment, pattern)
    return text if language.startswith("en") else text.lower()


@register.filter
def clock(moment: datetime) -> str:
    """8:30"""
    return told(moment, "G:i")


@register.filter
def weekday(moment: date) -> str:
    """Wednesday"""
    return told(moment, "l")


@register.filter
def short_weekday(moment: date) -> str:
    """Wed"""
    return told(moment, "D").rstrip(".")


@register.filter
def day(moment: date) -> str:
    """14"""
    return told(moment, "j")


@register.filter
def month(moment: date) -> str:
    """October, in the case that follows a day."""
    return told(moment, "E")


@register.filter
def short_month(moment: date) -> str:
    """Oct"""
    return told(moment, "M")


@register.filter
def long_date(moment: date) -> str:
    """Wednesday, 14 October"""
    return told(moment, "l, j E")


@register.filter
def lasting(seconds: int) -> str:
    """75 seconds as 1:15"""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


@register.filter
def field_shape(field: BoundField) -> str:
    """How a field is laid out: "hidden", "check" (one box), "choices" (cards to tap) or "plain"."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "check" if isinstance(widget, forms.CheckboxInput) else "plain"


@register.filter
def offered(field: BoundField) -> list[BoundWidget]:
    """The choices of a field; where one is required the empty one is left out."""
    return [option for option in field if option.data["value"] != "" or not field.field.required]


@register.filter
def is_short(field: BoundField) -> bool:
    """Whether all choices are short enough to stand side by side."""
    described = getattr(field.field.widget, "about", {})
    return not described and all(len(str(option.choice_label)) <= SHORT_CHOICE for option in offered(field))


@register.filter
def about_option(field: BoundField, option: BoundWidget) -> str:
    """The sentence under a choice, from the widget's `about` (a dictionary by value)."""
    return getattr(field.field.widget, "about", {}).get(option.data["value"], "")


@register.filter
def day_month(moment: date) -> str:
    """14 October"""
    return dateformat.format(moment, "j E") if moment else ""


@register.filter
def month_year(moment: date) -> str:
    """October 2026, the month as it stands alone."""
    return told(moment, "F Y")


@register.filter
def ordinal(number: int) -> str:
    """2nd; "2." where the language of the page writes it so."""
    if not str(get_language()).startswith("en"):
        return f"{number}."
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
