"""Controls drawn directly look like Django's own."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from kawka.forms.controls import Controls

CHOICES = [("", "—"), ("a", "Ala & <b>Ola</b>"), ('"', "O'Neill"), (3, "trzy"), ("s", mark_safe("<i>ok</i>"))]
HEADED = [("Miasta", [("waw", "Warszawa")]), ("inne", "Inne")]
WIDGETS = {
    "text": (forms.TextInput({"maxlength": 5, "required": True, "disabled": False}), '"<Ó>'),
    "empty": (forms.TextInput(), None),
    "number": (forms.NumberInput({"min": 1, "step": "any"}), 1500),
    "email": (forms.EmailInput(), "a&b@example.org"),
    "url": (forms.URLInput(), "https://example.org/?a=1&b=2"),
    "password": (forms.PasswordInput(), "x"),
    "hidden": (forms.HiddenInput(), "x"),
    "date": (forms.DateInput({"type": "date"}, format="%Y-%m-%d"), "2026-10-14"),
    "time": (forms.TimeInput(format="%H:%M"), "08:30"),
    "file": (forms.FileInput(), None),
    "checked": (forms.CheckboxInput(), True),
    "unchecked": (forms.CheckboxInput(), False),
    "area": (forms.Textarea({"rows": 3}), "\nAla <ma> & kota\n"),
    "empty area": (forms.Textarea(), ""),
    "select": (forms.Select({"class": 'a"b'}, choices=CHOICES), "a"),
    "number chosen": (forms.Select(choices=CHOICES), 3),
    "headings": (forms.Select(choices=HEADED), "waw"),
    "several": (forms.SelectMultiple(choices=CHOICES), ["a", "3"]),
    "radio": (forms.RadioSelect(choices=CHOICES), "a"),
    "boxes": (forms.CheckboxSelectMultiple(choices=CHOICES), ["a"]),
}


def tidy(html):
    return re.sub(r">\s+<", "><", html)


@pytest.mark.parametrize("name", WIDGETS)
def test_a_control_is_what_django_draws(name):
    widget, value = WIDGETS[name]

    drawn = widget.render("field", value, attrs={"id": "id_field"}, renderer=Controls())

    assert tidy(drawn) == tidy(
        widget.render("field", value, attrs={"id": "id_field"}, renderer=DjangoTemplates())
    )


@pytest.mark.parametrize("widget", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_a_single_option_is_what_django_draws(widget):
    class Form(forms.Form):
        field = forms.ChoiceField(choices=CHOICES, widget=widget)

    ours = [option.tag() for option in Form({"field": "a"}, renderer=Controls())["field"]]

    assert ours == [option.tag() for option in Form({"field": "a"}, renderer=DjangoTemplates())["field"]]
