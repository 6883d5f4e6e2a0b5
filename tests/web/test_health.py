"""The page of a month."""

from dataclasses import asdict
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from kawka.actions.health import Facts
from kawka.models import MonthlyHealth
from kawka.web.health import sentences
from tests.factories import NOON

pytestmark = pytest.mark.django_db
FULL = Facts(
    meetings=4, people=23, trades=17, newcomers=6, new_before=10, came_again=5, drifted=5, carriers=7
)


def keep(group, month: int, facts: Facts = FULL) -> MonthlyHealth:
    return MonthlyHealth.objects.create(
        group=group, month=date(2026, month, 1), facts=asdict(facts), made_at=NOON
    )


def test_five_sentences():
    with translation.override("en"):
        assert sentences(asdict(FULL)) == [
            "6 people came for the first time.",
            "Of 10 people who were new in the three months before, 5 came again.",
            "5 people who used to come were not there all month. "
            "Somebody they talked with could ask how they are.",
            "7 people shared the roles.",
            "23 people came of 17 different trades.",
        ]


def test_small_numbers_are_told_in_words():
    with translation.override("en"):
        told = sentences(asdict(Facts(meetings=1)))
        some = sentences(asdict(Facts(meetings=1, new_before=6)))
        most = sentences(asdict(Facts(meetings=1, new_before=6, nearly_all_again=True)))

    assert [any(sign.isdigit() for sign in sentence) for sentence in told] == [False] * 5
    assert some[1] == (
        "6 people were new in the three months before, and few of them came again so far. "
        "A word from whoever met them helps most."
    )
    assert most[1] == "Nearly all of the 6 people who were new in the three months before came again."


def test_the_last_month_is_shown_and_the_others_are_linked(as_, group, ada):
    keep(group, 8)
    keep(group, 9)
    browser = as_(ada)

    last = browser.get(reverse("group-health", args=[group.slug]))
    earlier = browser.get(reverse("group-health-month", args=[group.slug, "2026-08"]))
    none = browser.get(reverse("group-health-month", args=[group.slug, "2026-07"]))
    nonsense = browser.get(reverse("group-health-month", args=[group.slug, "2026-13"]))

    assert "Wrzesień 2026" in last.content.decode()
    assert "/months/2026-08/" in last.content.decode()
    assert "Sierpień 2026" in earlier.content.decode()
    assert (none.status_code, nonsense.status_code) == (404, 404)


def test_before_the_first_month_the_page_says_what_comes(as_, group, ada):
    page = as_(ada).get(reverse("group-health", args=[group.slug]))

    assert "pierwszy poniedziałek" in page.content.decode()


def test_this_week_tells_of_a_new_page(as_, group, ada, time_machine):
    time_machine.move_to(NOON, tick=False)
    keep(group, 9)

    page = as_(ada).get(reverse("group-week", args=[group.slug]))

    assert reverse("group-health-month", args=[group.slug, "2026-09"]) in page.content.decode()


def test_an_outsider_sees_no_month(as_, group, dan):
    keep(group, 9)

    assert as_(dan).get(reverse("group-health", args=[group.slug])).status_code == 404


@pytest.mark.parametrize("rows", [1, 12])
def test_the_page_costs_the_same_for_any_number_of_months(as_, group, ada, rows, django_assert_num_queries):
    for month in range(rows):
        keep(group, month + 1)
    browser = as_(ada)

    with django_assert_num_queries(5):
        browser.get(reverse("group-health", args=[group.slug]))
