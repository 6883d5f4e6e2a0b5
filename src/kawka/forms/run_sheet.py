"""Rows of a run sheet: typed, moved, added and taken away without a script."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from kawka.models import SegmentKind

PREFIX = "rows"
MOST = 20
SMALL = 4  # digits
Rows = list[dict[str, Any]]


class SegmentForm(forms.Form):
    """One part of a meeting."""

    kind = forms.ChoiceField(label=_("Part"), choices=SegmentKind)
    title = forms.CharField(label=_("Own name"), max_length=80, required=False)
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=1,
        max_value=240,
        error_messages={
            "required": _("Say how many minutes it takes."),
            "invalid": _("Type whole minutes, for example 20."),
            "min_value": _("From 1 to 240 minutes."),
            "max_value": _("From 1 to 240 minutes."),
        },
    )


class BaseRunSheet(forms.BaseFormSet):
    """All parts of a meeting in their order."""

    def clean(self) -> None:
        """A meeting has at least one part and fits into a day."""
        if any(self.errors):
            return
        if not self.forms:
            raise ValidationError(_("Add at least one part, for example coffee."))
        if sum(form.cleaned_data["minutes"] for form in self.forms) > 12 * 60:
            raise ValidationError(_("A meeting takes 12 hours at most."))

    def rows(self) -> list[tuple[str, str, int]]:
        """The valid rows as kind, title and minutes."""
        given = [form.cleaned_data for form in self.forms]
        return [(row["kind"], row["title"], row["minutes"]) for row in given]


RunSheetForms = forms.formset_factory(SegmentForm, formset=BaseRunSheet, extra=0, max_num=MOST)


def bound(rows: Rows) -> BaseRunSheet:
    """The rows as they were typed, ready to be checked."""
    data: dict[str, Any] = {f"{PREFIX}-TOTAL_FORMS": len(rows), f"{PREFIX}-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"{PREFIX}-{number}-{name}": value for name, value in row.items()}
    return cast(
        BaseRunSheet,
        RunSheetForms(
            data, prefix=PREFIX, form_kwargs={"empty_permitted": False, "use_required_attribute": True}
        ),
    )


def shown(rows: Rows) -> BaseRunSheet:
    """The rows in fields, with nothing marked as wrong."""
    return cast(BaseRunSheet, RunSheetForms(initial=rows, prefix=PREFIX))


def as_rows(parts: Iterable[tuple[str, str, int]]) -> Rows:
    """Kinds, titles and minutes as rows of the form."""
    return [{"kind": str(kind), "title": title, "minutes": minutes} for kind, title, minutes in parts]


def small_number(text: str, otherwise: int = 0) -> int:
    """The number a browser sent; `otherwise` for what is none, or none anybody would send."""
    return int(text) if text.isdecimal() and len(text) < SMALL else otherwise


def typed(data: Mapping[str, Any] | MultiValueDict[str, str]) -> Rows:
    """The rows a browser sent, right or wrong, in their order."""
    total = str(data.get(f"{PREFIX}-TOTAL_FORMS", "0"))
    number = min(small_number(total), MOST)
    fields = tuple(SegmentForm.base_fields)
    return [{name: data.get(f"{PREFIX}-{row}-{name}", "") for name in fields} for row in range(number)]


def after(rows: Rows, button: str) -> Rows:
    """The rows after a button: "add", "up-2", "down-2" or "remove-2"; what cannot be done changes nothing."""
    what, _sign, which = button.partition("-")
    number = small_number(which, otherwise=-1)
    changed = list(rows)
    if what == "add" and len(rows) < MOST:
        changed.append({"kind": SegmentKind.COFFEE.value, "title": "", "minutes": 10})
    if not 0 <= number < len(rows):
        return changed
    row = changed.pop(number)
    if what != "remove":
        step = {"up": -1, "down": 1}.get(what, 0)
        changed.insert(max(number + step, 0), row)
    return changed
