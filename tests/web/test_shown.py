"""How pages tell names, moments and fields."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from kawka.templatetags import kawka as shown

MORNING = datetime(2026, 10, 14, 8, 30, tzinfo=ZoneInfo("Europe/Warsaw"))


class Purpose(forms.RadioSelect):
    about = {"both": "A little of this, a little of that."}


class Sample(forms.Form):
    name = forms.CharField(
        label="Name", help_text="As people say it.", error_messages={"required": "Type it."}
    )
    town = forms.CharField(label="Town", required=False)
    purpose = forms.ChoiceField(label="Why", choices=[("", "---"), ("both", "Both")], widget=Purpose)
    news = forms.BooleanField(label="News", required=False)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Żaneta Łęcka-Pol", "ŻŁ"), ("ola", "O"), ("Jan Maria Nowak", "JN"), ("", ""), ("!!! 4", "")],
)
def test_initials(name: str, letters: str) -> None:
    assert shown.initials(name) == letters


@pytest.mark.parametrize(
    ("language", "told"), [("pl", "środa, 14 października"), ("en", "Wednesday, 14 October")]
)
def test_a_date_in_words(language: str, told: str) -> None:
    with translation.override(language):
        assert shown.long_date(MORNING) == told


def test_a_moment_is_told_as_it_is_given() -> None:
    with translation.override("pl"):
        told = [
            shown.clock(MORNING),
            shown.short_weekday(MORNING),
            shown.day(MORNING),
            shown.short_month(MORNING),
        ]

    assert told == ["8:30", "śr", "14", "paź"]


def test_an_unknown_theme_is_no_theme() -> None:
    request = RequestFactory().get("/")
    request.COOKIES["kawka_theme"] = '"><script>'

    assert shown.theme(request) == ""


@pytest.mark.parametrize(("name", "shape"), [("name", "plain"), ("purpose", "choices"), ("news", "check")])
def test_the_shape_of_a_field(name: str, shape: str) -> None:
    assert shown.field_shape(Sample()[name]) == shape


def test_a_field_says_in_words_what_is_wrong_and_points_there() -> None:
    form = Sample({"name": ""})

    page = render_to_string("forms/_field.html", {"field": form["name"]})

    assert '<div class="error" id="id_name_error"><p>Type it.</p></div>' in page
    assert '<p class="help" id="id_name_helptext">As people say it.</p>' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'aria-invalid="true"' in page


def test_a_field_that_may_stay_empty_says_so() -> None:
    with translation.override("en"):
        page = render_to_string("forms/_field.html", {"field": Sample()["town"]})

    assert "(optional)" in page


def test_a_choice_that_must_be_made_offers_no_empty_card() -> None:
    page = render_to_string("forms/_field.html", {"field": Sample()["purpose"]})

    assert page.count('class="choice"') == 1
    assert '<span class="help">A little of this, a little of that.</span>' in page


@pytest.mark.parametrize(
    ("way", "html"),
    [
        ("ola@x.pl", '<a href="mailto:ola@x.pl">ola@x.pl</a>'),
        (
            "https://x.pl/?a=1&b=2",
            '<a href="https://x.pl/?a=1&amp;b=2" rel="nofollow">https://x.pl/?a=1&amp;b=2</a>',
        ),
        ("+48 600 700 800", "+48 600 700 800"),
        ("<b>& co.", "&lt;b&gt;&amp; co."),
    ],
)
def test_a_way_to_reach_somebody_is_a_link_where_it_is_one(way, html):
    assert shown.linked(way) == html


def test_an_hour_is_told_in_its_own_zone_and_language():
    same_moment = MORNING.astimezone(ZoneInfo("America/New_York"))

    assert [shown.clock(MORNING), shown.clock(same_moment)] == ["8:30", "2:30"]
    with translation.override("en"):
        assert shown.month(MORNING) == "October"
    with translation.override("pl"):
        assert shown.month(MORNING) == "października"


def test_an_address_is_what_url_finds():
    assert shown.address("card", "abc") == "/p/abc/"
