"""What has been typed on the six steps so far, read in different ways."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.forms import ChoiceField
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kawka.actions import setup
from kawka.actions.formulas import BREAKFAST, OPEN_COFFEE, Row, proposed_formula
from kawka.actions.series import first_dates
from kawka.forms import run_sheet
from kawka.forms.setup import STEPS, RhythmForm, Situation, StepForm
from kawka.models import Account, Segment

SUMMARY = {
    "why": _("Why"),
    "type": _("For whom"),
    "name": _("Name and town"),
    "formula": _("How it runs"),
    "rhythm": _("When and where"),
}
NOT_SAID = {"monthly_nth": set[str](), "by_hand": {"nth", "weekday"}}
FORMULAS = {"breakfast": BREAKFAST, "open_coffee": OPEN_COFFEE}


def told(rows: tuple[Row, ...] | list[Row]) -> str:
    """A run sheet in one line: each part with its minutes, and how long it takes together."""
    parts = [Segment(kind=kind, title=title, minutes=minutes) for kind, title, minutes in rows]
    line = ", ".join(f"{part.name} {part.minutes}" for part in parts)
    minutes = sum(part.minutes for part in parts)
    whole = ngettext("%(count)s minute together", "%(count)s minutes together", minutes) % {"count": minutes}
    return f"{line}. {whole[0].upper()}{whole[1:]}."


@dataclass(frozen=True)
class Draft:
    """The answers of one account, by step, as they were typed."""

    account: Account
    answers: dict[str, Any]
    situation: Situation

    @classmethod
    def of(cls, account: Account, answers: dict[str, Any] | None = None) -> "Draft":
        """The draft of this account, read anew unless the answers are given."""
        given = setup.draft_of(account) if answers is None else answers
        purpose = given.get("why", {}).get("purpose", "")
        nameless = not given.get("host", {}).get("host_name") and not setup.host_name_of(account)
        situation = Situation(
            now=timezone.now(),
            asks_host_name=nameless,
            purpose=purpose,
            proposed=proposed_formula(purpose),
            told={name: told(rows) for name, rows in FORMULAS.items()}
            | {"own": _("Begins with the proposal; change, move, add and take away parts as you like.")},
        )
        return cls(account, given, situation)

    @property
    def is_own(self) -> bool:
        """Whether the host makes the run sheet themselves."""
        return self.answers.get("formula", {}).get("formula") == "own"

    def form(self, step: str, *, look: bool = False) -> StepForm:
        """The form of a step with what was typed; with `look`, what is wrong is said too."""
        given = self.answers.get(step)
        if look:
            return STEPS[step](given or {}, about=self.situation)
        return STEPS[step](initial=given or {}, about=self.situation)

    def typed(self, step: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """What a browser sent for a step; for a run sheet of one's own with its rows."""
        fields = self.form(step).fields
        given: dict[str, Any] = {name: data.get(name, "") for name in fields}
        if step == "formula":
            sent = f"{run_sheet.PREFIX}-TOTAL_FORMS" in data
            given["rows"] = run_sheet.typed(data) if sent else self.rows()
        return given

    def rows(self) -> run_sheet.Rows:
        """The rows typed so far; the proposed ones at first."""
        kept = self.answers.get("formula", {}).get("rows")
        return kept or run_sheet.as_rows(FORMULAS[self.situation.proposed])

    def sheet(self, *, look: bool = False) -> run_sheet.BaseRunSheet | None:
        """The run sheet of one's own as fields; None for a ready formula."""
        if not self.is_own:
            return None
        return run_sheet.bound(self.rows()) if look else run_sheet.shown(self.rows())

    def is_right(self, step: str) -> bool:
        """Whether nothing is missing or wrong on this step."""
        sheet = self.sheet(look=True) if step == "formula" else None
        return self.form(step, look=True).is_valid() and (sheet is None or sheet.is_valid())

    def first_wrong(self) -> str:
        """The first step on which something is missing or wrong; empty when nothing is."""
        return next((step for step in STEPS if not self.is_right(step)), "")

    def cleaned(self, step: str) -> dict[str, Any]:
        """What was said on a step, as values; empty while something is wrong there."""
        form = self.form(step, look=True)
        return form.cleaned_data if form.is_valid() else {}

    def segments(self) -> list[Row]:
        """The parts of a meeting as they will be; empty while something is wrong there."""
        sheet = self.sheet(look=True)
        if sheet is None:
            return list(FORMULAS.get(self.cleaned("formula").get("formula", ""), ()))
        return sheet.rows() if sheet.is_valid() else []

    def address(self) -> str:
        """The address the page of the group will have; empty before there is a name."""
        named = self.cleaned("name")
        return setup.free_slug(named["name"], named["town"]) if named else ""

    def plan(self) -> setup.NewGroup:
        """Everything the steps said; only when nothing is wrong on any of them."""
        given = {name: value for step in STEPS for name, value in self.cleaned(step).items()}
        rhythm = self.form("rhythm", look=True)
        assert isinstance(rhythm, RhythmForm) and rhythm.is_valid()
        known = self.answers.get("host", {}).get("host_name") or setup.host_name_of(self.account)
        copied = ("name", "town", "purpose", "type", "profile", "size_min", "size_max")
        where = ("place_name", "place_address", "place_hint", "timezone")
        return setup.NewGroup(
            host_name=given.get("host_name") or known,
            fields={name: given[name] for name in copied + where},
            segments=self.segments(),
            series=rhythm.series(),
        )

    def dates(self) -> list[datetime]:
        """The first dates the rhythm makes, in the group's own time; empty while something is wrong there."""
        form = self.form("rhythm", look=True)
        if not isinstance(form, RhythmForm) or not form.is_valid():
            return []
        return first_dates(form.series(), now=self.situation.now, zone=form.cleaned_data["timezone"])

    def summary(self) -> list[tuple[str, str, str]]:
        """What was said, as label, words and the step where it can be changed."""
        return [(str(label), self.words(step), step) for step, label in SUMMARY.items()]

    def words(self, step: str) -> str:
        """What was said on a step in one line; empty while something is wrong there."""
        if step == "formula":
            rows = self.segments()
            return told(rows) if rows else ""
        form = self.form(step, look=True)
        if not form.is_valid():
            return ""
        left_out = NOT_SAID.get(form.cleaned_data.get("rhythm", ""), {"nth"})
        return ", ".join(filter(None, (said(form, name) for name in form.fields if name not in left_out)))


def said(form: StepForm, name: str) -> str:
    """One valid answer as a person reads it."""
    value, field = form.cleaned_data[name], form.fields[name]
    if isinstance(field, ChoiceField):
        return str(dict(field.widget.choices).get(value, value))
    if isinstance(value, time):
        return time_format(value, "G:i")
    return date_format(value, "j E Y") if isinstance(value, date) else str(value)
