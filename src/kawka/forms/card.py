"""A card as it is typed: texts, offers and asks in rows, and who sees what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kawka.models import Card, HelpKind, Person, SeenBy

TEXTS = ("trade", "does", "client", "experience", "phone", "website")
LONG = ("does", "client", "experience")
MOST_ROWS, EMPTY_ROWS, MOST_LETTERS = 40, 1, 400
HELP = {
    "does": _("As you would say it to somebody over coffee."),
    "client": _("Whom you work for, as precisely as you can."),
    "experience": _("What you have done, for how long, what you are proud of."),
    "greeting": _("As it is said aloud, for example “Olu” or “Panie Janie”."),
}


PARTS = {
    "does": _("What I do"),
    "client": _("My client"),
    "experience": _("My experience"),
    "offers": _("I can help with"),
    "asks": _("I am looking for"),
    "photo": _("Photo"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "website": _("Website"),
}
CONTACT = ("phone", "email", "website")


@dataclass
class Row:
    """One row of offers or asks as it is on the page."""

    text: str = ""
    kind: str = HelpKind.WORK
    code: str = ""
    error: object = ""


class CardForm(forms.Form):
    """The texts of a card and who sees each; `withheld` fields are left out, `seen` adds who sees what."""

    name = forms.CharField(label=_("First and last name"), max_length=120)
    greeting = forms.CharField(label=_("How to address me"), max_length=60, required=False)
    trade = forms.CharField(label=_("Trade, in a word or two"), max_length=80, required=False)
    town = forms.CharField(label=_("Town"), max_length=80, required=False)
    does = forms.CharField(label=_("What I do"), max_length=600, required=False)
    client = forms.CharField(label=_("My client"), max_length=400, required=False)
    experience = forms.CharField(label=_("My experience"), max_length=800, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={
            "invalid": _("This address does not look right. An e-mail looks like name@example.com.")
        },
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("This is not the address of a website. It looks like example.com.")},
    )

    def __init__(self, *args: Any, withheld: Iterable[str] = (), seen: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in withheld:
            self.fields.pop(name, None)
        for name, field in self.fields.items():
            field.help_text = HELP.get(name, "")
            if name in LONG:
                field.widget = forms.Textarea(attrs={"rows": 3, "maxlength": field.max_length})  # type: ignore[attr-defined]
        for name in Card.FIELDS if seen else ():
            self.fields[f"seen_{name}"] = forms.ChoiceField(
                label=PARTS[name], choices=SeenBy.choices, required=False, widget=forms.Select
            )

    @property
    def about(self) -> list[BoundField]:
        """The fields of who somebody is and what they do."""
        return [self[name] for name in self.fields if name not in CONTACT and not name.startswith("seen_")]

    @property
    def contact(self) -> list[BoundField]:
        """The fields of how to reach somebody."""
        return [self[name] for name in CONTACT if name in self.fields]

    @property
    def parts(self) -> list[tuple[str, BoundField]]:
        """Each part of the card with the field of who sees it."""
        return [(str(PARTS[name]), self[f"seen_{name}"]) for name in Card.FIELDS]

    @property
    def seen_errors(self) -> bool:
        """Whether something is wrong among who sees what."""
        return any(name.startswith("seen_") for name in self.errors)

    def texts(self) -> dict[str, str]:
        """What the card says, without who sees it."""
        return {name: text for name, text in self.cleaned_data.items() if not name.startswith("seen_")}

    def seen_by(self) -> dict[str, str]:
        """Who sees what, by the field's name; what was not chosen stays as it was."""
        chosen = {name.removeprefix("seen_"): reach for name, reach in self.cleaned_data.items()}
        return {
            name: reach for name, reach in chosen.items() if name in Card.FIELDS and reach in SeenBy.values
        }


def initial_of(person: Person) -> dict[str, str]:
    """What the form shows of a card at first."""
    card = person.card
    said = {name: getattr(person, name) for name in ("name", "greeting", "town", "email")}
    said |= {name: getattr(card, name) for name in TEXTS}
    return said | {f"seen_{name}": card.seen_by.get(name, SeenBy.ME) for name in Card.FIELDS}


class RowsForm:
    """Offers or asks as rows of one text and one kind; their order on the page is their order.

    Every row has the fields PREFIX_text, PREFIX_kind and PREFIX_code. A row without a text goes. A button
    named "rows" with "PREFIX:up:2", "PREFIX:down:2", "PREFIX:drop:2" or "PREFIX:add:0" moves rows without
    saving anything, for pages without JavaScript.
    """

    def __init__(self, prefix: str, data: QueryDict | None = None, rows: Sequence[Any] = ()) -> None:
        self.prefix = prefix
        if data is None:
            self.rows = [Row(row.text, row.kind, row.code) for row in rows]
        else:
            self.rows = self.posted(data)

    def posted(self, data: QueryDict) -> list[Row]:
        """The rows as they were sent."""
        columns = [data.getlist(f"{self.prefix}_{name}") for name in ("text", "kind", "code")]
        found = [
            Row(" ".join(text.split()), kind if kind in HelpKind.values else HelpKind.WORK, code)
            for text, kind, code in zip(*columns, strict=False)
        ]
        return found[: MOST_ROWS + EMPTY_ROWS]

    def is_valid(self) -> bool:
        """Whether every row fits; a row that does not says so."""
        for row in self.rows:
            if len(row.text) > MOST_LETTERS:
                row.error = _("%(length)s characters, and %(limit)s fit. Shorten it a little.") % {
                    "length": len(row.text),
                    "limit": MOST_LETTERS,
                }
        return not self.has_errors

    @property
    def has_errors(self) -> bool:
        """Whether a row was found not to fit."""
        return any(row.error for row in self.rows)

    @property
    def filled(self) -> list[Row]:
        """The rows that say something."""
        return [row for row in self.rows if row.text][:MOST_ROWS]

    @property
    def shown(self) -> list[Row]:
        """The rows of the page: all there are, and an empty one at the end."""
        ended = bool(self.rows) and not self.rows[-1].text
        return self.rows if ended or len(self.rows) >= MOST_ROWS else [*self.rows, Row()]

    def press(self, button: str) -> None:
        """Move, drop or add a row as the pressed button says; another button does nothing."""
        prefix, _colon, rest = button.partition(":")
        verb, _colon, number = rest.partition(":")
        if (
            prefix != self.prefix
            or not number.isdecimal()
            or len(number) > 4
            or int(number) >= max(len(self.rows), 1)
        ):
            return
        at = int(number)
        if verb == "drop" and self.rows:
            self.rows.pop(at)
        elif verb == "up" and at > 0:
            self.rows.insert(at - 1, self.rows.pop(at))
        elif verb == "down" and at + 1 < len(self.rows):
            self.rows.insert(at + 1, self.rows.pop(at))
        elif verb == "add":
            self.rows = [*self.filled, Row()]


class NoteForm(forms.Form):
    """What somebody wants to remember about a person."""

    text = forms.CharField(
        label=_("My private note"),
        required=False,
        max_length=2000,
        help_text=_("Nobody else ever sees it."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
    )
