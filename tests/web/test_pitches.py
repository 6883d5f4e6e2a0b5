"""My 60 seconds: two ways to write them, saving by itself, earlier texts, rehearsing."""

import pytest

from kawka.models import Pitch
from kawka.web.ratelimits import STORAGE
from tests.factories import NOON, make_answer, make_ask, make_meeting

PARTS = {"as": "parts", "does": "Robię meble.", "client": "Kawiarnie.", "experience": "", "ask": "Tartak."}


@pytest.fixture(autouse=True)
def _counts_of_their_own():
    STORAGE.reset()


def address(person, more=""):
    return f"/p/{person.code}/pitch/{more}"


def test_one_text_is_written_and_read_by_its_owner(ben, as_):
    browser = as_(ben)

    answer = browser.post(address(ben), {"text": "Dzień dobry, jestem Ben."})

    assert answer.url == address(ben)
    assert "Dzień dobry, jestem Ben." in browser.get("/me/").content.decode()
    assert Pitch.objects.get().person == ben


def test_parts_come_back_as_parts_and_as_one_text(ben, as_):
    browser = as_(ben)
    answer = browser.post(address(ben), {**PARTS, "then": "rehearse"})

    again, whole = browser.get(address(ben)), browser.get(address(ben), {"as": "text"})

    assert answer.url == address(ben, "aloud/")
    assert [field.value() for field in again.context["form"].typed] == [
        "Robię meble.",
        "Kawiarnie.",
        "",
        "Tartak.",
    ]
    assert whole.context["form"]["text"].value() == "Robię meble.\nKawiarnie.\nTartak."
    assert "Co udało się zrobić dla jednego z nich?" in again.content.decode()


def test_what_is_typed_saves_itself_and_hears_how_long_it_is(ben, as_):
    browser = as_(ben)
    first = browser.post(address(ben, "draft/"), PARTS).json()

    second = browser.post(address(ben, "draft/"), {**PARTS, "ask": "", "seen": first["seen"]}).json()

    assert Pitch.objects.get().text == "Robię meble.\nKawiarnie."
    assert Pitch.objects.get().versions.count() == 0
    assert second == {
        "seconds": 2,
        "given": 60,
        "told": "około 2 z 60 sekund",
        "question": "Co udało się zrobić dla jednego z nich? Jeden przykład mówi więcej niż lista.",
        "fine": False,
        "seen": Pitch.objects.get().updated_at.isoformat(),
    }


def test_what_another_device_wrote_meanwhile_stays(ben, as_):
    browser = as_(ben)
    old = browser.post(address(ben, "draft/"), {"text": "Z laptopa"}).json()["seen"]
    browser.post(address(ben, "draft/"), {"text": "Z laptopa, dłużej", "seen": old})

    browser.post(address(ben, "draft/"), {"text": "Z telefonu", "seen": old})

    assert Pitch.objects.get().text == "Z telefonu"
    assert [one.text for one in Pitch.objects.get().versions.all()] == ["Z laptopa, dłużej"]


@pytest.mark.parametrize("seen", ["", "wczoraj", "2026-13-45T00:00"])
def test_a_moment_that_cannot_be_read_loses_nothing(ben, as_, seen):
    browser = as_(ben)
    browser.post(address(ben, "draft/"), {"text": "Pierwszy"})

    browser.post(address(ben, "draft/"), {"text": "Drugi", "seen": seen})

    assert [one.text for one in Pitch.objects.get().versions.all()] == ["Pierwszy"]


def test_too_much_comes_back_in_words(ben, as_):
    long = {**PARTS, "does": "a" * 1000, "client": "b" * 1000}

    draft, page = as_(ben).post(address(ben, "draft/"), long), as_(ben).post(address(ben), long)

    assert (draft.status_code, draft.json()) == (
        422,
        {"problem": "To więcej niż 2000 liter. Skróć trochę."},
    )
    assert (page.status_code, "a" * 1000 in page.content.decode()) == (422, True)
    assert Pitch.objects.count() == 0


def test_an_earlier_text_is_brought_back(ben, as_):
    browser = as_(ben)
    browser.post(address(ben), {"text": "Pierwszy"})
    browser.post(address(ben), {"text": "Drugi"})
    version = Pitch.objects.get().versions.get()

    page = browser.get(address(ben)).content.decode()
    answer = browser.post(address(ben, f"earlier/{version.code}/"))

    assert (page.count("Pierwszy"), answer.url) == (1, address(ben))
    assert Pitch.objects.get().text == "Pierwszy"


def test_an_empty_page_offers_the_words_of_the_card(ben, as_):
    ben.card.does = "Robię meble."
    ben.card.save()
    make_ask(ben, "tartak")

    empty, begun = as_(ben).get(address(ben)), as_(ben).get(address(ben), {"as": "parts", "card": ""})

    assert "?as=parts&amp;card" in empty.content.decode()
    assert [field.value() for field in begun.context["form"].typed] == ["Robię meble.", "", "", "tartak"]
    assert Pitch.objects.count() == 0


def test_the_rehearsal_has_the_text_and_the_time_there_is(group, ben, as_):
    group.pitch_seconds = 45
    group.save()
    as_(ben).post(address(ben), {"text": "Dzień dobry"})

    page = as_(ben).get(address(ben, "aloud/")).content.decode()

    assert ("Dzień dobry" in page, 'data-seconds="45"' in page, "0:45" in page) == (True, True, True)


def test_nobody_else_comes_near(ben, ada, dan, as_):
    as_(ben).post(address(ben), {"text": "Pierwszy"})
    as_(ben).post(address(ben), {"text": "Drugi"})
    version = Pitch.objects.get().versions.get()

    for more in ("", "aloud/"):
        assert [as_(one).get(address(ben, more)).status_code for one in (ada, dan, None)] == [403, 404, 302]
    for more in ("draft/", f"earlier/{version.code}/"):
        statuses = [as_(one).post(address(ben, more), PARTS).status_code for one in (ada, dan, None)]
        assert statuses == [403, 404, 404]
    assert as_(ada).post(address(ada, f"earlier/{version.code}/")).status_code == 404
    assert Pitch.objects.get().text == "Drugi"


def test_the_page_costs_the_same_for_one_and_twenty_versions(ben, as_, django_assert_num_queries):
    browser = as_(ben)
    browser.post(address(ben), {"text": "Dzisiejszy"})
    for many in (1, 19):
        for number in range(many):
            Pitch.objects.get().versions.create(text=f"{many} {number}", written_at=NOON)
        with django_assert_num_queries(7):
            browser.get(address(ben))


def test_whoever_comes_finds_the_rehearsal_beside_the_date(group, ben, as_, time_machine):
    meeting = make_meeting(group)
    time_machine.move_to(NOON)

    before = as_(ben).get(f"/m/{meeting.code}/").content.decode()
    make_answer(meeting, ben)
    after = as_(ben).get(f"/m/{meeting.code}/").content.decode()

    assert (before.count(address(ben, "aloud/")), after.count(address(ben, "aloud/"))) == (0, 1)
