"""Bringing a list of people in: the file or the pasted text, and what its columns mean."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawka.forms.columns import MEANINGS, SEVERAL
from kawka.forms.tables import MAX_BYTES, Table, read_file, read_pasted
from kawka.models.errors import Refused


class PeopleImportForm(forms.Form):
    """A file or pasted text; cleaned, `table` is the list and `source` says where it came from."""

    file = forms.FileField(
        label=_("A file with a list of people"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "CSV or XLSX from a spreadsheet, or VCF from an address book; up to 5 MB and 10,000 rows."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.vcf,.txt,.tsv"}),
    )
    text = forms.CharField(
        label=_("Or paste addresses"),
        required=False,
        max_length=MAX_BYTES // 4,
        help_text=_(
            "As in a mail: Jan Kowalski <jan@example.com>, ola@example.com. Rows of a spreadsheet work too."
        ),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the list; what is wrong with it comes back at the field it came in by."""
        cleaned = super().clean() or {}
        upload, text = cleaned.get("file"), cleaned.get("text", "")
        if not self.errors and not upload and not text.strip():
            raise forms.ValidationError(_("Choose a file or paste some addresses."))
        try:
            if upload:
                cleaned["table"], cleaned["source"] = self.read(upload), upload.name
            elif text.strip():
                cleaned["table"], cleaned["source"] = read_pasted(text), str(_("pasted addresses"))
        except Refused as refusal:
            self.add_error("file" if upload else "text", str(refusal))
        return cleaned

    def read(self, upload: Any) -> Table:
        """The table in an uploaded file; no more of it is read than may be brought in."""
        return read_file(upload.read(MAX_BYTES + 1))


class MappingForm(forms.Form):
    """What each column means: one choice a column, "leave out" among them."""

    def __init__(self, *args: Any, header: Sequence[str], examples: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("leave out")), *MEANINGS.items()]
        for number, name in enumerate(header):
            self.fields[f"column{number}"] = forms.ChoiceField(
                label=name or _("Column %(number)s") % {"number": number + 1},
                choices=choices,
                required=False,
                help_text=examples[number],
                error_messages={"invalid_choice": _("Choose one from the list.")},
            )

    def clean(self) -> dict[str, Any]:
        """Refuse two columns of what a person has only once."""
        cleaned = super().clean() or {}
        taken: set[str] = set()
        for field, meaning in list(cleaned.items()):
            if meaning in taken and meaning not in SEVERAL:
                self.add_error(field, _("Another column is already this. Choose one of the two."))
            taken.add(meaning or "")
        return cleaned

    def mapping(self) -> dict[str, str]:
        """The meanings by the number of the column, without those left out."""
        return {
            field.removeprefix("column"): meaning for field, meaning in self.cleaned_data.items() if meaning
        }
