"""The six steps of setting up a group, and the two lines before them."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kawka.models import Group, Series

ZONES = sorted(
    name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/"))
)
FIRST_YEAR, LAST_YEAR = 2000, 2099
WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]
NTH = [(1, _("first")), (2, _("second")), (3, _("third")), (4, _("fourth")), (-1, _("last"))]
RHYTHMS = [
    ("weekly", _("every week")),
    ("weeks_2", _("every 2 weeks")),
    ("weeks_3", _("every 3 weeks")),
    ("weeks_4", _("every 4 weeks")),
    ("weeks_6", _("every 6 weeks")),
    ("weeks_8", _("every 8 weeks")),
    ("monthly_nth", _("once a month, on the same weekday")),
    ("by_hand", _("I pick the dates by hand")),
]
FORMULAS = [
    ("breakfast", _("Business breakfast")),
    ("open_coffee", _("Open coffee")),
    ("own", _("Own order and lengths")),
]


@dataclass(frozen=True)
class Situation:
    """What the steps need to know beside what is typed."""

    now: datetime
    asks_host_name: bool = False
    purpose: str = ""
    proposed: str = "breakfast"
    told: dict[str, Any] = field(default_factory=dict)


class Cards(forms.RadioSelect):
    """Choices to tap, each with a sentence on what it means."""

    def __init__(self, about: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.about = about or {}


class ZoneSelect(forms.Select):
    """A choice of some four hundred time zones, written once for each zone that is chosen."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The select element with its options."""
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(given), zone_options(str(value or "")))


@lru_cache(maxsize=64)
def zone_options(chosen: str) -> SafeString:
    """The options of all zones; one that is chosen and not in the list is among them."""
    zones = ZONES if chosen in ZONES or not chosen else [chosen, *ZONES]
    lines = ((zone, " selected" if zone == chosen else "", zone.replace("_", " ")) for zone in zones)
    return format_html_join("", '<option value="{}"{}>{}</option>', lines)


class StartForm(forms.Form):
    """Who sets this instance up."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your name: your guests will see who invites them.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("You sign in with it later, without a password."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Type your e-mail: you will sign in with it."),
            "invalid": _("This address does not look right. An e-mail looks like name@example.com."),
        },
    )


class KeyForm(forms.Form):
    """The key that lets somebody set up an instance from another machine."""

    key = forms.CharField(
        label=_("Setup key"),
        max_length=80,
        help_text=_(
            "It was printed where Kawka was started, and stands in the file setup_key of its data folder."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the setup key.")},
    )


class StepForm(forms.Form):
    """One step; `about` is the situation it is asked in."""

    def __init__(self, *args: Any, about: Situation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about


class WhyForm(StepForm):
    """Step 1: what the meetings are for."""

    purpose = forms.ChoiceField(
        label=_("What are your meetings for?"),
        choices=Group.Purpose,
        widget=Cards(
            {
                "recommend": _("Everybody learns what the others do and whom they are looking for."),
                "integrate": _("People of one trade, street or town get to know one another over coffee."),
                "both": _("Recommendations come with time, from people who have come to like each other."),
            }
        ),
        error_messages={"required": _("Choose what brings you together. It can be changed later.")},
    )


class TypeForm(StepForm):
    """Step 2: many trades, or one."""

    type = forms.ChoiceField(
        label=_("Who is it for?"),
        choices=Group.Type,
        widget=Cards(
            {
                "general": _("Different trades recommend one another easily: nobody sits beside a rival."),
                "profiled": _(
                    "Fewer recommendations among colleagues, but shared knowledge and bigger orders."
                ),
            }
        ),
        error_messages={"required": _("Choose general or profiled. It can be changed later.")},
    )
    profile = forms.CharField(
        label=_("Which trade or topic"),
        max_length=80,
        required=False,
        help_text=_("For a profiled group, for example: graphic designers."),
    )

    def clean(self) -> dict[str, Any]:
        """A profiled group says what its profile is."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("type") == Group.Type.PROFILED and not cleaned.get("profile"):
            self.add_error("profile", _("Say which trade or topic, so that the right people find you."))
        if cleaned.get("type") == Group.Type.GENERAL:
            cleaned["profile"] = ""
        return cleaned


class NameForm(StepForm):
    """Step 3: how people call it and where it is."""

    host_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your name: your guests will see who invites them.")},
    )
    name = forms.CharField(
        label=_("Name of the group"),
        max_length=80,
        help_text=_("As people say it aloud, for example: Wednesday Breakfast."),
        error_messages={"required": _("Give the group a name. It can be changed later.")},
    )
    town = forms.CharField(
        label=_("Town"),
        max_length=80,
        error_messages={"required": _("Type the town, so that neighbours can find you.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.about.asks_host_name:
            del self.fields["host_name"]


class FormulaForm(StepForm):
    """Step 4: what happens in which order; "own" is followed by rows of a run sheet."""

    formula = forms.ChoiceField(label=_("How does a meeting run?"), choices=FORMULAS, widget=Cards())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["formula"]
        assert isinstance(chosen.widget, Cards)
        chosen.widget.about = self.about.told
        chosen.initial = self.about.proposed


class DayField(forms.DateField):
    """A day of this century: one of another is a slip of the keyboard."""

    def to_python(self, value: Any) -> date | None:
        """The day; the field's words for an invalid one when it is too far away."""
        day = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class RhythmFields(forms.Form):
    """A rhythm in local time; asked when a group is set up and whenever its host changes it."""

    rhythm = forms.ChoiceField(label=_("How often?"), choices=RHYTHMS, initial="weekly", widget=Cards())
    nth = forms.TypedChoiceField(
        label=_("Which one of the month"),
        choices=NTH,
        coerce=int,
        initial=1,
        help_text=_("Only for once a month."),
    )
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=WEEKDAYS, coerce=int, initial=2)
    starts_at = forms.TimeField(
        label=_("Hour"),
        initial="08:30",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Type the hour it starts, for example 8:30."),
            "invalid": _("Type the hour like 8:30."),
        },
    )
    starts_on = DayField(
        label=_("First date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The first meeting is on the chosen weekday, on this day or soon after it."),
        error_messages={
            "required": _("Choose the day of the first meeting."),
            "invalid": _("Choose a day from the calendar."),
        },
    )

    def series(self) -> Series:
        """The valid rhythm as a series that is not saved and has no group yet."""
        given = self.cleaned_data
        kind, _sign, weeks = given["rhythm"].partition("_")
        by_hand, every_few = given["rhythm"] == Series.Kind.BY_HAND, kind == "weeks"
        return Series(
            kind=Series.Kind.EVERY_N_WEEKS if every_few else given["rhythm"],
            interval=int(weeks) if every_few else 1,
            weekday=given["starts_on"].weekday() if by_hand else given["weekday"],
            nth=given["nth"],
            starts_at=given["starts_at"],
            starts_on=given["starts_on"],
        )


def rhythm_fields(series: Series) -> dict[str, Any]:
    """A series as the form shows it."""
    every_few = series.kind == Series.Kind.EVERY_N_WEEKS
    return {
        "rhythm": f"weeks_{series.interval}" if every_few else series.kind,
        "nth": series.nth,
        "weekday": series.weekday,
        "starts_at": series.starts_at,
        "starts_on": series.starts_on,
    }


class RhythmForm(RhythmFields, StepForm):
    """Step 5: when and where."""

    place_name = forms.CharField(
        label=_("Place"),
        max_length=120,
        help_text=_("A café, an office, a library."),
        error_messages={"required": _("Say where people should come.")},
    )
    place_address = forms.CharField(label=_("Address"), max_length=200, required=False)
    place_hint = forms.CharField(
        label=_("How to find the door"),
        max_length=200,
        required=False,
        help_text=_("What somebody sees who comes for the first time."),
    )
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(zone, zone) for zone in ZONES],
        initial="Europe/Warsaw",
        widget=ZoneSelect,
        error_messages={"invalid_choice": _("Choose a time zone from the list, for example Europe/Warsaw.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = next_wednesday(self.about.now)

    def clean(self) -> dict[str, Any]:
        """The first date lies ahead."""
        cleaned = super().clean() or self.cleaned_data
        on, at = cleaned.get("starts_on"), cleaned.get("starts_at")
        if on and at and cleaned.get("timezone"):
            starts_at = datetime.combine(on, at, ZoneInfo(cleaned["timezone"]))
            if starts_at < self.about.now - timedelta(days=1 if cleaned.get("rhythm") != "by_hand" else 0):
                self.add_error("starts_on", _("This day has passed. Choose one that is still to come."))
        return cleaned


def next_wednesday(now: datetime) -> str:
    """The next Wednesday that leaves at least three days to tell people."""
    soon = now.date() + timedelta(days=3)
    return (soon + timedelta(days=(2 - soon.weekday()) % 7)).isoformat()


class SizeForm(StepForm):
    """Step 6: how many people it feels good with."""

    size_min = forms.IntegerField(
        label=_("Feels good from"),
        min_value=2,
        max_value=200,
        initial=5,
        error_messages={"required": _("Type a number, for example 5."), "invalid": _("Type a whole number.")},
    )
    size_max = forms.IntegerField(
        label=_("Feels good up to"),
        min_value=2,
        max_value=200,
        initial=25,
        help_text=_("The larger the group, the harder it is to get to know one another."),
        error_messages={
            "required": _("Type a number, for example 25."),
            "invalid": _("Type a whole number."),
        },
    )

    def clean(self) -> dict[str, Any]:
        """The larger number comes second."""
        cleaned = super().clean() or self.cleaned_data
        smallest, largest = cleaned.get("size_min"), cleaned.get("size_max")
        if smallest and largest and largest < smallest:
            self.add_error("size_max", _("The larger number comes second."))
        return cleaned


STEPS: dict[str, type[StepForm]] = {
    "why": WhyForm,
    "type": TypeForm,
    "name": NameForm,
    "formula": FormulaForm,
    "rhythm": RhythmForm,
    "size": SizeForm,
}
