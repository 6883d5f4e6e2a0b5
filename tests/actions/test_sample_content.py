"""The content of the sample group: whole, consistent, and short enough for every screen."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).parents[2] / "src" / "kawka" / "actions" / "sample_group.json"
SEEN_BY = {"me", "meetings", "members", "everybody"}
WISHES = {"early", "middle", "late", "any"}
TEXTS = ("name", "greeting", "trade", "does", "client", "experience", "town", "pitch")


@pytest.fixture(scope="module")
def sample() -> dict[str, Any]:
    return json.loads(SAMPLE.read_text(encoding="utf-8"))


def test_the_group_says_all_a_public_page_needs(sample: dict[str, Any]) -> None:
    group = sample["group"]

    assert set(group) == {
        "name",
        "slug",
        "town",
        "place_name",
        "place_address",
        "place_hint",
        "about",
        "house_rules",
        "price",
        "pitch_hint",
    }
    assert all(group.values())
    assert re.fullmatch(r"[a-z0-9-]+", group["slug"])
    assert 5 <= len(group["house_rules"]) <= 6


def test_there_are_24_people_of_every_standing(sample: dict[str, Any]) -> None:
    standings = Counter(person["standing"] for person in sample["people"])

    assert standings == {"host": 2, "member": 13, "regular": 5, "guest": 4}


@pytest.mark.parametrize("field", ["name", "email", "phone", "website", "trade"])
def test_nobody_shares_a_name_an_address_or_a_trade(sample: dict[str, Any], field: str) -> None:
    values = [person[field] for person in sample["people"]]

    assert len(set(values)) == 24


def test_contact_data_is_fictional(sample: dict[str, Any]) -> None:
    for person in sample["people"]:
        assert re.fullmatch(r"[a-z.]+@example\.(org|com)", person["email"])
        assert re.fullmatch(r"\+48 500 000 1\d\d", person["phone"])
        assert re.fullmatch(r"https://example\.com/[a-z-]+", person["website"])


def test_cards_are_complete_and_fit_the_screens(sample: dict[str, Any]) -> None:
    for person in sample["people"]:
        assert all(person[field] for field in TEXTS)
        assert len(person["trade"]) <= 60
        assert len(person["trade"].split()) <= 4
        assert 60 <= len(person["pitch"].split()) <= 120
        assert person["lang"] in {"pl", "en"}
        assert set(person["seen_by"]) == {"email", "phone"}
        assert set(person["seen_by"].values()) <= SEEN_BY
        assert person["wish"] in WISHES


def test_offers_and_asks_are_single_short_sentences_of_both_kinds(sample: dict[str, Any]) -> None:
    for person in sample["people"]:
        assert 2 <= len(person["offers"]) <= 4
        assert 1 <= len(person["asks"]) <= 4

        for line in person["offers"] + person["asks"]:
            assert set(line) == {"kind", "text"}
            assert line["kind"] in {"work", "private"}
            assert 0 < len(line["text"]) <= 200

    kinds = {
        (part, line["kind"]) for p in sample["people"] for part in ("offers", "asks") for line in p[part]
    }

    assert len(kinds) == 4


def test_six_past_meetings_grow_and_hold_together(sample: dict[str, Any]) -> None:
    meetings = sample["meetings"]
    sizes = [len(meeting["present"]) for meeting in meetings]

    assert [meeting["weeks_ago"] for meeting in meetings] == [6, 5, 4, 3, 2, 1]
    assert sizes == sorted(sizes)
    assert 12 <= sizes[0] <= sizes[-1] <= 18

    for meeting in meetings:
        present = set(meeting["present"])
        assert len(present) == len(meeting["present"])
        assert present <= set(range(24))
        assert set(meeting["late"]) <= present
        assert meeting["spotlight"]["person"] in present
        assert meeting["spotlight"]["kind"] in {"company", "topic", "project"}


def test_hands_are_raised_between_people_who_were_there(sample: dict[str, Any]) -> None:
    raised = []
    for meeting in sample["meetings"]:
        assert 2 <= len(meeting["hands"]) <= 4
        for hand in meeting["hands"]:
            assert hand["asker"] != hand["who"]
            assert {hand["asker"], hand["who"]} <= set(meeting["present"])
            assert 0 <= hand["ask"] < len(sample["people"][hand["asker"]]["asks"])
            assert hand["kind"] in {"can", "know", "more"}
            raised.append((hand["asker"], hand["ask"], hand["who"]))

    assert len(raised) == len(set(raised))


def test_two_guests_came_once_and_two_come_today_for_the_first_time(sample: dict[str, Any]) -> None:
    visits = Counter(index for meeting in sample["meetings"] for index in meeting["present"])
    guests = [index for index, person in enumerate(sample["people"]) if person["standing"] == "guest"]

    assert sorted(visits[index] for index in guests) == [0, 0, 1, 1]
    assert set(guests) <= set(sample["today"]["present_expected"])
    assert sum(count == 6 for count in visits.values()) >= 3


def test_today_an_odd_number_is_coming_and_some_have_not_answered(sample: dict[str, Any]) -> None:
    today = sample["today"]
    coming, declined = set(today["present_expected"]), set(today["said_no"])

    assert len(coming) == len(today["present_expected"]) == 19
    assert len(declined) == 3
    assert today["waiting"] == []
    assert coming | declined < set(range(24))
    assert not coming & declined
    assert today["spotlight"]["person"] in coming


def test_private_notes_are_about_somebody_the_owner_has_met(sample: dict[str, Any]) -> None:
    for note in sample["notes"]:
        assert note["owner"] != note["about"]
        assert note["text"]
        assert any({note["owner"], note["about"]} <= set(m["present"]) for m in sample["meetings"])
